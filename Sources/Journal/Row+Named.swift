import GRDB
import WorkingDays

/// Reading tables of ours: what stands in them was written by us, so that a word nobody knows is damage and never a default.
extension Row {
    /// The value of an enumeration.
    /// - Throws: `DatabaseError` `SQLITE_CORRUPT` where the column holds none of its words.
    package func named<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
        try Self.named(self[column], column)
    }

    /// The value of an enumeration, by the index of its column.
    /// - Throws: `DatabaseError` `SQLITE_CORRUPT` where the column holds none of its words.
    package func named<Value: RawRepresentable<String>>(_ index: Int) throws -> Value {
        try Self.named(self[index], "\(index)")
    }

    /// The value of an enumeration; nil where the column is empty.
    /// - Throws: `DatabaseError` `SQLITE_CORRUPT` where it holds something else.
    package func namedOrNil<Value: RawRepresentable<String>>(_ index: Int) throws -> Value? {
        try (self[index] as String?).map { try Self.named($0, "\(index)") }
    }

    private static func named<Value: RawRepresentable<String>>(_ word: String, _ column: String) throws -> Value {
        if let value = Value(rawValue: word) { return value }
        throw DatabaseError(
            resultCode: .SQLITE_CORRUPT, message: "“\(word)” in the column \(column) is no \(Value.self)")
    }
}
