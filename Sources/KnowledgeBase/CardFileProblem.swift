/// What is wrong with a file of a card.
package struct CardFileProblem: Error, Codable, Hashable, Sendable, CustomStringConvertible {
    /// The file; empty where the text was pasted.
    package let file: String
    /// The line, from 1; 0 where it is about the whole file.
    package let line: Int
    /// What is wrong and what to do.
    package let message: String

    package var description: String {
        let place = [file, line > 0 ? "\(line)" : ""].filter { !$0.isEmpty }.joined(separator: ":")
        return place.isEmpty ? message : "\(place): \(message)"
    }
}

/// Everything that is wrong with one file, in the order of its lines; never empty.
package struct CardFileProblems: Error, Codable, Hashable, Sendable, CustomStringConvertible {
    /// The problems.
    package let problems: [CardFileProblem]

    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
