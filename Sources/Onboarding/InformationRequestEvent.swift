import CanonicalJSON
import Casework
import WorkingDays

/// A line of the plan-schedule that the IT body approved, for one body (797 §3).
package struct PlanLineApproved: Codable, Hashable, Sendable {
    /// The plan: a year or another short name.
    package var plan: String
    /// The number of the line in the plan.
    package var line: String
    /// The code of the service.
    package var service: String
    /// The code of the body.
    package var body: String
    /// The planned day of the request (797 §4).
    package var requestOn: CivilDate
    /// The planned day of the acceptance (797 §3).
    package var acceptanceOn: CivilDate?
    /// The unit of the centre that does it.
    package var unit: String?
    /// The act of the IT body that approved the plan.
    package var approval: String
    /// Whose wall clock counts for the body's terms; the centre's where it is nil.
    package var zone: String?

    /// A value from its parts.
    package init(
        plan: String, line: String, service: String, body: String, requestOn: CivilDate, acceptanceOn: CivilDate? = nil,
        unit: String? = nil, approval: String, zone: String? = nil
    ) {
        self.plan = plan
        self.line = line
        self.service = service
        self.body = body
        self.requestOn = requestOn
        self.acceptanceOn = acceptanceOn
        self.unit = unit
        self.approval = approval
        self.zone = zone
    }
}

/// A line of the plan-schedule that was changed after its approval, with the act that changed it (797 §3).
package struct PlanLineAmended: Codable, Hashable, Sendable {
    /// The planned day of the request from now on.
    package var requestOn: CivilDate
    /// The planned day of the acceptance from now on.
    package var acceptanceOn: CivilDate?
    /// The unit of the centre that does it from now on.
    package var unit: String?
    /// The act of the IT body that approved the change.
    package var approval: String
    /// Why the line was changed.
    package var reason: String
    /// Whether the request had been sent already; its planned day then moves no clock.
    package var wasSent: Bool
    /// The SHA-256 of the act.
    package var document: String?

    /// A value from its parts.
    package init(
        requestOn: CivilDate, acceptanceOn: CivilDate? = nil, unit: String? = nil, approval: String, reason: String,
        wasSent: Bool = false, document: String? = nil
    ) {
        self.requestOn = requestOn
        self.acceptanceOn = acceptanceOn
        self.unit = unit
        self.approval = approval
        self.reason = reason
        self.wasSent = wasSent
        self.document = document
    }
}

/// A request that was sent to the body (797 §4).
package struct RequestSent: Codable, Hashable, Sendable {
    /// Why a request is sent once more.
    package enum Again: String, Codable, CaseIterable, Hashable, Sendable {
        /// The body lost it: the clock goes on.
        case lost
        /// We had sent it to a wrong address: the clock runs anew from the right receipt.
        case wrongAddress = "wrong-address"
        /// The sending failed: no clock has started yet.
        case failed
    }

    /// The outgoing number.
    package var number: String
    /// How it was sent: `documentolog`, `mail`, `courier`…
    package var channel: String
    /// Why it was sent again; nil for the first time.
    package var again: Again?
    /// The SHA-256 of the document.
    package var document: String?

    /// A value from its parts.
    package init(number: String, channel: String, again: Again? = nil, document: String? = nil) {
        self.number = number
        self.channel = channel
        self.again = again
        self.document = document
    }
}

/// Proof that the body has the request.
package struct RequestReceived: Codable, Hashable, Sendable {
    /// What proves it: the incoming number, the acknowledgement, the courier's receipt.
    package var proof: String
    /// Whether this is the receipt after our wrong address.
    package var sentAgain: RequestSent.Again?
    /// The SHA-256 of the document that proves it.
    package var document: String?

    /// A value from its parts.
    package init(proof: String, sentAgain: RequestSent.Again? = nil, document: String? = nil) {
        self.proof = proof
        self.sentAgain = sentAgain
        self.document = document
    }
}

/// The responsible person that the body appointed (797 §5); who he is stands sealed in the registry.
package struct ResponsiblePersonAppointed: Codable, Hashable, Sendable {
    /// The number of the registration in the registry.
    package var registration: String?
    /// The order of appointment.
    package var order: String?
    /// The SHA-256 of the order.
    package var document: String?

    /// A value from its parts.
    package init(registration: String? = nil, order: String? = nil, document: String? = nil) {
        self.registration = registration
        self.order = order
        self.document = document
    }
}

/// Information that the responsible person submitted (797 §5).
package struct InformationSubmitted: Codable, Hashable, Sendable {
    /// Whether the head of the body signed it.
    package var isSignedByHead: Bool
    /// Whether every field of the appendix form is filled in.
    package var isComplete: Bool
    /// `electronic`, `paper` or `both`.
    package var medium: String
    /// The SHA-256 of the form.
    package var document: String?
    /// The fields of the form that lack, in the order of the form; nil where nothing lacks or nobody said.
    package var missing: [AppendixField]?

    /// A value from its parts.
    package init(
        isSignedByHead: Bool, isComplete: Bool, medium: String = "electronic", document: String? = nil,
        missing: [AppendixField]? = nil
    ) {
        self.isSignedByHead = isSignedByHead
        self.isComplete = isComplete
        self.medium = medium
        self.document = document
        self.missing = missing
    }
}

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

/// A signature under the protocol of acceptance (797 §8).
package struct ProtocolSigned: Codable, Hashable, Sendable {
    /// Who signs.
    package enum Side: String, Codable, CaseIterable, Hashable, Sendable {
        /// The contact centre.
        case centre
        /// The body.
        case body
    }

    /// The side.
    package var side: Side
    /// The position of the authorised representative.
    package var position: String
    /// The SHA-256 of the signed protocol.
    package var document: String?

    /// A value from its parts.
    package init(side: Side, position: String, document: String? = nil) {
        self.side = side
        self.position = position
        self.document = document
    }
}

/// The card into which the information was entered (797 §5).
package struct InformationEntered: Codable, Hashable, Sendable {
    /// The code of the card.
    package var card: String
    /// Its edition.
    package var edition: Int

    /// A value from its parts.
    package init(card: String, edition: Int) {
        self.card = card
        self.edition = edition
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
