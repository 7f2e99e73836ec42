import Forms
import GRDB
import Journal
import TestSupport
import Testing
import WorkingDays

@testable import Reporting

struct NumberTests {
    @Test(
        "A violation belongs to the month with the first day after the due date on which it was still open",
        arguments: [
            // due, closed, month → violations, stillOpen
            ("2026-03-30", nil, 1, 0), ("2026-03-31", nil, 0, 0), ("2026-02-28", nil, 1, 0), ("2026-02-27", nil, 0, 1),
            ("2026-03-10", "2026-03-10", 0, 0), ("2026-03-10", "2026-03-11", 1, 0), ("2026-03-10", "2026-04-20", 1, 0),
            ("2026-03-30", "2026-03-31", 1, 0), ("2026-03-31", "2026-04-01", 0, 0), ("2026-02-20", "2026-03-05", 0, 0),
            ("2026-02-20", "2026-04-01", 0, 1),
        ] as [(String, String?, Int, Int)])
    func violations(due: String, closed: String?, violations: Int, stillOpen: Int) async throws {
        let world = try await World()
        try world.put(.init(id: "2026-000001", filed: "2026-02-10", due: due, closed: closed))
        let march = try month("2026-03")
        #expect(try world.count(.violations(), march) == violations)
        #expect(try world.count(.overdueFromEarlier, march) == stillOpen)
    }

    @Test("A due date missed on a month's last day is the next month's violation, and no other's")
    func lastDay() async throws {
        let world = try await World()
        try world.put(.init(id: "2026-000001", filed: "2026-03-20", due: "2026-03-31", closed: nil))
        #expect(try world.count(.violations(), month("2026-03")) == 0)
        #expect(try world.count(.violations(), month("2026-04")) == 1)
        #expect(try world.count(.violations(), month("2026-05")) == 0)
        #expect(try world.count(.overdueFromEarlier, month("2026-05")) == 1)
    }

    @Test("An answer after the month's end leaves the complaint open at its end")
    func answeredLater() async throws {
        let world = try await World()
        try world.put(.init(id: "2026-000001", filed: "2026-03-20", due: "2026-03-30", closed: "2026-04-01"))
        let period = try month("2026-03")
        let figures = try await world.reports.figures(period)
        #expect(figures.closing == 1 && figures.closed == 0 && figures.pastTerm == 0 && figures.violations == 1)
    }

    @Test("The last minute of a month is in it, the first of the next is not")
    func midnight() async throws {
        let world = try await World()
        _ = try await world.file("2026-03-31 23:59")
        _ = try await world.file("2026-04-01 00:00")
        #expect(try world.count(.received, month("2026-03")) == 1)
        #expect(try world.count(.received, month("2026-04")) == 1)
    }

    @Test("No number of the report reads more of the table than its month: every part of it is the range of an index")
    func plans() async throws {
        let world = try await World()
        let period = try month("2026-03")
        let numbers: [ReportNumber] = [
            .opening, .received, .closed, .closing, .forum, .reviewed, .withinTerm, .pastTerm, .violations(),
            .violations(bodyKind: "central", body: "MJ"), .overdueFromEarlier, .orderAndStandard(), .employees(),
        ]
        for number in numbers {
            let (sql, arguments) = world.reports.form.query("id", number, period)
            let plan = try world.journal.readNow { db in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map {
                    $0["detail"] as String
                }
            }
            // What is open is little at a time, and its index holds nothing else.
            let scans = plan.filter { $0.hasPrefix("SCAN complaint") && !$0.hasSuffix("COVERING INDEX complaintOpen") }
            #expect(scans.isEmpty, "\(number): \(plan)")
        }
    }

    @Test("Every number of a random store equals the length of its drill-down, and the balance holds", arguments: 1...5)
    func drillDown(seed: UInt64) async throws {
        let world = try await World()
        var random = Random(state: seed)
        for number in 1...400 {
            let first = CivilDate(dayNumber: 20_454 + Int(random.next() % 150))
            let due = first.adding(days: 7 + Int(random.next() % 10))
            let isClosed = random.next() % 5 != 0
            let closed = first.adding(days: Int(random.next() % 40))
            try world.put(
                .init(
                    id: "2026-\(100_000 + number)", filed: first.description, due: due.description,
                    closed: isClosed ? closed.description : nil,
                    kind: ["order", "standard", "employees", "other"][Int(random.next() % 4)],
                    body: ["MJ", "KGD", "A75"][number % 3], bodyKind: number % 3 == 2 ? "local" : "central",
                    channel: random.next() % 3 == 0 ? "phone" : "forum",
                    status: !isClosed
                        ? "open"
                        : random.next() % 9 == 0 ? "withdrawn" : random.next() % 7 == 0 ? "annulled" : "answered"))
        }
        let annulled = try await world.journal.read { db in
            try Set(String.fetchAll(db, sql: "SELECT id FROM complaint WHERE status = 'annulled'"))
        }
        #expect(!annulled.isEmpty)
        for text in ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"] {
            let period = try month(text)
            let figures = try await world.reports.figures(period)
            #expect(figures.isBalanced)
            var numbers: [(ReportNumber, Int)] = [
                (.opening, figures.opening), (.received, figures.received), (.closed, figures.closed),
                (.closing, figures.closing), (.forum, figures.forum), (.withinTerm, figures.withinTerm),
                (.pastTerm, figures.pastTerm), (.violations(), figures.violations),
                (.overdueFromEarlier, figures.overdueFromEarlier), (.orderAndStandard(), figures.orderAndStandard),
                (.employees(), figures.employees),
            ]
            for (kind, count) in figures.violationsByKind { numbers.append((.violations(bodyKind: kind), count)) }
            for entry in figures.violationsByBody {
                numbers.append((.violations(bodyKind: entry.kind, body: entry.body), entry.count))
            }
            for (service, count) in figures.byService { numbers.append((.orderAndStandard(service: service), count)) }
            for (kind, count) in figures.employeesByKind { numbers.append((.employees(bodyKind: kind), count)) }
            for (number, count) in numbers {
                let behind = try await world.journal.read {
                    try world.reports.form.cases(behind: number, period, limit: 10_000, in: $0)
                }
                #expect(count == behind.count, "\(number) of \(text)")
                #expect(Set(behind).count == behind.count)
                #expect(annulled.isDisjoint(with: behind), "\(number) of \(text) counts what was annulled")
            }
        }
    }

    @Test("Average and longest are in working days, exact to the hundredth")
    func reviewTerms() async throws {
        let world = try await World()
        // Thu 5 March to Fri 6 (1), Tue 10 (2; Monday 9 is a day off), Wed 11 (3).
        for (index, closed) in ["2026-03-06", "2026-03-10", "2026-03-11"].enumerated() {
            try world.put(.init(id: "2026-00000\(index)", filed: "2026-03-05", due: "2026-03-13", closed: closed))
        }
        let figures = try await world.reports.figures(month("2026-03"))
        #expect(figures.averageHundredths == 200)
        #expect(figures.longest == 3)
        #expect(figures.withinTerm == 3)
    }
}

/// A small generator for repeatable tests.
struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
