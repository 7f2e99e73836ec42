/// The lines that were refused, as a table that can be mended and taken in again.
///
/// It holds what the export held, personal data included: keep it where the export is kept.
package enum ForumErrorFile {
    /// The first line.
    package static let header = Array(((ForumColumn.names + ForumColumn.added).joined(separator: ",") + "\r\n").utf8)

    /// One refused line with what is wrong with it.
    package static func line(_ refused: RefusedLine) -> [UInt8] {
        let texts =
            refused.source.texts.isEmpty
            ? [String](repeating: "", count: ForumColumn.allCases.count) : refused.source.texts
        let problem = refused.problem
        let fields = texts + [String(problem.line), problem.field ?? "", problem.reason]
        return Array((fields.map(quoted).joined(separator: ",") + "\r\n").utf8)
    }

    private static let special = Set(",;\"\r\n\t".utf8)

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { special.contains($0) }
        guard needsQuotes else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// A line that was not taken in.
package struct RefusedLine: Sendable {
    /// What it said.
    package let source: ForumLine
    /// What is wrong with it.
    package let problem: ForumProblem
}
