import Casework
import Foundation
import Journal
import KnowledgeBase
import Spreadsheets
import WorkingDays

/// Filled forms of cards in files, XLSX or CSV: one, or all of a folder; taken in together or not at all.
package enum CardBlankFolder {
    /// Something that stands in the way, with its file and, where it has one, its cell.
    package struct Problem: Codable, Hashable, Sendable {
        /// The file.
        package let file: String
        /// The cell as the spreadsheet shows it; nil where it is about the whole file.
        package let address: String?
        /// The place of the form: `facts.0.amount`.
        package let place: String?
        /// What stands there, where it could not be read.
        package let text: String?
        /// The fault; nil where it is none of the form's.
        package let fault: CardFormFault.Kind?
        /// Why a cell could not be read.
        package let unread: CardBlankReading.Reason?
        /// Why a file is refused as a whole.
        package let reason: String?
    }

    /// What came of an import.
    package struct Report: Codable, Hashable, Sendable {
        /// Cards with a new edition; with problems, those that would have one.
        package var changed = 0
        /// Files that say what the card says.
        package var unchanged = 0
        /// What stands in the way; where there is anything, nothing was recorded.
        package var problems: [Problem] = []
    }

    /// The largest file that is read, in bytes.
    static let largest = 4 << 20
    /// How many files are read at once.
    static let most = 1_000
    private static let endings = [".xlsx", ".csv"]

    /// Whether a path is a filled form, or a folder that holds such and no YAML.
    /// - Throws: `CocoaError` where the folder cannot be read.
    package static func isMeant(by path: String) throws -> Bool {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return false }
        guard isFolder.boolValue else { return endings.contains { path.lowercased().hasSuffix($0) } }
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        return !names.contains { $0.hasSuffix(".yaml") } && names.contains(where: isForm)
    }

    /// Takes in the filled forms at a path. Blocks.
    /// - Parameter isDone: false to look only.
    /// - Throws: `CocoaError` where the folder cannot be read; `JournalError`.
    package static func take(
        _ path: String, _ words: CardBlankWords, into desk: CardDesk, origin: CardOrigin, isDone: Bool,
        by actor: Actor, at now: Moment
    ) throws -> Report {
        var report = Report()
        var entries: [CardFormEntry] = []
        var addresses: [String: [String: String]] = [:]
        var files: [String: String] = [:]
        func refuse(_ file: String, _ reason: String) {
            report.problems.append(
                Problem(file: file, address: nil, place: nil, text: nil, fault: nil, unread: nil, reason: reason))
        }
        for (name, path) in try forms(at: path) {
            do {
                let bytes = try RegularFile.bytes(at: path, upTo: largest, followsLinks: true)
                let read = try CardBlankReading(ByteSource(bytes), words)
                guard let code = read.code, read.isForm else {
                    refuse(name, "there is no form of a card in it: its first column names no places of the form.")
                    continue
                }
                if let other = files.updateValue(name, forKey: code) {
                    refuse(name, "it is of the card \(code), as \(other) is: keep one of them.")
                }
                report.problems += read.unread.map {
                    Problem(
                        file: name, address: $0.address, place: nil, text: $0.text, fault: nil, unread: $0.reason,
                        reason: nil)
                }
                addresses[name] = read.addresses
                entries.append(
                    CardFormEntry(source: name, code: code, edition: read.edition) {
                        read.form(over: $0, fields: CardFormField.allCases)
                    })
            } catch let error as SpreadsheetError {
                refuse(name, error.description)
            } catch let problem as RegularFile.Problem {
                refuse(name, "\(problem)")
            }
        }
        let taken = try desk.take(
            entries, origin: origin, isDone: isDone && report.problems.isEmpty, by: actor, at: now)
        (report.changed, report.unchanged) = (taken.changed, taken.unchanged)
        report.problems += taken.problems.map { problem in
            Problem(
                file: problem.source, address: problem.fault.flatMap { addresses[problem.source]?[$0.place] },
                place: problem.fault?.place, text: nil, fault: problem.fault?.kind, unread: nil, reason: problem.reason)
        }
        return report
    }

    private static func isForm(_ name: String) -> Bool {
        // A program that has a workbook open puts a file beside it that begins so.
        !name.hasPrefix("~$") && !name.hasPrefix(".") && endings.contains { name.lowercased().hasSuffix($0) }
    }

    private static func forms(at path: String) throws -> [(name: String, path: String)] {
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard isFolder.boolValue else { return [((path as NSString).lastPathComponent, path)] }
        let names = try FileManager.default.contentsOfDirectory(atPath: path).filter(isForm).sorted()
        return names.prefix(most).map { ($0, "\(path)/\($0)") }
    }
}
