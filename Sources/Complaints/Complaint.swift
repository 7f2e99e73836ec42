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
        /// Through which of its units it is addressed; nil: the body itself.
        package internal(set) var unit: String?
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

        /// The extensions that the law does not allow, as the forum told them.
        package internal(set) var unlawful: [(event: UnlawfulStepFound, at: Moment)] = []

        /// When the applicant was told of them.
        package internal(set) var toldAt: [Moment] = []
        /// Why it is none, where it was registered by mistake.
        package internal(set) var annulled: ComplaintAnnulled?
        /// When the body that has it confirmed that; nil after a transfer until the next one does.
        package internal(set) var receivedAt: Moment?
        /// What the body that has it proposed in returning it; nil where nothing waits for an officer.
        package internal(set) var returned: ComplaintReturnProposed?
        /// Whether the body asked the applicant something and he has added nothing since.
        package internal(set) var isAsked = false
        /// Whether the applicant said that the answer helped; nil where he said nothing.
        package internal(set) var isHelpful: Bool?
        /// When its words and contacts were shown last to which body.
        package internal(set) var shownAt: [String: Moment] = [:]
        /// The number under which the applicant took it to the Agency.
        package internal(set) var continuedAs: String?
        /// In whose hands it is.
        package internal(set) var holder = ComplaintHolder.nobody
        /// The moments that were recorded first and corrected since; the forum goes on telling them.
        package internal(set) var wrongMoments: Set<Moment> = []

        package static func == (left: State, right: State) -> Bool {
            left.registered == right.registered && left.filedAt == right.filedAt && left.kind == right.kind
                && left.body == right.body && left.unit == right.unit && left.status == right.status
                && left.outcome == right.outcome
                && left.closedAt == right.closedAt && left.transfers.elementsEqual(right.transfers, by: ==)
                && left.extensions.elementsEqual(right.extensions, by: ==)
                && left.unlawful.elementsEqual(right.unlawful, by: ==) && left.toldAt == right.toldAt
                && left.annulled == right.annulled && left.wrongMoments == right.wrongMoments
                && left.receivedAt == right.receivedAt && left.returned == right.returned
                && left.isAsked == right.isAsked && left.isHelpful == right.isHelpful
                && left.continuedAs == right.continuedAs && left.shownAt == right.shownAt
                && left.holder == right.holder
        }
    }

    /// What can be asked of a complaint; `at` is when it happened, which may be long before it is recorded.
    package enum Command: Sendable {
        /// Register it; `at` is when it was filed.
        case register(ComplaintRegistered, at: Moment)
        /// Hand it to another body, or to another of its units; its term runs from the day of registration there.
        case transfer(
            body: String, unit: String?, bodyKind: String, registeredOn: CivilDate, reason: String, at: Moment)
        /// Extend the term of its review by so many working days.
        case extend(days: Int, reason: String, at: Moment)
        /// Take in an extension as the forum tells it: one that the law does not allow becomes a finding.
        case extendAsTold(days: Int, reason: String, at: Moment)
        /// Enter what became known only after the end: that he was told, or that it was handed on, before it was answered.
        indirect case late(Command)
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
        case reveal(purpose: String, body: String? = nil)
        /// A step on the way to the body and back.
        case way(ComplaintWay)
        /// Give it into an officer's hands, or put it back.
        case assign(ComplaintAssignment)
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
            state.unit = event.unit
        case .complaintTransferred(let event):
            (state.body, state.bodyKind, state.reviewer) = (event.body, event.bodyKind, event.reviewer)
            state.unit = event.unit
            state.transfers.append((event, stamp.occurredAt))
            (state.receivedAt, state.returned, state.isAsked) = (nil, nil, false)
        case .complaintExtended(let event): state.extensions.append((event, stamp.occurredAt))
        case .complaintAnswered(let event):
            state.status = .answered
            state.outcome = event.outcome
            (state.returned, state.isAsked) = (nil, false)
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
        case .complaintNoted: break
        case .complaintRevealed(let event):
            if let body = event.body { state.shownAt[body] = stamp.occurredAt }
        case .complaintReceived: state.receivedAt = state.receivedAt ?? stamp.occurredAt
        case .complaintReturnProposed(let event): state.returned = event
        case .complaintReturnDeclined: state.returned = nil
        case .applicantAsked: state.isAsked = true
        case .applicantAdded: state.isAsked = false
        case .answerRated(let event): state.isHelpful = event.isHelpful
        case .complaintContinued(let event): state.continuedAs = event.number
        case .complaintAssigned(let event): state.holder = ComplaintHolder(event.to)
        case .unlawfulStepFound(let event): state.unlawful.append((event, stamp.occurredAt))
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<ComplaintEvent>] {
        if case .register(let event, let filedAt) = command {
            guard state.registered == nil else {
                throw ComplaintRefusal.exists("This complaint is registered already: open it by its number.")
            }
            try check(filedAt, notAfter: context.now)
            return [Happening(.complaintRegistered(event), at: filedAt)]
        }
        guard let registered = state.registered else {
            throw ComplaintRefusal.unknown("There is no such complaint: check the number.", field: "number")
        }
        switch command {
        case .register: return []
        case .transfer(let body, let unit, let bodyKind, let registeredOn, let reason, let moment):
            try check(state, moment, context.now)
            try check(reason: reason, of: "A transfer")
            guard body != state.body || unit != state.unit else {
                throw ComplaintRefusal.sameBody(
                    "The complaint is with “\(body)” already: name another body.", field: "body")
            }
            // Nobody decides on himself (APPC art. 97(2)); over a department stands the Agency (78 §14).
            guard bodyKind != "agency-territorial" || registered.named != body else {
                throw ComplaintRefusal.ownMatter(
                    "The complaint is about “\(body)” itself, which does not review it: hand it to the Agency.",
                    field: "body")
            }
            let event = ComplaintTransferred(
                body: body, bodyKind: bodyKind, reason: reason, registeredOn: registeredOn,
                reviewer: Reviewer(bodyKind: bodyKind), service: registered.service, unit: unit)
            return [Happening(.complaintTransferred(event), at: moment)]
        case .extend(let days, let reason, let moment):
            try check(state, moment, context.now)
            try check(reason: reason, of: "An extension")
            guard days > 0 else {
                throw ComplaintRefusal.noDays("An extension needs a whole number of working days.", field: "days")
            }
            let event = ComplaintExtended(
                body: state.body, by: Extender(bodyKind: state.bodyKind), days: days, reason: reason,
                service: registered.service)
            return [Happening(.complaintExtended(event), at: moment)]
        case .extendAsTold(let days, let reason, let moment):
            let extended = try decide(.extend(days: days, reason: reason, at: moment), on: state, in: context)
            guard let breach = breach(of: extended, in: context) else { return extended }
            let event = UnlawfulStepFound(breach: breach, body: state.body, days: days)
            return [Happening(.unlawfulStepFound(event), at: moment)]
        case .late(let command):
            // What happened before the end is decided as it would have been then.
            guard let closedAt = state.closedAt, state.status != .annulled, state.status != .open else {
                return try decide(command, on: state, in: context)
            }
            var before = state
            (before.status, before.closedAt, before.outcome) = (.open, nil, nil)
            let happenings = try decide(command, on: before, in: context)
            if let after = happenings.first(where: { $0.occurredAt > closedAt }) {
                throw ComplaintRefusal.closed(
                    "The complaint was closed at \(closedAt), before \(after.occurredAt): correct the time.")
            }
            return happenings
        case .tellApplicant(let means, let moment):
            try check(state, moment, context.now)
            guard !state.extensions.isEmpty || !state.unlawful.isEmpty else {
                throw ComplaintRefusal.notExtended("The term was not extended, so there is nothing to tell of.")
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
                throw ComplaintRefusal.notClosed(
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
                throw ComplaintRefusal.afterStep(
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
                throw ComplaintRefusal.duplicateOf(
                    "Name the complaint of which this one is a duplicate; where it is none, name no number.",
                    field: "duplicateOf")
            }
            return [Happening(.complaintAnnulled(annulled), at: context.now)]
        case .classify(let kind, let reason):
            try check(reason: reason, of: "A correction")
            try checkStands(state)
            guard kind != state.kind else { return [] }
            return [Happening(.complaintClassified(ComplaintClassified(kind: kind, reason: reason)), at: context.now)]
        case .reveal(let purpose, let body):
            try check(reason: purpose, of: "A look at personal data")
            // A body that must answer looks as often as it likes; that it did is recorded once a day.
            if let body, let last = state.shownAt[body], context.zone.civilDate(of: last) == context.today { return [] }
            return [Happening(.complaintRevealed(ComplaintRevealed(body: body, purpose: purpose)), at: context.now)]
        case .way(let step): return try decide(step, on: state, at: context.now)
        case .assign(let assignment): return try decide(assignment, on: state, at: context.now)
        case .note(let note): return [Happening(.complaintNoted(note), at: context.now)]
        }
    }

    /// Why the law does not allow an extension; nil where it does, or where something else is wrong.
    private static func breach(of happenings: [Happening<ComplaintEvent>], in context: DecisionContext) -> String? {
        guard let happening = happenings.first, let procedure = context.procedure else { return nil }
        var cache = DueCache()
        let event = ClockEvent(happening.event.name, at: happening.occurredAt, facts: happening.event.facts)
        do throws(ClockError) {
            _ = try procedure.changes(
                on: event, clocks: context.clocks, calendar: context.calendar, zone: context.zone, cache: &cache)
            return nil
        } catch {
            return UnlawfulStepFound.breach(error)
        }
    }

    /// Nothing is corrected in a complaint that is none.
    static func checkStands(_ state: State) throws {
        guard state.status != .annulled else {
            throw ComplaintRefusal.annulled("The complaint was annulled: it was registered by mistake.")
        }
    }

    static func check(_ state: State, _ moment: Moment, _ now: Moment) throws {
        guard state.status == .open else {
            throw ComplaintRefusal.closed(
                "The complaint is closed (\(state.status.rawValue)): nothing more can happen to it."
            )
        }
        try check(moment, follows: state)
        try check(moment, notAfter: now)
    }

    /// Nothing happens to a complaint before it was filed, before the body that has it got it, or before the extension
    /// that it follows.
    private static func check(_ moment: Moment, follows state: State) throws {
        guard moment >= state.filedAt else {
            throw ComplaintRefusal.beforeFiling(
                "\(moment) is before the filing (\(state.filedAt)): correct the time.",
                field: "at")
        }
        let steps = state.transfers.map(\.at) + state.extensions.map(\.at)
        guard let last = steps.max(), moment < last else { return }
        throw ComplaintRefusal.order(
            "\(moment) is before the last transfer or extension (\(last)): correct the time.",
            field: "at")
    }

    private static func check(_ moment: Moment, notAfter now: Moment) throws {
        guard moment <= now else {
            throw ComplaintRefusal.inFuture("\(moment) lies in the future: correct the time.", field: "at")
        }
    }

    static func check(reason: String, of what: String) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw ComplaintRefusal.reasonMissing("\(what) needs its reason: give it.", field: "reason")
        }
    }
}
