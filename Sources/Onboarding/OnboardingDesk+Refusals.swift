import Casework
import GRDB
import Journal
import Rulebook
import WorkingDays

/// The duty to inform the Agency of a body that refused several times within one month (797 §12).
extension OnboardingDesk {
    /// Lets the notices follow the refusals of a body as they stand now, in the caller's transaction.
    ///
    /// Called after everything that changes them: a refusal, its correction, its annulment, the annulment of a notice.
    func followRefusals(of body: String, in session: CaseSession) throws {
        let name = RefusalNotice.procedure
        guard let rule = casework.rulebooks.procedure(name, on: session.today)?.repetition else { return }
        var asked: [String: DutyState] = [:]
        for record in try DutyRecord.refusals(of: body, in: session.db) {
            asked[record.stream.id] = try session.load(Duty<AdditionalRequest>.self, id: record.stream.id).state
        }
        let refusals = asked.compactMap { id, state in
            state.endedAt.map { RefusalHistory.Refusal(id: id, at: $0, on: session.zone.civilDate(of: $0)) }
        }
        let notices = try DutyRecord.notices(of: body, in: session.db).map { record in
            RefusalHistory.Notice(
                id: record.stream.id, isOpen: record.endedOn == nil,
                told: try session.load(Duty<RefusalNotice>.self, id: record.stream.id).state.cases)
        }
        let history = RefusalHistory(of: body, refusals: refusals, notices: notices, rule: rule)
        for step in history.steps {
            switch step {
            case .callOff(let id):
                try annul(RefusalNotice.self, id: id, reason: DutyNote.refusalsChanged, in: session)
            case .add(let cases, let id):
                let note = Self.note(of: body, on: cases, asked)
                try session.perform(.add(note, at: session.now), on: Duty<RefusalNotice>.self, id: id)
            case .begin(let month, let cases, let at):
                let note = Self.note(of: body, on: cases, asked)
                let id = try freeNumber("\(body)-\(month)", of: RefusalNotice.self, in: session)
                try session.perform(.begin(note, at: at), on: Duty<RefusalNotice>.self, id: id, isNew: true)
            }
        }
    }

    /// What a notice says of refusals: what was asked, the numbers of the cases, the documents.
    private static func note(of body: String, on cases: [String], _ asked: [String: DutyState]) -> DutyNote {
        let states = cases.compactMap { asked[$0] }
        var documents: [String] = []
        for document in states.flatMap({ $0.ended?.documents ?? [] }) where !documents.contains(document) {
            documents.append(document)
        }
        return DutyNote(
            body: body, text: states.compactMap(\.begun?.text).joined(separator: DutyNote.nextText),
            reference: cases.joined(separator: DutyNote.nextCase), documents: documents)
    }
}

extension DutyState {
    /// The cases that a notice names.
    package var cases: Set<String> { Set(caseList) }

    /// The cases that a notice names, in its order.
    package var caseList: [String] {
        (begun?.reference ?? "").split(separator: DutyNote.nextCase).map(String.init)
    }
}

extension DutyNote {
    static let nextText = "; "
    static let nextCase = ", "
    /// The word for a notice that was called off because its refusals changed; the string tables know it.
    package static let refusalsChanged = "refusals-changed"

    /// The same with what was added to it.
    func adding(_ other: DutyNote) -> DutyNote {
        var note = self
        note.text = [text, other.text].joined(separator: Self.nextText)
        note.reference = [reference, other.reference].compactMap(\.self).joined(separator: Self.nextCase)
        note.documents += other.documents.filter { !documents.contains($0) }
        return note
    }
}
