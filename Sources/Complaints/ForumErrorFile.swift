import CSV

/// The lines that were refused, as a table that can be mended and taken in again.
///
/// It holds what the export held, personal data included: keep it where the export is kept.
package enum ForumErrorFile {
    /// The first line.
    package static let header = writer.row(ForumColumn.names + ForumColumn.added)

    /// It is made to be opened in a table program, and holds strangers' words; the reader takes the mark away again.
    private static let writer = CSVWriter(defuses: true)

    /// One refused line with what is wrong with it.
    package static func line(_ refused: RefusedLine) -> [UInt8] {
        let texts =
            refused.source.texts.isEmpty
            ? [String](repeating: "", count: ForumColumn.allCases.count) : refused.source.texts
        let problem = refused.problem
        return writer.row(texts + [String(problem.line), problem.field ?? "", problem.reason])
    }
}

/// A line that was not taken in.
package struct RefusedLine: Sendable {
    /// What it said.
    package let source: ForumLine
    /// What is wrong with it.
    package let problem: ForumProblem

    init(source: ForumLine, problem: ForumProblem) {
        self.source = source
        var problem = problem
        problem.object = source.object
        self.problem = problem
    }
}
