import CPostgres

/// The rows that a statement gave, as libpq keeps them; they are freed with this value.
package struct PostgresResult: ~Copyable {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    /// How many rows there are.
    package var count: Int { Int(PQntuples(handle)) }

    /// How many rows the statement changed.
    package var changed: Int { PQcmdTuples(handle).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The server's word for what it did.
    var tag: String { PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

    /// Whether a value is NULL.
    package func isNull(_ row: Int, _ column: Int) -> Bool { PQgetisnull(handle, Int32(row), Int32(column)) == 1 }

    /// A `bigint` or `integer`.
    /// - Throws: `PostgresError.unexpected` where the column has another type or the value is NULL.
    package func int(_ row: Int, _ column: Int) throws(PostgresError) -> Int64 {
        let type = PQftype(handle, Int32(column))
        guard type == PostgresType.int8 || type == PostgresType.int4 else { throw wrong(column, "a whole number") }
        let bytes = try raw(row, column)
        let bits = bytes.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        return type == PostgresType.int8
            ? Int64(bitPattern: bits) : Int64(Int32(bitPattern: UInt32(truncatingIfNeeded: bits)))
    }

    /// A `text`.
    /// - Throws: as `int`.
    package func text(_ row: Int, _ column: Int) throws(PostgresError) -> String {
        guard PQftype(handle, Int32(column)) == PostgresType.text else { throw wrong(column, "a text") }
        return String(decoding: try raw(row, column), as: UTF8.self)
    }

    /// A `bytea`.
    /// - Throws: as `int`.
    package func bytes(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8] {
        guard PQftype(handle, Int32(column)) == PostgresType.bytes else { throw wrong(column, "bytes") }
        return Array(try raw(row, column))
    }

    /// A `bytea`, or nil where it is NULL.
    /// - Throws: `PostgresError.unexpected` where the column has another type.
    package func bytesOrNil(_ row: Int, _ column: Int) throws(PostgresError) -> [UInt8]? {
        isNull(row, column) ? nil : try bytes(row, column)
    }

    /// A `boolean`.
    /// - Throws: as `int`.
    package func bool(_ row: Int, _ column: Int) throws(PostgresError) -> Bool {
        guard PQftype(handle, Int32(column)) == PostgresType.bool else { throw wrong(column, "yes or no") }
        return try raw(row, column).first == 1
    }

    private func raw(_ row: Int, _ column: Int) throws(PostgresError) -> UnsafeRawBufferPointer {
        guard row < count, !isNull(row, column) else {
            throw .unexpected("there is no value in row \(row), column \(column)")
        }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(handle, Int32(row), Int32(column)),
            count: Int(PQgetlength(handle, Int32(row), Int32(column))))
    }

    private func wrong(_ column: Int, _ what: String) -> PostgresError {
        .unexpected("column \(column) is not \(what)")
    }
}
