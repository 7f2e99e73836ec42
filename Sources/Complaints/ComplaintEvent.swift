import CanonicalJSON
import Casework
import Rulebook
import WorkingDays

/// What can happen to a complaint.
package enum ComplaintEvent: EventContent, Equatable {
    /// It was filed and registered.
    case complaintRegistered(ComplaintRegistered)
    /// It was handed to another body.
    case complaintTransferred(ComplaintTransferred)
    /// The term of its review was extended.
    case complaintExtended(ComplaintExtended)
    /// The applicant was told of the extension.
    case applicantTold(ApplicantTold)
    /// It was answered.
    case complaintAnswered(ComplaintAnswered)
    /// The applicant took it back.
    case complaintWithdrawn(ComplaintWithdrawn)
    /// Its kind was corrected.
    case complaintClassified(ComplaintClassified)
    /// The moment of its filing, its answer or its withdrawal was corrected.
    case complaintCorrected(ComplaintCorrected)
    /// It was registered by mistake.
    case complaintAnnulled(ComplaintAnnulled)
    /// Somebody wrote a note on it.
    case complaintNoted(ComplaintNoted)
    /// Somebody looked at the name and the contacts of the applicant.
    case complaintRevealed(ComplaintRevealed)

    package var name: String {
        switch self {
        case .complaintRegistered: "complaintRegistered"
        case .complaintTransferred: "complaintTransferred"
        case .complaintExtended: "complaintExtended"
        case .applicantTold: "applicantTold"
        case .complaintAnswered: "complaintAnswered"
        case .complaintWithdrawn: "complaintWithdrawn"
        case .complaintClassified: "complaintClassified"
        case .complaintCorrected: "complaintCorrected"
        case .complaintAnnulled: "complaintAnnulled"
        case .complaintNoted: "complaintNoted"
        case .complaintRevealed: "complaintRevealed"
        }
    }

    package var facts: [String: String] {
        switch self {
        case .complaintRegistered(let event):
            var facts = ["reviewer": event.reviewer.rawValue, "body": event.body]
            facts["service"] = event.service
            return facts
        case .complaintTransferred(let event):
            var facts = ["reviewer": event.reviewer.rawValue, "body": event.body]
            facts["service"] = event.service
            return facts
        case .complaintExtended(let event):
            var facts = ["by": event.by.rawValue, "days": String(event.days), "reason": event.reason]
            facts["body"] = event.body
            facts["service"] = event.service
            return facts
        default: return [:]
        }
    }

    package var clockDate: CivilDate? {
        guard case .complaintRegistered(let event) = self else { return nil }
        return event.registeredOn
    }

    /// The moment that a correction puts right.
    package var correction: MomentCorrection? {
        guard case .complaintCorrected(let event) = self else { return nil }
        return MomentCorrection(entry: event.entry, moment: event.moment, date: event.registration?.on)
    }
}

/// A complaint was filed and registered; the event happened when it was filed.
///
/// Its number is the id of its stream.
package struct ComplaintRegistered: Codable, Equatable, Sendable {
    /// The code of the body that must answer.
    package var body: String
    /// The kind of that body in the registry.
    package var bodyKind: String
    /// Where it was filed: `forum`, `phone`, …
    package var channel: String
    /// Name and contacts of the applicant, sealed.
    package var contacts: String?
    /// Its number on the forum.
    package var forumNumber: String?
    /// Why it is registered on its day.
    package var ground: RegistrationRule.Ground
    /// What it is about.
    package var kind: ComplaintKind
    /// The language of the applicant, `kk` or `ru`.
    package var language: String?
    /// The code of the body that the applicant named, which need not be the one that must answer.
    package var named: String?
    /// The number of the applicant in the vault.
    package var person: String?
    /// The code of the region.
    package var region: String?
    /// The day from which its term runs.
    package var registeredOn: CivilDate
    /// Under which term it is reviewed.
    package var reviewer: Reviewer
    /// The edition of the routing table, for instance `complaints@2013-04-15`.
    package var routing: String
    /// The rule of that table by which the body was found.
    package var rule: String
    /// The code of the service.
    package var service: String?
    /// The text of the complaint, sealed.
    package var subject: String?
    /// An event from its parts.
    package init(
        body: String, bodyKind: String, channel: String, contacts: String? = nil, forumNumber: String? = nil,
        ground: RegistrationRule.Ground, kind: ComplaintKind, language: String? = nil, named: String? = nil,
        person: String? = nil, region: String? = nil, registeredOn: CivilDate, reviewer: Reviewer, routing: String,
        rule: String, service: String? = nil, subject: String? = nil
    ) {
        self.body = body
        self.bodyKind = bodyKind
        self.channel = channel
        self.contacts = contacts
        self.forumNumber = forumNumber
        self.ground = ground
        self.kind = kind
        self.language = language
        self.named = named
        self.person = person
        self.region = region
        self.registeredOn = registeredOn
        self.reviewer = reviewer
        self.routing = routing
        self.rule = rule
        self.service = service
        self.subject = subject
    }
}

/// A complaint was handed to another body; its term runs anew as the rulebook says.
package struct ComplaintTransferred: Codable, Equatable, Sendable {
    /// The code of the body that must answer from now on.
    package var body: String
    /// The kind of that body.
    package var bodyKind: String
    /// Why.
    package var reason: String
    /// Under which term it is reviewed from now on.
    package var reviewer: Reviewer
    /// The code of the service, for worklists.
    package var service: String?
    /// An event from its parts.
    package init(body: String, bodyKind: String, reason: String, reviewer: Reviewer, service: String? = nil) {
        self.body = body
        self.bodyKind = bodyKind
        self.reason = reason
        self.reviewer = reviewer
        self.service = service
    }
}

/// The term of a review was extended.
package struct ComplaintExtended: Codable, Equatable, Sendable {
    /// The body that must answer, for worklists.
    package var body: String
    /// Who extended.
    package var by: Extender
    /// By how many working days.
    package var days: Int
    /// Why.
    package var reason: String
    /// The code of the service, for worklists.
    package var service: String?
    /// An event from its parts.
    package init(body: String, by: Extender, days: Int, reason: String, service: String? = nil) {
        self.body = body
        self.by = by
        self.days = days
        self.reason = reason
        self.service = service
    }
}

/// The applicant was told of the extension and its reason.
package struct ApplicantTold: Codable, Equatable, Sendable {
    /// How: `forum`, `phone`, `e-mail`, `letter`.
    package var by: String
    /// An event from its parts.
    package init(by: String) {
        self.by = by
    }
}

/// A complaint was answered.
package struct ComplaintAnswered: Codable, Equatable, Sendable {
    /// The text of the answer, sealed.
    package var answer: String?
    /// The SHA-256 of the attached answer, in hexadecimal.
    package var attachment: String?
    /// What the body has done so that it does not happen again; holds no names.
    package var measures: String?
    /// How the review ended.
    package var outcome: ComplaintOutcome
    /// An event from its parts.
    package init(
        answer: String? = nil, attachment: String? = nil, measures: String? = nil, outcome: ComplaintOutcome
    ) {
        self.answer = answer
        self.attachment = attachment
        self.measures = measures
        self.outcome = outcome
    }
}

/// The applicant took the complaint back.
package struct ComplaintWithdrawn: Codable, Equatable, Sendable {
    /// Why, where it was said; holds no names.
    package var reason: String?
    /// An event from its parts.
    package init(reason: String? = nil) {
        self.reason = reason
    }
}

/// The kind of a complaint was corrected.
package struct ComplaintClassified: Codable, Equatable, Sendable {
    /// The right kind.
    package var kind: ComplaintKind
    /// Why.
    package var reason: String
    /// An event from its parts.
    package init(kind: ComplaintKind, reason: String) {
        self.kind = kind
        self.reason = reason
    }
}

/// The filing, the answer or the withdrawal of a complaint happened at another moment than was recorded; the entry stays.
package struct ComplaintCorrected: Codable, Equatable, Sendable {
    /// A day of registration, worked out anew from the right moment of filing.
    package struct Registration: Codable, Equatable, Sendable {
        /// Why it is that day.
        package var ground: RegistrationRule.Ground
        /// The day from which the term runs.
        package var on: CivilDate
        /// The day before the correction.
        package var was: CivilDate
    }

    /// The place of the corrected entry in the case.
    package var entry: Int
    /// When it really happened; the clocks follow it.
    package var moment: Moment
    /// Why the entry was wrong; holds no names.
    package var reason: String
    /// The day of registration, where the moment of filing was corrected; nil for an answer or a withdrawal.
    package var registration: Registration?
    /// The wrong moment.
    package var was: Moment

    /// An event from its parts.
    package init(entry: Int, moment: Moment, reason: String, registration: Registration? = nil, was: Moment) {
        self.entry = entry
        self.moment = moment
        self.reason = reason
        self.registration = registration
        self.was = was
    }
}

/// A complaint was registered by mistake: what was recorded stays, but it counts nowhere.
package struct ComplaintAnnulled: Codable, Equatable, Sendable {
    /// Of which complaint it is a duplicate, by its number.
    package var duplicateOf: String?
    /// What kind of mistake it was.
    package var ground: AnnulmentGround
    /// Why, in the words of whoever found it; holds no names.
    package var reason: String

    /// An event from its parts.
    package init(duplicateOf: String? = nil, ground: AnnulmentGround, reason: String) {
        self.duplicateOf = duplicateOf
        self.ground = ground
        self.reason = reason
    }
}

/// A note on a complaint.
package struct ComplaintNoted: Codable, Equatable, Sendable {
    /// The note, sealed; nil where the applicant had been erased by then.
    package var text: String?
    /// An event from its parts.
    package init(text: String? = nil) {
        self.text = text
    }
}

/// Somebody looked at the name and the contacts of the applicant; who and when the journal knows.
package struct ComplaintRevealed: Codable, Equatable, Sendable {
    /// What for; holds no names.
    package var purpose: String

    /// An event from its part.
    package init(purpose: String) { self.purpose = purpose }
}
