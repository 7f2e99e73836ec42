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
    /// The registration of the responsible person who left, or of the new one (797 §7).
    package var registration: String?
    /// For a correction: the entry that it puts right.
    package var corrects: DutyCorrection?

    /// The grounds of a refusal: the secrets protected by law (797 §11.1), or none of them.
    package static let grounds = ["state-secret", "commercial-secret", "other-secret", "none"]

    /// A note from its parts.
    package init(
        body: String, service: String? = nil, text: String, ground: String? = nil, reference: String? = nil,
        documents: [String] = [], on: CivilDate? = nil, zone: String? = nil, registration: String? = nil
    ) {
        self.body = body
        self.service = service
        self.text = text
        self.ground = ground
        self.reference = reference
        self.documents = documents
        self.on = on
        self.zone = zone
        self.registration = registration
    }
}

/// An entry of a short case, put right; the entry itself stays.
package struct DutyCorrection: Codable, Hashable, Sendable {
    /// The place of the entry in the case, from 1.
    package var entry: Int
    /// When it was said to have happened.
    package var was: Moment
    /// When it really happened.
    package var moment: Moment
    /// The day that counts, where the entry names one of its own.
    package var on: CivilDate?

    /// A correction from its parts.
    package init(entry: Int, was: Moment, moment: Moment, on: CivilDate? = nil) {
        self.entry = entry
        self.was = was
        self.moment = moment
        self.on = on
    }
}

/// A kind of short case: something begins it, something ends it.
package protocol DutyKind: Sendable {
    /// The procedure of the rulebook, which is also the kind of the stream.
    static var procedure: String { get }
    /// The event that begins it, in the name of docs/rulebooks.md.
    static var begins: DutyEvent.Name { get }
    /// The events that end it.
    static var ends: [DutyEvent.Name] { get }
    /// The event by which something is added to it while it is open; nil where nothing can be.
    static var adds: DutyEvent.Name? { get }
    /// Whether ending it needs documents attached.
    static var endNeedsDocuments: Bool { get }
    /// Whether ending it names the new responsible person.
    static var endNeedsPerson: Bool { get }
    /// Whether it is about a service, and of which day it is must be said.
    static var needsServiceAndDay: Bool { get }
    /// Whether it begins by itself, out of other cases; nobody begins it, and its beginning is corrected by theirs.
    static var followsOthers: Bool { get }
}

extension DutyKind {
    /// Nothing is added, unless a kind says otherwise.
    package static var adds: DutyEvent.Name? { nil }
    /// No documents, unless a kind says otherwise.
    package static var endNeedsDocuments: Bool { false }
    /// Nobody is named, unless a kind says otherwise.
    package static var endNeedsPerson: Bool { false }
    /// The moment tells the day, unless a kind says otherwise.
    package static var needsServiceAndDay: Bool { false }
    /// Somebody begins it, unless a kind says otherwise.
    package static var followsOthers: Bool { false }
}

/// A change of the information (797 §6).
package enum InformationChange: DutyKind {
    package static let procedure = "information-change"
    /// What begins it.
    package static let begins = DutyEvent.Name.changeTookEffect
    /// What ends it.
    package static let ends: [DutyEvent.Name] = [.changeSubmitted]
    /// The term runs from the day on which the change takes effect (797 §6).
    package static let needsServiceAndDay = true
}

/// A responsible person who left (797 §7).
package enum ResponsiblePersonChange: DutyKind {
    package static let procedure = "responsible-person-change"
    /// What begins it.
    package static let begins = DutyEvent.Name.responsiblePersonLeft
    /// What ends it.
    package static let ends: [DutyEvent.Name] = [.responsiblePersonNotified]
    /// The notice has the details of the new one (797 §7).
    package static let endNeedsPerson = true
}

/// A request for additional information (797 §10, §11.1).
package enum AdditionalRequest: DutyKind {
    package static let procedure = "additional-request"
    /// What begins it.
    package static let begins = DutyEvent.Name.additionalRequestReceived
    /// What ends it.
    package static let ends: [DutyEvent.Name] = [.additionalAnswered, .additionalRefused]
}

/// The notice to the Agency of a body that refused several times within a month (797 §12).
package enum RefusalNotice: DutyKind {
    package static let procedure = "refusal-notice"
    /// What begins it.
    package static let begins = DutyEvent.Name.repeatedRefusal
    /// What ends it.
    package static let ends: [DutyEvent.Name] = [.agencyInformed]
    /// A refusal that comes before the notice was sent.
    package static let adds: DutyEvent.Name? = .refusalAdded
    /// It begins with the second refusal.
    package static let followsOthers = true
    /// The documents of the refusals go with the notice (797 §12).
    package static let endNeedsDocuments = true
}

/// Training of the Agency's employees (797 §19).
package enum AgencyTraining: DutyKind {
    package static let procedure = "agency-training"
    /// What begins it.
    package static let begins = DutyEvent.Name.trainingRequested
    /// What ends it.
    package static let ends: [DutyEvent.Name] = [.agencyTrainingHeld]
}
