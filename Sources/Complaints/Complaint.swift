import Casework
import Rulebook
import WorkingDays

/// The kind of case “complaint”: its state, what can be asked of it, and the pure decision between the two.
package enum Complaint: CaseKind {
    /// What is known of a complaint.
    package struct State: Sendable, Equatable {
        /// How it was registered; nil where there is no such complaint.
        package internal(set) var registered: ComplaintRegistered?
        /// When it was filed.
        package internal(set) var filedAt = Moment(millisecondsSince1970: 0)
        /// What it is about, corrections included.
        package internal(set) var kind = ComplaintKind.other
        /// The body that must answer now.
        package internal(set) var body = ""
        /// The kind of that body.
        package internal(set) var bodyKind = ""
        /// Under which term it is reviewed now.
        package internal(set) var reviewer = Reviewer.body
        /// Where it stands.
        package internal(set) var status = ComplaintStatus.open
        /// How the review ended.
        package internal(set) var outcome: ComplaintOutcome?
        /// When it was answered or withdrawn.
        package internal(set) var closedAt: Moment?
        /// The transfers, oldest first.
        package internal(set) var transfers: [(event: ComplaintTransferred, at: Moment)] = []
        /// The extensions, oldest first.
        package internal(set) var extensions: [(event: ComplaintExtended, at: Moment)] = []

        /// When the applicant was told of them.
        package internal(set) var toldAt: [Moment] = []
        /// Why it is none, where it was registered by mistake.
        package internal(set) var annulled: ComplaintAnnulled?
        /// The moments that were recorded first and corrected since; the forum goes on telling them.
        package internal(set) var wrongMoments: Set<Moment> = []

        package static func == (left: State, right: State) -> Bool {
            left.registered == right.registered && left.filedAt == right.filedAt && left.kind == right.kind
                && left.body == right.body && left.status == right.status && left.outcome == right.outcome
                && left.closedAt == right.closedAt && left.transfers.elementsEqual(right.transfers, by: ==)
                && left.extensions.elementsEqual(right.extensions, by: ==) && left.toldAt == right.toldAt
                && left.annulled == right.annulled && left.wrongMoments == right.wrongMoments
        }
    }

    /// What can be asked of a complaint; `at` is when it happened, which may be long before it is recorded.
    package enum Command: Sendable {
        /// Register it; `at` is when it was filed.
        case register(ComplaintRegistered, at: Moment)
        /// Hand it to another body.
        case transfer(body: String, bodyKind: String, reason: String, at: Moment)
        /// Extend the term of its review by so many working days.
        case extend(days: Int, reason: String, at: Moment)
        /// Record that the applicant was told of the extension.
        case tellApplicant(by: String, at: Moment)
        /// Record the answer.
        case answer(ComplaintAnswered, at: Moment)
        /// Record that the applicant took it back.
        case withdraw(reason: String?, at: Moment)
        /// Correct when it was answered or withdrawn: the entry that says so, and when it really happened.
        case correctClosing(entry: Int, reason: String, at: Moment)
        /// Correct when it was filed: the entry that says so, when it really was, and the day of registration that follows.
        case correctFiling(
            entry: Int, registeredOn: CivilDate, ground: RegistrationRule.Ground, reason: String, at: Moment)
        /// Annul it: it was registered by mistake.
        case annul(ComplaintAnnulled)
        /// Correct its kind.
        case classify(ComplaintKind, reason: String)
        /// Add a note, sealed by the caller.
        case note(ComplaintNoted)
        /// Look at the name and the contacts of the applicant.
        case reveal(purpose: String)
    }

    package static let streamKind = "complaint"
    package static let procedure: String? = "complaint-review"
    package static var initial: State { State() }

    package static func evolve(_ state: inout State, by event: ComplaintEvent, stamp: EventStamp) {
        switch event {
        case .complaintRegistered(let event):
            state.registered = event
            state.filedAt = stamp.occurredAt
            state.kind = event.kind
            (state.body, state.bodyKind, state.reviewer) = (event.body, event.bodyKind, event.reviewer)
        case .complaintTransferred(let event):
            (state.body, state.bodyKind, state.reviewer) = (event.body, event.bodyKind, event.reviewer)
            state.transfers.append((event, stamp.occurredAt))
        case .complaintExtended(let event): state.extensions.append((event, stamp.occurredAt))
        case .complaintAnswered(let event):
            state.status = .answered
            state.outcome = event.outcome
            state.closedAt = stamp.occurredAt
        case .complaintWithdrawn:
            state.status = .withdrawn
            state.closedAt = stamp.occurredAt
        case .complaintClassified(let event): state.kind = event.kind
        case .applicantTold: state.toldAt.append(stamp.occurredAt)
        // The moment that a correction puts right is given to the entry itself when the case is read.
        case .complaintCorrected(let event):
            state.wrongMoments.insert(event.was)
            guard let registration = event.registration else { break }
            state.registered?.registeredOn = registration.on
            state.registered?.ground = registration.ground
        case .complaintAnnulled(let event):
            state.status = .annulled
            state.annulled = event
            state.closedAt = stamp.occurredAt
        case .complaintNoted, .complaintRevealed: break
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<ComplaintEvent>] {
        if case .register(let event, let filedAt) = command {
            guard state.registered == nil else {
                throw Refusal("complaint.exists", "This complaint is registered already: open it by its number.")
            }
            try check(filedAt, notAfter: context.now)
            return [Happening(.complaintRegistered(event), at: filedAt)]
        }
        guard let registered = state.registered else {
            throw Refusal("complaint.unknown", "There is no such complaint: check the number.", field: "number")
        }
        switch command {
        case .register: return []
        case .transfer(let body, let bodyKind, let reason, let moment):
            try check(state, moment, context.now)
            try check(reason: reason, of: "A transfer")
            guard body != state.body else {
                throw Refusal(
                    "complaint.sameBody", "The complaint is with “\(body)” already: name another body.", field: "body")
            }
            let event = ComplaintTransferred(
                body: body, bodyKind: bodyKind, reason: reason, reviewer: Reviewer(bodyKind: bodyKind),
                service: registered.service)
            return [Happening(.complaintTransferred(event), at: moment)]
        case .extend(let days, let reason, let moment):
            try check(state, moment, context.now)
            try check(reason: reason, of: "An extension")
            guard days > 0 else {
                throw Refusal("complaint.noDays", "An extension needs a whole number of working days.", field: "days")
            }
            let event = ComplaintExtended(
                body: state.body, by: Extender(bodyKind: state.bodyKind), days: days, reason: reason,
                service: registered.service)
            return [Happening(.complaintExtended(event), at: moment)]
        case .tellApplicant(let means, let moment):
            try check(state, moment, context.now)
            guard !state.extensions.isEmpty else {
                throw Refusal("complaint.notExtended", "The term was not extended, so there is nothing to tell of.")
            }
            return [Happening(.applicantTold(ApplicantTold(by: means)), at: moment)]
        case .answer(let answer, let moment):
            try check(state, moment, context.now)
            return [Happening(.complaintAnswered(answer), at: moment)]
        case .withdraw(let reason, let moment):
            try check(state, moment, context.now)
            return [Happening(.complaintWithdrawn(ComplaintWithdrawn(reason: reason)), at: moment)]
        case .correctClosing(let entry, let reason, let moment):
            try check(reason: reason, of: "A correction")
            try checkStands(state)
            guard let was = state.closedAt else {
                throw Refusal(
                    "complaint.notClosed",
                    "The complaint is neither answered nor withdrawn: there is nothing to correct.")
            }
            try check(moment, follows: state)
            try check(moment, notAfter: context.now)
            guard moment != was else { return [] }
            let event = ComplaintCorrected(entry: entry, moment: moment, reason: reason, was: was)
            return [Happening(.complaintCorrected(event), at: context.now)]
        case .correctFiling(let entry, let registeredOn, let ground, let reason, let moment):
            try check(reason: reason, of: "A correction")
            try checkStands(state)
            try check(moment, notAfter: context.now)
            let steps =
                state.transfers.map(\.at) + state.extensions.map(\.at) + state.toldAt
                + [state.closedAt].compactMap(\.self)
            if let first = steps.min(), moment > first {
                throw Refusal(
                    "complaint.afterStep",
                    "\(moment) is after what happened to the complaint first (\(first)): correct the time.", field: "at"
                )
            }
            guard moment != state.filedAt else { return [] }
            let event = ComplaintCorrected(
                entry: entry, moment: moment, reason: reason,
                registration: .init(ground: ground, on: registeredOn, was: registered.registeredOn), was: state.filedAt)
            return [Happening(.complaintCorrected(event), at: context.now)]
        case .annul(let annulled):
            try check(reason: annulled.reason, of: "An annulment")
            try checkStands(state)
            guard (annulled.ground == .duplicate) == (annulled.duplicateOf != nil) else {
                throw Refusal(
                    "complaint.duplicateOf",
                    "Name the complaint of which this one is a duplicate; where it is none, name no number.",
                    field: "duplicateOf")
            }
            return [Happening(.complaintAnnulled(annulled), at: context.now)]
        case .classify(let kind, let reason):
            try check(reason: reason, of: "A correction")
            try checkStands(state)
            guard kind != state.kind else { return [] }
            return [Happening(.complaintClassified(ComplaintClassified(kind: kind, reason: reason)), at: context.now)]
        case .reveal(let purpose):
            try check(reason: purpose, of: "A look at personal data")
            return [Happening(.complaintRevealed(ComplaintRevealed(purpose: purpose)), at: context.now)]
        case .note(let note): return [Happening(.complaintNoted(note), at: context.now)]
        }
    }

    /// Nothing is corrected in a complaint that is none.
    private static func checkStands(_ state: State) throws {
        guard state.status != .annulled else {
            throw Refusal("complaint.annulled", "The complaint was annulled: it was registered by mistake.")
        }
    }

    private static func check(_ state: State, _ moment: Moment, _ now: Moment) throws {
        guard state.status == .open else {
            throw Refusal(
                "complaint.closed", "The complaint is closed (\(state.status.rawValue)): nothing more can happen to it."
            )
        }
        try check(moment, follows: state)
        try check(moment, notAfter: now)
    }

    /// Nothing happens to a complaint before it was filed, before the body that has it got it, or before the extension
    /// that it follows.
    private static func check(_ moment: Moment, follows state: State) throws {
        guard moment >= state.filedAt else {
            throw Refusal(
                "complaint.beforeFiling", "\(moment) is before the filing (\(state.filedAt)): correct the time.",
                field: "at")
        }
        let steps = state.transfers.map(\.at) + state.extensions.map(\.at)
        guard let last = steps.max(), moment < last else { return }
        throw Refusal(
            "complaint.order", "\(moment) is before the last transfer or extension (\(last)): correct the time.",
            field: "at")
    }

    private static func check(_ moment: Moment, notAfter now: Moment) throws {
        guard moment <= now else {
            throw Refusal("complaint.inFuture", "\(moment) lies in the future: correct the time.", field: "at")
        }
    }

    private static func check(reason: String, of what: String) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Refusal("complaint.reasonMissing", "\(what) needs its reason: give it.", field: "reason")
        }
    }
}
