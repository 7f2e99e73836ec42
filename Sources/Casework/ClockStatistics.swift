import GRDB
import Journal
import WorkingDays

/// How the clocks that fell due in some months ended, by month and body; counts only, no judgement.
package struct ClockStatistics: Hashable, Sendable {
    /// What became of some clocks.
    package struct Count: Hashable, Sendable {
        /// Ended in time.
        package var met = 0
        /// Not ended in time, whether ended since or not.
        package var breached = 0
        /// Still running.
        package var open = 0

        /// Those whose outcome is known: the base of every share.
        package var decided: Int { met + breached }

        /// Nothing counted yet, unless said otherwise.
        package init(met: Int = 0, breached: Int = 0, open: Int = 0) {
            self.met = met
            self.breached = breached
            self.open = open
        }

        /// Both together.
        package static func + (left: Count, right: Count) -> Count {
            Count(met: left.met + right.met, breached: left.breached + right.breached, open: left.open + right.open)
        }
    }

    /// A month and the body whose duty it was; no body where it was our own.
    package struct Key: Hashable, Sendable {
        /// The month of the due date.
        package let month: CivilMonth
        /// The code of the body.
        package let body: String?
    }

    /// The counts of the terms of law.
    package private(set) var counts: [Key: Count] = [:]
    /// The counts of the internal targets by month, whoever set himself to them; missing one is nobody's violation.
    package private(set) var targets: [CivilMonth: Count] = [:]

    /// The clocks due in `months`; cancelled ones are left out.
    package static func fetch(_ months: ClosedRange<CivilMonth>, in db: Database) throws -> ClockStatistics {
        let statement = try db.cachedStatement(
            sql: """
                SELECT month, body, status, isTarget, count FROM clockCount WHERE month BETWEEN ? AND ?
                """)
        let bounds: StatementArguments = [
            months.lowerBound.description, months.upperBound.description,
        ]
        var statistics = ClockStatistics()
        let rows = try Row.fetchCursor(statement, arguments: bounds)
        while let row = try rows.next() {
            guard let month = CivilMonth(row["month"] as String) else { continue }
            let count: Int = row["count"]
            let body: String = row["body"]
            let key = Key(month: month, body: body.isEmpty ? nil : body)
            let added: Count
            switch row["status"] as String {
            case "met": added = Count(met: count)
            case "breached": added = Count(breached: count)
            case "cancelled": continue
            default: added = Count(open: count)
            }
            if row["isTarget"] == "1" {
                statistics.targets[month] = statistics.targets[month, default: Count()] + added
            } else {
                statistics.counts[key] = statistics.counts[key, default: Count()] + added
            }
        }
        return statistics
    }

    private init() {}
}
