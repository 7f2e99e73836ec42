import Casework
import Complaints
import Forms
import Foundation
import Journal
import Logging
import Reporting
import Rulebook
import Synchronization
import TestSupport
import Testing
import WorkingDays

@Suite("The machine's clock is set back while the program runs")
struct ClockSetBackTests {
    /// A clock that the test moves both ways.
    private final class MovingClock: Sendable {
        private let value: Mutex<Moment>
        init(_ moment: Moment) { value = Mutex(moment) }
        var now: Moment {
            get { value.withLock { $0 } }
            set { value.withLock { $0 = newValue } }
        }
    }

    private func service(_ world: World, _ clock: MovingClock) -> ReportService {
        ReportService(
            casework: world.casework, plans: [(desk: world.reports, timetable: ReportTimetable())], now: { clock.now },
            sleep: { _ in },
            logger: Logger(label: "test"))
    }

    @Test(
        "the chain stays whole, the order is that of the entries, numbers go on, and the tables are made again the same"
    )
    func journal() async throws {
        let world = try await World()
        let first = try await world.file("2026-03-04 10:00")
        let second = try await world.file("2026-03-03 10:00")
        #expect(second > first, "the numbers follow the order of entry")
        let verification = try world.journal.verify()
        #expect(verification.firstBad == nil)
        let recorded = try world.journal.readNow { db in
            try [first, second].flatMap { number in
                try SQLiteEventStore(db: db).events(of: StreamID(kind: "complaint", id: number)).map {
                    ($0.position, $0.recordedAt)
                }
            }
        }
        #expect(recorded.map(\.0) == recorded.map(\.0).sorted())
        #expect(recorded.last.map(\.1) == (try at("2026-03-03 10:00")), "what the clock said is what is recorded")
        let before = try world.journal.projectionContents()
        try world.journal.rebuild()
        #expect(try world.journal.projectionContents() == before)
    }

    @Test(
        "a report that was made is not made again, a breach that was noted is noted once, and none is lost afterwards")
    func rounds() async throws {
        let world = try await World()
        let number = try await world.file("2026-03-04 10:00")
        let clock = MovingClock(try at("2026-04-20 08:00"))
        let service = service(world, clock)
        await service.round()
        await service.round()
        let position = try world.journal.head().position
        let sealed = try await world.reports.report(month("2026-03")).state.sealed
        #expect(sealed.count == 1)
        // Back before the breach, the month's end and the making; then forward in steps to where it had been.
        for text in [
            "2026-03-05 08:00", "2026-03-31 23:59", "2026-04-01 00:01", "2026-04-02 10:01", "2026-04-20 08:00",
        ] {
            clock.now = try at(text)
            await service.round()
            #expect(try world.journal.head().position == position, "\(text)")
        }
        #expect(try await world.reports.report(month("2026-03")).state.sealed == sealed)
        // Later months come as ever.
        clock.now = try at("2026-05-20 08:00")
        await service.round()
        #expect(try await world.reports.report(month("2026-04")).state.sealed.count == 1)
        let clocks = try await world.journal.read {
            try ClockRow.fetch(of: StreamID(kind: "complaint", id: number), in: $0)
        }
        #expect(clocks.map(\.status) == [.breached])
    }

    @Test("a breach that a clock from the future noted does not stand against an answer in time")
    func wrongBreach() async throws {
        let world = try await World()
        let number = try await world.file("2026-03-04 10:00")
        try await world.casework.recordBreaches(at: at("2027-03-04 00:00"))
        try await world.answer(number, "2026-03-10 10:00")
        let clocks = try await world.journal.read {
            try ClockRow.fetch(of: StreamID(kind: "complaint", id: number), in: $0)
        }
        #expect(clocks.map(\.status) == [.met] && clocks.allSatisfy { $0.breachedOn == nil })
        #expect(try await world.reports.figures(month("2026-03")).violations == 0)
    }

    @Test("a complaint entered by a clock that was ahead can be put right, and is answered then")
    func enteredAhead() async throws {
        let world = try await World()
        let number = try await world.file("2026-03-05 10:00")
        let now = try at("2026-03-04 11:00")
        await #expect(throws: Refusal.self) { try await world.answer(number, "2026-03-04 11:00") }
        try await world.desk.correctFiling(
            number, to: at("2026-03-04 10:00"), reason: "The machine's clock was a day ahead", by: world.actor,
            at: now)
        try await world.answer(number, "2026-03-04 11:00")
        let record = try #require(try await world.journal.read { try ComplaintRecord.fetch(id: number, in: $0) })
        #expect(record.status == .answered && record.filedOn == CivilDate("2026-03-04"))
    }
}
