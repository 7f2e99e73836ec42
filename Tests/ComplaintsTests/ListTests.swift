import GRDB
import Testing
import WorkingDays

@testable import Complaints

@Suite("Lists of a million complaints: every page is a stretch of an index")
struct ListTests {
    private static let filters: [(String, ComplaintFilter)] = {
        func filter(_ change: (inout ComplaintFilter) -> Void) -> ComplaintFilter {
            var filter = ComplaintFilter()
            change(&filter)
            return filter
        }
        return [
            ("all", filter { _ in }),
            ("open", filter { $0.statuses = [.open] }),
            (
                "overdue",
                filter {
                    $0.statuses = [.open]
                    $0.overdueOn = CivilDate("2026-09-30")
                }
            ),
            ("answered", filter { $0.statuses = [.answered] }),
            ("late", filter { $0.isLate = true }),
            ("withdrawn", filter { $0.statuses = [.withdrawn] }),
            ("kind", filter { $0.kinds = [.employees] }),
            ("body", filter { $0.body = "MJ" }),
            (
                "days",
                filter {
                    $0.filedFrom = CivilDate("2026-09-01")
                    $0.filedThrough = CivilDate("2026-09-30")
                }
            ),
            ("number", filter { $0.number = "2026-000001" }),
            (
                "all together",
                filter {
                    $0.statuses = [.answered]
                    $0.kinds = [.order]
                    $0.body = "MJ"
                    $0.filedFrom = CivilDate("2026-09-01")
                }
            ),
        ]
    }()

    /// A plan reads no more than it must: it walks an index or looks in one, and never the table itself.
    private func check(_ sql: String, _ arguments: StatementArguments, _ name: String, in world: World) throws {
        let plan = try world.journal.readNow { (db: Database) throws in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map { $0["detail"] as String }
        }
        let bare = plan.filter { $0.hasPrefix("SCAN complaint") && !$0.contains("INDEX") }
        #expect(bare.isEmpty, "\(name): \(plan)")
    }

    @Test("Counting and paging many: along the index of the order, nothing is sorted")
    func many() async throws {
        let world = try await World()
        let count = ComplaintRecord.listed + 1
        for (name, filter) in Self.filters {
            for order in [ComplaintRecord.Order.filed, .number, .due, .closed]
            where ComplaintRecord.canOrder(filter, by: order, count: count) {
                for isDescending in [true, false] {
                    let (sql, arguments) = ComplaintRecord.listQuery(
                        filter, by: order, isDescending: isDescending, count: count)
                    try check(sql, arguments + [50, 0], "\(name) by \(order)", in: world)
                }
            }
            let (condition, arguments) = filter.sql
            try check(
                "SELECT 1 FROM complaint WHERE \(condition) LIMIT 10001", arguments, "count of \(name)", in: world)
        }
    }

    @Test("An order without an index is refused for many, and given for few")
    func orders() {
        let many = ComplaintRecord.listed + 1
        var open = ComplaintFilter()
        open.statuses = [.open]
        var answered = ComplaintFilter()
        answered.statuses = [.answered]
        #expect(!ComplaintRecord.canOrder(ComplaintFilter(), by: .due, count: many))
        #expect(!ComplaintRecord.canOrder(ComplaintFilter(), by: .closed, count: many))
        #expect(!ComplaintRecord.canOrder(open, by: .closed, count: many))
        #expect(ComplaintRecord.canOrder(open, by: .due, count: many))
        #expect(ComplaintRecord.canOrder(answered, by: .closed, count: many))
        for order in [ComplaintRecord.Order.filed, .number, .due, .closed] {
            #expect(ComplaintRecord.canOrder(ComplaintFilter(), by: order, count: 100))
        }
    }

    @Test("Each order and each choice gives what it says, however many are counted")
    func contents() async throws {
        let world = try await World()
        for day in 7...11 { try await world.register("2026-09-\(day < 10 ? "0" : "")\(day) 10:00", forum: "F-\(day)") }
        try await world.desk.answer(
            "2026-000002", outcome: .satisfied, text: "жауап", attachment: nil, measures: nil,
            happenedAt: try world.at("2026-12-29 10:00"), by: world.actor, at: try world.at("2026-12-30 10:00"))
        for count in [5, ComplaintRecord.listed + 1] {
            try world.journal.readNow { (db: Database) throws in
                func ids(_ filter: ComplaintFilter, _ order: ComplaintRecord.Order, _ isDescending: Bool) throws
                    -> [String]
                {
                    try ComplaintRecord.fetch(
                        filter, by: order, isDescending: isDescending, count: count, limit: 3, offset: 1, in: db
                    ).map { String($0.id.suffix(1)) }
                }
                #expect(try ids(ComplaintFilter(), .filed, true) == ["4", "3", "2"])
                #expect(try ids(ComplaintFilter(), .number, false) == ["2", "3", "4"])
                var open = ComplaintFilter()
                open.statuses = [.open]
                #expect(try ids(open, .due, false) == ["3", "4", "5"])
                open.overdueOn = CivilDate("2026-12-30")
                #expect(try ids(open, .due, true) == ["4", "3", "1"])
            }
        }
        try world.journal.readNow { (db: Database) throws in
            func only(_ change: (inout ComplaintFilter) -> Void) throws -> [String] {
                var filter = ComplaintFilter()
                change(&filter)
                let count = try ComplaintRecord.countListed(filter, in: db)
                let records = try ComplaintRecord.fetch(
                    filter, by: .filed, isDescending: false, count: count, limit: 50, offset: 0, in: db)
                #expect(records.count == count)
                return records.map { String($0.id.suffix(1)) }
            }
            #expect(try only { $0.isLate = true } == ["2"])
            #expect(try only { $0.number = "F-9" } == ["3"])
            #expect(try only { $0.number = "2026-000004" } == ["4"])
            #expect(try only { $0.number = "2026-00000" } == [])
            #expect(try only { $0.body = "KGD" } == [])
        }
    }
}
