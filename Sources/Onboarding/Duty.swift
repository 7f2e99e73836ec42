import CanonicalJSON
import Casework
import Journal
import WorkingDays

/// What begins or ends a short case.
package struct DutyNote: Codable, Hashable, Sendable {
    /// The code of the body.
    package var body: String
    /// The code of the service, where the case is about one.
    package var service: String?
    /// What is asked, answered or told.
    package var text: String
    /// The ground of a refusal: `state-secret`, `commercial-secret`, `other-secret`, or `none`.
    package var ground: String?
    /// The number or day of the thing: an outgoing number, the order, the numbers of the refusals.
    package var reference: String?
    /// The SHA-256 of the documents.
    package var documents: [String]
    /// The day that counts, where it is not that of the moment: the day on which a change takes effect.
    package var on: CivilDate?
    /// The zone of the body, where it is not the centre's.
    package var zone: String?

    /// The grounds of a refusal: the secrets protected by law (797 §11.1), or none of them.
    package static let grounds = ["state-secret", "commercial-secret", "other-secret", "none"]

    /// A note from its parts.
    package init(
        body: String, service: String? = nil, text: String, ground: String? = nil, reference: String? = nil,
        documents: [String] = [], on: CivilDate? = nil, zone: String? = nil
    ) {
        self.body = body
        self.service = service
        self.text = text
        self.ground = ground
        self.reference = reference
        self.documents = documents
        self.on = on
        self.zone = zone
    }
}

/// A kind of short case: something begins it, something ends it.
package protocol DutyKind: Sendable {
    /// The procedure of the rulebook, which is also the kind of the stream.
    static var procedure: String { get }
    /// The event that begins it, in the name of docs/rulebooks.md.
    static var begins: String { get }
    /// The events that end it.
    static var ends: [String] { get }
    /// Whether ending it needs documents attached.
    static var endNeedsDocuments: Bool { get }
}

extension DutyKind {
    /// No documents, unless a kind says otherwise.
    package static var endNeedsDocuments: Bool { false }
}

/// A change of the information (797 §6).
package enum InformationChange: DutyKind {
    package static let procedure = "information-change"
    /// What begins it.
    package static let begins = "changeTookEffect"
    /// What ends it.
    package static let ends = ["changeSubmitted"]
}

/// A responsible person who left (797 §7).
package enum ResponsiblePersonChange: DutyKind {
    package static let procedure = "responsible-person-change"
    /// What begins it.
    package static let begins = "responsiblePersonLeft"
    /// What ends it.
    package static let ends = ["responsiblePersonNotified"]
}

/// A request for additional information (797 §10, §11.1).
package enum AdditionalRequest: DutyKind {
    package static let procedure = "additional-request"
    /// What begins it.
    package static let begins = "additionalRequestReceived"
    /// What ends it.
    package static let ends = ["additionalAnswered", "additionalRefused"]
}

/// The notice to the Agency of a body that refused several times within a month (797 §12).
package enum RefusalNotice: DutyKind {
    package static let procedure = "refusal-notice"
    /// What begins it.
    package static let begins = "repeatedRefusal"
    /// What ends it.
    package static let ends = ["agencyInformed"]
    /// The documents of the refusals go with the notice (797 §12).
    package static let endNeedsDocuments = true
}

/// Training of the Agency's employees (797 §19).
package enum AgencyTraining: DutyKind {
    package static let procedure = "agency-training"
    /// What begins it.
    package static let begins = "trainingRequested"
    /// What ends it.
    package static let ends = ["agencyTrainingHeld"]
}

/// What can happen to a short case; one type for all kinds, since all say the same of it.
package struct DutyEvent: EventContent, Equatable {
    package static let names =
        [InformationChange.begins, ResponsiblePersonChange.begins, AdditionalRequest.begins, RefusalNotice.begins]
        + [AgencyTraining.begins] + InformationChange.ends + ResponsiblePersonChange.ends + AdditionalRequest.ends
        + RefusalNotice.ends + AgencyTraining.ends

    package let name: String
    /// What was recorded.
    package let note: DutyNote

    /// An event of a name with what was recorded.
    package init(name: String, note: DutyNote) {
        self.name = name
        self.note = note
    }

    package var facts: [String: String] {
        var facts = ["body": note.body]
        facts["service"] = note.service
        facts["zone"] = note.zone
        return facts
    }

    package var clockDate: CivilDate? { note.on }

    package func write(to json: inout JSONWriter) throws { json.canonical(try CanonicalCoding.encode(note)) }

    package init(name: String, payload: [UInt8]) throws {
        self.init(name: name, note: try CanonicalCoding.decode(DutyNote.self, from: payload))
    }
}

/// What is known of a short case.
package struct DutyState: Hashable, Sendable {
    /// What began it.
    package var begun: DutyNote?
    /// When it began.
    package var begunAt: Moment?
    /// What ended it.
    package var ended: DutyNote?
    /// The event that ended it.
    package var endedBy: String?
    /// When it ended.
    package var endedAt: Moment?
}

/// What can be asked of a short case.
package enum DutyCommand: Sendable {
    /// Begins it.
    case begin(DutyNote, at: Moment)
    /// Ends it by one of its kind's events.
    case end(String, DutyNote, at: Moment)
}

/// A short case of a kind, stream `<procedure>/<id>`.
package enum Duty<Kind: DutyKind>: CaseKind {
    package typealias State = DutyState
    package typealias Event = DutyEvent
    package typealias Command = DutyCommand

    package static var streamKind: String { Kind.procedure }
    package static var procedure: String? { Kind.procedure }
    package static var initial: DutyState { DutyState() }

    package static func evolve(_ state: inout DutyState, by event: DutyEvent, stamp: EventStamp) {
        if event.name == Kind.begins {
            (state.begun, state.begunAt) = (event.note, stamp.occurredAt)
        } else {
            (state.ended, state.endedBy, state.endedAt) = (event.note, event.name, stamp.occurredAt)
        }
    }

    package static func decide(
        _ command: DutyCommand, on state: DutyState, in context: DecisionContext
    ) throws -> [Happening<DutyEvent>] {
        switch command {
        case .begin(let note, let at):
            guard state.begun == nil else { throw Refusal("duty.exists", "This case exists already.") }
            guard at <= context.now else { throw Refusal("duty.future", "It would begin in the future.", field: "at") }
            return [Happening(DutyEvent(name: Kind.begins, note: note), at: at)]
        case .end(let name, var note, let at):
            guard let begun = state.begun, let begunAt = state.begunAt else {
                throw Refusal("duty.unknown", "There is no such case: check the number.")
            }
            guard state.ended == nil else { throw Refusal("duty.ended", "This case has ended already.") }
            guard Kind.ends.contains(name) else {
                throw Refusal("duty.wrongEnd", "“\(name)” does not end such a case.")
            }
            guard at <= context.now, at >= begunAt else {
                throw Refusal(
                    "duty.order", "The moment lies before the beginning or in the future: check it.", field: "at")
            }
            if name == "additionalRefused", !DutyNote.grounds.contains(note.ground ?? "") {
                throw Refusal(
                    "duty.groundMissing",
                    "A refusal needs its ground: \(DutyNote.grounds.joined(separator: ", ")).", field: "ground")
            }
            if Kind.endNeedsDocuments {
                note.documents = begun.documents + note.documents.filter { !begun.documents.contains($0) }
                if note.documents.isEmpty {
                    throw Refusal(
                        "duty.documentsMissing", "Attach the documents of the refusals (797 §12).", field: "documents")
                }
            }
            (note.body, note.service, note.zone) = (begun.body, begun.service, begun.zone)
            // An end counts on the day of its moment; only a beginning can name another.
            note.on = nil
            return [Happening(DutyEvent(name: name, note: note), at: at)]
        }
    }
}
