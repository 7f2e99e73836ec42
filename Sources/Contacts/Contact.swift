import Casework
import Journal
import WorkingDays

/// The kind of case “contact”: its state, what can be asked of it, and the pure decision between the two.
package enum Contact: CaseKind {
    /// What is known of a contact.
    package struct State: Sendable, Hashable {
        /// How it began; nil where there is no such contact.
        package internal(set) var started: ContactStarted?
        /// When it began.
        package internal(set) var startedAt = Moment(millisecondsSince1970: 0)
        /// Whose contact it is.
        package internal(set) var `operator` = Actor("")
        /// What was learned of it.
        package internal(set) var described = ContactDescribed()
        /// The cards that were read out, in order.
        package internal(set) var told: [ContactCardTold] = []
        /// The guidance that was given, in order.
        package internal(set) var guidance: [ContactGuidanceGiven] = []
        /// The gaps that were reported.
        package internal(set) var gaps: [String] = []
        /// The complaints that were registered, in order.
        package internal(set) var complaints: [String] = []
        /// How it ended.
        package internal(set) var closed: ContactClosed?
    }

    /// What can be asked of a contact.
    package enum Command: Sendable {
        /// Begin it.
        case start(ContactStarted)
        /// Say more about it.
        case describe(ContactDescribed)
        /// Record a card as read out.
        case tell(ContactCardTold)
        /// Record guidance as given.
        case guide(ContactGuidanceGiven)
        /// Record that we had nothing.
        case reportGap(String)
        /// Record a complaint that was registered from it.
        case file(complaint: String)
        /// End it; without an outcome the one that follows from what was told.
        case close(ContactOutcome?, ContactCloser)
    }

    package static let streamKind = "contact"
    package static let procedure: String? = nil
    package static var initial: State { State() }

    package static func evolve(_ state: inout State, by event: ContactEvent, stamp: EventStamp) {
        switch event {
        case .contactStarted(let event):
            state.started = event
            state.startedAt = stamp.occurredAt
            state.operator = stamp.actor
        case .contactDescribed(let event):
            state.described.channel = event.channel ?? state.described.channel
            state.described.language = event.language ?? state.described.language
            state.described.topic = event.topic ?? state.described.topic
            state.described.service = event.service ?? state.described.service
        case .contactCardTold(let event): state.told.append(event)
        case .contactGuidanceGiven(let event): state.guidance.append(event)
        case .contactGapReported(let event): state.gaps.append(event.gap)
        case .contactComplaintFiled(let event): state.complaints.append(event.complaint)
        case .contactClosed(let event): state.closed = event
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<ContactEvent>] {
        if case .start(let started) = command {
            guard state.started == nil else { throw ContactRefusal.exists("This contact exists already.") }
            return [Happening(.contactStarted(started), at: context.now)]
        }
        guard state.started != nil else {
            throw ContactRefusal.unknown("There is no such contact: check the number.")
        }
        guard state.closed == nil else {
            throw ContactRefusal.closed("This contact is closed: start a new one.")
        }
        guard state.operator == context.actor else {
            throw ContactRefusal.notYours("This contact is another operator's: start your own.")
        }
        switch command {
        case .start: return []
        case .describe(let described):
            var after = state
            evolve(
                &after, by: .contactDescribed(described),
                stamp: EventStamp(version: 0, occurredAt: context.now, recordedAt: context.now, actor: context.actor))
            return after == state ? [] : [Happening(.contactDescribed(described), at: context.now)]
        case .tell(let told):
            guard !state.told.contains(told) else { return [] }
            return [Happening(.contactCardTold(told), at: context.now)]
        case .guide(let guidance): return [Happening(.contactGuidanceGiven(guidance), at: context.now)]
        case .reportGap(let gap):
            guard !state.gaps.contains(gap) else { return [] }
            return [Happening(.contactGapReported(ContactGapReported(gap: gap)), at: context.now)]
        case .file(let complaint):
            guard !state.complaints.contains(complaint) else { return [] }
            return [Happening(.contactComplaintFiled(ContactComplaintFiled(complaint: complaint)), at: context.now)]
        case .close(let outcome, let closer):
            let outcome = outcome ?? implied(by: state)
            if outcome == .answeredByCard, state.told.isEmpty {
                throw ContactRefusal.noCard(
                    "No card was recorded as told: open it first, or choose another outcome.",
                    field: "outcome")
            }
            let seconds = (context.now.millisecondsSince1970 - state.startedAt.millisecondsSince1970) / 1_000
            let closed = ContactClosed(outcome: outcome, seconds: Int(max(0, seconds)), closer: closer)
            return [Happening(.contactClosed(closed), at: context.now)]
        }
    }

    /// The outcome where nobody has said one.
    private static func implied(by state: State) -> ContactOutcome {
        if !state.told.isEmpty { return .answeredByCard }
        if !state.guidance.isEmpty || !state.complaints.isEmpty { return .answeredWithoutCard }
        return state.gaps.isEmpty ? .dropped : .nothingFound
    }
}
