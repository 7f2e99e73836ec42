import Foundation
import GRDBSQLite
import Journal
import WorkingDays

struct SQLiteFailure: Error { let message: String }

/// A connection through the C interface.
final class Connection {
    let handle: OpaquePointer

    init(_ path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else { throw SQLiteFailure(message: path) }
        self.handle = handle
        try run("PRAGMA journal_mode = WAL")
        try run("PRAGMA synchronous = FULL")
        try run("PRAGMA foreign_keys = ON")
        try run("PRAGMA cache_size = -\(Journal.cacheKibibytes)")
    }

    func run(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw SQLiteFailure(message: String(cString: sqlite3_errmsg(handle)) + ": " + sql)
        }
    }

    func prepare(_ sql: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
            let statement
        else { throw SQLiteFailure(message: String(cString: sqlite3_errmsg(handle))) }
        return statement
    }

    deinit { sqlite3_close(handle) }
}

/// Inserts the rows of some tables of one file into the same tables of an empty one; only the inserting is timed.
final class BareInserts {
    private let source: Connection
    private let target: Connection
    private let tables: [String]
    private(set) var rows = 0

    init(from: String, to: String, tables: [String]) throws {
        source = try Connection(from)
        target = try Connection(to)
        self.tables = tables
        let names = tables.map { "'\($0)'" }.joined(separator: ",")
        let schema = try source.prepare(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN (\(names)) AND sql IS NOT NULL ORDER BY type = 'table' DESC"
        )
        while sqlite3_step(schema) == SQLITE_ROW { try target.run(String(cString: sqlite3_column_text(schema, 0))) }
        sqlite3_finalize(schema)
    }

    /// The columns of a table but for those that SQLite derives from others.
    private func storedColumns(of table: String) throws -> [String] {
        let info = try source.prepare("SELECT name FROM pragma_table_info('\(table)')")
        defer { sqlite3_finalize(info) }
        var names: [String] = []
        while sqlite3_step(info) == SQLITE_ROW { names.append(String(cString: sqlite3_column_text(info, 0))) }
        return names
    }

    private struct Cell {
        var type: Int32
        var number: Int64
        var start: Int
        var length: Int32
    }

    func run(eventsInTransaction: Int) throws -> Double {
        let last = try number("SELECT max(position) FROM event")
        var time = 0.0
        // The rows of one transaction of the import: its events, and the complaints and clocks that begin in it.
        let ranges = [
            "event": "position > ? AND position <= ?",
            "complaint":
                "rowid IN (SELECT rowid FROM complaint WHERE id IN (SELECT substr(stream, 11) FROM event WHERE position > ? AND position <= ? AND version = 1 AND stream >= 'complaint/' AND stream < 'complaint0'))",
            "clock": "stream IN (SELECT stream FROM event WHERE position > ? AND position <= ? AND version = 1)",
        ]
        var selects: [String: OpaquePointer] = [:]
        var inserts: [String: (OpaquePointer, Int32)] = [:]
        for table in tables {
            let columns = try storedColumns(of: table)
            let names = columns.joined(separator: ",")
            let select = try source.prepare("SELECT \(names) FROM \(table) WHERE \(ranges[table] ?? "")")
            selects[table] = select
            let marks = columns.map { _ in "?" }.joined(separator: ",")
            inserts[table] = (
                try target.prepare("INSERT INTO \(table) (\(names)) VALUES (\(marks))"), Int32(columns.count)
            )
        }
        var position: Int64 = 0
        while position < last {
            let end = position + Int64(eventsInTransaction)
            var chunks: [(table: String, cells: [Cell], text: [UInt8])] = []
            for table in tables {
                guard let select = selects[table] else { continue }
                sqlite3_reset(select)
                sqlite3_bind_int64(select, 1, position)
                sqlite3_bind_int64(select, 2, end)
                var cells: [Cell] = []
                var text: [UInt8] = []
                while sqlite3_step(select) == SQLITE_ROW {
                    rows += 1
                    for column in 0..<sqlite3_column_count(select) {
                        let type = sqlite3_column_type(select, column)
                        var cell = Cell(type: type, number: 0, start: text.count, length: 0)
                        if type == SQLITE_INTEGER {
                            cell.number = sqlite3_column_int64(select, column)
                        } else if type != SQLITE_NULL, let bytes = sqlite3_column_blob(select, column) {
                            cell.length = sqlite3_column_bytes(select, column)
                            text.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: Int(cell.length)))
                        }
                        cells.append(cell)
                    }
                }
                chunks.append((table, cells, text))
            }
            time += try seconds { try insert(chunks, inserts) }
            position = end
        }
        return time
    }

    private func insert(
        _ chunks: [(table: String, cells: [Cell], text: [UInt8])], _ inserts: [String: (OpaquePointer, Int32)]
    ) throws {
        try target.run("BEGIN IMMEDIATE")
        for (table, cells, text) in chunks {
            guard let (statement, columns) = inserts[table] else { continue }
            try text.withUnsafeBytes { text in
                var index = 0
                while index < cells.count {
                    for column in 1...columns {
                        let cell = cells[index]
                        index += 1
                        let bytes = text.baseAddress?.advanced(by: cell.start)
                        switch cell.type {
                        case SQLITE_INTEGER: sqlite3_bind_int64(statement, column, cell.number)
                        case SQLITE_TEXT:
                            sqlite3_bind_text(
                                statement, column, bytes?.assumingMemoryBound(to: CChar.self), cell.length, nil)
                        case SQLITE_BLOB: sqlite3_bind_blob(statement, column, bytes, cell.length, nil)
                        default: sqlite3_bind_null(statement, column)
                        }
                    }
                    guard sqlite3_step(statement) == SQLITE_DONE else {
                        throw SQLiteFailure(message: "\(table): " + String(cString: sqlite3_errmsg(target.handle)))
                    }
                    sqlite3_reset(statement)
                }
            }
        }
        try target.run("COMMIT")
    }

    private func number(_ sql: String) throws -> Int64 {
        let statement = try source.prepare(sql)
        defer { sqlite3_finalize(statement) }
        _ = sqlite3_step(statement)
        return sqlite3_column_int64(statement, 0)
    }
}

/// Inserts events one by one, each in a transaction of its own.
final class BareAppends {
    private let connection: Connection
    private let statement: OpaquePointer
    private let hash = [UInt8](repeating: 1, count: 32)

    init(path: String, like journal: String) throws {
        connection = try Connection(path)
        let source = try Connection(journal)
        let schema = try source.prepare(
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'event' AND sql IS NOT NULL ORDER BY type = 'table' DESC")
        while sqlite3_step(schema) == SQLITE_ROW { try connection.run(String(cString: sqlite3_column_text(schema, 0))) }
        sqlite3_finalize(schema)
        statement = try connection.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    }

    func append(_ position: Int, _ stream: String, _ payload: [UInt8], _ now: Moment) throws {
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        sqlite3_bind_int64(statement, 1, Int64(position))
        sqlite3_bind_text(statement, 2, stream, -1, transient)
        sqlite3_bind_int64(statement, 3, 1)
        sqlite3_bind_text(statement, 4, "complaintRegistered", -1, transient)
        sqlite3_bind_int64(statement, 5, now.millisecondsSince1970)
        sqlite3_bind_int64(statement, 6, now.millisecondsSince1970)
        sqlite3_bind_text(statement, 7, "timer", -1, transient)
        payload.withUnsafeBytes { bytes in
            _ = sqlite3_bind_text(
                statement, 8, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), transient)
        }
        sqlite3_bind_blob(statement, 9, hash, 32, transient)
        sqlite3_bind_blob(statement, 10, hash, 32, transient)
        guard sqlite3_step(statement) == SQLITE_DONE else {
            throw SQLiteFailure(message: String(cString: sqlite3_errmsg(connection.handle)))
        }
        sqlite3_reset(statement)
    }
}
