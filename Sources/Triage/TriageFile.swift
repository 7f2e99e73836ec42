import Rulebook
import Yams

/// A mistake in a file of the reading's rules: where, and what to do.
package struct TriageFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package let file: String
    /// The line, from 1; 0 where the whole file is meant.
    package let line: Int
    /// What is wrong and what to do.
    package let message: String

    init(_ node: Node?, file: String, _ message: String) {
        self.file = file
        line = node?.mark?.line ?? 0
        self.message = message
    }

    package var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}

/// Reads the YAML of the rules.
enum TriageFile {
    /// The list that stands under a key.
    static func list(_ key: String, yaml: String, file: String) throws(TriageFileError) -> [Node] {
        let fields = try root(yaml: yaml, file: file)
        guard let list = fields[key]?.sequence else {
            throw TriageFileError(nil, file: file, "Write “\(key)” with a list.")
        }
        return Array(list)
    }

    /// The phrases of a text, parted by commas or lines.
    static func phrases(_ text: String) -> [String] {
        text.split { $0 == "," || $0 == "\n" }.map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
    }

    /// The block of keys of a file.
    static func root(yaml: String, file: String) throws(TriageFileError) -> Node.Mapping {
        if YAMLAliases.firstLine(in: yaml) != nil {
            throw TriageFileError(nil, file: file, "An alias stands in it: write out what it stands for.")
        }
        let node: Node?
        do { node = try Yams.compose(yaml: yaml) } catch {
            throw TriageFileError(nil, file: file, "It is no YAML (\(error)): correct it.")
        }
        guard let fields = node?.mapping else {
            throw TriageFileError(nil, file: file, "It must be a block of keys.")
        }
        return fields
    }
}
