import Casework
import Journal
import WorkingDays

/// The decisions on a request that exists.
struct InformationRequestDecision {
    let state: InformationRequestState
    let subject: CaseSubject
    let context: DecisionContext

    typealias Happenings = [Happening<InformationRequestEvent>]

    func decide(_ command: InformationRequestCommand) throws -> Happenings {
        switch command {
        case .approve: return []
        case .send(let sent, let at): return try send(sent, at)
        case .sendingFailed(let note, let at):
            let sent = try require(state.sentAt, .notSent, "The request was not sent yet.")
            try require(
                state.failedAt == nil, .sendingFailed,
                "That sending has failed already: send the request again.")
            try require(state.awaitsReceipt, .received, "The body has the request already.")
            try notBefore(sent, at)
            return [Happening(.requestSendingFailed(note, subject), at: at)]
        case .receive(let received, let at): return try receive(received, at)
        case .appoint(let appointed, let at):
            let received = try require(
                state.receivedAt, .requestNotReceived,
                "The body's receipt of the request is not recorded: record it first, since its clock starts with it.")
            try require(
                state.appointedAt == nil, .appointed,
                "A responsible person was appointed already: record a change (797 §7).")
            try notBefore(received, at)
            return [Happening(.responsiblePersonAppointed(appointed, subject), at: at)]
        case .submit(let submitted, let at): return try submit(submitted, at)
        case .giveBack(let note, let at):
            let submitted = try require(
                state.submittedAt, .nothingSubmitted, "No information is here to be returned.")
            try require(
                state.entered == nil, .entered,
                "The information is in the knowledge base already: ask for a change (797 §6).")
            try require(
                state.trainedAt == nil, .trained,
                "The training was held on this information: ask for what is missing by an additional request (797 §10)."
            )
            try reason(note.text)
            try notBefore(submitted, at)
            return [Happening(.informationReturned(note, subject), at: at)]
        case .enter(let entered, let card, let at):
            let submitted = try require(
                state.submittedAt, .nothingSubmitted, "No information was submitted that could be entered.")
            try require(
                state.entered == nil, .entered,
                "The information is in the knowledge base already: record a change (797 §6).")
            try notBefore(submitted, at)
            try check(entered, card)
            return [Happening(.informationEntered(entered, subject), at: at)]
        case .train(let note, let at):
            let submitted = try require(
                state.submittedAt, .nothingSubmitted,
                "Training follows the information (797 §8): record that first.")
            try require(state.trainedAt == nil, .trained, "The training is recorded already.")
            try notBefore(submitted, at)
            return [Happening(.trainingHeld(note, subject), at: at)]
        case .sign(let signed, let at): return try sign(signed, at)
        case .goLive(let at):
            let completed = try require(
                state.completedAt, .protocolMissing,
                "The protocol is not signed by both sides yet (797 §8).")
            try require(
                state.entered, .notEntered, "The information is not in the knowledge base yet (797 §5).")
            try require(state.liveAt == nil, .live, "The service is consulted on already.")
            try notBefore(completed, at)
            return [Happening(.wentLive(subject), at: at)]
        case .amend(let amended, let at): return try amend(amended, at)
        case .cancel(let note, let at):
            try require(
                state.completedAt == nil, .accepted,
                "The service is accepted by the protocol already: withdraw its card instead.")
            try reason(note.text)
            return [Happening(.requestCancelled(note, subject), at: at)]
        case .contact(let note, let at): return [Happening(.contactMade(note, subject), at: at)]
        case .correct(let correction):
            try reason(correction.reason)
            guard (1...max(1, state.entries)).contains(correction.entry) else {
                throw OnboardingRefusal.entryUnknown(
                    "The request has the entries 1 to \(state.entries): give one of them.",
                    field: "entry")
            }
            return [Happening(.entryCorrected(correction, subject), at: context.now)]
        }
    }

    /// The information is in the card of the service, in an edition that exists (797 §5).
    private func check(_ entered: InformationEntered, _ card: CardStanding?) throws {
        guard let card else {
            throw OnboardingRefusal.cardUnknown(
                "There is no card “\(entered.card)”: check the code.", field: "card")
        }
        guard card.service == subject.service else {
            throw OnboardingRefusal.otherCard(
                "The card “\(entered.card)” is of another service: the request is about “\(subject.service)”.",
                field: "card")
        }
        guard (1...max(1, card.edition)).contains(entered.edition) else {
            throw OnboardingRefusal.noEdition(
                "The card has the editions 1 to \(card.edition): give one of them.",
                field: "edition")
        }
    }

    private func amend(_ amended: PlanLineAmended, _ at: Moment) throws -> Happenings {
        try require(
            state.completedAt == nil, .accepted,
            "The service is accepted by the protocol already: nothing is left to plan.")
        try reason(amended.reason)
        if amended.approval.allSatisfy(\.isWhitespace) {
            throw OnboardingRefusal.planApprovalMissing("Name the act that approved the change.", field: "approval")
        }
        if let acceptanceOn = amended.acceptanceOn, acceptanceOn < amended.requestOn {
            throw OnboardingRefusal.planOrder("The acceptance lies before the request.", field: "acceptance_date")
        }
        guard let line = state.line else { return [] }
        var amended = amended
        amended.wasSent = state.sentAt != nil
        if amended.wasSent, amended.requestOn != line.requestOn {
            throw OnboardingRefusal.planSent(
                "The request was sent already: its planned day stands.", field: "request_date")
        }
        if amended.requestOn == line.requestOn, amended.acceptanceOn == line.acceptanceOn, amended.unit == line.unit {
            throw OnboardingRefusal.planUnchanged("The line says this already: change a date or the unit.")
        }
        return [Happening(.planLineAmended(amended, subject), at: at)]
    }

    private func send(_ sent: RequestSent, _ at: Moment) throws -> Happenings {
        if sent.number.allSatisfy(\.isWhitespace) {
            throw OnboardingRefusal.numberMissing("Give the outgoing number of the request.", field: "number")
        }
        if let before = state.sentAt {
            try notBefore(before, at)
        } else if sent.again != nil {
            throw OnboardingRefusal.notSent(
                "The request was not sent before: it cannot be sent again.", field: "again")
        }
        if state.sentAt != nil, state.failedAt == nil, sent.again == nil {
            throw OnboardingRefusal.sent(
                "The request was sent already: say why it is sent again (lost, wrong-address).",
                field: "again")
        }
        if state.appointedAt != nil {
            throw OnboardingRefusal.appointed(
                "The body has acted on the request already; there is nothing to send again.")
        }
        return [Happening(.requestSent(sent, subject), at: at)]
    }

    private func receive(_ received: RequestReceived, _ at: Moment) throws -> Happenings {
        let sent = try require(state.sentAt, .notSent, "The request was not sent yet: record that first.")
        try require(
            state.failedAt == nil, .sendingFailed, "The last sending failed: send the request again first.")
        try require(
            state.appointedAt == nil, .appointed,
            "The body has acted on the request already: its receipt stands.")
        try require(state.awaitsReceipt, .received, "The body's receipt is recorded already.")
        try notBefore(sent, at)
        if received.proof.allSatisfy(\.isWhitespace) {
            throw OnboardingRefusal.proofMissing(
                "A clock starts on proof only: name the incoming number, the acknowledgement or the courier's receipt.",
                field: "proof")
        }
        var received = received
        received.sentAgain = state.sentAgain
        return [Happening(.requestReceived(received, subject), at: at)]
    }

    private func submit(_ submitted: InformationSubmitted, _ at: Moment) throws -> Happenings {
        let appointed = try require(
            state.appointedAt, .nobodyAppointed,
            "No responsible person is appointed yet (797 §5): record the appointment first.")
        try require(
            state.submittedAt == nil, .submitted,
            "The information is here already; return it with a reason if it must be mended.")
        try notBefore(max(appointed, state.returnedAt ?? appointed), at)
        var submitted = submitted
        if let missing = submitted.missing {
            submitted.missing = missing.isEmpty ? nil : AppendixField.allCases.filter(missing.contains)
            if !missing.isEmpty { submitted.isComplete = false }
        }
        let event = Happening(InformationRequestEvent.informationSubmitted(submitted, subject), at: at)
        // What is incomplete or unsigned is taken down as received and returned at once, with the reason (797 §5).
        guard submitted.isComplete, submitted.isSignedByHead else {
            let reason = submitted.isComplete ? StepNote.unsigned : StepNote.incomplete
            return [event, Happening(.informationReturned(StepNote(text: reason), subject), at: at)]
        }
        return [event]
    }

    private func sign(_ signed: ProtocolSigned, _ at: Moment) throws -> Happenings {
        let trained = try require(
            state.trainedAt, .notTrained, "The protocol follows the training (797 §8): record that first.")
        try require(!state.signed.contains(signed.side), .signed, "This side has signed already.")
        try notBefore(trained, at)
        let event = Happening(InformationRequestEvent.protocolSigned(signed, subject), at: at)
        guard let other = state.lastSignedAt else { return [event] }
        // The waiting period of §9 counts from the later signature, whichever was entered first.
        return [event, Happening(.protocolCompleted(subject), at: max(other, at))]
    }

    @discardableResult
    private func require<Value>(_ value: Value?, _ code: OnboardingRefusal, _ reason: String) throws -> Value {
        guard let value else { throw code(reason) }
        return value
    }

    private func require(_ condition: Bool, _ code: OnboardingRefusal, _ reason: String) throws {
        if !condition { throw code(reason) }
    }

    private func reason(_ text: String) throws {
        if text.allSatisfy(\.isWhitespace) {
            throw OnboardingRefusal.reasonMissing("Give the reason.", field: "reason")
        }
    }

    private func notBefore(_ earlier: Moment, _ at: Moment) throws {
        if at < earlier {
            throw OnboardingRefusal.order(
                "This would have happened before the step it follows (\(context.zone.iso8601(earlier))): check the moment.",
                field: "at")
        }
    }
}
