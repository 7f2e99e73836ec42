import GRDB
import GRDBSQLite

/// A row on its way into a table: values are bound one after the other through SQLite's own interface.
///
/// Tables that are filled by the million are filled through this. A list of arguments of GRDB boxes each value, checks the
/// list and reads it again, which takes longer than SQLite takes for the row.
package struct RowInsert: ~Copyable {
    private let statement: OpaquePointer
    private var index: Int32 = 0
    private var code = SQLITE_OK

    fileprivate init(_ statement: OpaquePointer) { self.statement = statement }

    /// Binds a text, or NULL where there is none.
    package mutating func bind(_ text: String?) {
        guard var text else { return null() }
        index += 1
        take(text.withUTF8 { bind(characters: UnsafeRawBufferPointer($0)) })
    }

    /// Binds bytes as a text; they must be UTF-8.
    package mutating func bind(utf8 bytes: [UInt8]) {
        index += 1
        take(bytes.withUnsafeBytes { bind(characters: $0) })
    }

    /// Binds bytes as a blob.
    package mutating func bind(blob bytes: [UInt8]) {
        index += 1
        take(
            bytes.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_bind_zeroblob(statement, index, 0)
                }
                return sqlite3_bind_blob(statement, index, start, Int32(bytes.count), Self.copied)
            })
    }

    /// Binds a whole number, or NULL where there is none.
    package mutating func bind(_ number: Int64?) {
        guard let number else { return null() }
        index += 1
        take(sqlite3_bind_int64(statement, index, number))
    }

    /// Binds a whole number, or NULL where there is none.
    package mutating func bind(_ number: Int?) { bind(number.map(Int64.init)) }

    /// Binds 1 for yes and 0 for no.
    package mutating func bind(_ value: Bool) { bind(value ? 1 as Int64 : 0) }

    private func bind(characters: UnsafeRawBufferPointer) -> Int32 {
        guard let start = characters.baseAddress, !characters.isEmpty else {
            return sqlite3_bind_text(statement, index, "", 0, Self.copied)
        }
        return sqlite3_bind_text(
            statement, index, start.assumingMemoryBound(to: CChar.self), Int32(characters.count), Self.copied)
    }

    private mutating func null() {
        index += 1
        take(sqlite3_bind_null(statement, index))
    }

    private mutating func take(_ result: Int32) { if code == SQLITE_OK { code = result } }

    /// Runs the statement.
    fileprivate consuming func finish() -> Int32 {
        guard code == SQLITE_OK else { return code }
        guard index == sqlite3_bind_parameter_count(statement) else { return SQLITE_RANGE }
        let result = sqlite3_step(statement)
        return result == SQLITE_DONE ? SQLITE_OK : result
    }

    /// Tells SQLite to keep a copy of its own of what is bound.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}

extension Database {
    /// Runs a statement that returns no rows, INSERT above all, with values bound in the order of its marks.
    ///
    /// - Parameter sql: a statement that is run often; it is kept prepared.
    /// - Throws: `DatabaseError`, as GRDB would.
    package func insertRow(_ sql: String, _ bind: (inout RowInsert) -> Void) throws {
        let statement = try cachedStatement(sql: sql).sqliteStatement
        var row = RowInsert(statement)
        bind(&row)
        let code = row.finish()
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        guard code == SQLITE_OK else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: lastErrorMessage, sql: sql)
        }
    }
}
