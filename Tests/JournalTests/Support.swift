import GRDB
import Journal
import TestSupport
import WorkingDays

/// A projection for tests: counts the events of each stream and keeps the last name.
struct CountingProjection: Projection {
    var name = "counting"
    var version = 1
    var table = "streamCount"
    var tables: [String] { [table] }

    func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE \(table) (stream TEXT PRIMARY KEY, events INTEGER NOT NULL, lastName TEXT NOT NULL) STRICT
                """)
    }

    func apply(_ event: RecordedEvent, in db: Database) throws {
        if event.name == "poisoned" { throw PoisonError() }
        try db.execute(
            sql: """
                INSERT INTO \(table) VALUES (?, 1, ?)
                ON CONFLICT (stream) DO UPDATE SET events = events + 1, lastName = excluded.lastName
                """, arguments: [event.stream.rawValue, event.name])
    }

    struct PoisonError: Error {}
}

/// A journal in a folder of its own.
struct TestJournal {
    let folder = TemporaryFolder()
    let journal: Journal

    init(projections: [any Projection] = [CountingProjection()]) throws {
        journal = try Journal(path: folder.file("journal.db"), projections: projections)
    }

    static let actor = Actor("cli:test")
    static let noon = Moment(millisecondsSince1970: 1_773_900_000_000)

    @discardableResult
    func append(_ name: String, to stream: String, expecting version: Int, payload: String = "{}") throws -> Int64 {
        try journal.transactNow(by: Self.actor, at: Self.noon) { transaction in
            try transaction.append(
                [NewEvent(name: name, occurredAt: Self.noon, payload: Array(payload.utf8))],
                to: StreamID(stream), expecting: version)
            return transaction.position
        }
    }

    /// Opens the file as an intruder would: without our triggers' consent, past our code.
    func tamper(_ sql: String) throws {
        try DatabaseQueue(path: folder.file("journal.db")).write { db in try db.execute(sql: sql) }
    }
}
