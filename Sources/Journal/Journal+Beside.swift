import GRDB
import Stores

// What stands in the journal's file and is neither an event nor derived from one: the answers to commands with a key, the
// marks of other stores, documents by their digest. A backup takes it along beside the events.
extension Journal {
    /// The tables that are derived from the events.
    package var derivedTables: [String] { projections.flatMap(\.tables) }

    /// The version of each projection whose tables stand in the file.
    package static func versions(in db: Database) throws -> [String: Int] {
        let rows = try Row.fetchAll(db, sql: "SELECT name, version FROM projectionState")
        return Dictionary(rows.map { ($0[0] as String, $0[1] as Int) }, uniquingKeysWith: { first, _ in first })
    }

    /// Writes what is neither an event nor derived, as lines of JSON without line feeds.
    /// - Returns: how many rows were written.
    package func dumpBeside(in db: Database, to write: ([UInt8]) throws -> Void) throws -> Int {
        let others = Set(derivedTables + ["event", "projectionState", "grdb_migrations", "nodeState"])
        let all = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
        return try StoreDump.write(all.filter { !others.contains($0) }, in: db, to: write)
    }

    /// Puts the lines of `dumpBeside` into this journal.
    /// - Throws: `StoreDumpError`; `DatabaseError`.
    @discardableResult
    package func takeBeside(from next: () throws -> [UInt8]?) throws -> Int {
        try refuseAfterFailure()
        return try write { db, _ in try StoreDump.load(in: db, from: next) }
    }
}
