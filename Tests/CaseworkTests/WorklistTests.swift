import GRDB
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import Casework

@Suite("Worklists among millions of clocks")
struct WorklistTests {
    /// The choices that pages and timers make, and whether the index alone must tell how many there are.
    private static let filters: [(name: String, filter: ClockFilter)] = {
        func filter(_ change: (inout ClockFilter) -> Void) -> ClockFilter {
            var filter = ClockFilter()
            filter.isOpen = true
            change(&filter)
            return filter
        }
        let day = CivilDate("2026-09-30")
        return [
            ("open", filter { _ in }),
            ("breached", filter { $0.standings = [.breached] }),
            ("missed", filter { $0.standings = [.missed] }),
            (
                "today",
                filter {
                    $0.standings = [.running]
                    ($0.dueFrom, $0.dueThrough) = (day, day)
                }
            ),
            (
                "running or suspended, never late",
                filter {
                    $0.standings = [.running, .suspended]
                    $0.isLate = false
                }
            ),
            (
                "new breaches",
                filter {
                    $0.standings = [.breached, .missed]
                    $0.breachedFrom = day
                }
            ),
            ("kinds", filter { $0.caseKinds = ["onboarding", "complaint"] }),
            (
                "breached of a body",
                filter {
                    $0.standings = [.breached]
                    $0.body = "MIA"
                }
            ),
            (
                "breached of an owner and a rule",
                filter {
                    $0.standings = [.breached]
                    $0.owners = [.body]
                    $0.rule = "review-by-body"
                }
            ),
            (
                "met",
                filter {
                    $0.isOpen = nil
                    $0.standings = [.met]
                    $0.isLate = false
                }
            ),
            (
                "late",
                filter {
                    $0.isOpen = nil
                    $0.standings = [.met, .breached, .running, .suspended]
                    $0.forces = [.statutory]
                    ($0.isLate, $0.isOverdue) = (true, false)
                }
            ),
            (
                "in doubt",
                filter {
                    $0.isOpen = nil
                    $0.isFlagged = true
                }
            ),
        ]
    }()

    @Test("each is counted from an index alone and paged along one", arguments: filters.indices)
    func plans(index: Int) async throws {
        let world = try await World()
        let (name, filter) = Self.filters[index]
        let counts = try QueryPlan.run(by: world.journal) {
            _ = try ClockRow.count(filter, in: $0)
            _ = try ClockRow.countListed(filter, in: $0)
        }
        #expect(counts.count == 2)
        for count in counts {
            #expect(!count.scansTable, "\(name): \(count)")
            #expect(count.plan.contains { $0.contains("COVERING INDEX") }, "\(name): \(count)")
        }
        for isDescending in [false, true] {
            let (sql, arguments) = ClockRow.listQuery(filter, isDescending: isDescending)
            let list = try QueryPlan.plan(of: sql, arguments + [50, 0], in: world.journal)
            // Of several standings in one list the rows are few or walked; a list of one is never sorted.
            #expect(!list.scansTable, "\(name): \(list)")
            let isMixed = filter.isOpen == true && filter.standings.count > 1
            #expect(!list.sorts || isMixed, "\(name): \(list)")
        }
        let stream = ClockRow.listQuery(filter, by: .stream)
        #expect(try !QueryPlan.plan(of: stream.sql, stream.arguments + [50, 0], in: world.journal).scansTable)
    }

    @Test("a list by date goes down as it goes up, and counts no further than it shows")
    func order() async throws {
        let world = try await World()
        for number in 1...5 {
            try await world.happens(Onboarding.self, "\(number)", "requestReceived", "2026-03-\(10 + number / 2) 10:00")
        }
        try world.journal.readNow { db in
            var filter = ClockFilter()
            filter.isOpen = true
            let up = try ClockRow.fetch(filter, in: db).map(\.stream)
            #expect(try ClockRow.fetch(filter, isDescending: true, in: db).map(\.stream) == up.reversed())
            #expect(try ClockRow.fetch(filter, by: .stream, in: db).map(\.stream.id) == ["1", "2", "3", "4", "5"])
            #expect(try ClockRow.countListed(filter, in: db) == 5)
            #expect(try Counters.wrong(in: db) == [])
        }
    }

    @Test("recording breaches looks only at what runs")
    func breaches() async throws {
        let world = try await World()
        try await world.happens(Onboarding.self, "1", "requestReceived", "2026-03-19 10:00")
        let sql = """
            SELECT DISTINCT stream FROM clock
            WHERE endedOn IS NULL AND status = 'running' AND due < ? ORDER BY stream LIMIT ?
            """
        let plan = try QueryPlan.plan(of: sql, ["2026-04-01", 200], in: world.journal)
        #expect(plan.plan.contains { $0.contains("clockOpenByStatus (status=? AND due<?)") }, "\(plan)")
        #expect(try await world.casework.recordBreaches(at: try at("2026-04-01 00:00")) == 1)
        #expect(try world.journal.readNow { try Counters.wrong(in: $0) } == [])
    }
}
