import Blocking
import Casework
import Foundation
import GRDB
import Journal
import WorkingDays

extension ForumImport {
    /// Says what the file would do, and does nothing: no event, no key of a person.
    ///
    /// A line is worked out as an import would work it out, up to the events of its complaint. What a known complaint
    /// would gain is decided only when it is taken in; such lines count as `unchanged`.
    /// - Parameter refused: told each line that would be left out, in order.
    /// - Throws: `CSVError` where the rest of the file cannot be read; `DatabaseError`; what `refused` throws.
    package func checkNow(
        by actor: Actor, at now: Moment, refused: (RefusedLine) throws -> Void = { _ in }
    ) throws -> ForumImportReport {
        let intake = try desk.casework.journal.readNow { db in
            try desk.intake(calendar: desk.casework.calendars.calendar(in: db), in: db)
        }
        var setting = DraftSetting(
            now: now, actor: actor, calendar: intake.calendar, zone: intake.zone, rulebooks: intake.rulebooks)
        var lines = try file.lines()
        var seen: Set<String> = []
        var report = ForumImportReport()
        while let line = try lines.next() {
            report.lines += 1
            do {
                let row = try ForumRow(line, file: file.name, zone: intake.zone)
                let isFirst = seen.insert(row.number).inserted
                if try !isFirst || isKnown(row.number) {
                    report.unchanged += 1
                } else {
                    report.events += try events(of: row, intake, &setting)
                    report.added += 1
                }
            } catch let error as DatabaseError {
                throw error
            } catch {
                report.refused += 1
                if let problem = error as? ForumProblem {
                    try refused(RefusedLine(source: line, problem: problem))
                } else {
                    let row = try ForumRow(line, file: file.name, zone: intake.zone)
                    try refused(row.refused(because: error, file: file.name))
                }
            }
        }
        return report
    }

    /// The same, off the cooperative pool.
    package func check(
        by actor: Actor, at now: Moment, refused: @escaping @Sendable (RefusedLine) throws -> Void = { _ in }
    ) async throws -> ForumImportReport {
        try await Blocking.long.run { try checkNow(by: actor, at: now, refused: refused) }
    }

    private func isKnown(_ number: String) throws -> Bool {
        try desk.casework.journal.readNow { db in
            let find = try db.cachedStatement(sql: "SELECT 1 FROM complaint WHERE forumNumber = ?")
            return try Bool.fetchOne(find, arguments: [number]) ?? false
        }
    }

    /// How many events the complaint of a line would have; nothing of them is sealed or kept.
    private func events(of row: ForumRow, _ intake: ComplaintIntake, _ setting: inout DraftSetting) throws -> Int {
        var draft = CaseDraft<Complaint>(new: StreamID(kind: Complaint.streamKind, id: ""))
        let event = try intake.registration(of: row.filing, now: setting.now)
        try draft.handle(.register(event, at: row.filing.filedAt), in: &setting)
        for command in try row.commands(intake) { try draft.handle(command, in: &setting) }
        return draft.events.count
    }
}
