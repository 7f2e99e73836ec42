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
        func read(_ sql: String, into part: WritableKeyPath<BodyFigures, Int>) throws {
            for row in try Row.fetchAll(db.cachedStatement(sql: sql)) {
                figures[row[0], default: BodyFigures()][keyPath: part] = row[1]
            }
        }
        try read("SELECT owner, count(*) FROM service GROUP BY owner", into: \.services)
        try read(
            """
            SELECT body, count(*) FROM informationRequest WHERE state NOT IN ('live', 'cancelled') GROUP BY body
            """, into: \.requests)
        try read(
            """
            SELECT body, count(*) FROM clock WHERE standing = 'breached' AND endedOn IS NULL AND body IS NOT NULL
              AND owner IN ('body', 'responsible-person') GROUP BY body
            """, into: \.breaches)
        return figures
    }
}
