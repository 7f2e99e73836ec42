import Casework
import WorkingDays

/// A step of a complaint on its way to the body and back, as the body, an officer or the applicant takes it.
package enum ComplaintWay: Sendable {
    /// The body confirms that it has the complaint.
    case receive(body: String, reference: String?)
    /// The body returns it and names the one that is competent.
    case giveBack(ComplaintReturnProposed)
    /// An officer declines that.
    case decline(reason: String)
    /// The body asks the applicant; the question is sealed by the caller.
    case ask(ApplicantAsked)
    /// The applicant adds words or a document, sealed by the caller.
    case add(ApplicantAdded)
    /// The applicant says whether the answer helped.
    case rate(isHelpful: Bool)
    /// The applicant takes the answer to the Agency under another number.
    case `continue`(number: String)
}

extension Complaint {
    /// What a step on the way does to a complaint that is registered; pure.
    /// - Throws: `Refusal`: `notWithBody` where the body does not have it (any more), `closed`, `reasonMissing`, `sameBody`,
    ///   `notReturned`, `nothingAdded`, `notAnswered`, `cannotContinue`.
    static func decide(
        _ step: ComplaintWay, on state: State, at now: Moment
    ) throws -> [Happening<ComplaintEvent>] {
        switch step {
        case .receive(let body, let reference):
            try check(state, now, now)
            try checkIsWith(body, state)
            // Confirmed twice is confirmed once: the first moment is the proof.
            guard state.receivedAt == nil else { return [] }
            return [Happening(.complaintReceived(ComplaintReceived(body: body, reference: reference)), at: now)]
        case .giveBack(let event):
            try check(state, now, now)
            try checkIsWith(event.body, state)
            try check(reason: event.reason, of: "A return")
            guard event.proposed != event.body else {
                throw ComplaintRefusal.sameBody(
                    "A return names another body than the one that returns it.", field: "body")
            }
            guard state.returned != event else { return [] }
            return [Happening(.complaintReturnProposed(event), at: now)]
        case .decline(let reason):
            try check(state, now, now)
            guard state.returned != nil else {
                throw ComplaintRefusal.notReturned("No body has returned the complaint: there is nothing to decline.")
            }
            try check(reason: reason, of: "Declining a return")
            return [Happening(.complaintReturnDeclined(ComplaintReturnDeclined(reason: reason)), at: now)]
        case .ask(let event):
            try check(state, now, now)
            try checkIsWith(event.body, state)
            return [Happening(.applicantAsked(event), at: now)]
        case .add(let event):
            try check(state, now, now)
            guard event.document != nil || event.text != nil else {
                throw ComplaintRefusal.nothingAdded("Write something or choose a document.", field: "text")
            }
            return [Happening(.applicantAdded(event), at: now)]
        case .rate(let isHelpful):
            try checkAnswered(state)
            guard state.isHelpful != isHelpful else { return [] }
            return [Happening(.answerRated(AnswerRated(isHelpful: isHelpful)), at: now)]
        case .continue(let number):
            try checkAnswered(state)
            // LSS art. 25 lets the applicant go to the Agency when the provider's answer does not satisfy him; after the
            // Agency there is the court.
            guard state.reviewer == .body, state.continuedAs == nil else {
                throw ComplaintRefusal.cannotContinue(
                    "The answer was taken to the Agency already, or is the Agency's own.")
            }
            return [Happening(.complaintContinued(ComplaintContinued(number: number)), at: now)]
        }
    }

    /// A body acts on a complaint only while it is the one that must answer.
    static func checkIsWith(_ body: String, _ state: State) throws {
        guard state.body == body else {
            throw ComplaintRefusal.notWithBody("The complaint is with another body now.")
        }
    }

    private static func checkAnswered(_ state: State) throws {
        guard state.status == .answered else {
            throw ComplaintRefusal.notAnswered("The complaint has no answer yet.")
        }
    }
}
