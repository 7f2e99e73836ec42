import Casework
import PersonalData
import WorkingDays

/// What a line says of a complaint that is there already: nothing new, new events, or a contradiction.
///
/// A line that knows less than the journal contradicts nothing: the forum may lag behind.
struct ForumMerge {
    let row: ForumRow
    let intake: ComplaintIntake
    let keys: PersonKeys
    let person: PersonID
    let file: String

    /// Whether the row of the table says all that the line says, to the day; then the events need not be read.
    func isUnchanged(_ record: ComplaintRecord) throws -> Bool {
        // What was annulled here stays annulled, whatever the forum goes on telling.
        if record.status == .annulled { return true }
        let filing = row.filing
        guard record.kind == filing.kind, record.filedAt == filing.filedAt, record.service == filing.service,
            record.region == filing.region, record.language == filing.language, record.person == person.rawValue,
            row.transfer == nil, row.toldAt == nil, record.body == filing.body
        else { return false }
        if let answer = row.answer {
            guard record.status == .answered, record.outcome == answer.outcome,
                record.closedOn == intake.zone.civilDate(of: answer.at)
            else { return false }
        }
        if let withdrawnAt = row.withdrawnAt {
            guard record.status == .withdrawn, record.closedOn == intake.zone.civilDate(of: withdrawnAt) else {
                return false
            }
        }
        if let days = row.extensionOfTerm?.days, days != record.extendedBy { return false }
        return try saysTheSame(contacts: record.contacts, subject: record.subject)
    }

    /// The commands that bring the complaint up to what the line says.
    /// - Throws: `ForumProblem` that names the field which contradicts the journal; `Refusal`.
    func news(_ state: Complaint.State) throws -> [Complaint.Command] {
        guard let registered = state.registered, state.annulled == nil else { return [] }
        let filing = row.filing
        func require(_ holds: Bool, _ column: ForumColumn) throws(ForumProblem) {
            if !holds { throw contradiction(column) }
        }
        try require(state.filedAt == filing.filedAt || state.wrongMoments.contains(filing.filedAt), .filedAt)
        try require(registered.kind == filing.kind || state.kind == filing.kind, .kind)
        try require(registered.service == filing.service, .service)
        let named = filing.body.map { BodyAddress($0) }
        try require(registered.named == named?.code && registered.namedUnit == named?.unit, .body)
        try require(registered.region == filing.region, .region)
        try require(registered.language == filing.language, .language)
        try require(registered.person == person.rawValue, .iin)
        try require(try saysTheSame(contacts: registered.contacts, subject: registered.subject), .subject)
        var new = row
        if let transfer = row.transfer {
            let told = BodyAddress(transfer.body)
            if state.transfers.contains(where: {
                $0.at == transfer.at && $0.event.body == told.code && $0.event.unit == told.unit
            }) {
                new.transfer = nil
            } else {
                try require(state.transfers.allSatisfy { $0.at < transfer.at }, .transferredTo)
            }
        }
        if let extended = row.extensionOfTerm {
            if state.extensions.contains(where: { $0.at == extended.at && $0.event.days == extended.days })
                || state.unlawful.contains(where: { $0.at == extended.at && $0.event.days == extended.days })
            {
                new.extensionOfTerm = nil
            } else {
                try require(state.extensions.allSatisfy { $0.at < extended.at }, .extendedDays)
            }
        }
        if let toldAt = row.toldAt, state.toldAt.contains(toldAt) { new.toldAt = nil }
        if let answer = row.answer, state.status != .open {
            try require(state.status == .answered, .answeredAt)
            try require(state.outcome == answer.outcome, .outcome)
            try require(state.closedAt == answer.at || state.wrongMoments.contains(answer.at), .answeredAt)
            new.answer = nil
        }
        if let withdrawnAt = row.withdrawnAt, state.status != .open {
            let isKnown = state.closedAt == withdrawnAt || state.wrongMoments.contains(withdrawnAt)
            try require(state.status == .withdrawn && isKnown, .withdrawnAt)
            new.withdrawnAt = nil
        }
        let commands = try new.commands(intake)
        // The forum may tell only with the answer, or after it, what happened before.
        return state.status == .open ? commands : commands.map { .late($0) }
    }

    /// Where the person has been erased, or his key is not at hand, nothing can be compared and nothing contradicts.
    private func saysTheSame(contacts: String?, subject: String?) throws -> Bool {
        guard keys.has(person), !keys.isErased(person) else { return true }
        let plain = row.filing.contacts
        guard (contacts == nil) == plain.isEmpty else { return false }
        if let contacts, try keys.open(SealedText(contacts), of: person) != plain.bytes { return false }
        guard let subject else { return row.filing.subject.isEmpty }
        return try keys.open(SealedText(subject), of: person) == Array(row.filing.subject.utf8)
    }

    private func contradiction(_ column: ForumColumn) -> ForumProblem {
        ForumProblem(
            file: file, line: row.line, field: column.rawValue,
            reason:
                "The complaint \(row.number) is recorded with another value: correct this line, or the complaint itself.",
            fault: .contradiction)
    }
}
