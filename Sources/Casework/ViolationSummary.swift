import GRDB
import WorkingDays

/// How many entries of the ledger stand how, by month and body: read from counters, whatever the years hold.
package struct ViolationSummary: Hashable, Sendable {
    /// A month and the body; nil where the duty was the centre's own.
    package struct Key: Hashable, Sendable {
        /// The month of the first day past the last one.
        package let month: CivilMonth
        /// The code of the body.
        package let body: String?
    }

    /// The counts of each state.
    package typealias Counts = [Violation.State: Int]

    /// The counts.
    package private(set) var counts: [Key: Counts] = [:]

    /// The entries of some months.
    /// - Parameters:
    ///   - kinds: the kinds of case that the reader may see.
    ///   - body: only those of this body; nil for all.
    package static func fetch(
        _ months: ClosedRange<CivilMonth>, kinds: Set<String>, body: String? = nil, in db: Database
    ) throws -> ViolationSummary {
        var summary = ViolationSummary()
        for kind in kinds.sorted() {
            let statement = try db.cachedStatement(
                sql: """
                    SELECT month, body, state, count FROM violationCount
                    WHERE kind = ? AND month BETWEEN ? AND ?\(body == nil ? "" : " AND body = ?")
                    """)
            var arguments: StatementArguments = [
                kind, months.lowerBound.description, months.upperBound.description,
            ]
            if let body { arguments += [body] }
            for row in try Row.fetchAll(statement, arguments: arguments) {
                guard let month = CivilMonth(row["month"] as String) else { continue }
                let body: String = row["body"]
                let state: Violation.State = try row.value("state")
                summary.counts[Key(month: month, body: body.isEmpty ? nil : body), default: [:]][state, default: 0] +=
                    row["count"]
            }
        }
        return summary
    }

    /// All months and bodies together.
    package var total: Counts { counts.values.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) } }

    /// The counts by body, all months together.
    package var byBody: [String?: Counts] {
        counts.reduce(into: [:]) { $0[$1.key.body, default: [:]].merge($1.value, uniquingKeysWith: +) }
    }

    /// The counts by month, all bodies together.
    package var byMonth: [CivilMonth: Counts] {
        counts.reduce(into: [:]) { $0[$1.key.month, default: [:]].merge($1.value, uniquingKeysWith: +) }
    }

    /// How many entries wait for a person, of all months.
    /// - Parameter kinds: the kinds of case in which the reader decides.
    package static func waiting(kinds: Set<String>, in db: Database) throws -> Int {
        try kinds.reduce(0) { sum, kind in
            let statement = try db.cachedStatement(
                sql: "SELECT total(count) FROM violationCount WHERE kind = ? AND state IN ('drafted', 'reopened')")
            return sum + (try Int.fetchOne(statement, arguments: [kind]) ?? 0)
        }
    }
}
