/// Writes rows of a table; the one place that knows when a field needs quotes, and what a table program would run.
///
/// ```swift
/// let writer = CSVWriter(separator: .semicolon, defuses: true)
/// writer.append(["№ 5", "=1+1"], to: &bytes)      // № 5;'=1+1
/// ```
package struct CSVWriter: Sendable, Hashable {
    /// What stands between two fields.
    package enum Separator: UInt8, Sendable {
        /// For programs.
        case comma = 0x2C
        /// As spreadsheets of Kazakhstan and Russia open it.
        case semicolon = 0x3B
    }

    /// How a row ends.
    package enum LineEnd: String, Sendable {
        /// As RFC 4180 says.
        case windows = "\r\n"
        /// One line feed.
        case unix = "\n"
    }

    private let separator: Separator
    private let lineEnd: LineEnd
    private let defuses: Bool

    /// A writer.
    /// - Parameter defuses: whether a field that a table program would take for a formula gets an apostrophe before it;
    ///   for tables that people open and that hold strangers' words.
    package init(separator: Separator = .comma, lineEnd: LineEnd = .windows, defuses: Bool) {
        self.separator = separator
        self.lineEnd = lineEnd
        self.defuses = defuses
    }

    /// Appends one row.
    package func append(_ fields: some Sequence<String>, to bytes: inout [UInt8]) {
        var isFirst = true
        for field in fields {
            if !isFirst { bytes.append(separator.rawValue) }
            isFirst = false
            append(defuses ? Self.defused(field) : field, to: &bytes)
        }
        bytes.append(contentsOf: lineEnd.rawValue.utf8)
    }

    /// One row as bytes.
    package func row(_ fields: some Sequence<String>) -> [UInt8] {
        var bytes: [UInt8] = []
        append(fields, to: &bytes)
        return bytes
    }

    private func append(_ field: String, to bytes: inout [UInt8]) {
        // The separators of all tables are quoted, so that a reader that guesses the separator guesses right.
        let needsQuotes = field.utf8.contains { [0x22, 0x2C, 0x3B, 0x0D, 0x0A, 0x09].contains($0) }
        guard needsQuotes else { return bytes.append(contentsOf: field.utf8) }
        bytes.append(0x22)
        for byte in field.utf8 {
            if byte == 0x22 { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    /// A text that no table program takes for a formula: where it would, an apostrophe stands before it.
    package static func defused(_ text: String) -> String { isFormula(text) ? "'" + text : text }

    /// The text as it was before `defused`.
    package static func restored(_ text: String) -> String {
        guard text.utf8.first == 0x27 else { return text }
        let rest = String(text.dropFirst())
        return isFormula(rest) ? rest : text
    }

    /// Whether a field begins as a formula does, after any apostrophes; a whole number with a sign is none.
    private static func isFormula(_ text: String) -> Bool {
        let rest = text.unicodeScalars.drop { $0 == "'" }
        guard let first = rest.first, "=+-@\t\r".unicodeScalars.contains(first) else { return false }
        return rest.startIndex != text.unicodeScalars.startIndex || Int(text) == nil
    }
}
