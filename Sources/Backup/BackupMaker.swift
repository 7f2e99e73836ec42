import Accounts
import CanonicalJSON
import Crypto
import Foundation
import GRDB
import Journal
import PersonalData
import Synchronization
import WorkingDays

/// What a backup is made of: the open stores of a centre, and the files of its data folder.
package struct BackupSource: Sendable {
    /// Events, and what stands beside them.
    package let journal: Journal
    /// The keys of personal data.
    package let vault: PersonVault
    /// Names, password hashes and second factors.
    package let accounts: Accounts
    /// The path of the data folder.
    package let data: String
    /// The names of the files in it that are taken along; what is not there is left out.
    package let kept: [String]
    /// The folder of attached files.
    package let files: String
    /// What is not taken along, and why, a sentence each.
    package let left: [String]
    /// The editions of the program and of what it stands on.
    package let versions: [String: String]
    /// Answers the known questions.
    package let answers: @Sendable (Database) throws -> [String: Int]

    /// A source from its parts.
    package init(
        journal: Journal, vault: PersonVault, accounts: Accounts, data: String, kept: [String], files: String,
        left: [String], versions: [String: String], answers: @escaping @Sendable (Database) throws -> [String: Int]
    ) {
        self.journal = journal
        self.vault = vault
        self.accounts = accounts
        self.data = data
        self.kept = kept
        self.files = files
        self.left = left
        self.versions = versions
        self.answers = answers
    }
}

/// Makes a restore point.
package struct BackupMaker: Sendable {
    private let source: BackupSource
    private let path: String
    private let signer: BackupSigner
    private let recipients: [RecipientKey]
    private let retention: BackupRetention
    private let disk: BackupDisk

    /// A maker for a folder; nothing is written yet.
    /// - Parameters:
    ///   - path: the backup folder, absolute; made where it is missing.
    ///   - recipients: who can open what is sealed.
    /// - Throws: `BackupError.noRecipients`, `.overlapping`.
    package init(
        _ source: BackupSource, to path: String, signer: BackupSigner, recipients: [RecipientKey],
        retention: BackupRetention = .standard, disk: BackupDisk = BackupDisk()
    ) throws {
        if recipients.isEmpty { throw BackupError.noRecipients }
        let (ours, theirs) = (Self.real(source.data) + "/", Self.real(path) + "/")
        if ours.hasPrefix(theirs) || theirs.hasPrefix(ours) { throw BackupError.overlapping(path: path) }
        self.source = source
        self.path = path
        self.signer = signer
        self.recipients = recipients
        self.retention = retention
        self.disk = disk
    }

    /// Makes a restore point at the journal's present position, and removes those that are not kept any more.
    ///
    /// Where it throws, the points that were there are whole; what it had begun is removed at the next time, or now where
    /// that is possible.
    /// - Parameter progress: told how many events were written and how many there are; what it throws ends the work.
    /// - Throws: `BackupError`; what a store throws.
    package func make(
        at now: Moment, progress: @escaping (Int64, Int64) throws -> Void = { _, _ in }
    ) throws -> (point: BackupPoint, removed: Int) {
        try begin()
        let lock = try hold()
        defer { close(lock) }
        let keeper = BackupKeeper(path: path, disk: disk)
        do {
            try keeper.removeUnfinished()
            let reader = try BackupReader(path: path, signer: signer.publicKey)
            let name = try write(after: try reader.points().whole.first, reader, at: now, progress)
            let point = try reader.point(named: name)
            return (point: point, removed: try keeper.prune(reader, retention))
        } catch {
            // Best made now: the disk may be full. Where that fails too, the next backup does it.
            try? keeper.removeUnfinished()
            throw error
        }
    }

    /// Makes the folder, or sees that it is ours.
    private func begin() throws {
        let names = try BackupDisk.names(in: path)
        if names.contains(BackupLayout.marker) {
            _ = try BackupReader(path: path, signer: signer.publicKey)
            return
        }
        guard names.allSatisfy({ $0 == "lost+found" || $0 == BackupLayout.marker + BackupLayout.part }) else {
            throw BackupError.notABackup(path: path)
        }
        if access(path, F_OK) != 0 { try disk.make(folder: path) }
        let marker = JSON.object(["format": .string(BackupLayout.format), "signer": .string(signer.publicKey)])
        try disk.write(path + "/" + BackupLayout.marker, bytes: marker.bytes)
    }

    private func hold() throws -> Int32 {
        let lock = open(path + "/" + BackupLayout.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw BackupDisk.failure("open", path + "/" + BackupLayout.lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw BackupError.busy(path: path)
        }
        return lock
    }

    private func write(
        after former: BackupPoint?, _ reader: BackupReader, at now: Moment,
        _ progress: @escaping (Int64, Int64) throws -> Void
    ) throws -> String {
        for folder in [BackupLayout.events, BackupLayout.files, BackupLayout.vault, BackupLayout.points] {
            try disk.make(folder: path + "/" + folder)
        }
        // One state of the journal for all that is read from it. What the other stores have by then is at least what its
        // events need: keys, names and files are on the disk before the event that needs them.
        let name = try source.journal.readNow { db in
            let head = try SQLiteEventStore(db: db).head()
            var segments = try segments(of: former, in: db)
            if head.position > segments.last?.last ?? 0 {
                segments.append(try writeEvents(after: segments.last, through: head, in: db, progress))
            }
            let moment = "\(now)".replacing(":", with: "-")
            let name = String(format: "%012lld-%@", head.position, moment)
            let folder = BackupLayout.points + "/" + BackupLayout.unfinished + name
            try disk.make(folder: path + "/" + folder)
            let final = BackupLayout.points + "/" + name
            var parts: [String: BackupManifest.Part] = [:]
            parts["beside"] = try sealed("beside", in: folder, final) { try source.journal.dumpBeside(in: db, to: $0) }
            parts["accounts"] = try sealed("accounts", in: folder, final) { try source.accounts.dump(to: $0) }
            for file in source.kept where access(source.data + "/" + file, F_OK) == 0 {
                let pieces = try FilePieces(source.data + "/" + file)
                parts[file] = try sealed(file, in: folder, final, isRows: false) { take in
                    while let piece = try pieces.next() { try take(piece) }
                    return 0
                }
            }
            let files = try writeFiles(former, reader, in: folder, final)
            let (vault, vaultPart) = try writeVault(name)
            let tables = try Dictionary(
                uniqueKeysWithValues: source.journal.derivedTables.map { table in
                    (table, try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table.quotedDatabaseIdentifier)") ?? 0)
                })
            let manifest = BackupManifest(
                format: BackupLayout.format, madeAt: now, versions: source.versions, signer: signer.publicKey,
                position: head.position, head: EventLink.hexadecimal(head.hash),
                lastRecordedAt: try SQLiteEventStore(db: db).events(after: head.position - 1, limit: 1).first?
                    .recordedAt,
                segments: segments, vault: vault, vaultPart: vaultPart, parts: parts, files: files.part,
                fileCount: files.count, fileBytes: files.bytes, tables: tables,
                projections: try Journal.versions(in: db), answers: try source.answers(db), left: source.left,
                recipients: recipients.map(\.id))
            let bytes = try manifest.canonical
            try disk.write(path + "/" + folder + "/" + BackupLayout.manifest, bytes: bytes)
            try disk.write(
                path + "/" + folder + "/" + BackupLayout.signature,
                bytes: Array(EventLink.hexadecimal(try signer.sign(bytes)).utf8))
            return name
        }
        let points = path + "/" + BackupLayout.points + "/"
        try disk.rename(points + BackupLayout.unfinished + name, to: points + name)
        return name
    }

    /// The files of events that are there already, where they are those of this journal.
    private func segments(of former: BackupPoint?, in db: Database) throws -> [BackupManifest.Segment] {
        guard let former, former.manifest.position > 0 else { return [] }
        let link = try SQLiteEventStore(db: db).link(at: former.manifest.position)
        guard let link, EventLink.hexadecimal(link.hash) == former.manifest.head else {
            throw BackupError.otherHistory(position: former.manifest.position)
        }
        for segment in former.manifest.segments {
            var found = stat()
            guard stat(path + "/" + segment.part.file, &found) == 0, Int64(found.st_size) == segment.part.bytes else {
                throw BackupError.damaged([
                    "\(segment.part.file) is missing or has another length; begin a new folder, keep this one"
                ])
            }
        }
        return former.manifest.segments
    }

    private func writeEvents(
        after last: BackupManifest.Segment?, through head: JournalHead, in db: Database,
        _ progress: @escaping (Int64, Int64) throws -> Void
    ) throws -> BackupManifest.Segment {
        let start = JournalHead(
            position: last?.last ?? 0,
            hash: last.flatMap { EventLink.bytes(hexadecimal: $0.head) } ?? JournalHead.empty.hash)
        let file = BackupLayout.segment(start.position + 1, head.position)
        var written = start.position
        let (bytes, digest) = try disk.write(path + "/" + file) { take in
            let end = try Journal.export(after: start, through: head.position, in: db) { line in
                try take(line)
                written += 1
                if written.isMultiple(of: 500) { try progress(written, head.position) }
            }
            guard end == head else { throw BackupError.otherHistory(position: start.position) }
        }
        return BackupManifest.Segment(
            first: start.position + 1, last: head.position, head: EventLink.hexadecimal(head.hash),
            part: BackupManifest.Part(file: file, bytes: bytes, sha256: digest))
    }

    /// Writes one sealed part.
    /// - Parameters:
    ///   - folder: where it is written; `final` is the name that the folder will have.
    ///   - isRows: whether `fill` gives lines of rows, to which line feeds are added.
    private func sealed(
        _ name: String, in folder: String, _ final: String, isRows: Bool = true,
        _ fill: (([UInt8]) throws -> Void) throws -> Int
    ) throws -> BackupManifest.Part {
        var rows = 0
        let (bytes, digest) = try disk.write("\(path)/\(folder)/\(name).sealed") { take in
            var writer = try SealedWriter(for: recipients, to: take)
            rows = try fill { try writer.take(isRows ? $0 + [0x0A] : $0) }
            try writer.finish()
        }
        return BackupManifest.Part(
            file: "\(final)/\(name).sealed", bytes: bytes, sha256: digest, rows: isRows ? rows : nil)
    }

    private func writeVault(_ name: String) throws -> (VaultMark, BackupManifest.Part) {
        var mark: VaultMark?
        let part = try sealed(name, in: BackupLayout.vault, BackupLayout.vault) { take in
            let dump = try source.vault.dump(to: take)
            mark = dump.mark
            return dump.rows
        }
        guard let mark else { throw BackupError.damaged(["the vault gave nothing"]) }
        return (mark, part)
    }

    /// Seals the attached files that are not in the backup yet, and writes the list of all.
    private func writeFiles(
        _ former: BackupPoint?, _ reader: BackupReader, in folder: String, _ final: String
    ) throws -> (part: BackupManifest.Part, count: Int, bytes: Int64) {
        let known = Dictionary(
            try former.map { try reader.files(of: $0.manifest) }?.map { ($0.digest, $0) } ?? [],
            uniquingKeysWith: { first, _ in first })
        var (count, bytes) = (0, Int64(0))
        let (length, digest) = try disk.write("\(path)/\(folder)/files.jsonl") { take in
            for digest in try digests() {
                guard let file = try known[digest].flatMap(kept) ?? sealFile(digest) else { continue }
                try take(try CanonicalCoding.encode(file) + [0x0A])
                count += 1
                bytes += file.bytes
            }
        }
        return (BackupManifest.Part(file: "\(final)/files.jsonl", bytes: length, sha256: digest), count, bytes)
    }

    /// A file that the former backup has, where it lies there in its length.
    private func kept(_ file: BackedUpFile) -> BackedUpFile? {
        var found = stat()
        guard stat(path + "/" + file.part.file, &found) == 0, Int64(found.st_size) == file.sealedBytes else {
            return nil
        }
        return file
    }

    /// Seals one attached file; nil where it was swept away meanwhile.
    private func sealFile(_ digest: String) throws -> BackedUpFile? {
        let source = "\(source.files)/\(digest.prefix(2))/\(digest.dropFirst(2))"
        guard access(source, F_OK) == 0 else { return nil }
        let pieces = try FilePieces(source)
        let object = path + "/" + BackupLayout.object(digest)
        try disk.make(folder: (object as NSString).deletingLastPathComponent)
        let (bytes, sha256) = try disk.write(object) { take in
            var writer = try SealedWriter(for: recipients, to: take)
            while let piece = try pieces.next() { try writer.take(piece) }
            try writer.finish()
        }
        guard pieces.digest == digest else {
            throw BackupError.damaged([
                "the attached file \(digest) of the data folder does not match its name: restore it"
            ])
        }
        return BackedUpFile(digest: digest, bytes: pieces.bytes, sealed: sha256, sealedBytes: bytes)
    }

    /// The digests of all attached files, in order.
    private func digests() throws -> [String] {
        let isDigits = { (text: String) in
            text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: source.files)
                .filter { $0.utf8.count == 2 && isDigits($0) }.sorted()
                .flatMap { shelf in
                    try FileManager.default.contentsOfDirectory(atPath: source.files + "/" + shelf)
                        .filter { $0.utf8.count == 62 && isDigits($0) }.sorted().map { shelf + $0 }
                }
        } catch {
            throw BackupError.system(call: "list", path: source.files, reason: "\(error)")
        }
    }

    /// A path without links and dots, also where it does not exist yet.
    private static func real(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
}
