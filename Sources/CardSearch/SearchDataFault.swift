/// Faults of the files with synonyms, glossary and stop words, each with file and line; all of them, not only the first.
package struct SearchDataFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// One fault.
    package struct Place: Hashable, Sendable, CustomStringConvertible {
        /// The name of the file.
        package let file: String
        /// The line, from 1; 0 when the fault is of the whole file.
        package let line: Int
        /// What is wrong and what to do, a full sentence.
        package let message: String

        package var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
    }

    /// The faults in the order of files and lines; never empty.
    package let places: [Place]

    package var description: String { places.map(\.description).joined(separator: "\n") }
}
