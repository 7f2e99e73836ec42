import GRDB
import Journal
import TestSupport
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
            ("annulled", filter { $0.statuses = [.annulled] }),
            ("service", filter { $0.service = "S999" }),
            ("region", filter { $0.region = "75" }),
            ("in hand", filter { $0.holder = .officer(7) }),
            ("nobody's", filter { $0.holder = .nobody }),
            (
                "in hand, open",
                filter {
                    $0.holder = .officer(7)
                    $0.statuses = [.open]
                }
            ),
            (
                "nobody's, overdue",
                filter {
                    $0.holder = .nobody
                    $0.statuses = [.open]
                    $0.overdueOn = CivilDate("2026-09-30")
                }
            ),
            (
                "in hand, late",
                filter {
                    $0.holder = .officer(7)
                    $0.isLate = true
                }
            ),
            (
                "body, late",
                filter {
                    $0.body = "MJ"
                    $0.isLate = true
                }
            ),
            (
                "body, overdue",
                filter {
                    $0.body = "MJ"
                    $0.statuses = [.open]
                    $0.overdueOn = CivilDate("2026-09-30")
                }
            ),
            ("number", filter { $0.number = "2026-000001" }), ("number", filter { $0.number = "17" }),
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
    private func check(_ sql: String, _ arguments: StatementArguments, _ name: String, in world: World) throws
        -> QueryPlan
    {
        let statement = try QueryPlan.plan(of: sql, arguments, in: world.journal)
        #expect(!statement.scansTable, "\(name): \(statement)")
        return statement
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
                    _ = try check(sql, arguments + [50, 0], "\(name) by \(order)", in: world)
                }
            }
            let (condition, arguments) = filter.sql
            let count = try check(
                "SELECT count(*) FROM (SELECT 1 FROM complaint WHERE \(condition) LIMIT 10001)", arguments,
                "count of \(name)", in: world)
            // What is not counted is not looked up: the index alone tells, but for a number of the forum.
            let isTold = count.plan.contains { $0.contains("COVERING INDEX") }
            #expect(isTold || name == "number" || name == "all together", "\(name): \(count)")
        }
    }

    @Test("What is rare is looked for in an index of its own, and the list of all is not walked for it")
    func nothing() async throws {
        let world = try await World()
        let index = [
            "late": "Late", "annulled": "Annulled", "withdrawn": "Withdrawn", "in hand": "Assigned",
            "in hand, open": "InHand",
        ]
        for (name, filter) in Self.filters where index[name] != nil {
            let order = filter.statuses == [.open] ? ComplaintRecord.Order.due : .filed
            let (sql, arguments) = ComplaintRecord.listQuery(filter, by: order, isDescending: true, count: 0)
            let plan = try check(sql, arguments + [50, 0], name, in: world).plan
            #expect(plan.contains { $0.contains("complaint\(index[name] ?? "")") }, "\(name): \(plan)")
        }
    }

    @Test(
        "A word in the table that no edition of ours writes is damage, and never taken for another",
        arguments: ["kind", "reviewer", "status"])
    func damaged(column: String) async throws {
        let world = try await World()
        try await world.register("2026-09-07 10:00", forum: "F-1")
        _ = try world.journal.transactNow(by: world.actor, at: try at("2026-09-08 10:00")) { transaction in
            // As damage would: the table itself does not take such a word.
            try transaction.db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try transaction.db.execute(sql: "UPDATE complaint SET \(column) = 'strange'")
            return 0
        }
        #expect(throws: DatabaseError.self) {
            try world.journal.readNow { (db: Database) throws in try ComplaintRecord.fetch(id: "2026-000001", in: db) }
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
            happenedAt: try at("2026-12-29 10:00"), by: world.actor, at: try at("2026-12-30 10:00"))
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
            // Its beginning is enough, or the running count alone; what only stands somewhere in it is another number.
            #expect(try only { $0.number = "2026-00000" } == ["1", "2", "3", "4", "5"])
            #expect(try only { $0.number = "F-1" } == ["4", "5"])
            #expect(try only { $0.number = "4" } == ["4"])
            #expect(try only { $0.number = "000004" } == ["4"])
            #expect(try only { $0.number = "6-00000" } == [])
            #expect(try only { $0.body = "KGD" } == [])
        }
    }
}
