/// One thing that is wrong in a file of the law: where it is and what to do.
package struct RulebookProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name of the file.
    package let file: String
    /// The line, from 1; 0 when it is about the whole file or several files.
    package let line: Int
    /// What is wrong and what to do, in a sentence.
    package let message: String

    /// A problem and where it is.
    package init(file: String, line: Int, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    package var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}

/// Everything that keeps files of the law from being loaded.
package struct RulebookLoadError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The problems, by file and line.
    package let problems: [RulebookProblem]

    /// All problems of one load.
    package init(problems: [RulebookProblem]) { self.problems = problems }

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
