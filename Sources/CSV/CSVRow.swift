/// One row of a table.
package struct CSVRow: Sendable {
    /// The line of the file on which the row begins, from 1.
    package let line: Int
    let header: CSVHeader
    /// All fields one after the other, without quotes and separators.
    let bytes: [UInt8]
    /// Where each field ends in `bytes`.
    let ends: [Int]

    /// The name of the file, as it was given to the reader.
    package var file: String { header.file }

    /// The text in a column; empty where the file does not have that column.
    package subscript(column: String) -> String {
        guard let index = header.places[column] else { return "" }
        return String(decoding: bytes[range(index)], as: UTF8.self)
    }

    /// The text in a column that the reader found before; faster than by name.
    package subscript(column: CSVColumn) -> String { String(decoding: bytes[range(column.index)], as: UTF8.self) }

    /// The UTF-8 bytes in a column, without making a string.
    package func utf8(_ column: CSVColumn) -> ArraySlice<UInt8> { bytes[range(column.index)] }

    /// All texts, in the order of the columns.
    package var texts: [String] { ends.indices.map { String(decoding: bytes[range($0)], as: UTF8.self) } }

    /// What is wrong with a field of this row, for the list of refused rows.
    /// - Parameters:
    ///   - column: the column, or nil where it is the whole row.
    ///   - reason: a full sentence that says what is wrong and what to do.
    package func refusal(_ column: String?, _ reason: String) -> CSVError {
        CSVError(file: file, line: line, column: column, problem: .refused(reason))
    }

    private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}
