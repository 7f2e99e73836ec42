import Backup
import CanonicalJSON
import Casework
import Foundation
import GRDB
import Journal
import WorkingDays

/// The events of the house's upkeep: what was backed up, and what a restore drill found.
package enum UpkeepEvent: EventContent, Equatable {
    /// A restore point was completed.
    case backupMade(BackupMade)
    /// A restore point was restored for trial.
    case restoreDrilled(RestoreDrilled)
    /// A restore point is whole on another machine.
    case offsiteCopied(OffsiteCopied)

    /// The names in the journal.
    package enum Name: String, CaseIterable { case backupMade, restoreDrilled, offsiteCopied }

    package var tagged: Tagged<Name> {
        switch self {
        case .backupMade(let event): Tagged(.backupMade, event)
        case .restoreDrilled(let event): Tagged(.restoreDrilled, event)
        case .offsiteCopied(let event): Tagged(.offsiteCopied, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .backupMade: .backupMade(try content())
        case .restoreDrilled: .restoreDrilled(try content())
        case .offsiteCopied: .offsiteCopied(try content())
        }
    }
}

/// How far a backup reached.
package struct BackupMade: Codable, Equatable, Sendable {
    /// The name of the restore point.
    package let point: String
    /// The last position in it.
    package let position: Int64
    /// The hash of the event there, in hexadecimal digits.
    package let head: String
    /// How many attached files it has.
    package let files: Int
}

/// How far the copy on another machine reached.
package struct OffsiteCopied: Codable, Equatable, Sendable {
    /// The name of the restore point.
    package let point: String
    /// The last position in it.
    package let position: Int64
    /// How many files were sent for it by the last attempt.
    package let files: Int
    /// Their bytes.
    package let bytes: Int64
    /// How many files are there that should not be: the other side did not remove them, or another folder sent them.
    package let left: Int
}

/// What a restore drill found.
package struct RestoreDrilled: Codable, Equatable, Sendable {
    /// The name of the restore point.
    package let point: String
    /// The last position in it.
    package let position: Int64
    /// Whether the chain was whole, and every table and known question as it was when the backup was made.
    package let isSame: Bool
    /// Whether the private key was there, so that what is sealed was opened.
    package let isOpened: Bool
    /// How long it took, in seconds.
    package let seconds: Int
    /// What was wrong, one sentence each.
    package let faults: [String]

    /// A result from its parts.
    package init(point: String, position: Int64, isSame: Bool, isOpened: Bool, seconds: Int, faults: [String]) {
        self.point = point
        self.position = position
        self.isSame = isSame
        self.isOpened = isOpened
        self.seconds = seconds
        self.faults = faults
    }
}

extension ContactCentre {
    /// The edition of the program.
    package static let edition = "0.1.0"
    /// The stream of backups.
    package static let backupStream = StreamID(kind: "machine", id: "backup")
    /// The stream of restore drills.
    package static let drillStream = StreamID(kind: "machine", id: "drill")

    /// Ten questions whose answers are written into each backup, and asked again of what was restored from it.
    package static let knownQuestions: [(name: String, sql: String)] = [
        ("events", "SELECT max(position) FROM event"),
        ("streams", "SELECT count(*) FROM event WHERE version = 1"),
        ("complaints", "SELECT count(*) FROM complaint"),
        ("complaints under review", "SELECT count(*) FROM complaint WHERE status = 'open'"),
        ("clocks", "SELECT count(*) FROM clock"),
        ("information requests", "SELECT count(*) FROM informationRequest"),
        ("bodies", "SELECT count(*) FROM body"),
        ("cards", "SELECT count(*) FROM card"),
        ("accounts", "SELECT count(*) FROM account"),
        ("reports", "SELECT count(*) FROM periodReport"),
    ]

    /// The answers to the known questions.
    @Sendable package static func answers(in db: Database) throws -> [String: Int] {
        try Dictionary(
            uniqueKeysWithValues: knownQuestions.map { ($0.name, try Int.fetchOne(db, sql: $0.sql) ?? 0) })
    }

    /// Backs this centre up into a folder and records it.
    /// - Parameters:
    ///   - folder: the backup folder, absolute.
    ///   - recipients: who can open what is sealed; those of the settings where it is empty.
    ///   - retention: how long restore points are kept.
    ///   - progress: told how many events were written and how many there are.
    /// - Throws: `BackupError`; what a store throws.
    package func backUp(
        to folder: String, for recipients: [RecipientKey], keeping retention: BackupRetention = .standard,
        by actor: Actor, disk: BackupDisk = BackupDisk(),
        progress: @escaping (Int64, Int64) throws -> Void = { _, _ in }
    ) throws -> (point: BackupPoint, removed: Int) {
        let recipients =
            recipients.isEmpty ? try (settings.backupRecipients ?? []).map { try RecipientKey($0) } : recipients
        let signer = try BackupSigner.open(
            data.path + "/" + BackupSigner.file, randomBytes: environment.randomBytes)
        // The vault's mark goes along: a restored journal knows how far its vault had come.
        try bond.keepMark(of: vault)
        let maker = try BackupMaker(
            BackupSource(
                journal: journal, vault: vault, accounts: accounts, data: data.path,
                kept: ["bailanys.yaml", "links.key", BackupSigner.file], files: data.files, left: whatIsLeft,
                versions: ["bailanys": Self.edition, "sqlite": try journal.engine().version],
                answers: Self.answers),
            to: folder, signer: signer, recipients: recipients, retention: retention, disk: disk)
        let made = try maker.make(at: now(), progress: progress)
        let manifest = made.point.manifest
        let event = UpkeepEvent.backupMade(
            BackupMade(
                point: made.point.name, position: manifest.position, head: manifest.head, files: manifest.fileCount))
        _ = try journal.transactNow(by: actor, at: now()) { transaction in
            let recorded = try transaction.append(event, to: Self.backupStream)
            if settings.offsiteDestination != nil {
                let order = OffsiteDesk.Order(folder: folder, point: made.point.name)
                try OffsiteDesk.enqueue(order, in: outbox, transaction)
            }
            return recorded
        }
        return made
    }

    /// Records what a restore drill found.
    package func record(_ drill: RestoreDrilled, by actor: Actor) throws {
        _ = try journal.transactNow(by: actor, at: now()) {
            try $0.append(UpkeepEvent.restoreDrilled(drill), to: Self.drillStream)
        }
    }

    /// The last event of upkeep in a stream, and when it was recorded; nil where there is none.
    package static func last(_ stream: StreamID, in db: Database) throws -> (event: UpkeepEvent, at: Moment)? {
        let position = try Int64.fetchOne(
            db, sql: "SELECT position FROM event WHERE stream = ? ORDER BY version DESC LIMIT 1",
            arguments: [stream.rawValue])
        guard let position, let event = try SQLiteEventStore(db: db).events(after: position - 1, limit: 1).first,
            let content = try catalogue.read(event).content as? UpkeepEvent
        else { return nil }
        return (content, event.recordedAt)
    }

    /// A restorer of backups into folders of this edition.
    package static func restorer(_ reader: BackupReader) -> BackupRestorer {
        BackupRestorer(
            reader, projections: projections,
            reading: { try catalogue.knows($0.name) ? catalogue.read($0) : nil }, answers: answers)
    }

    /// What a backup does not take along.
    private var whatIsLeft: [String] {
        var left = ["usage.db: what the search has learnt from use; it learns anew"]
        let files = [
            settings.reportAuthority, settings.reportCertificate, settings.reportKey, settings.mailAuthority,
        ].compactMap(\.self)
        for file in Set(files).sorted() { left.append("\(file): named in the settings; keep a copy of it yourself") }
        return left
    }
}
