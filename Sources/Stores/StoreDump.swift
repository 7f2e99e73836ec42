import CanonicalJSON
import Foundation
import GRDB

/// A store as lines of JSON: its tables, their rows and their indexes, whatever edition made them.
///
/// ```
/// {"columns":["person","key"],"sql":"CREATE TABLE personKey …","table":"personKey"}
/// {"into":"personKey"}
/// {"row":[{"b":"…base64…"},{"b":"…"}]}
/// {"index":"sessionByAccount","sql":"CREATE INDEX …"}
/// {"end":{"rows":1}}
/// ```
///
/// All tables come first, since rows may refer to one that stands later. A whole number is a number, a text a text, bytes are `{"b":base64}`, nothing is `null`. No row that was deleted, no free page
/// of the file is in it, and nothing is written beside the store while it is read.
package enum StoreDump {
    /// Writes tables in one order, each row once, and the line that ends them.
    /// - Parameters:
    ///   - tables: their names; nil for all.
    ///   - emptied: tables of which only the form is written.
    ///   - write: takes one line without its line feed.
    /// - Returns: how many rows were written.
    /// - Throws: `StoreDumpError.fraction` where a column holds a number with a fraction; `DatabaseError`; what `write` throws.
    @discardableResult
    package static func write(
        _ tables: [String]? = nil, without emptied: Set<String> = [], in db: Database,
        to write: ([UInt8]) throws -> Void
    ) throws -> Int {
        let all = try Row.fetchAll(
            db, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        )
        let wanted = tables.map(Set.init)
        let chosen = all.map { (name: $0[0] as String, sql: $0[1] as String) }
            .filter { wanted?.contains($0.name) ?? true }.sorted { $0.name < $1.name }
        for (name, sql) in chosen {
            let columns = try db.columns(in: name).map { JSON.string($0.name) }
            try write(JSON.object(["table": .string(name), "sql": .string(sql), "columns": .array(columns)]).bytes)
        }
        var rows = 0
        for (name, _) in chosen where !emptied.contains(name) {
            try write(JSON.object(["into": .string(name)]).bytes)
            let columns = try db.columns(in: name).map(\.name)
            let list = columns.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
            let cursor = try Row.fetchCursor(db, sql: "SELECT \(list) FROM \(name.quotedDatabaseIdentifier)")
            while let row = try cursor.next() {
                let values = try zip(columns, row.databaseValues).map { try json($1, name + "." + $0) }
                try write(JSON.object(["row": .array(values)]).bytes)
                rows += 1
            }
        }
        for (name, _) in chosen {
            let others = try Row.fetchAll(
                db,
                sql: """
                    SELECT name, sql FROM sqlite_schema
                    WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY name
                    """, arguments: [name])
            for other in others {
                try write(JSON.object(["index": .string(other[0]), "sql": .string(other[1])]).bytes)
            }
        }
        try write(JSON.object(["end": .object(["rows": .int(Int64(rows))])]).bytes)
        return rows
    }

    /// Puts the lines back into a store, in the transaction of the caller; a row with the key of one that is there takes its
    /// place.
    /// - Parameter next: the next line without its line feed; nil at the end.
    /// - Returns: how many rows were put in.
    /// - Throws: `StoreDumpError`; `DatabaseError` where a table of this edition does not take a row.
    @discardableResult
    package static func load(in db: Database, from next: () throws -> [UInt8]?) throws -> Int {
        try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
        var rows = 0
        var columns: [String: [String]] = [:]
        var insert: Statement?
        while let line = try next() {
            guard let json = try? JSON(parsing: line) else { throw StoreDumpError.notALine }
            if let values = json["row"]?.array {
                guard let insert else { throw StoreDumpError.notALine }
                try insert.execute(arguments: StatementArguments(try values.map(value)))
                rows += 1
            } else if let table = json["table"]?.string, let names = json["columns"]?.array?.compactMap(\.string) {
                if try !db.tableExists(table) { try create(json, in: db) }
                columns[table] = names
            } else if let table = json["into"]?.string, let names = columns[table] {
                let list = names.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
                let marks = Array(repeating: "?", count: names.count).joined(separator: ", ")
                insert = try db.makeStatement(
                    sql: "INSERT OR REPLACE INTO \(table.quotedDatabaseIdentifier) (\(list)) VALUES (\(marks))")
            } else if let index = json["index"]?.string {
                let isThere = try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?)", arguments: [index])
                if isThere != true { try create(json, in: db) }
            } else if let expected = json["end"]?["rows"]?.int {
                guard expected == rows, try next() == nil else { throw StoreDumpError.cutOff }
                return rows
            } else {
                throw StoreDumpError.notALine
            }
        }
        throw StoreDumpError.cutOff
    }

    /// A row as JSON, an object of its columns; nil where there is none with this key.
    /// - Throws: `StoreDumpError.fraction`; `DatabaseError`.
    package static func row(of table: String, key column: String, _ key: String, in db: Database) throws -> [UInt8]? {
        let sql =
            "SELECT * FROM main.\(table.quotedDatabaseIdentifier) WHERE \(column.quotedDatabaseIdentifier) = ?"
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [key]) else { return nil }
        let values = try row.map { name, value in (name, try json(value, table + "." + name)) }
        return JSON.object(Dictionary(values, uniquingKeysWith: { first, _ in first })).bytes
    }

    /// Puts a row of `row` in the place of the one with its key; none takes that one away.
    /// - Throws: `StoreDumpError.notALine`; `DatabaseError` where the table does not take it.
    package static func put(
        _ row: [UInt8]?, into table: String, key column: String, _ key: String, in db: Database
    ) throws {
        let name = "main." + table.quotedDatabaseIdentifier
        guard let row else {
            return try db.execute(
                sql: "DELETE FROM \(name) WHERE \(column.quotedDatabaseIdentifier) = ?", arguments: [key])
        }
        // What is no JSON is no line of ours: the error says so.
        guard let json = try? JSON(parsing: row), case .object(let members) = json else {
            throw StoreDumpError.notALine
        }
        let columns = members.keys.sorted()
        let list = columns.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
        let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
        try db.execute(
            sql: "INSERT OR REPLACE INTO \(name) (\(list)) VALUES (\(marks))",
            arguments: StatementArguments(try columns.map { try value(members[$0] ?? .null) }))
    }

    private static func create(_ json: JSON, in db: Database) throws {
        guard let sql = json["sql"]?.string, sql.hasPrefix("CREATE ") else { throw StoreDumpError.notALine }
        try db.execute(sql: sql)
    }

    private static func json(_ value: DatabaseValue, _ column: String) throws -> JSON {
        switch value.storage {
        case .null: .null
        case .int64(let number): .int(number)
        case .string(let text): .string(text)
        case .blob(let bytes): .object(["b": .string(bytes.base64EncodedString())])
        case .double: throw StoreDumpError.fraction(column)
        }
    }

    private static func value(_ json: JSON) throws -> DatabaseValue {
        switch json {
        case .null: return .null
        case .int(let number): return number.databaseValue
        case .string(let text): return text.databaseValue
        default:
            guard let bytes = json["b"]?.string.flatMap({ Data(base64Encoded: $0) }) else {
                throw StoreDumpError.notALine
            }
            return bytes.databaseValue
        }
    }
}

/// Why the lines of a store cannot be written or put back.
package enum StoreDumpError: Error, Equatable, CustomStringConvertible {
    /// A column holds a number with a fraction, which no table of ours has.
    case fraction(String)
    /// A line is none of those that a dump has.
    case notALine
    /// The line that ends a dump is missing, tells of other rows, or is not the last.
    case cutOff

    package var description: String {
        switch self {
        case .fraction(let column): "“\(column)” holds a number with a fraction: this is no store of Bailanys."
        case .notALine: "A line is no line of a dump of a store: take another backup."
        case .cutOff: "The dump of a store was cut off: take another backup."
        }
    }
}
