import Casework
import Forms
import Journal
import WorkingDays

/// What is known of a filing.
package struct FilingState: Hashable, Sendable {
    /// One file that came, and when.
    package struct Entry: Hashable, Sendable {
        /// What came.
        package let note: FilingNote
        /// When it came.
        package let at: Moment
        /// Whether it was taken.
        package let isTaken: Bool
    }

    /// All that came, the first first.
    package var entries: [Entry] = []
    /// What the body answered to questions about the one that counts.
    package var answers: [FilingAnswer] = []

    /// The filing that counts: the last one that was taken.
    package var taken: Entry? { entries.last { $0.isTaken } }
    /// When the first one was taken: this is the day on which the body had filed.
    package var firstTaken: Entry? { entries.first { $0.isTaken } }
    /// How many were taken.
    package var revisions: Int { entries.count { $0.isTaken } }
    /// The answers by their questions, the last of each.
    package var answered: [String: FilingAnswer] {
        Dictionary(answers.map { ($0.question, $0) }, uniquingKeysWith: { _, last in last })
    }
    /// The last one that came.
    package var last: Entry? { entries.last }
}

/// What can be asked of a filing.
package enum FilingCommand: Sendable {
    /// A file came and was read: it is taken where it has no fault, else it goes back.
    case take(FilingNote, canBeRevised: Bool, at: Moment)
    /// The body answered a question about the one that counts.
    case answer(FilingAnswer, at: Moment)
}

/// The filing of a form for a period by a body.
package enum Filing: CaseKind {
    package static let streamKind = "filing"
    /// No clock of the centre's rulebook runs: the last day is that of the form, owed to the Agency.
    package static let procedure: String? = nil
    package static let initial = FilingState()

    package static func evolve(_ state: inout FilingState, by event: FilingEvent, stamp: EventStamp) {
        switch event {
        case .filingTaken(let note):
            state.entries.append(.init(note: note, at: stamp.occurredAt, isTaken: true))
            state.answers = []
        case .filingReturned(let note):
            state.entries.append(.init(note: note, at: stamp.occurredAt, isTaken: false))
        case .filingAnswered(let answer, _): state.answers.append(answer)
        }
    }

    package static func decide(
        _ command: FilingCommand, on state: FilingState, in context: DecisionContext
    ) throws -> [Happening<FilingEvent>] {
        switch command {
        case .take(let note, let canBeRevised, let at):
            guard at <= context.now else {
                throw InternalControlRefusal.future(
                    "It would have come in the future: correct the moment.", field: "at")
            }
            if let period = ReportPeriod(note.period), context.zone.civilDate(of: at) <= period.last {
                throw InternalControlRefusal.periodNotOver(
                    "The period \(note.period) ended on \(period.last): a form cannot come on or before that day.",
                    field: "at")
            }
            if let last = state.last, at < last.at {
                throw InternalControlRefusal.order(
                    "Another filing came later than that: give the moment at which this one came.", field: "at")
            }
            // The same bytes again change nothing (FORMS part 3, 16).
            guard state.last?.note.file != note.file else { return [] }
            guard note.faults == 0 else { return [Happening(.filingReturned(note), at: at)] }
            if state.taken != nil {
                guard canBeRevised else {
                    throw InternalControlRefusal.secondFiling(
                        "A filing for \(note.period) was taken already, and this form is corrected by the Agency only (78 §63).",
                        field: "document")
                }
                guard note.reason?.contains(where: { !$0.isWhitespace }) == true else {
                    throw InternalControlRefusal.reasonMissing(
                        "A filing for \(note.period) was taken already: say why there is another.", field: "reason")
                }
            }
            return [Happening(.filingTaken(note), at: at)]
        case .answer(let answer, let at):
            guard let taken = state.taken else {
                throw InternalControlRefusal.nothingTaken("No filing was taken yet: there is nothing to ask about.")
            }
            guard answer.text.contains(where: { !$0.isWhitespace }) else {
                throw InternalControlRefusal.textMissing("Write what the body answered.", field: "text")
            }
            guard at >= taken.at, at <= context.now else {
                throw InternalControlRefusal.order(
                    "The answer lies before the filing or in the future: correct the moment.", field: "at")
            }
            // Said again in the same words, it says nothing.
            guard state.answered[answer.question] != answer else { return [] }
            return [Happening(.filingAnswered(answer, body: taken.note.body), at: at)]
        }
    }
}
