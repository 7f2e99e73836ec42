import Accounts
import Attachments
import Casework
import Foundation
import GRDB
import Journal
import WorkingDays

/// What an administrator watches, as it stands at one moment; no personal data, nothing of any case.
package struct CentreFigures: Sendable {
    /// The last position of the journal.
    package var position: Int64 = 0
    /// The bytes of each store with its log, by the name of the file.
    package var storeBytes: [String: Int64] = [:]
    /// Open clocks of law and targets by how they stand, and how many of them are past their day.
    package var openClocks: [String: Int] = [:]
    /// Open clocks whose last day is over.
    package var lateClocks = 0
    /// Deliveries by phase.
    package var deliveries: [String: Int] = [:]
    /// How long the oldest undelivered one has waited, in seconds; 0 where none waits.
    package var outboxAge: Int64 = 0
    /// How long ago the last backup was completed, in seconds; nil where there is none.
    package var backupAge: Int64?
    /// How long ago a restore point was last whole on another machine, in seconds; nil where there is none.
    package var offsiteAge: Int64?
    /// Whether the settings ask for a copy on another machine.
    package var wantsOffsite = false
    /// How many events the auditor's system has not been told of; nil where it is told of none.
    package var auditBehind: Int64?
    /// Whether the organisation's directory said of all its people at once that they are gone; nil where none is set.
    package var isDirectoryImplausible: Bool?
    /// How long ago the last restore drill ended, in seconds; nil where there is none.
    package var drillAge: Int64?
    /// Whether the last drill found all as it was; nil where there is none.
    package var drillSucceeded: Bool?
    /// What reading everything that is kept has found.
    package var integrity = IntegrityWatch.Standing()
    /// The last year of the calendar in force; nil where none is.
    package var lastCalendarYear: Int?
    /// The free bytes of the disk of the data folder.
    package var diskFree: Int?
    /// The bytes that are kept free of uploads.
    package var diskReserve = 0
    /// The bytes of memory that the process holds; nil where the system does not tell.
    package var memory: Int?
    /// Why the journal writes no more; nil while all is well.
    package var writerProblem: String?
    /// Whether the machine's clock is in doubt.
    package var isClockHeld = false
    /// When this was.
    package var at = Moment(millisecondsSince1970: 0)

    /// A backup older than this is late: a day and two hours.
    package static let backupLimit: Int64 = 26 * 3_600
    /// A copy on another machine older than this is late: two days and two hours.
    package static let offsiteLimit: Int64 = 50 * 3_600
    /// A drill older than this is late: eight days.
    package static let drillLimit: Int64 = 8 * 86_400
    /// What has waited longer in the outbox is late: six hours.
    package static let outboxLimit: Int64 = 6 * 3_600

    /// One word for each thing that readiness is asked about: `ok`, or what is wrong.
    package var words: [String: String] {
        var words = [
            "disk": diskFree.map { $0 < diskReserve } == true ? "full" : "ok",
            "writer": writerProblem == nil ? "ok" : "stopped",
            "outbox": outboxAge > Self.outboxLimit ? "late" : "ok",
            "backup": backupAge.map { $0 > Self.backupLimit ? "old" : "ok" } ?? "none",
            "drill": drillSucceeded.map { $0 ? (drillAge ?? 0) > Self.drillLimit ? "old" : "ok" : "failed" } ?? "none",
            "clock": isClockHeld ? "held" : "ok", "integrity": integrity.faults.isEmpty ? "ok" : "broken",
        ]
        if wantsOffsite { words["offsite"] = offsiteAge.map { $0 > Self.offsiteLimit ? "old" : "ok" } ?? "none" }
        return words
    }
}

extension ContactCentre {
    /// The figures of this moment.
    /// - Throws: `DatabaseError`.
    package func figures() async throws -> CentreFigures {
        let now = now()
        let today = casework.today(now).description
        var figures = try await journal.read { db in
            var figures = CentreFigures()
            figures.position = try SQLiteEventStore(db: db).head().position
            figures.openClocks = try Self.counts(
                "SELECT status, count(*) FROM clock WHERE endedOn IS NULL GROUP BY status", in: db)
            figures.lateClocks =
                try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM clock WHERE endedOn IS NULL AND due < ?", arguments: [today]) ?? 0
            figures.deliveries = try Self.counts("SELECT phase, count(*) FROM delivery GROUP BY phase", in: db)
            let oldest = try Int64.fetchOne(
                db, sql: "SELECT min(queuedAt) FROM delivery WHERE phase IN ('waiting', 'attempting')")
            figures.outboxAge = oldest.map { max(0, now.millisecondsSince1970 - $0) / 1_000 } ?? 0
            func age(_ moment: Moment) -> Int64 {
                max(0, now.millisecondsSince1970 - moment.millisecondsSince1970) / 1_000
            }
            figures.backupAge = try Self.last(Self.backupStream, in: db).map { age($0.at) }
            figures.offsiteAge = try Self.last(OffsiteDesk.stream, in: db).map { age($0.at) }
            if let (event, at) = try Self.last(Self.drillStream, in: db), case .restoreDrilled(let drill) = event {
                figures.drillAge = age(at)
                figures.drillSucceeded = drill.isSame
            }
            figures.lastCalendarYear = try Int.fetchOne(
                db, sql: "SELECT lastYear FROM calendarEdition ORDER BY edition DESC LIMIT 1")
            return figures
        }
        for file in [data.journal, data.vault, data.accounts, data.usage] {
            let name = (file as NSString).lastPathComponent
            figures.storeBytes[name] = Self.size(file) + Self.size(file + "-wal")
        }
        figures.diskFree = FreeSpace.available(data.path)
        figures.diskReserve = settings.diskReserve.map { max(0, $0) << 20 } ?? FreeSpace.standardFloor
        figures.memory = Self.memory
        figures.auditBehind = auditBehind(figures.position)
        if settings.directoryAddress != nil {
            figures.isDirectoryImplausible = accounts.directoryImplausible != nil
        }
        figures.wantsOffsite = settings.offsiteDestination != nil
        figures.writerProblem = journal.failureReason
        figures.integrity = integrity.standing
        figures.isClockHeld = time.standing().hold != nil
        figures.at = now
        return figures
    }

    private static func counts(_ sql: String, in db: Database) throws -> [String: Int] {
        let rows = try Row.fetchAll(db, sql: sql)
        return Dictionary(rows.map { ($0[0] as String, $0[1] as Int) }, uniquingKeysWith: +)
    }

    private static func size(_ path: String) -> Int64 {
        var found = stat()
        return stat(path, &found) == 0 ? Int64(found.st_size) : 0
    }

    /// The bytes of this process in memory.
    private static var memory: Int? {
        guard let bytes = FileManager.default.contents(atPath: "/proc/self/statm") else { return nil }
        let fields = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        return fields.count > 1 ? Int(fields[1]).map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) } : nil
    }
}
