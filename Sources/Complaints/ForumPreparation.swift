import Casework
import GRDB
import Journal
import PersonalData
import WorkingDays

/// Works out batches: reads lines, checks them, seals, decides, follows the clocks, writes the bytes of the events.
///
/// It runs on a thread of its own and only reads the journal; keys of new people are made in the vault here, so that
/// they are on the disk before anything that is sealed with them.
struct ForumPreparation: ~Copyable {
    private let desk: ComplaintDesk
    private let intake: ComplaintIntake
    private let file: String
    private let size: Int
    private var setting: DraftSetting
    private var lines: ForumLines
    /// The numbers in the batches that may not be committed yet.
    private var underway: [Set<String>] = []
    private var nonces = RandomBytes()

    init(desk: ComplaintDesk, intake: ComplaintIntake, file: ForumFile, size: Int, actor: Actor, now: Moment) throws {
        self.desk = desk
        self.intake = intake
        self.file = file.name
        self.size = size
        lines = try file.lines()
        setting = DraftSetting(
            now: now, actor: actor, calendar: intake.calendar, zone: intake.zone, rulebooks: intake.rulebooks)
    }

    /// The next batch; nil at the end of the file.
    mutating func next() throws -> ForumBatch? {
        var batch = ForumBatch()
        batch.items.reserveCapacity(size)
        var rows: [(row: ForumRow, place: Int)] = []
        rows.reserveCapacity(size)
        while batch.items.count < size, let line = try lines.next() {
            batch.lastLine = line.line
            do {
                let row = try ForumRow(line, file: file, zone: intake.zone)
                rows.append((row, batch.items.count))
                batch.items.append(.known(row))
            } catch {
                batch.items.append(.refused(RefusedLine(source: line, problem: error)))
            }
        }
        if batch.items.isEmpty { return nil }
        batch.bytesRead = lines.bytesRead
        try complete(&batch, rows)
        return batch
    }

    private mutating func complete(_ batch: inout ForumBatch, _ rows: [(row: ForumRow, place: Int)]) throws {
        let stored = try desk.casework.journal.readNow { db in
            let find = try db.cachedStatement(sql: "SELECT 1 FROM complaint WHERE forumNumber = ?")
            return try rows.map { try Bool.fetchOne(find, arguments: [$0.row.number]) ?? false }
        }
        var seen = Set<String>(minimumCapacity: rows.count)
        var fresh: [(row: ForumRow, place: Int, event: ComplaintRegistered, person: PersonID)] = []
        fresh.reserveCapacity(rows.count)
        var known: [PersonID] = []
        for (index, (row, place)) in rows.enumerated() {
            let isFirst = seen.insert(row.number).inserted
            let person = desk.vault.person(
                knownBy: row.filing.contacts.identity(forumNumber: row.number, number: row.number))
            guard isFirst, !stored[index], !underway.contains(where: { $0.contains(row.number) }) else {
                known.append(person)
                continue
            }
            do {
                fresh.append((row, place, try intake.registration(of: row.filing, now: setting.now), person))
            } catch {
                batch.items[place] = .refused(refusal(of: row, error))
            }
        }
        underway.append(seen)
        if underway.count > ForumChannel.depth { underway.removeFirst() }
        let keys = try desk.vault.keys(for: fresh.map(\.person))
        for (row, place, event, person) in fresh {
            do {
                batch.items[place] = .new(try draft(row, event, person, keys), row)
            } catch {
                batch.items[place] = .refused(refusal(of: row, error))
            }
        }
        if !known.isEmpty { batch.keys = try desk.vault.existingKeys(for: known) }
    }

    private mutating func draft(
        _ row: ForumRow, _ registered: ComplaintRegistered, _ person: PersonID, _ keys: PersonKeys
    ) throws -> CaseDraft<Complaint> {
        var event = registered
        event.person = person.rawValue
        if !row.filing.contacts.isEmpty {
            event.contacts = try keys.seal(row.filing.contacts.bytes, for: person, nonces: &nonces).rawValue
        }
        event.subject = try keys.seal(Array(row.filing.subject.utf8), for: person, nonces: &nonces).rawValue
        var draft = CaseDraft<Complaint>(new: StreamID(kind: Complaint.streamKind, id: ""))
        try draft.handle(.register(event, at: row.filing.filedAt), in: &setting)
        for command in try row.commands(intake) { try draft.handle(command, in: &setting) }
        return draft
    }

    private func refusal(of row: ForumRow, _ error: any Error) -> RefusedLine {
        row.refused(because: error, file: file)
    }
}

extension ForumRow {
    /// What the line asks for besides the registration, earliest first.
    func commands(_ intake: ComplaintIntake) throws -> [Complaint.Command] {
        var commands: [(at: Moment, command: Complaint.Command)] = []
        if let transfer {
            let command = try intake.transfer(
                to: transfer.body, reason: Self.reason, at: transfer.at, field: ForumColumn.transferredTo.rawValue)
            commands.append((transfer.at, command))
        }
        if let extensionOfTerm {
            commands.append(
                (
                    extensionOfTerm.at,
                    .extendAsTold(days: extensionOfTerm.days, reason: Self.reason, at: extensionOfTerm.at)
                ))
        }
        if let toldAt { commands.append((toldAt, .tellApplicant(by: "forum", at: toldAt))) }
        if let answer {
            commands.append((answer.at, .answer(ComplaintAnswered(outcome: answer.outcome), at: answer.at)))
        }
        if let withdrawnAt { commands.append((withdrawnAt, .withdraw(reason: nil, at: withdrawnAt))) }
        // Of what happened at the same moment the order of the columns counts.
        let ordered = commands.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        return ordered.map(\.element.command)
    }

    /// Recorded where the law asks for a reason and the export does not have it.
    static let reason = "forum-export"

    /// This line as a refused one.
    func refused(because error: any Error, file: String) -> RefusedLine {
        if let problem = error as? ForumProblem { return RefusedLine(source: source, problem: problem) }
        let refusal = error as? Refusal
        let field: String? =
            switch refusal?.field {
            case "at": nil
            case let field: field
            }
        let reason = refusal?.reason ?? "\(error)"
        let fault: ForumProblem.Fault? =
            switch error {
            case let refusal as Refusal: refusal.code == ComplaintRefusal.field.rawValue ? .value : nil
            case is RoutingError: .nowhere
            case is CalendarError: .calendar
            default: .other
            }
        let problem = ForumProblem(
            file: file, line: line, field: field, reason: reason, fault: fault, refusal: refusal?.code)
        return RefusedLine(source: source, problem: problem)
    }
}
