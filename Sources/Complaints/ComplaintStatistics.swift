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
                SELECT substr(filedOn, 1, 7) AS month, kind, count(*) AS count FROM complaint
                WHERE filedOn BETWEEN ? AND ? AND status <> 'annulled' GROUP BY 1, 2
                """)
        var statistics = ComplaintStatistics()
        let bounds: StatementArguments = [
            months.lowerBound.first.description, months.upperBound.last.description,
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
