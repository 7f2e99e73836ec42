import Casework
import Journal
import WorkingDays

/// What is known of a discrepancy.
package struct DiscrepancyState: Hashable, Sendable {
    /// The numbers as they stand now; nil where there is no such case.
    package var figures: DiscrepancyFigures?
    /// When it was found.
    package var foundAt: Moment?
    /// The confirmed causes, by the entry that confirmed each.
    package var causes: [Int: DiscrepancyCause] = [:]
    /// What the body said of it.
    package var answers: [DiscrepancyNote] = []
    /// The sealed explanations, the first first.
    package var sealed: [ExplanationSealed] = []
    /// The receipts.
    package var receipts: [ExplanationReceipt] = []
    /// The deliveries that were given up.
    package var undelivered: [ExplanationUndelivered] = []
    /// Why it is settled; nil while it is not.
    package var settled: DiscrepancyNote?
    /// Whether anything was said since the last explanation was sealed.
    package var hasNews = false
    /// The body's list that counts: the last one that was taken; nil where none was.
    package var list: DiscrepancyList?
    /// How many lists were taken.
    package var lists = 0

    /// How many units the confirmed causes explain, in the direction of the difference (`ExplainedUnits`).
    package var explained: Int {
        var units = ExplainedUnits()
        for cause in causes.values { units.add(cause.units, cause.side) }
        return units.explained(of: figures?.difference ?? 0, whole: figures?.figures.last?.difference ?? 0)
    }
    /// How many units nothing explains yet; also those that causes of one side explain beyond the difference.
    package var unexplained: Int { abs(abs(figures?.difference ?? 0) - explained) }
    /// The entry that gave a case its cause, by the case's key.
    package var caseEntries: [String: Int] {
        var entries: [String: Int] = [:]
        for (entry, cause) in causes { for one in cause.cases ?? [] { entries[one.key] = entry } }
        return entries
    }
    /// What the body said last of each case, by key.
    package var caseAnswers: [String: DiscrepancyNote] {
        var said: [String: DiscrepancyNote] = [:]
        for note in answers { for key in note.cases ?? [] { said[key] = note } }
        return said
    }
    /// Whether an explanation is on its way to the Agency.
    package var isUnderway: Bool {
        guard let last = sealed.last?.revision else { return false }
        return !receipts.contains { $0.revision == last } && !undelivered.contains { $0.revision == last }
    }
}

/// What can be asked of a discrepancy.
package enum DiscrepancyCommand: Sendable {
    /// The numbers disagree.
    case find(DiscrepancyFigures)
    /// The numbers are other ones by now.
    case restate(DiscrepancyFigures)
    /// A person confirms a cause.
    case confirm(DiscrepancyCause, rules: ReconciliationRules)
    /// A cause is taken back.
    case withdraw(entry: Int, reason: String)
    /// The body told its side.
    case answer(DiscrepancyNote)
    /// The body's own list came.
    case list(DiscrepancyList)
    /// An explanation is sealed.
    case seal(ExplanationSealed)
    /// The Agency has it.
    case deliver(ExplanationReceipt)
    /// Its delivery was given up.
    case giveUp(ExplanationUndelivered)
    /// It is settled.
    case settle(reason: String)
}

/// A discrepancy between a body's report on internal control and the centre's own numbers (797 §20).
package enum Discrepancy: CaseKind {
    package static let streamKind = "discrepancy"
    package static let procedure: String? = "discrepancy"
    package static let initial = DiscrepancyState()
    /// How many answers of the body a discrepancy takes: a link in the wrong hands must not fill the disk with documents.
    static let mostAnswers = 50
    /// How many lists of the body it takes, for the same reason.
    static let mostLists = 20

    package static func evolve(_ state: inout DiscrepancyState, by event: DiscrepancyEvent, stamp: EventStamp) {
        switch event {
        case .discrepancyFound(let figures):
            state.figures = figures
            state.foundAt = stamp.occurredAt
            state.hasNews = true
        case .discrepancyRestated(let figures):
            state.figures = figures
            state.settled = nil
            state.hasNews = true
        case .discrepancyCauseConfirmed(let cause):
            state.causes[stamp.version] = cause
            state.hasNews = true
        case .discrepancyCauseWithdrawn(let note):
            if let entry = note.entry { state.causes[entry] = nil }
            state.hasNews = true
        case .discrepancyBodyAnswered(let note):
            state.answers.append(note)
            state.hasNews = true
        case .discrepancyListed(let list):
            state.list = list
            state.lists += 1
            state.hasNews = true
        case .explanationSealed(let sealed):
            state.sealed.append(sealed)
            state.hasNews = false
        case .explanationSent(let receipt): state.receipts.append(receipt)
        case .explanationUndelivered(let undelivered): state.undelivered.append(undelivered)
        case .discrepancySettled(let note): state.settled = note
        }
    }

    package static func decide(
        _ command: DiscrepancyCommand, on state: DiscrepancyState, in context: DecisionContext
    ) throws -> [Happening<DiscrepancyEvent>] {
        func now(_ event: DiscrepancyEvent) -> [Happening<DiscrepancyEvent>] { [Happening(event, at: context.now)] }
        if case .find(let figures) = command {
            guard state.figures == nil else {
                throw InternalControlRefusal.exists("This discrepancy is recorded already.")
            }
            return now(.discrepancyFound(figures))
        }
        guard let figures = state.figures else {
            throw InternalControlRefusal.unknown("There is no such discrepancy: check the number.")
        }
        switch command {
        case .find: return []
        case .restate(let restated): return try restate(restated, figures, state).flatMap(now)
        case .deliver(let receipt):
            guard !state.receipts.contains(where: { $0.revision == receipt.revision }) else { return [] }
            // The Agency's time counts, so that an answer lost on the way makes no breach; never before it was found, nor after now.
            let earliest = state.foundAt ?? context.now
            return [Happening(.explanationSent(receipt), at: min(max(receipt.receivedAt, earliest), context.now))]
        case .giveUp(let undelivered): return now(.explanationUndelivered(undelivered))
        case .confirm, .withdraw, .answer, .list, .seal, .settle:
            guard state.settled == nil else {
                throw InternalControlRefusal.closed("The discrepancy is settled: nothing is added to it.")
            }
            return try change(command, figures, state).flatMap(now)
        }
    }

    /// Numbers that changed; where they agree before anything was told to the Agency, that settles it. Whoever was told of a
    /// difference is told that it is gone first.
    private static func restate(
        _ restated: DiscrepancyFigures, _ figures: DiscrepancyFigures, _ state: DiscrepancyState
    ) throws -> [DiscrepancyEvent] {
        guard restated.figures != figures.figures || restated.file != figures.file else { return [] }
        guard restated.difference == 0, state.sealed.isEmpty else { return [.discrepancyRestated(restated)] }
        return [.discrepancyRestated(restated), .discrepancySettled(DiscrepancyNote(text: ""))]
    }

    private static func change(
        _ command: DiscrepancyCommand, _ figures: DiscrepancyFigures, _ state: DiscrepancyState
    ) throws -> [DiscrepancyEvent] {
        switch command {
        case .confirm(let cause, let rules):
            try check(cause, figures, state, rules)
            return [.discrepancyCauseConfirmed(cause)]
        case .withdraw(let entry, let reason):
            guard let cause = state.causes[entry] else {
                throw InternalControlRefusal.entryUnknown("The entry \(entry) is no cause that stands.", field: "entry")
            }
            try check(text: reason, field: "reason")
            return [
                .discrepancyCauseWithdrawn(
                    DiscrepancyNote(text: reason, entry: entry, units: cause.units, side: cause.side))
            ]
        case .answer(let note):
            // Who agrees, or corrects, need not say why.
            if note.stance == nil || note.stance == .reason { try check(text: note.text, field: "text") }
            guard state.answers.last != note else { return [] }
            guard state.answers.count < Self.mostAnswers else {
                throw InternalControlRefusal.answersFull(
                    "There are \(Self.mostAnswers) answers already: speak to the other side.", field: "text")
            }
            return [.discrepancyBodyAnswered(note)]
        case .list(let list):
            // The same cases again change nothing, in whatever file they stand.
            guard state.list?.list != list.list else { return [] }
            guard state.lists < Self.mostLists else {
                throw InternalControlRefusal.listsFull(
                    "There are \(Self.mostLists) lists already: speak to the other side.", field: "document")
            }
            return [.discrepancyListed(list)]
        case .seal(let sealed):
            guard !state.isUnderway else {
                throw InternalControlRefusal.underway(
                    "An explanation is on its way to the Agency: wait for its receipt.")
            }
            guard state.hasNews || state.receipts.isEmpty else {
                throw InternalControlRefusal.unchanged(
                    "Nothing was said since the last explanation: confirm a cause first.")
            }
            return [.explanationSealed(sealed)]
        case .settle(let reason):
            guard state.unexplained == 0 else {
                throw InternalControlRefusal.unexplained(
                    "\(state.unexplained) of \(abs(figures.difference)) are not explained: confirm what explains them.")
            }
            guard let last = state.sealed.last?.revision, !state.hasNews,
                state.receipts.contains(where: { $0.revision == last })
            else {
                throw InternalControlRefusal.notExplained(
                    "The Agency has not received the explanation as it stands: send it first.")
            }
            return [.discrepancySettled(DiscrepancyNote(text: reason))]
        case .find, .restate, .deliver, .giveUp: return []
        }
    }

    private static func check(
        _ cause: DiscrepancyCause, _ figures: DiscrepancyFigures, _ state: DiscrepancyState,
        _ rules: ReconciliationRules
    ) throws {
        guard let known = rules.cause(cause.cause) else {
            throw InternalControlRefusal.causeUnknown(
                "“\(cause.cause)” is no cause of the rules: choose one.", field: "cause")
        }
        if let side = cause.side { return try check(cause, side, known, state) }
        let whole = figures.figures.last?.difference ?? 0
        if whole != 0, known.side != .either, (known.side == .theirs) != (whole > 0) {
            throw InternalControlRefusal.causeSide(
                "“\(cause.cause)” makes \(known.side == .theirs ? "the body's number" : "ours") larger, and here it is the other one: choose another.",
                field: "cause")
        }
        guard cause.units >= 1 else {
            throw InternalControlRefusal.unitsWrong("Say how many units it explains, from 1.", field: "units")
        }
        let left = abs(figures.difference) - state.explained
        guard cause.units <= left else {
            throw InternalControlRefusal.tooMany(
                "Only \(max(0, left)) of \(abs(figures.difference)) are left to explain: give no more, or take a cause back.",
                field: "units")
        }
        guard cause.complaints.count <= cause.units else {
            throw InternalControlRefusal.tooMany(
                "\(cause.complaints.count) complaints are named for \(cause.units) units: name one for each at most.",
                field: "complaints")
        }
        try check(text: cause.text, field: "text")
    }

    /// A cause of single cases: it may make their side larger, and none of them has one. What speaks for it stands with each case.
    private static func check(
        _ cause: DiscrepancyCause, _ side: CaseSide, _ known: ReconciliationRules.Cause, _ state: DiscrepancyState
    ) throws {
        guard known.allows(side) else {
            throw InternalControlRefusal.causeSide(
                "“\(cause.cause)” does not make \(side == .theirs ? "the body's number" : "ours") larger: choose another.",
                field: "cause")
        }
        let (cases, taken) = (cause.cases ?? [], state.caseEntries)
        guard !cases.isEmpty, cause.units >= 1 else {
            throw InternalControlRefusal.casesMissing("Choose at least one case.", field: "case")
        }
        if let one = cases.first(where: { taken[$0.key] != nil }) {
            throw InternalControlRefusal.caseExplained(
                "The case “\(one.theirs ?? one.ours ?? one.key)” has its cause already: take that one back first.",
                field: "case")
        }
    }

    private static func check(text: String, field: String) throws {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw InternalControlRefusal.textMissing("Write what settles it.", field: field)
        }
    }
}
