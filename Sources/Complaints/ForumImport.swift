import Blocking
import Casework
import Foundation
import GRDB
import Journal
import PersonalData
import WorkingDays

/// What an import has done so far, or did in all.
package struct ForumImportReport: Codable, Hashable, Sendable {
    /// Lines read.
    package var lines = 0
    /// Complaints that were registered.
    package var added = 0
    /// Complaints that were known and have gained events.
    package var updated = 0
    /// Complaints that were known, with nothing new.
    package var unchanged = 0
    /// Lines that were refused.
    package var refused = 0
    /// Events that were appended.
    package var events = 0

    /// A report of nothing.
    package init() {}
}

/// Takes in an export of the forum.
///
/// Batches of some thousand lines are worked out on one thread while those before are appended by another. Each batch is
/// one transaction: what the progress has counted is on the disk, and running the same file again completes it, since a
/// line that says nothing new changes nothing.
package struct ForumImport: Sendable {
    let desk: ComplaintDesk
    let file: ForumFile
    let batchSize: Int

    /// An import of one file.
    /// - Parameter batchSize: how many lines make a transaction.
    package init(_ file: ForumFile, into desk: ComplaintDesk, batchSize: Int = 2_000) {
        self.desk = desk
        self.file = file
        self.batchSize = max(1, batchSize)
    }

    /// Takes in the file and blocks the calling thread; for the command line and tests.
    ///
    /// - Parameters:
    ///   - refused: told each line that was not taken in, in order, after its batch is on the disk.
    ///   - progress: told the report so far after each batch, and how many bytes of the file it took.
    /// - Returns: what was done.
    /// - Throws: `CSVError` where the rest of the file cannot be read, with all before it taken in; `JournalError`;
    ///   `DatabaseError`; what `refused` and `progress` throw.
    @discardableResult
    package func runNow(
        by actor: Actor, at now: Moment, refused: (RefusedLine) throws -> Void = { _ in },
        progress: (ForumImportReport, Int64) throws -> Void = { _, _ in }
    ) throws -> ForumImportReport {
        try desk.casework.journal.withRoom {
            try desk.vault.withRoom { try takeIn(by: actor, at: now, refused: refused, progress: progress) }
        }
    }

    private func takeIn(
        by actor: Actor, at now: Moment, refused: (RefusedLine) throws -> Void,
        progress: (ForumImportReport, Int64) throws -> Void
    ) throws -> ForumImportReport {
        let intake = try desk.casework.journal.readNow { db in
            try desk.intake(calendar: desk.casework.calendars.calendar(in: db), in: db)
        }
        let channel = ForumChannel()
        let importer = self
        let worker = Thread {
            do {
                var preparation = try ForumPreparation(
                    desk: importer.desk, intake: intake, file: importer.file, size: importer.batchSize, actor: actor,
                    now: now)
                while let batch = try preparation.next() {
                    guard channel.send(batch) else { return }
                }
                channel.finish()
            } catch {
                channel.finish(error)
            }
        }
        worker.name = "bailanys-import"
        worker.start()
        var isDone = false
        defer { if !isDone { channel.stop() } }
        var report = ForumImportReport()
        while let batch = try channel.receive() {
            let outcome = try append(batch, intake: intake, by: actor, at: now)
            report.add(outcome.report)
            for line in outcome.refused { try refused(line) }
            try progress(report, batch.bytesRead)
        }
        isDone = true
        return report
    }

    /// The same, off the cooperative pool; a task that is cancelled ends it between two batches.
    package func run(
        by actor: Actor, at now: Moment, refused: @escaping @Sendable (RefusedLine) throws -> Void = { _ in },
        progress: @escaping @Sendable (ForumImportReport, Int64) -> Void = { _, _ in }
    ) async throws -> ForumImportReport {
        try await Blocking.long.run { cancellation in
            try runNow(
                by: actor, at: now, refused: refused,
                progress: { report, bytes in
                    progress(report, bytes)
                    try cancellation.check()
                })
        }
    }

    private func append(
        _ batch: ForumBatch, intake: ComplaintIntake, by actor: Actor, at now: Moment
    ) throws -> (report: ForumImportReport, refused: [RefusedLine]) {
        do {
            return try append(batch, intake: intake, by: actor, at: now, looksFirst: false)
        } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
            // Somebody registered one of these complaints in the meantime: look at each before it is appended.
            return try append(batch, intake: intake, by: actor, at: now, looksFirst: true)
        }
    }

    private func append(
        _ batch: ForumBatch, intake: ComplaintIntake, by actor: Actor, at now: Moment, looksFirst: Bool
    ) throws -> (report: ForumImportReport, refused: [RefusedLine]) {
        var refused: [RefusedLine] = []
        let report = try desk.casework.transactNow(by: actor, at: now) { session in
            guard session.calendar.digest == intake.calendar.digest else { throw ForumImportError.calendarChanged }
            var report = ForumImportReport()
            report.lines = batch.items.count
            var numbers: [Int: Int] = [:]
            for item in batch.items {
                switch item {
                case .refused(let line): refused.append(line)
                case .new(let draft, let row):
                    if looksFirst, try ComplaintRecord.fetch(forumNumber: row.number, in: session.db) != nil {
                        try merge(row, batch, intake, session, &report, &refused)
                        continue
                    }
                    let year = draft.loaded.state.registered?.registeredOn.year ?? 0
                    let ordinal =
                        try numbers[year].map { $0 + 1 } ?? ComplaintNumber.next(in: year, from: session.db).ordinal
                    numbers[year] = ordinal
                    try session.append(draft, as: ComplaintNumber(year: year, ordinal: ordinal).description)
                    report.added += 1
                    report.events += draft.events.count
                case .known(let row): try merge(row, batch, intake, session, &report, &refused)
                }
            }
            report.refused = refused.count
            return report
        }
        return (report, refused)
    }

    private func merge(
        _ row: ForumRow, _ batch: ForumBatch, _ intake: ComplaintIntake, _ session: CaseSession,
        _ report: inout ForumImportReport, _ refused: inout [RefusedLine]
    ) throws {
        guard let record = try ComplaintRecord.fetch(forumNumber: row.number, in: session.db) else {
            // Its first line was refused in the same file.
            let problem = ForumProblem(
                file: file.name, line: row.line, field: ForumColumn.number.rawValue,
                reason: "An earlier line with this number was refused: mend that one and take both in again.",
                fault: .earlierRefused)
            refused.append(RefusedLine(source: row.source, problem: problem))
            return
        }
        let person = desk.vault.person(
            knownBy: row.filing.contacts.identity(forumNumber: row.number, number: row.number))
        let merge = ForumMerge(row: row, intake: intake, keys: batch.keys, person: person, file: file.name)
        do {
            if try merge.isUnchanged(record) {
                report.unchanged += 1
                return
            }
            let loaded = try session.load(Complaint.self, id: record.id)
            let news = try merge.news(loaded.state)
            guard !news.isEmpty else {
                report.unchanged += 1
                return
            }
            let after = try ComplaintDesk.enter(news, on: loaded, expecting: nil, session)
            report.updated += 1
            report.events += after.version - loaded.version
        } catch let error as DatabaseError {
            throw error
        } catch let error as JournalError {
            throw error
        } catch {
            refused.append(row.refused(because: error, file: file.name))
        }
    }
}

/// Why an import stopped.
package enum ForumImportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another calendar came into force while the import ran.
    case calendarChanged

    package var description: String {
        switch self {
        case .calendarChanged:
            "Another calendar was adopted while the import ran: run it again, what was taken in stays."
        }
    }
}

extension ForumImportReport {
    mutating func add(_ other: ForumImportReport) {
        lines += other.lines
        added += other.added
        updated += other.updated
        unchanged += other.unchanged
        refused += other.refused
        events += other.events
    }
}

extension ComplaintDesk {
    /// Takes in an export that is in memory.
    /// - Throws: as `ForumImport.run`.
    package func importForum(
        bytes: [UInt8], name: String, by actor: Actor, at now: Moment
    ) async throws -> ForumImportReport {
        try await ForumImport(ForumFile(bytes: bytes, format: .csv, name: name), into: self).run(by: actor, at: now)
    }
}
