import Accounts
import CanonicalJSON
import Foundation
import GRDB
import Journal
import PersonalData
import WorkingDays

/// What came of restoring.
package struct RestoreResult: Equatable, Sendable {
    /// The point that was restored.
    package let point: String
    /// The last position.
    package let position: Int64
    /// The hash of the last event.
    package let head: String
    /// The moment of the last event; nil where there is none.
    package let lastRecordedAt: Moment?
    /// How many attached files were restored.
    package var files = 0
    /// What is missing, a sentence each.
    package var missing: [String] = []
    /// The known questions: what was answered when the backup was made, and what is answered now.
    package var answers: [String: [Int]] = [:]
    /// Derived tables whose number of rows is another than then; empty also where another edition derives them.
    package var otherTables: [String] = []

    /// The questions that are answered in another way.
    package var otherAnswers: [String] { answers.filter { Set($0.value).count > 1 }.keys.sorted() }
    /// Whether all is as it was.
    package var isSame: Bool { otherAnswers.isEmpty && otherTables.isEmpty }
}

/// Makes a data folder out of a restore point.
package struct BackupRestorer: Sendable {
    private let reader: BackupReader
    private let projections: [any Projection]
    private let reading: Journal.Reading
    private let answers: @Sendable (Database) throws -> [String: Int]

    /// A restorer for a backup folder.
    /// - Parameters:
    ///   - projections: the tables of this edition of the program.
    ///   - reading: gives events their types.
    ///   - answers: answers the known questions.
    package init(
        _ reader: BackupReader, projections: [any Projection], reading: @escaping Journal.Reading,
        answers: @escaping @Sendable (Database) throws -> [String: Int]
    ) {
        self.reader = reader
        self.projections = projections
        self.reading = reading
        self.answers = answers
    }

    /// Verifies a point, and then makes the data folder beside its place; it gets its name when all of it is there.
    /// - Parameters:
    ///   - data: the new data folder, absolute; missing or empty.
    ///   - key: opens what is sealed; nil to restore the journal alone, which `acceptsLoss` must allow.
    ///   - acceptsLoss: whether what cannot be restored beside the journal may be missing.
    ///   - progress: told what is done, how far it has come and how much there is.
    /// - Throws: `BackupError`; what a store throws. Nothing is left then.
    package func restore(
        _ point: BackupPoint, to data: String, key: BackupPrivateKey?, acceptsLoss: Bool,
        progress: (String, Int64, Int64) throws -> Void = { _, _, _ in }
    ) throws -> RestoreResult {
        guard access(data, F_OK) != 0 || isFolder(data), try BackupDisk.names(in: data).isEmpty else {
            throw BackupError.notEmpty(path: data)
        }
        guard key != nil || acceptsLoss else { throw BackupError.keyNeeded }
        let manifest = point.manifest
        let found = try reader.verify(point, key: key) { try progress("events verified", $0, manifest.position) }
        let faults = acceptsLoss ? found.eventFaults : found.faults
        if !faults.isEmpty { throw BackupError.damaged(faults) }
        let folder = data + ".restoring-\(getpid())"
        do {
            try FileManager.default.createDirectory(
                atPath: folder + "/files", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
        } catch {
            throw BackupError.system(call: "mkdir", path: folder, reason: "\(error)")
        }
        do {
            var result = RestoreResult(
                point: point.name, position: manifest.position, head: manifest.head,
                lastRecordedAt: manifest.lastRecordedAt, missing: found.otherFaults + manifest.left)
            let accounts = try restoreJournal(manifest, in: folder, key, acceptsLoss, &result, progress)
            if let key {
                let sealed = try restoreSealed(point, in: folder, key, acceptsLoss, accounts: accounts, progress)
                result.missing += sealed.missing
                result.files = sealed.files
            } else {
                result.missing.append(
                    "the vault, the accounts, \(manifest.fileCount) attached files, the settings and the keys: no private key was given"
                )
            }
            try BackupDisk().rename(folder, to: data)
            return result
        } catch {
            // What was begun is of no use to anybody.
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
    }

    private func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// - Returns: the numbers of the accounts that the journal knows.
    private func restoreJournal(
        _ manifest: BackupManifest, in folder: String, _ key: BackupPrivateKey?, _ acceptsLoss: Bool,
        _ result: inout RestoreResult, _ progress: (String, Int64, Int64) throws -> Void
    ) throws -> Set<Int64> {
        let journal = try Journal(path: folder + "/journal.db", projections: projections, reading: reading)
        let head = JournalHead(
            position: manifest.position,
            hash: EventLink.bytes(hexadecimal: manifest.head) ?? JournalHead.empty.hash)
        let lines = reader.eventLines(of: manifest)
        var (isClosed, count) = (false, Int64(0))
        do {
            try journal.import {
                if let line = try lines() {
                    count += 1
                    if count.isMultiple(of: 500) { try progress("events taken in", count, manifest.position) }
                    return line
                }
                defer { isClosed = true }
                return isClosed ? nil : Journal.closingLine(head)
            }
            if let key, let part = manifest.parts["beside"] {
                let fault = try attempt(acceptsLoss, part) {
                    var lines = try reader.lines(of: part, with: key)
                    try journal.takeBeside { try lines.next() }
                }
                if let fault { result.missing.append(fault) }
            }
            try compare(journal, manifest, &result)
            let accounts = try journal.readNow { db in
                try db.tableExists("account") ? Set(try Int64.fetchAll(db, sql: "SELECT number FROM account")) : []
            }
            try journal.close()
            return accounts
        } catch {
            // Closed already where closing failed; what counts is why.
            try? journal.close()
            throw error
        }
    }

    private func compare(_ journal: Journal, _ manifest: BackupManifest, _ result: inout RestoreResult) throws {
        try journal.readNow { db in
            let now = try answers(db)
            for (question, then) in manifest.answers { result.answers[question] = [then, now[question] ?? -1] }
            let versions = try Journal.versions(in: db)
            let same = Set(projections.filter { manifest.projections[$0.name] == versions[$0.name] }.flatMap(\.tables))
            for (table, rows) in manifest.tables where same.contains(table) {
                let found = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table.quotedDatabaseIdentifier)")
                if found != rows { result.otherTables.append("\(table): \(rows) rows then, \(found ?? 0) now") }
            }
            result.otherTables.sort()
        }
    }

    /// - Returns: what is missing, and how many files were restored.
    private func restoreSealed(
        _ point: BackupPoint, in folder: String, _ key: BackupPrivateKey, _ acceptsLoss: Bool, accounts: Set<Int64>,
        _ progress: (String, Int64, Int64) throws -> Void
    ) throws -> (missing: [String], files: Int) {
        var missing = [try restoreVault(point, in: folder, key, acceptsLoss)].compactMap(\.self)
        let disk = BackupDisk()
        for (name, part) in point.manifest.parts.sorted(by: { $0.key < $1.key }) where name != "beside" {
            var unknown: Set<Int64> = []
            let fault = try attempt(acceptsLoss, part) {
                if name == "accounts" {
                    var lines = try reader.lines(of: part, with: key)
                    unknown = try Accounts.restore(to: folder + "/accounts.db", knowing: accounts) { try lines.next() }
                } else {
                    guard !name.contains("/"), !name.hasPrefix(".") else { throw PartFault("“\(name)” is no name") }
                    try copy(part, to: folder + "/" + name, key, disk)
                }
            }
            if let fault { missing.append(fault) }
            if !unknown.isEmpty { missing.append("the names and passwords of the accounts \(unknown.sorted())") }
        }
        missing.append("sessions and programs' tokens: people sign in again, tokens are issued again")
        let files = try reader.files(of: point.manifest)
        var restored = 0
        for file in files {
            try progress("files restored", Int64(restored), Int64(files.count))
            let shelf = folder + "/files/" + file.digest.prefix(2)
            try disk.make(folder: shelf)
            let fault = try attempt(acceptsLoss, file.part) {
                try copy(file.part, to: shelf + "/" + file.digest.dropFirst(2), key, disk)
            }
            if let fault { missing.append(fault) } else { restored += 1 }
        }
        return (missing, restored)
    }

    private func restoreVault(
        _ point: BackupPoint, in folder: String, _ key: BackupPrivateKey, _ acceptsLoss: Bool
    ) throws -> String? {
        let part = try reader.vaultPart(of: point)
        return try attempt(acceptsLoss, part) {
            var lines = try reader.lines(of: part, with: key)
            let mark = try PersonVault.restore(to: folder + "/vault.db") { try lines.next() }
            guard mark.hasReached(point.manifest.vault) else { throw PartFault("the vault is older than the events") }
        }
    }

    private func copy(_ part: BackupManifest.Part, to path: String, _ key: BackupPrivateKey, _ disk: BackupDisk) throws
    {
        let pieces = try FilePieces(reader.path + "/" + part.file)
        var sealed = try SealedReader({ try pieces.next() }, with: key)
        _ = try disk.write(path) { take in while let piece = try sealed.next() { try take(piece) } }
    }

    /// Does something with a part.
    /// - Returns: what could not be done, where that loss is accepted; nil where it was done.
    private func attempt(_ acceptsLoss: Bool, _ part: BackupManifest.Part, _ work: () throws -> Void) throws -> String?
    {
        do {
            try work()
            return nil
        } catch {
            guard acceptsLoss else { throw error }
            return "\(part.file): \(error)"
        }
    }
}
