import Casework
import WorkingDays

/// Words and a document, for the steps that need nothing else.
package struct StepNote: Codable, Hashable, Sendable {
    /// What was recorded.
    package var text: String
    /// The SHA-256 of a document.
    package var document: String?

    /// The word for a return because the head's signature is missing; the string tables know it.
    package static let unsigned = "unsigned"
    /// The word for a return because the form is not filled in.
    package static let incomplete = "incomplete"

    /// A note from its parts.
    package init(text: String, document: String? = nil) {
        self.text = text
        self.document = document
    }
}

/// A correction of what was recorded; the earlier entry stays.
package struct EntryCorrected: Codable, Hashable, Sendable {
    /// The place of the corrected entry in the case.
    package var entry: Int
    /// What it should say.
    package var text: String
    /// Why.
    package var reason: String
    /// The name of the corrected event, where its moment was wrong.
    package var step: String?
    /// The wrong moment.
    package var was: Moment?
    /// When it really happened; the clocks follow it.
    package var moment: Moment?

    /// A value from its parts.
    package init(
        entry: Int, text: String, reason: String, step: String? = nil, was: Moment? = nil, moment: Moment? = nil
    ) {
        self.entry = entry
        self.text = text
        self.reason = reason
        self.step = step
        self.was = was
        self.moment = moment
    }
}

/// The body and the service of a case, carried by every event so that clocks and lists can be read by them.
package struct CaseSubject: Codable, Hashable, Sendable {
    /// The code of the body.
    package var body: String
    /// The code of the service.
    package var service: String
    /// The zone of the body, where it is not the centre's.
    package var zone: String?

    /// A value from its parts.
    package init(body: String, service: String, zone: String? = nil) {
        self.body = body
        self.service = service
        self.zone = zone
    }

    var facts: [String: String] {
        var facts = ["body": body, "service": service]
        facts["zone"] = zone
        return facts
    }
}

/// What can happen to an information request.
package enum InformationRequestEvent: EventContent, Equatable {
    /// The line of the plan-schedule was approved; the case begins.
    case planLineApproved(PlanLineApproved)
    /// The line was changed.
    case planLineAmended(PlanLineAmended, CaseSubject)
    /// The request was sent.
    case requestSent(RequestSent, CaseSubject)
    /// The sending failed; the text says how.
    case requestSendingFailed(StepNote, CaseSubject)
    /// The body has it: its clock starts.
    case requestReceived(RequestReceived, CaseSubject)
    /// The body appointed a responsible person.
    case responsiblePersonAppointed(ResponsiblePersonAppointed, CaseSubject)
    /// The information came, complete and signed.
    case informationSubmitted(InformationSubmitted, CaseSubject)
    /// The information was returned; the text is the reason.
    case informationReturned(StepNote, CaseSubject)
    /// The information stands in the knowledge base.
    case informationEntered(InformationEntered, CaseSubject)
    /// The centre's staff were trained.
    case trainingHeld(StepNote, CaseSubject)
    /// One side signed the protocol.
    case protocolSigned(ProtocolSigned, CaseSubject)
    /// Both sides have signed.
    case protocolCompleted(CaseSubject)
    /// The centre started to consult.
    case wentLive(CaseSubject)
    /// The line was taken off the plan; the text is the reason. All clocks end without an outcome.
    case requestCancelled(StepNote, CaseSubject)
    /// An oral consultation or a telephone call (797 §11.2).
    case contactMade(StepNote, CaseSubject)
    /// An entry was corrected.
    case entryCorrected(EntryCorrected, CaseSubject)

    package var facts: [String: String] {
        var facts = subject.facts
        switch self {
        case .planLineApproved(let line): facts["plannedAcceptance"] = line.acceptanceOn?.description
        case .planLineAmended(let line, _):
            facts["plannedAcceptance"] = line.acceptanceOn?.description
            facts["request"] = line.wasSent ? "sent" : "unsent"
        case .requestReceived(let received, _): facts["sentAgain"] = received.sentAgain?.rawValue
        default: break
        }
        return facts
    }

    /// The moment that a correction puts right.
    package var correction: MomentCorrection? {
        guard case .entryCorrected(let corrected, _) = self, let moment = corrected.moment else { return nil }
        return MomentCorrection(entry: corrected.entry, moment: moment)
    }

    package var clockDate: CivilDate? {
        switch self {
        case .planLineApproved(let line): line.requestOn
        case .planLineAmended(let line, _): line.requestOn
        default: nil
        }
    }
}
