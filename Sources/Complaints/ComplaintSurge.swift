import GRDB
import Rulebook
import WorkingDays

/// A week of ISO 8601, Monday to Sunday, in the dates of the centre.
package struct CivilWeek: Hashable, Comparable, Sendable {
    /// Its Monday.
    package let first: CivilDate

    /// The week in which a date lies.
    package init(_ date: CivilDate) { first = date.adding(days: 1 - date.weekday.rawValue) }

    /// Its Sunday.
    package var last: CivilDate { first.adding(days: 6) }

    /// The week so many weeks before this one.
    package func earlier(by weeks: Int) -> CivilWeek { CivilWeek(first.adding(days: -7 * weeks)) }

    package static func < (left: CivilWeek, right: CivilWeek) -> Bool { left.first < right.first }
}

/// Far more complaints about one service of one body in one week than is usual.
package struct ComplaintSurge: Hashable, Sendable {
    /// A service of a body.
    package struct Subject: Hashable, Sendable {
        /// The code of the service; nil where the complaints name none.
        package let service: String?
        /// The code of the body.
        package let body: String

        /// A subject from its parts.
        package init(service: String?, body: String) { (self.service, self.body) = (service, body) }
    }

    /// How many complaints about each subject were filed in each week.
    package typealias Weeks = [CivilWeek: [Subject: Int]]

    /// What the complaints are about.
    package let subject: Subject
    /// The week.
    package let week: CivilWeek
    /// How many there were.
    package let count: Int
    /// What is usual, in halves: the median of the weeks before.
    package let usualHalves: Int

    /// The surges of a week, the greatest excess first.
    ///
    /// Usual is the median of the weeks before that have data: such in which any complaint at all was filed. A week of these without
    /// a complaint about the subject counts as none; a week in which nobody complained of anything is a hole, not a quiet week.
    /// - Parameters:
    ///   - weeks: what was filed, at least of `week` and the `rules.weeks` weeks before.
    ///   - rules: the thresholds, from `schedules/violations`.
    package static func find(
        in week: CivilWeek, _ weeks: Weeks, by rules: ViolationRules.Surge
    ) -> [ComplaintSurge] {
        let before = (1...rules.weeks).map { weeks[week.earlier(by: $0)] ?? [:] }.filter { !$0.isEmpty }
        guard before.count >= rules.known, let present = weeks[week] else { return [] }
        return present.compactMap { subject, count -> ComplaintSurge? in
            // What names no service is data like other complaints, and like nothing.
            guard subject.service != nil, count >= rules.least else { return nil }
            let usual = medianHalves(before.map { $0[subject] ?? 0 })
            guard count * 2 >= usual * rules.times else { return nil }
            return ComplaintSurge(subject: subject, week: week, count: count, usualHalves: usual)
        }.sorted { left, right in
            let (a, b) = (left.count * 2 - left.usualHalves, right.count * 2 - right.usualHalves)
            if a != b { return a > b }
            return (left.subject.body, left.subject.service ?? "") < (right.subject.body, right.subject.service ?? "")
        }
    }

    /// Twice the median, so that it is whole.
    static func medianHalves(_ numbers: [Int]) -> Int {
        let sorted = numbers.sorted()
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? sorted[middle - 1] + sorted[middle] : sorted[middle] * 2
    }

    /// The surges of the present week and of the one before, the latest first.
    /// - Parameter today: the local day.
    package static func fetch(
        on today: CivilDate, by rules: ViolationRules.Surge, in db: Database
    ) throws -> [ComplaintSurge] {
        let present = CivilWeek(today)
        let weeks = try counts(from: present.earlier(by: rules.weeks + 1), through: present, in: db)
        return find(in: present, weeks, by: rules) + find(in: present.earlier(by: 1), weeks, by: rules)
    }

    /// How many complaints were filed about what, by week; what was annulled counts nowhere. A stretch of the index of filing.
    package static func counts(from first: CivilWeek, through last: CivilWeek, in db: Database) throws -> Weeks {
        let statement = try db.cachedStatement(
            sql: """
                SELECT filedOn, body, service, count(*) AS count FROM complaint
                WHERE filedOn BETWEEN ? AND ? AND status <> 'annulled' GROUP BY filedOn, body, service
                """)
        var weeks: Weeks = [:]
        let days: StatementArguments = [first.first.description, last.last.description]
        let rows = try Row.fetchCursor(statement, arguments: days)
        while let row = try rows.next() {
            guard let day = CivilDate(row["filedOn"] as String) else { continue }
            let subject = Subject(service: row["service"], body: row["body"])
            weeks[CivilWeek(day), default: [:]][subject, default: 0] += row["count"]
        }
        return weeks
    }
}
