import CSV

/// What came of an import, for the command line, the page and the journal of the person who did it.
package struct RegistryImportReport: Codable, Equatable, Sendable, CustomStringConvertible {
    /// The tables of the registry.
    package enum Table: String, Codable, Sendable, CaseIterable {
        /// Regions.
        case region
        /// Bodies.
        case body
        /// Services.
        case service
    }

    /// An entry that is new or has changed.
    package struct Entry: Codable, Equatable, Sendable {
        /// Which table it belongs to.
        package let table: Table
        /// Its code.
        package let code: String
        /// What changed; empty for a new entry.
        package let changes: [FieldChange]
    }

    /// A row that was not taken in.
    package struct RefusedRow: Codable, Equatable, Sendable, CustomStringConvertible {
        /// The file.
        package let file: String
        /// The line, from 1.
        package let line: Int
        /// The column, where it is about one.
        package let field: String?
        /// What is wrong and what to do.
        package let reason: String

        package var description: String { "\(file):\(line): \(field.map { "\($0): " } ?? "")\(reason)" }
    }

    /// The entries that were not known before.
    package internal(set) var added: [Entry] = []
    /// The entries that are different now.
    package internal(set) var changed: [Entry] = []
    /// How many entries are as they were.
    package internal(set) var unchanged = 0
    /// Known entries of which the files say nothing; they stay as they are.
    package internal(set) var absent: [Entry] = []
    /// The rows that were not taken in, in the order of the files.
    package internal(set) var refused: [RefusedRow] = []

    /// Whether nothing in the registry changes.
    package var isEmpty: Bool { added.isEmpty && changed.isEmpty }

    /// One line of numbers, then one line for each change and refusal.
    package var description: String {
        var lines = [
            "\(added.count) added, \(changed.count) changed, \(unchanged) unchanged, \(refused.count) refused, \(absent.count) not in the files"
        ]
        lines += added.map { "added \($0.table.rawValue) \($0.code)" }
        for entry in changed {
            lines += entry.changes.map { change in
                "changed \(entry.table.rawValue) \(entry.code): \(change.field): “\(change.old)” → “\(change.new)”"
            }
        }
        lines += refused.map { "refused \($0)" }
        return lines.joined(separator: "\n")
    }

    mutating func refuse(_ error: CSVError) {
        refused.append(RefusedRow(file: error.file, line: error.line, field: error.column, reason: error.reason))
    }
}
