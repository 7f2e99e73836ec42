import Foundation
import GRDB
import Testing

/// What edition 4626e0f did, kept in `Tests/Fixtures/4626e0f`: a data folder that it wrote, and what it read from it.
///
/// Every later edition is held to it. Where a change is meant, `scripts/make-golden` writes the texts anew; their diff
/// belongs into a commit of its own that says why. The data folder itself is never made again.
package enum Golden {
    private static let folder = Repository.path + "/Tests/Fixtures/4626e0f"

    /// Whether the texts are written instead of compared.
    private static var isMaking: Bool { ProcessInfo.processInfo.environment["MAKE_GOLDEN"] == "1" }

    /// How the lines of a text are compared.
    package enum Comparison: Sendable {
        /// They are the same, in the same order.
        case same
        /// Those that were there are there, in any order; others may have come.
        case nothingLost
    }

    /// Compares lines with the text `name`.
    package static func compare(
        _ name: String, _ lines: [String], _ comparison: Comparison,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let path = folder + "/" + name
        var lines = lines.map { $0.replacing("\n", with: "\\n") }
        if comparison == .nothingLost { lines.sort() }
        if isMaking {
            try write(lines, to: path)
            return
        }
        let golden = try text(name)
        let (lost, added) = difference(golden, lines)
        #expect(lost.isEmpty, "\(name) lost \(lost.prefix(3).joined(separator: "\n"))", sourceLocation: location)
        guard comparison == .same else { return }
        #expect(added.isEmpty, "\(name) got \(added.prefix(3).joined(separator: "\n"))", sourceLocation: location)
    }

    /// Whether the edition had a table of this name.
    package static func knows(table: String) -> Bool {
        isMaking || FileManager.default.fileExists(atPath: folder + "/tables/\(table).txt")
    }

    /// Compares a table with the text `tables/<name>.txt`, in the columns that it had then.
    package static func compareTable(
        _ table: String, in db: Database, _ location: SourceLocation = #_sourceLocation
    ) throws {
        let name = "tables/\(table).txt"
        let golden = isMaking ? [] : try text(name)
        let columns =
            if let header = golden.first { header.split(separator: " ").map(String.init) } else {
                try columns(of: table, in: db)
            }
        let list = columns.map { "quote(\($0.quotedDatabaseIdentifier))" }.joined(separator: ", ")
        let rows = try Row.fetchAll(db, sql: "SELECT \(list) FROM \(table.quotedDatabaseIdentifier)").map { row in
            zip(columns, row.databaseValues).map { "\($0)=\(short(String.fromDatabaseValue($1) ?? ""))" }
                .filter { !$0.hasSuffix("=NULL") }.joined(separator: " ")
        }.sorted()
        if isMaking {
            try write([columns.joined(separator: " ")] + rows, to: folder + "/" + name)
            return
        }
        let (lost, added) = difference(Array(golden.dropFirst()), rows)
        #expect(
            lost.isEmpty && added.isEmpty,
            """
            \(table): \(lost.count) rows are not as they were, \(added.count) are new
            was \(lost.first ?? "")
            is  \(added.first ?? "")
            """, sourceLocation: location)
    }

    /// A copy of the data folder that the edition wrote, in `data` of a folder of its own.
    package static func dataFolder() throws -> TemporaryFolder {
        let copy = TemporaryFolder()
        let tar = Process()
        tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        tar.arguments = ["tar", "-xzf", folder + "/data.tar.gz", "-C", copy.path]
        try tar.run()
        tar.waitUntilExit()
        guard tar.terminationStatus == 0 else { throw CocoaError(.fileReadCorruptFile) }
        return copy
    }

    /// A value as it stands in a text: what is very long by its beginning, its length and its fingerprint (FNV-1a).
    private static func short(_ text: String) -> String {
        let value = text.replacing("\n", with: "\\n")
        guard value.utf8.count > 4_000 else { return value }
        let hash = value.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return "\(value.prefix(100))… (\(value.utf8.count) bytes, \(String(hash, radix: 16)))"
    }

    private static func columns(of table: String, in db: Database) throws -> [String] {
        // Hidden columns of a full-text index belong to nobody; generated ones are columns like others.
        try String.fetchAll(
            db, sql: "SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid", arguments: [table])
    }

    private static func text(_ name: String) throws -> [String] {
        try String(contentsOfFile: folder + "/" + name, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private static func write(_ lines: [String], to path: String) throws {
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path))
    }

    private static func difference(_ golden: [String], _ now: [String]) -> (lost: [String], added: [String]) {
        let difference = now.difference(from: golden)
        func lines(_ changes: [CollectionDifference<String>.Change]) -> [String] {
            changes.map { change in
                switch change {
                case .insert(_, let line, _), .remove(_, let line, _): line
                }
            }
        }
        return (lines(difference.removals), lines(difference.insertions))
    }
}
