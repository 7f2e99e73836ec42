import Casework
import Crypto
import Foundation
import GRDB
import Journal
import WorkingDays

/// What came of an import of cards.
package struct CardImportReport: Codable, Sendable, Equatable {
    /// New cards.
    package var added = 0
    /// Cards with a new edition.
    package var changed = 0
    /// Files that say what the card says, or what they said the last time.
    package var unchanged = 0
    /// Files that have changed but were left, because the card was edited elsewhere or confirmed by a body since.
    package var kept: [CardFileProblem] = []
    /// What is wrong with files that were left out.
    package var refused: [CardFileProblem] = []
}

extension CardDesk {
    /// Raised when files are read differently, so that the same files are read again.
    private static let importEdition = 2

    /// Takes in the cards of a folder, in one transaction; files that are wrong are left out and named.
    ///
    /// A file is compared with what it said when it was last taken in: where it has not changed since, the card stays as
    /// it is, whoever edited it. Where it has, but the card was edited elsewhere or confirmed by a body meanwhile, the
    /// file is left and named, unless `isOver`.
    /// - Parameters:
    ///   - isOver: whether changed files go over editions of coordinators and bodies.
    ///   - onlyWhenChanged: return nil without reading a card where the folder is that of the last import.
    /// - Throws: `CocoaError` where the folder cannot be read; `JournalError`.
    package func importFolder(
        _ folder: String, over isOver: Bool = false, onlyWhenChanged: Bool, by actor: Actor, at now: Moment
    ) throws -> CardImportReport? {
        let files = try Self.files(in: folder)
        let digest = Self.digest(of: files)
        let last = try casework.journal.readNow { db in
            try String.fetchOne(db, sql: "SELECT digest FROM cardImport ORDER BY version DESC LIMIT 1")
        }
        if onlyWhenChanged, last == digest { return nil }
        let check = try casework.journal.readNow { try CardCheck(in: $0) }
        var report = CardImportReport()
        var cards: [(card: Card, file: String)] = []
        for (name, content) in files {
            do throws(CardFileProblems) {
                let bytes: [UInt8]
                do {
                    bytes = try content.get()
                } catch {
                    throw CardFileProblems(problems: [CardFileProblem(file: name, line: 0, message: "\(error)")])
                }
                let reading = try CardFile.read(bytes, file: name)
                let problems = check.problems(of: reading, file: name)
                guard problems.isEmpty else { throw CardFileProblems(problems: problems) }
                cards.append((reading.card, name))
            } catch {
                report.refused += error.problems
            }
        }
        let (read, start) = (cards, report)
        let result = try casework.transactNow(by: actor, at: now) { session in
            var report = start
            for (card, file) in read { try Self.take(card, file, over: isOver, &report, session) }
            if report.refused.isEmpty, last != digest {
                let imports = StreamID(kind: "cardImport", id: "services")
                let imported = CardsImported(
                    digest: digest, added: report.added, changed: report.changed, kept: report.kept.count)
                try session.append(
                    [CardEvent.cardsImported(imported)], to: imports,
                    expecting: try session.transaction.events(of: imports).count)
            }
            return report
        }
        if result.added + result.changed > 0 { try refresh() }
        return result
    }

    /// Takes in the cards of a folder, whether or not it has changed since the last time.
    package func importFolder(
        _ folder: String, over isOver: Bool = false, by actor: Actor, at now: Moment
    ) throws -> CardImportReport {
        try importFolder(folder, over: isOver, onlyWhenChanged: false, by: actor, at: now) ?? CardImportReport()
    }

    private static func take(
        _ card: Card, _ file: String, over isOver: Bool, _ report: inout CardImportReport, _ session: CaseSession
    ) throws {
        let db = session.db
        let record = try CardRecord.fetch(card.code, in: db)
        let last = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT fileEdition FROM card WHERE code = ?"), arguments: [card.code])
        let lastFile = try last.flatMap { try CardRecord.edition($0, of: card.code, in: db)?.card }
        guard record?.card != card, isOver || lastFile != card else {
            report.unchanged += 1
            return
        }
        if let record, !isOver, record.origin != .file || record.confirmedAt != nil {
            let why =
                record.confirmedAt != nil
                ? "edition \(record.edition) was confirmed by the body" : "edition \(record.edition) was made elsewhere"
            report.kept.append(
                CardFileProblem(
                    file: file, line: 0,
                    message:
                        "the file has changed, but \(why): bring the change into the card, or import with --over."))
            return
        }
        try perform(
            .edit(card, source: file, origin: .file, expecting: record?.edition ?? 0, renews: false), on: card.code,
            in: session)
        if record == nil { report.added += 1 } else { report.changed += 1 }
    }

    /// The largest card, in bytes.
    package static let largestFile = 1 << 20

    private typealias Content = Result<[UInt8], RegularFile.Problem>

    /// The YAML files of a folder in the order of their names.
    private static func files(in folder: String) throws -> [(name: String, content: Content)] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted().map {
            name in
            (
                name,
                Content { () throws(RegularFile.Problem) in
                    try RegularFile.bytes(at: "\(folder)/\(name)", upTo: largestFile, followsLinks: false)
                }
            )
        }
    }

    private static func digest(of files: [(name: String, content: Content)]) -> String {
        var hash = SHA256()
        hash.update(data: Array("cards \(importEdition)\n".utf8))
        for (name, content) in files {
            // What is wrong with a file is named by its reading.
            let bytes = try? content.get()
            hash.update(data: Array("\(name) \(bytes?.count ?? -1)\n".utf8))
            hash.update(data: bytes ?? [])
        }
        return EventLink.hexadecimal(Array(hash.finalize()))
    }
}
