import Casework
import Journal
import Rulebook
import WorkingDays

/// What is known of an information request.
package struct InformationRequestState: Hashable, Sendable {
    /// The line of the plan-schedule; nil where the case does not exist.
    package var line: PlanLineApproved?
    /// When the request was sent last.
    package var sentAt: Moment?
    /// Why it was sent again, the last time; a wrong address stays the reason until the body has it.
    package var sentAgain: RequestSent.Again?
    /// Whether the body's receipt of the last sending is still to come.
    package var awaitsReceipt = false
    /// When the last sending failed; nil when it did not.
    package var failedAt: Moment?
    /// When the body had it; the first time, or the last where we had sent it to a wrong address.
    package var receivedAt: Moment?
    /// When the responsible person was appointed.
    package var appointedAt: Moment?
    /// The registration of that person in the registry; nil where his details were not taken in.
    package var registration: String?
    /// When the information came; nil after it was returned.
    package var submittedAt: Moment?
    /// When it was returned the last time.
    package var returnedAt: Moment?
    /// How often it was returned.
    package var returns = 0
    /// The card it was entered into.
    package var entered: InformationEntered?
    /// When the training was held.
    package var trainedAt: Moment?
    /// The sides that have signed the protocol.
    package var signed: Set<ProtocolSigned.Side> = []
    /// The later of the moments at which the sides signed.
    package var lastSignedAt: Moment?
    /// When the second side signed.
    package var completedAt: Moment?
    /// When the centre started to consult.
    package var liveAt: Moment?
    /// When the line was taken off the plan.
    package var cancelledAt: Moment?
    /// The number of entries of the case.
    package var entries = 0

    /// The body and the service; nil where the case does not exist.
    package var subject: CaseSubject? {
        line.map { CaseSubject(body: $0.body, service: $0.service, zone: $0.zone) }
    }

    /// Whether the line stands in the plan.
    package var isInForce: Bool { line != nil && cancelledAt == nil }

    /// The short cases that may begin about it: nobody is asked for more before he has the request (797 §10), what was not
    /// entered cannot change (§6), and only who was appointed can leave (§7).
    package var possibleDuties: [DutyName] {
        guard isInForce else { return [] }
        return [
            receivedAt == nil ? nil : .additionalRequest, entered == nil ? nil : .informationChange,
            appointedAt == nil ? nil : .responsiblePersonChange,
        ].compactMap(\.self)
    }

    /// What may be recorded next, in the order of the rules.
    package var nextSteps: [OnboardingStep] {
        guard line != nil, liveAt == nil, cancelledAt == nil else { return [] }
        var steps: [OnboardingStep] = []
        if appointedAt == nil {
            if receivedAt != nil { steps.append(.appoint) }
            if awaitsReceipt { steps += [.receive, .sendingFailed] }
            steps.append(.send)
        }
        if appointedAt != nil, submittedAt == nil { steps.append(.submit) }
        if submittedAt != nil {
            if entered == nil { steps.append(.enter) }
            if entered == nil, trainedAt == nil { steps.append(.return) }
            if trainedAt == nil { steps.append(.train) }
            if trainedAt != nil, completedAt == nil { steps.append(.sign) }
            if completedAt != nil, entered != nil { steps.append(.goLive) }
        }
        if completedAt == nil { steps.append(.cancel) }
        return steps
    }

    /// The moment before which a step cannot have happened: that of the step it follows.
    package func earliest(_ step: OnboardingStep) -> Moment? {
        switch step {
        case .send, .receive, .sendingFailed: sentAt
        case .appoint: receivedAt
        case .submit: [appointedAt, returnedAt].compactMap(\.self).max()
        case .return, .enter, .train: submittedAt
        case .sign: trainedAt
        case .goLive: completedAt
        case .cancel: nil
        }
    }
}

/// A step that a person can record.
package enum OnboardingStep: String, CaseIterable, Codable, Hashable, Sendable {
    case send, sendingFailed, receive, appoint, submit, `return`, enter, train, sign, goLive, cancel
}

/// What can be asked of an information request; each with the moment at which it happened.
package enum InformationRequestCommand: Sendable {
    /// Begins the case (797 §3).
    case approve(PlanLineApproved, at: Moment)
    /// Records that the request was sent (797 §4).
    case send(RequestSent, at: Moment)
    /// Records that the sending failed.
    case sendingFailed(StepNote, at: Moment)
    /// Records the body's receipt.
    case receive(RequestReceived, at: Moment)
    /// Records the appointment (797 §5).
    case appoint(ResponsiblePersonAppointed, at: Moment)
    /// Records the information (797 §5).
    case submit(InformationSubmitted, at: Moment)
    /// Returns the information with the reason.
    case giveBack(StepNote, at: Moment)
    /// Records the entry into the knowledge base (797 §5); the card is looked up in the same transaction.
    case enter(InformationEntered, into: CardStanding? = nil, at: Moment)
    /// Records the training (797 §8).
    case train(StepNote, at: Moment)
    /// Records a signature (797 §8).
    case sign(ProtocolSigned, at: Moment)
    /// Starts the consulting (797 §9).
    case goLive(at: Moment)
    /// Changes the line of the plan (797 §3).
    case amend(PlanLineAmended, at: Moment)
    /// Takes the line off the plan, with the reason.
    case cancel(StepNote, at: Moment)
    /// Records a contact (797 §11.2).
    case contact(StepNote, at: Moment)
    /// Corrects an entry.
    case correct(EntryCorrected)

    var occurredAt: Moment? {
        switch self {
        case .approve(_, let at), .send(_, let at), .sendingFailed(_, let at), .receive(_, let at), .appoint(_, let at),
            .submit(_, let at), .giveBack(_, let at), .enter(_, _, let at), .train(_, let at), .sign(_, let at),
            .goLive(let at), .amend(_, let at), .cancel(_, let at), .contact(_, let at):
            at
        case .correct: nil
        }
    }
}

/// One information request to one body under one line of the plan-schedule, stream `onboarding/<plan>-<line>-<body>`.
package enum InformationRequest: CaseKind {
    package typealias State = InformationRequestState
    package typealias Event = InformationRequestEvent
    package typealias Command = InformationRequestCommand

    package static let streamKind = "onboarding"
    package static let procedure: String? = "onboarding"
    package static let initial = InformationRequestState()

    package static func evolve(_ state: inout State, by event: Event, stamp: EventStamp) {
        let at = stamp.occurredAt
        state.entries = stamp.version
        switch event {
        case .planLineApproved(let line): state.line = line
        case .planLineAmended(let amended, _):
            state.line?.requestOn = amended.requestOn
            state.line?.acceptanceOn = amended.acceptanceOn
            state.line?.unit = amended.unit
        case .requestCancelled: state.cancelledAt = at
        case .requestSent(let sent, _):
            let isOpen = state.awaitsReceipt || state.failedAt != nil
            if !(isOpen && state.sentAgain == .wrongAddress) { state.sentAgain = sent.again }
            (state.sentAt, state.failedAt, state.awaitsReceipt) = (at, nil, true)
        case .requestSendingFailed: (state.failedAt, state.awaitsReceipt) = (at, false)
        case .requestReceived(let received, _):
            if state.receivedAt == nil || received.sentAgain == .wrongAddress { state.receivedAt = at }
            state.awaitsReceipt = false
        case .responsiblePersonAppointed(let appointed, _):
            (state.appointedAt, state.registration) = (at, appointed.registration)
        case .informationSubmitted: state.submittedAt = at
        case .informationReturned:
            state.submittedAt = nil
            state.returnedAt = at
            state.returns += 1
        case .informationEntered(let entered, _): state.entered = entered
        case .trainingHeld: state.trainedAt = at
        case .protocolSigned(let signed, _):
            state.signed.insert(signed.side)
            state.lastSignedAt = max(state.lastSignedAt ?? at, at)
        case .protocolCompleted: state.completedAt = at
        case .wentLive: state.liveAt = at
        case .contactMade, .entryCorrected: break
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<Event>] {
        if let at = command.occurredAt, at > context.now {
            throw OnboardingRefusal.future(
                "The step would happen in the future: give the moment at which it happened.",
                field: "at")
        }
        if case .approve(let line, let at) = command {
            guard state.line == nil else {
                throw OnboardingRefusal.exists("This line of the plan is approved already for “\(line.body)”.")
            }
            return [Happening(.planLineApproved(line), at: at)]
        }
        guard let subject = state.subject else {
            throw OnboardingRefusal.unknown("There is no such request: approve the line of the plan first.")
        }
        if state.cancelledAt != nil {
            switch command {
            case .contact, .correct: break
            default:
                throw OnboardingRefusal.cancelled(
                    "The line was taken off the plan: approve a new line for the service.")
            }
        }
        return try InformationRequestDecision(state: state, subject: subject, context: context).decide(command)
    }
}
