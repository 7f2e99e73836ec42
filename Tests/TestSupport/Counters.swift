import GRDB

/// The counters beside the tables, counted anew from the tables themselves.
package enum Counters {
    private static let recounts = [
        (
            "complaintMonth",
            """
            SELECT ifnull(substr(closedOn, 1, 7), ''), substr(filedOn, 1, 7), status,
              CASE WHEN closedOn > dueOn THEN '1' ELSE '0' END, kind,
              CASE channel WHEN 'forum' THEN '1' ELSE '0' END, count(*)
            FROM complaint WHERE status <> 'annulled' GROUP BY 1, 2, 3, 4, 5, 6
            """
        ),
        (
            "clockCount",
            """
            SELECT substr(due, 1, 7), ifnull(body, ''), CASE force WHEN 'internal-target' THEN '1' ELSE '0' END, status,
              count(*)
            FROM clock
            WHERE status <> 'cancelled' GROUP BY 1, 2, 3, 4
            """
        ),
        (
            "violationCount",
            """
            SELECT substr(stream, 1, instr(stream, '/') - 1), substr(violatedOn, 1, 7), ifnull(body, ''), state, count(*)
            FROM violation GROUP BY 1, 2, 3, 4
            """
        ),
    ]

    /// The tables whose counters are not what the rows say; empty where all is well.
    package static func wrong(in db: Database) throws -> [String] {
        try recounts.filter { try db.tableExists($0.0) }.flatMap { table, recount in
            let kept = Set(
                try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { Array($0.databaseValues).description })
            let counted = Set(try Row.fetchAll(db, sql: recount).map { Array($0.databaseValues).description })
            return kept.symmetricDifference(counted).map { "\(table): \(kept.contains($0) ? "kept" : "counted") \($0)" }
        }
    }
}
