import GRDB
import WorkingDays

/// Cells of our own tables as the values they stand for. What stands for none is damage, never another value.
extension Row {
    /// The value that a cell names.
    /// - Throws: `DatabaseError` (`SQLITE_CORRUPT`) where there is none of that name.
    package func value<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
        try read(column) { Value(rawValue: $0) }
    }

    /// The date of a cell.
    /// - Throws: `DatabaseError` (`SQLITE_CORRUPT`) where it is none.
    package func date(_ column: String) throws -> CivilDate { try read(column) { CivilDate($0) } }

    /// The date of a cell; nil where it is empty.
    /// - Throws: `DatabaseError` (`SQLITE_CORRUPT`) where it is neither.
    package func optionalDate(_ column: String) throws -> CivilDate? {
        let isEmpty = (self[column] as DatabaseValue).isNull
        return isEmpty ? nil : try date(column)
    }

    /// The term of a cell.
    /// - Throws: `DatabaseError` (`SQLITE_CORRUPT`) where it is none.
    package func term(_ column: String) throws -> Term { try read(column) { Term(parsing: $0) } }

    private func read<Value>(_ column: String, _ parse: (String) -> Value?) throws -> Value {
        let text: String? = self[column]
        guard let text, let value = parse(text) else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: "“\(text ?? "NULL")” in “\(column)” is no \(Value.self)")
        }
        return value
    }
}
