import GRDB
import WorkingDays

/// How many complaints of which kind were filed in which month.
package struct ComplaintStatistics: Hashable, Sendable {
    /// The counts; months without complaints are missing.
    package private(set) var counts: [CivilMonth: [ComplaintKind: Int]] = [:]

    /// The complaints filed in `months`.
    package static func fetch(_ months: ClosedRange<CivilMonth>, in db: Database) throws -> ComplaintStatistics {
        let statement = try db.cachedStatement(
            sql: """
                SELECT filedIn AS month, kind, sum(count) AS count FROM complaintMonth
                WHERE (closedIn = '' OR closedIn >= ?) AND filedIn BETWEEN ? AND ? GROUP BY 1, 2
                """)
        var statistics = ComplaintStatistics()
        let bounds: StatementArguments = [
            months.lowerBound.description, months.lowerBound.description, months.upperBound.description,
        ]
        let rows = try Row.fetchCursor(statement, arguments: bounds)
        while let row = try rows.next() {
            guard let month = CivilMonth(row["month"] as String), let kind = ComplaintKind(rawValue: row["kind"])
            else { continue }
            statistics.counts[month, default: [:]][kind] = row["count"]
        }
        return statistics
    }

    private init() {}
}
