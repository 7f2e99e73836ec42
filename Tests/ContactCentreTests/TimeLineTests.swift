import Casework
import Foundation
import Synchronization
import TestSupport
import Testing
import WorkingDays

@testable import ContactCentre

@Suite("The machine's clock held against the one that nobody can set")
struct TimeLineTests {
    private static let minute: Int64 = 60_000
    private static let day: Int64 = 86_400_000
    private let noon = Moment(millisecondsSince1970: 1_795_000_000_000)

    private func at(_ milliseconds: Int64) -> Moment { noon.adding(milliseconds: milliseconds) }
    private func steady(_ milliseconds: Int64, boot: String = "a") -> SteadyReading {
        SteadyReading(boot: boot, milliseconds: milliseconds)
    }

    @Test(
        "While the program runs the clock may be ahead of the steady one by five minutes, and behind it by anything",
        arguments: [
            (0, false), (4 * minute, false), (5 * minute, false), (5 * minute + 1, true), (day, true), (30 * day, true),
            (-5 * minute, false), (-30 * day, false),
        ] as [(Int64, Bool)])
    func running(ahead: Int64, isHeld: Bool) {
        var line = TimeLine(believing: noon, at: steady(1_000))
        let standing = line.read(at(Self.minute + ahead), steady(1_000 + Self.minute))
        #expect((standing.hold != nil) == isHeld)
        if isHeld {
            #expect(
                standing.hold == ClockHold(reason: .jumped, expected: at(Self.minute), found: at(Self.minute + ahead)))
            // What is certain does not follow a clock that nobody believes.
            #expect(standing.certain == at(Self.minute))
        }
        #expect(standing.certain <= standing.now)
        // Back again: nothing is held, and nobody has to say anything.
        let back = line.read(at(3 * Self.minute), steady(1_000 + 3 * Self.minute))
        #expect(back.hold == nil && back.certain == back.now)
    }

    @Test("Steps that are small each time are followed: clocks are put right by them")
    func drift() {
        var line = TimeLine(believing: noon, at: steady(0))
        for step in 1...100 {
            let ahead = Int64(step) * 4 * Self.minute
            let standing = line.read(at(Int64(step) * Self.minute + ahead), steady(Int64(step) * Self.minute))
            #expect(standing.hold == nil && standing.certain == standing.now)
        }
    }

    @Test("A clock that is set back for a while comes forward again without a doubt")
    func back() {
        var line = TimeLine(believing: noon, at: steady(0))
        #expect(line.read(at(-Self.day), steady(Self.minute)).hold == nil)
        #expect(line.read(at(2 * Self.minute), steady(2 * Self.minute)).hold == nil)
    }

    @Test(
        "A start of the program on a machine that ran on is judged by the steady clock, however long the rest was",
        arguments: [(0, false), (10 * day, true), (6 * minute, true)] as [(Int64, Bool)])
    func restarted(ahead: Int64, isHeld: Bool) {
        let seen = TimeLine(believing: noon, at: steady(1_000))
        let rest = 20 * Self.day
        var line = TimeLine(startedAt: at(rest + ahead), steady(1_000 + rest), after: seen, lastEvent: at(-Self.day))
        let standing = line.read(at(rest + ahead), steady(1_000 + rest))
        #expect((standing.hold != nil) == isHeld)
        if !isHeld { #expect(standing.certain == at(rest)) }
    }

    @Test(
        "After a start of the machine a rest of up to three days is believed, and only what is over for certain is over",
        arguments: [
            (4 * minute, nil, 0), (6 * minute, nil, 6 * minute), (3 * day, nil, 3 * day), (3 * day + 1, .rested, nil),
            (400 * day, .rested, nil), (-day, nil, 0),
        ] as [(Int64, ClockHold.Reason?, Int64?)])
    func rested(rest: Int64, reason: ClockHold.Reason?, behind: Int64?) {
        for seen in [nil, TimeLine(believing: noon, at: steady(9_000_000))] {
            var line = TimeLine(
                startedAt: at(rest), steady(50, boot: "b"), after: seen, lastEvent: seen == nil ? noon : at(-Self.day))
            let standing = line.read(at(rest), steady(50, boot: "b"))
            #expect(standing.hold?.reason == reason)
            if let behind { #expect(standing.certain == at(rest - behind)) }
            // Later it is behind by as much, not by more.
            let later = line.read(at(rest + Self.day), steady(50 + Self.day, boot: "b"))
            if let behind { #expect(later.certain == at(rest + Self.day - behind)) }
        }
    }

    @Test("A new centre believes the clock that it has")
    func first() {
        var line = TimeLine(startedAt: noon, steady(50), after: nil, lastEvent: nil)
        #expect(line.read(noon, steady(50)) == .trusted(noon))
    }

    @Test("A doubt outlives a start of the machine, and ends when the clock is right or somebody vouches for it")
    func outlives() throws {
        let world = World()
        var keeper = world.keeper()
        world.wall.withLock { $0 += Self.day }
        #expect(keeper.standing().hold?.reason == .jumped)
        keeper.keep()
        // A day later by its clock, switched off and on: one day would be believed of a clock that was not in doubt.
        world.boot.withLock { $0 = "b" }
        world.steady.withLock { $0 = 5 }
        keeper = world.keeper()
        #expect(keeper.standing().hold != nil)
        keeper.believe()
        #expect(keeper.standing().hold == nil)
        #expect(world.keeper().standing().hold == nil)
    }

    @Test("A demonstration may rest as long as it likes; its clock may not jump while it runs")
    func demonstration() {
        let world = World()
        _ = world.keeper(mayRest: true)
        world.boot.withLock { $0 = "b" }
        world.wall.withLock { $0 += 90 * Self.day }
        let keeper = world.keeper(mayRest: true)
        #expect(keeper.standing() == .trusted(keeper.standing().now))
        world.wall.withLock { $0 += Self.day }
        #expect(keeper.standing().hold?.reason == .jumped)
        #expect(world.keeper(mayRest: true).standing().hold != nil)
    }

    @Test("A file that is damaged says nothing: the journal's last event is asked")
    func damaged() throws {
        let world = World()
        _ = world.keeper()
        try Data("{".utf8).write(to: URL(fileURLWithPath: world.path))
        let last = Moment(millisecondsSince1970: world.wall.withLock { $0 } - 4 * Self.day)
        #expect(world.keeper(lastEvent: last).standing().hold?.reason == .rested)
    }

    @Test("The clock of this machine that nobody can set goes forward, and knows its start")
    func machine() throws {
        let (first, second) = (try #require(SteadyReading.ofThisMachine()), try #require(SteadyReading.ofThisMachine()))
        #expect(first.boot == second.boot && !first.boot.isEmpty && first.milliseconds <= second.milliseconds)
    }

    /// Two clocks that a test sets, and a file.
    private final class World: Sendable {
        private let folder = TemporaryFolder()
        let wall = Mutex<Int64>(1_795_000_000_000)
        let steady = Mutex<Int64>(1_000)
        let boot = Mutex("a")

        var path: String { folder.file("time.json") }

        func keeper(lastEvent: Moment? = nil, mayRest: Bool = false) -> TimeKeeper {
            TimeKeeper(
                path: path, lastEvent: lastEvent, mayRest: mayRest,
                environment: CentreEnvironment(
                    now: { [self] in Moment(millisecondsSince1970: wall.withLock { $0 }) }, randomBytes: { _ in [] },
                    steady: { [self] in
                        SteadyReading(boot: boot.withLock { $0 }, milliseconds: steady.withLock { $0 })
                    }))
        }
    }
}
