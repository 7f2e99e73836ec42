import Complaints
import Journal
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("A surge of like complaints")
struct SurgeTests {
    private let rules = ViolationRules.Surge(least: 5, weeks: 8, known: 4, times: 2)
    private let subject = ComplaintSurge.Subject(service: "S0001", body: "MJ")

    /// Weeks of a subject, the latest last; nil is a week in which nobody complained of anything.
    private func weeks(_ numbers: [Int?], in week: CivilWeek) -> ComplaintSurge.Weeks {
        var weeks: ComplaintSurge.Weeks = [:]
        for (index, number) in numbers.enumerated() {
            guard let number else { continue }
            var found = [ComplaintSurge.Subject(service: nil, body: "MIA"): 1]
            if number > 0 { found[subject] = number }
            weeks[week.earlier(by: numbers.count - 1 - index)] = found
        }
        return weeks
    }

    @Test(
        "At least five, and twice the median of the weeks with data",
        arguments: [
            ([0, 0, 0, 0, 5], 0), ([0, 0, 0, 0, 4], nil), ([2, 2, 3, 3, 5], 5), ([3, 3, 3, 3, 5], nil),
            ([3, 3, 3, 3, 6], 6), ([1, 9, 1, 1, 5], 2), ([nil, 1, 1, 1, 9], nil), ([nil, 1, nil, 1, 1, 1, 9], 2),
            ([1, 1, 1, 1, nil], nil), ([9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1, 6], 2),
        ] as [([Int?], Int?)])
    func thresholds(numbers: [Int?], usualHalves: Int?) throws {
        let week = CivilWeek(try day("2026-11-18"))
        let found = ComplaintSurge.find(in: week, weeks(numbers, in: week), by: rules)
        #expect(found.map(\.usualHalves) == (usualHalves.map { [$0] } ?? []))
        #expect(found.allSatisfy { $0.subject == subject && $0.week == week && $0.count == numbers.last })
    }

    @Test(
        "A week is Monday to Sunday, over the end of a year too",
        arguments: [
            ("2026-11-16", "2026-11-16", "2026-11-22"), ("2026-11-22", "2026-11-16", "2026-11-22"),
            ("2027-01-01", "2026-12-28", "2027-01-03"),
        ])
    func week(date: String, first: String, last: String) throws {
        let week = CivilWeek(try day(date))
        let days = (try day(first), try day(last))
        #expect(week.first == days.0 && week.last == days.1)
        #expect(week.earlier(by: 1).last == week.first.adding(days: -1))
    }

    @Test(
        "The greatest excess comes first; complaints that were annulled are none, and the query walks the index of filing"
    )
    func fetched() async throws {
        let world = try await World()
        for number in 0..<6 {
            _ = try await world.register("2026-04-0\(6 + number % 4) 10:00", body: "MJ")
        }
        for day in ["09", "16", "26", "31"] { _ = try await world.register("2026-03-\(day) 10:00", body: "A75") }
        let today = try day("2026-04-10")
        let found = try world.journal.readNow { try ComplaintSurge.fetch(on: today, by: rules, in: $0) }
        #expect(found.map(\.count) == [6] && found.first?.subject.body == "MJ" && found.first?.usualHalves == 0)
        let plans = try QueryPlan.run(by: world.journal) { _ = try ComplaintSurge.fetch(on: today, by: rules, in: $0) }
        #expect(!plans.isEmpty && plans.allSatisfy { !$0.scansTable })
        let one = try #require(
            try world.journal.readNow { db in
                try ComplaintRecord.fetch(ComplaintFilter(), in: db).first { $0.body == "MJ" }
            })
        try await world.desk.annul(
            one.id, as: .erroneous, reason: "a test", by: world.actor, at: try at("2026-12-30 12:00"))
        let after = try world.journal.readNow { try ComplaintSurge.fetch(on: today, by: rules, in: $0) }
        #expect(after.map(\.count) == [5])
    }
}
