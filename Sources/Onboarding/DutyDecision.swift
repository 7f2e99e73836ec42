import Casework
import Journal
import Rulebook
import WorkingDays

/// A short case of a kind, stream `<procedure>/<id>`.
package enum Duty<Kind: DutyKind>: CaseKind {
    package typealias State = DutyState
    package typealias Event = DutyEvent
    package typealias Command = DutyCommand

    package static var streamKind: String { Kind.procedure }
    package static var procedure: String? { Kind.procedure }
    package static var initial: DutyState { DutyState() }

    package static func evolve(_ state: inout DutyState, by event: DutyEvent, stamp: EventStamp) {
        switch event.kind {
        case Kind.begins: (state.begun, state.begunAt) = (event.note, stamp.occurredAt)
        case .dutyCorrected:
            // The moment is given to the entry itself when the case is read.
            if let correction = event.note.corrects, correction.entry == 1, let on = correction.on {
                state.begun?.on = on
            }
        case .dutyAnnulled: state.annulled = event.note
        case Kind.adds: state.begun = state.begun?.adding(event.note)
        default:
            (state.ended, state.endedBy, state.endedAt) = (event.note, event.name, stamp.occurredAt)
            state.endedEntry = stamp.version
        }
    }

    package static func decide(
        _ command: DutyCommand, on state: DutyState, in context: DecisionContext
    ) throws -> [Happening<DutyEvent>] {
        if case .begin(let note, let subject, let at) = command {
            guard state.begun == nil else { throw OnboardingRefusal.dutyExists("This case exists already.") }
            guard at <= context.now else {
                throw OnboardingRefusal.dutyFuture("It would begin in the future.", field: "at")
            }
            let note = Kind.followsOthers ? note : try checked(note, about: subject, at, context)
            return [Happening(DutyEvent(Kind.begins, note), at: at)]
        }
        guard let begun = state.begun, let begunAt = state.begunAt else {
            throw OnboardingRefusal.dutyUnknown("There is no such case: check the number.")
        }
        if let annulled = state.annulled {
            throw OnboardingRefusal.dutyAnnulled("The case was annulled (\(annulled.text)): begin a new one.")
        }
        switch command {
        case .begin: return []
        case .add(let note, let at):
            guard let name = Kind.adds else { throw OnboardingRefusal.dutyWrongEnd("Nothing is added to such a case.") }
            guard state.ended == nil else { throw OnboardingRefusal.dutyEnded("This case has ended already.") }
            return [Happening(DutyEvent(name, note), at: at)]
        case .end(let name, let note, let at):
            guard state.ended == nil else { throw OnboardingRefusal.dutyEnded("This case has ended already.") }
            guard at <= context.now, at >= begunAt else { throw order }
            let (kind, checked) = try end(name, note, begun)
            return [Happening(DutyEvent(kind, checked), at: at)]
        case .correct(let entry, let moment, let on, let reason):
            try check(reason)
            let was = try Self.moment(of: entry, state)
            let corrected = DutyCorrection(entry: entry, was: was, moment: moment ?? was, on: on)
            try check(corrected, state, begunAt, context)
            var note = begun.amended(reason)
            note.corrects = corrected
            return [Happening(DutyEvent(.dutyCorrected, note), at: context.now)]
        case .annul(let reason, let reference):
            try check(reason)
            var note = begun.amended(reason)
            note.reference = reference
            return [Happening(DutyEvent(.dutyAnnulled, note), at: context.now)]
        }
    }

    /// What begins a case, held to the registry and to the law.
    private static func checked(
        _ note: DutyNote, about subject: DutySubject?, _ at: Moment, _ context: DecisionContext
    ) throws -> DutyNote {
        guard !note.text.allSatisfy(\.isWhitespace) else {
            throw OnboardingRefusal.dutyTextMissing("Say what it is about.", field: "text")
        }
        guard let subject, let kind = subject.bodyKind else {
            throw OnboardingRefusal.dutyBodyUnknown(
                "The register has no body “\(note.body)”: correct the code.", field: "body")
        }
        if let bodies = context.procedure?.bodies, !bodies.contains(kind) {
            throw OnboardingRefusal.dutyBodyKind(
                "The body “\(note.body)” is “\(kind)”: such a case is only of \(bodies.sorted()).",
                field: "body")
        }
        let day = note.on ?? context.zone.civilDate(of: at)
        if let end = subject.bodyEnd, day > end {
            throw OnboardingRefusal.dutyBodyClosed(
                "The body “\(note.body)” ended on \(end): name the one that took over.",
                field: "body")
        }
        switch subject.service {
        case .unknown:
            throw OnboardingRefusal.dutyServiceUnknown(
                "The register has no service “\(note.service ?? "")”: correct the code.",
                field: "service")
        case .foreign:
            throw OnboardingRefusal.dutyOtherService(
                "The service “\(note.service ?? "")” is not of the body “\(note.body)”, and no line of a plan asks it about it.",
                field: "service")
        case .none where Kind.needsServiceAndDay:
            throw OnboardingRefusal.dutyServiceMissing("Name the service that it is about.", field: "service")
        case .none, .own: break
        }
        guard !Kind.needsServiceAndDay || note.on != nil else {
            throw OnboardingRefusal.dutyDayMissing(
                "Give the day on which it takes effect: its term runs from it.", field: "on")
        }
        return Kind.endNeedsPerson ? try leaving(note, subject.persons) : note
    }

    /// Who left: the one who is named, or the only one that answers for the body.
    private static func leaving(_ note: DutyNote, _ persons: [String]) throws -> DutyNote {
        var note = note
        note.registration = note.registration ?? (persons.count == 1 ? persons[0] : nil)
        guard persons.isEmpty || note.registration.map(persons.contains) ?? false else {
            throw OnboardingRefusal.dutyLeaverMissing(
                "Several answer for the body “\(note.body)”: say which of them left, \(persons.joined(separator: ", ")).",
                field: "person")
        }
        return note
    }

    /// What ends a case, with what it must bring.
    private static func end(
        _ name: String, _ note: DutyNote, _ begun: DutyNote
    ) throws -> (DutyEvent.Name, DutyNote) {
        var note = note
        guard let end = Kind.ends.first(where: { $0.rawValue == name }) else {
            throw OnboardingRefusal.dutyWrongEnd("“\(name)” does not end such a case.")
        }
        if end == .additionalRefused, !DutyNote.grounds.contains(note.ground ?? "") {
            throw OnboardingRefusal.dutyGroundMissing(
                "A refusal needs its ground: \(DutyNote.grounds.joined(separator: ", ")).", field: "ground")
        }
        if Kind.endNeedsDocuments {
            note.documents = begun.documents + note.documents.filter { !begun.documents.contains($0) }
            if note.documents.isEmpty {
                throw OnboardingRefusal.dutyDocumentsMissing(
                    "Attach the documents of the refusals (797 §12).", field: "documents")
            }
        }
        if Kind.endNeedsPerson, note.registration == nil {
            throw OnboardingRefusal.dutyPersonMissing(
                "Say who answers for the body now: the notice has his details (797 §7).",
                field: "person")
        }
        (note.body, note.service, note.zone) = (begun.body, begun.service, begun.zone)
        // An end counts on the day of its moment; only a beginning can name another.
        note.on = nil
        return (end, note)
    }
}

/// Corrections: which entries have a moment of their own, and in which order they must be.
extension Duty {
    private static var order: Refusal {
        OnboardingRefusal.dutyOrder("The moment lies before the beginning or in the future: check it.", field: "at")
    }

    private static func check(_ reason: String) throws {
        if reason.allSatisfy(\.isWhitespace) {
            throw OnboardingRefusal.dutyReasonMissing("Give the reason.", field: "reason")
        }
    }

    private static func moment(of entry: Int, _ state: DutyState) throws -> Moment {
        if entry == 1, Kind.followsOthers {
            throw OnboardingRefusal.dutyFollowsRefusals(
                "The notice follows the refusals: correct or annul those.", field: "entry")
        }
        let moment = entry == 1 ? state.begunAt : entry == state.endedEntry ? state.endedAt : nil
        guard let moment else {
            let entries = [1, state.endedEntry].compactMap { $0.map(String.init) }.joined(separator: " and ")
            throw OnboardingRefusal.dutyEntryUnknown(
                "The entry \(entry) has no moment that can be corrected: give \(entries).",
                field: "entry")
        }
        return moment
    }

    private static func check(
        _ corrected: DutyCorrection, _ state: DutyState, _ begunAt: Moment, _ context: DecisionContext
    ) throws {
        if corrected.on != nil, corrected.entry != 1 {
            throw OnboardingRefusal.dutyDayOfEnd("Only a beginning names a day of its own: give a moment.", field: "on")
        }
        let (begins, ends) =
            corrected.entry == 1 ? (corrected.moment, state.endedAt) : (begunAt, Optional(corrected.moment))
        guard corrected.moment <= context.now, ends.map({ begins <= $0 }) ?? true else { throw order }
        guard corrected.moment != corrected.was || (corrected.on != nil && corrected.on != state.begun?.on) else {
            throw OnboardingRefusal.dutyUnchanged("The entry says this already.", field: "at")
        }
    }
}

extension DutyNote {
    /// What an entry about the case itself says: the codes of its beginning and a reason.
    fileprivate func amended(_ reason: String) -> DutyNote {
        DutyNote(body: body, service: service, text: reason, zone: zone)
    }
}
