import GRDB
import Journal

/// A statement that was run, and how SQLite goes about it.
package struct QueryPlan: Sendable, CustomStringConvertible {
    /// The statement.
    package let sql: String
    /// The lines of its plan.
    package let plan: [String]

    /// Whether a whole table is read that grows as the work does; small ones, bodies and services, may be.
    package var scansTable: Bool {
        plan.contains { line in
            let words = line.split(separator: " ")
            return words.count > 1 && words[0] == "SCAN" && Self.growing.contains(String(words[1]))
                && !words.contains("INDEX")
        }
    }

    /// Whether rows are sorted to the last one.
    package var sorts: Bool { plan.contains { $0.hasSuffix("USE TEMP B-TREE FOR ORDER BY") } }

    package var description: String { sql + "\n  " + plan.joined(separator: "\n  ") }

    private static let growing = [
        "event", "clock", "complaint", "complaintLapse", "delivery", "contact", "letter", "duty", "bodyLink",
        "bodyFiling", "bodyFilingAnswer", "filingNotice", "discrepancy", "auditDeed", "cardProposal", "cardDraft",
        "application",
    ]
}

extension QueryPlan {
    /// The statements that `body` runs in one snapshot of a journal, each once.
    package static func run(by journal: Journal, _ body: (Database) throws -> Void) throws -> [QueryPlan] {
        try journal.readNow { db in
            var statements: [String] = []
            db.trace { event in if case .statement(let statement) = event { statements.append(statement.expandedSQL) } }
            defer { db.trace(options: []) }
            try body(db)
            db.trace(options: [])
            var known: Set<String> = []
            return try statements.filter { known.insert($0).inserted && $0.contains("SELECT") }.map { sql in
                QueryPlan(
                    sql: sql,
                    plan: try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String })
            }
        }
    }

    /// How SQLite goes about one query.
    package static func plan(
        of sql: String, _ arguments: StatementArguments, in journal: Journal
    ) throws -> QueryPlan {
        QueryPlan(
            sql: sql,
            plan: try journal.readNow { db in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map {
                    $0["detail"] as String
                }
            })
    }
}
