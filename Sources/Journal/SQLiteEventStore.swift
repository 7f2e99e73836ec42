import Foundation
import GRDB
import GRDBSQLite
import WorkingDays

/// The events in SQLite: one session is one transaction of the connection `db`.
package struct SQLiteEventStore: EventStore {
    private let db: Database

    /// A session on a connection; the caller opens and commits the transaction.
    package init(db: Database) { self.db = db }

    /// See `EventStore`.
    package func head() throws -> JournalHead {
        // Read before every append, so through SQLite's own interface.
        let sql = "SELECT position, hash FROM event ORDER BY position DESC LIMIT 1"
        let statement = try db.cachedStatement(sql: sql).sqliteStatement
        defer { sqlite3_reset(statement) }
        switch sqlite3_step(statement) {
        case SQLITE_ROW:
            let hash = UnsafeRawBufferPointer(
                start: sqlite3_column_blob(statement, 1), count: Int(sqlite3_column_bytes(statement, 1)))
            return JournalHead(position: sqlite3_column_int64(statement, 0), hash: Array(hash))
        case SQLITE_DONE: return .empty
        case let code:
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: sql)
        }
    }

    /// See `EventStore`.
    package func events(of stream: StreamID) throws -> [RecordedEvent] {
        let sql = Self.select + " WHERE stream = ? ORDER BY version"
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [stream.rawValue]).map(Self.event)
    }

    /// Whether a stream has an event of this version.
    func has(_ version: Int, of stream: StreamID) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM event WHERE stream = ? AND version = ?)")
        return try Bool.fetchOne(statement, arguments: [stream.rawValue, version]) ?? false
    }

    /// See `EventStore`.
    package func events(after position: Int64, limit: Int) throws -> [RecordedEvent] {
        let sql = Self.select + " WHERE position > ? ORDER BY position LIMIT ?"
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [position, limit]).map(Self.event)
    }

    /// Up to `limit` events after a position, with their links.
    func linked(after position: Int64, limit: Int) throws -> [LinkedEvent] {
        let sql = "\(Self.columns), previousHash, hash FROM event WHERE position > ? ORDER BY position LIMIT ?"
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [position, limit]).map { row in
            LinkedEvent(event: Self.event(row), previous: Array(row[8] as Data), hash: Array(row[9] as Data))
        }
    }

    /// See `EventStore`.
    package func link(at position: Int64) throws -> (previous: [UInt8], hash: [UInt8])? {
        let statement = try db.cachedStatement(sql: "SELECT previousHash, hash FROM event WHERE position = ?")
        return try Row.fetchOne(statement, arguments: [position]).map { row in
            (previous: Array(row[0] as Data), hash: Array(row[1] as Data))
        }
    }

    /// Appends an event; see `EventStore`.
    package func append(_ event: RecordedEvent, previous: [UInt8], hash: [UInt8]) throws {
        do {
            try db.insertRow(Self.insert) { row in
                row.bind(event.position)
                row.bind(event.stream.rawValue)
                row.bind(event.version)
                row.bind(event.name)
                row.bind(event.occurredAt.millisecondsSince1970)
                row.bind(event.recordedAt.millisecondsSince1970)
                row.bind(event.actor.rawValue)
                row.bind(utf8: event.payload)
                row.bind(blob: previous)
                row.bind(blob: hash)
            }
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            throw JournalError.conflict(stream: event.stream, expected: event.version - 1)
        }
    }

    private static let insert = """
        INSERT INTO event
          (position, stream, version, name, occurredAt, recordedAt, actor, payload, previousHash, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    private static let columns = "SELECT position, stream, version, name, occurredAt, recordedAt, actor, payload"
    private static let select = columns + " FROM event"

    private static func event(_ row: Row) -> RecordedEvent {
        RecordedEvent(
            position: row[0], stream: StreamID(row[1] as String), version: row[2], name: row[3],
            occurredAt: Moment(millisecondsSince1970: row[4]), recordedAt: Moment(millisecondsSince1970: row[5]),
            actor: Actor(row[6] as String), payload: Array((row[7] as String).utf8))
    }
}
