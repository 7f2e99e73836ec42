import Casework
import Journal
import WorkingDays

/// What can happen to a short case; one type for all kinds, since all say the same of it.
package struct DutyEvent: EventContent, Equatable {
    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case changeTookEffect, responsiblePersonLeft, additionalRequestReceived, repeatedRefusal, trainingRequested,
            changeSubmitted, responsiblePersonNotified, additionalAnswered, additionalRefused, agencyInformed,
            agencyTrainingHeld
        /// A refusal came before the notice was sent.
        case refusalAdded
        /// An entry was put right.
        case dutyCorrected
        /// The case was entered by mistake: nobody is charged with it.
        case dutyAnnulled
    }

    /// The events that begin a case.
    static let beginnings: Set<Name> = [
        InformationChange.begins, ResponsiblePersonChange.begins, AdditionalRequest.begins, RefusalNotice.begins,
        AgencyTraining.begins,
    ]

    /// What happened.
    package let kind: Name
    /// What was recorded.
    package let note: DutyNote

    /// An event of a name with what was recorded.
    package init(_ kind: Name, _ note: DutyNote) {
        self.kind = kind
        self.note = note
    }

    package var tagged: Tagged<Name> { Tagged(kind, note) }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self { Self(name, try content()) }

    package var facts: [String: String] {
        var facts = ["body": note.body]
        facts["service"] = note.service
        facts["zone"] = note.zone
        return facts
    }

    package var clockDate: CivilDate? { note.on }

    /// The moment that a correction puts right.
    package var correction: MomentCorrection? {
        note.corrects.map { MomentCorrection(entry: $0.entry, moment: $0.moment, date: $0.on) }
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
    /// The place of that entry in the case.
    package var endedEntry: Int?
    /// Why it was annulled; nil where it stands.
    package var annulled: DutyNote?
}

/// What can be asked of a short case.
package enum DutyCommand: Sendable {
    /// Begins it; what the registry knows of its codes is looked up in the same transaction.
    case begin(DutyNote, about: DutySubject? = nil, at: Moment)
    /// Adds something to it while it is open.
    case add(DutyNote, at: Moment)
    /// Ends it by one of its kind's events.
    case end(String, DutyNote, at: Moment)
    /// Puts an entry right: its moment, or the day that it names, or both.
    case correct(entry: Int, moment: Moment?, on: CivilDate?, reason: String)
    /// Says that it was entered by mistake; the reference names the case that stands.
    case annul(reason: String, reference: String? = nil)
}

/// What the registry knows of the codes that a short case names, when it begins.
package struct DutySubject: Hashable, Sendable {
    /// Whose service it is.
    package enum Service: Hashable, Sendable {
        /// The case names none.
        case none
        /// The registry has no such service.
        case unknown
        /// It is another body's, and no line of a plan asks this one about it.
        case foreign
        /// The body answers for it, or was asked about it.
        case own
    }

    /// The kind of the body, in the words of the registry; nil where it has no such body.
    package var bodyKind: String?
    /// The last day of the body, nil while it exists.
    package var bodyEnd: CivilDate?
    /// Whose the service is.
    package var service: Service
    /// The registrations of those who answer for the body now.
    package var persons: [String]

    /// A subject from its parts.
    package init(
        bodyKind: String?, bodyEnd: CivilDate? = nil, service: Service = .none, persons: [String] = []
    ) {
        self.bodyKind = bodyKind
        self.bodyEnd = bodyEnd
        self.service = service
        self.persons = persons
    }
}
