import GRDB

/// What there is of a body in lists: its services, what is asked of it, what it is late with.
package struct BodyFigures: Sendable, Hashable {
    /// How many services it answers for.
    package var services = 0
    /// How many information requests to it are open.
    package var requests = 0
    /// How many of its terms of law are past and not done; internal targets are nobody's breach.
    package var breaches = 0

    /// Nothing yet.
    package init() {}

    /// The figures of all bodies that have any, by their codes.
    package static func fetch(in db: Database) throws -> [String: BodyFigures] {
        var figures: [String: BodyFigures] = [:]
        for part in parts {
            let sql =
                "SELECT \(part.body), count(*) FROM \(part.rows) AND \(part.body) IS NOT NULL GROUP BY \(part.body)"
            for row in try Row.fetchAll(db.cachedStatement(sql: sql)) {
                figures[row[0], default: BodyFigures()][keyPath: part.figure] = row[1]
            }
        }
        return figures
    }

    /// The figures of one body.
    package static func fetch(_ body: String, in db: Database) throws -> BodyFigures {
        var figures = BodyFigures()
        for part in parts {
            let sql = "SELECT count(*) FROM \(part.rows) AND \(part.body) = ?"
            figures[keyPath: part.figure] = try Int.fetchOne(db.cachedStatement(sql: sql), arguments: [body]) ?? 0
        }
        return figures
    }

    /// What each figure counts: rows of a table, and the column that names the body.
    private static var parts: [(figure: WritableKeyPath<BodyFigures, Int>, rows: String, body: String)] {
        [
            (\.services, "service WHERE true", "owner"),
            (\.requests, "informationRequest WHERE state NOT IN ('live', 'cancelled')", "body"),
            (
                \.breaches,
                """
                clock WHERE status = 'breached' AND force = 'statutory' AND endedOn IS NULL
                  AND owner IN ('body', 'responsible-person')
                """, "body"
            ),
        ]
    }
}
