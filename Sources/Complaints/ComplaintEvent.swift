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
    /// The body confirmed that it has it.
    case complaintReceived(ComplaintReceived)
    /// The body says that another one is competent.
    case complaintReturnProposed(ComplaintReturnProposed)
    /// An officer declined that.
    case complaintReturnDeclined(ComplaintReturnDeclined)
    /// The body asked the applicant something.
    case applicantAsked(ApplicantAsked)
    /// The applicant added words or a document.
    case applicantAdded(ApplicantAdded)
    /// The applicant said whether the answer helped.
    case answerRated(AnswerRated)
    /// The applicant took it to the Agency.
    case complaintContinued(ComplaintContinued)
    /// The forum tells a step that the law does not allow: a finding, which moves no term.
    case unlawfulStepFound(UnlawfulStepFound)
    /// It came into an officer's hands, or was put back.
    case complaintAssigned(ComplaintAssigned)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case complaintRegistered, complaintTransferred, complaintExtended, applicantTold, complaintAnswered,
            complaintWithdrawn, complaintClassified, complaintCorrected, complaintAnnulled, complaintNoted,
            complaintRevealed, complaintReceived, complaintReturnProposed, complaintReturnDeclined, applicantAsked,
            applicantAdded, answerRated, complaintContinued, unlawfulStepFound, complaintAssigned
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .complaintRegistered(let event): Tagged(.complaintRegistered, event)
        case .complaintTransferred(let event): Tagged(.complaintTransferred, event)
        case .complaintExtended(let event): Tagged(.complaintExtended, event)
        case .applicantTold(let event): Tagged(.applicantTold, event)
        case .complaintAnswered(let event): Tagged(.complaintAnswered, event)
        case .complaintWithdrawn(let event): Tagged(.complaintWithdrawn, event)
        case .complaintClassified(let event): Tagged(.complaintClassified, event)
        case .complaintCorrected(let event): Tagged(.complaintCorrected, event)
        case .complaintAnnulled(let event): Tagged(.complaintAnnulled, event)
        case .complaintNoted(let event): Tagged(.complaintNoted, event)
        case .complaintRevealed(let event): Tagged(.complaintRevealed, event)
        case .complaintReceived(let event): Tagged(.complaintReceived, event)
        case .complaintReturnProposed(let event): Tagged(.complaintReturnProposed, event)
        case .complaintReturnDeclined(let event): Tagged(.complaintReturnDeclined, event)
        case .applicantAsked(let event): Tagged(.applicantAsked, event)
        case .applicantAdded(let event): Tagged(.applicantAdded, event)
        case .answerRated(let event): Tagged(.answerRated, event)
        case .complaintContinued(let event): Tagged(.complaintContinued, event)
        case .unlawfulStepFound(let event): Tagged(.unlawfulStepFound, event)
        case .complaintAssigned(let event): Tagged(.complaintAssigned, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .complaintRegistered: .complaintRegistered(try content())
        case .complaintTransferred: .complaintTransferred(try content())
        case .complaintExtended: .complaintExtended(try content())
        case .applicantTold: .applicantTold(try content())
        case .complaintAnswered: .complaintAnswered(try content())
        case .complaintWithdrawn: .complaintWithdrawn(try content())
        case .complaintClassified: .complaintClassified(try content())
        case .complaintCorrected: .complaintCorrected(try content())
        case .complaintAnnulled: .complaintAnnulled(try content())
        case .complaintNoted: .complaintNoted(try content())
        case .complaintRevealed: .complaintRevealed(try content())
        case .complaintReceived: .complaintReceived(try content())
        case .complaintReturnProposed: .complaintReturnProposed(try content())
        case .complaintReturnDeclined: .complaintReturnDeclined(try content())
        case .applicantAsked: .applicantAsked(try content())
        case .applicantAdded: .applicantAdded(try content())
        case .answerRated: .answerRated(try content())
        case .complaintContinued: .complaintContinued(try content())
        case .unlawfulStepFound: .unlawfulStepFound(try content())
        case .complaintAssigned: .complaintAssigned(try content())
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
            facts["registeredOn"] = event.registeredOn?.description
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
    /// The number of the complaint whose answer the applicant takes to the Agency by this one.
    package var continues: String?
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
    /// The kind of that body in the registry; nil where none was named, and in old entries.
    package var namedKind: String?
    /// Which of its units was named, which has no code: a region or `rural` (`BodyAddress`).
    package var namedUnit: String?
    /// The number of the applicant in the vault.
    package var person: String?
    /// Where he was served: `portal`, `psc`, `office`; nil also in old entries, where only the rule tells it.
    package var place: String?
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
    /// Through which of its units the body is addressed, which has no code: a region or `rural`; nil: the body itself.
    package var unit: String?
    /// An event from its parts.
    package init(
        body: String, bodyKind: String, channel: String, contacts: String? = nil, continues: String? = nil,
        forumNumber: String? = nil, ground: RegistrationRule.Ground, kind: ComplaintKind, language: String? = nil,
        named: String? = nil, namedKind: String? = nil, namedUnit: String? = nil,
        person: String? = nil, place: String? = nil, region: String? = nil, registeredOn: CivilDate, reviewer: Reviewer,
        routing: String,
        rule: String, service: String? = nil, subject: String? = nil, unit: String? = nil
    ) {
        self.body = body
        self.bodyKind = bodyKind
        self.channel = channel
        self.contacts = contacts
        self.continues = continues
        self.forumNumber = forumNumber
        self.ground = ground
        self.kind = kind
        self.language = language
        self.named = named
        self.namedKind = namedKind
        self.namedUnit = namedUnit
        self.person = person
        self.place = place
        self.region = region
        self.registeredOn = registeredOn
        self.reviewer = reviewer
        self.routing = routing
        self.rule = rule
        self.service = service
        self.subject = subject
        self.unit = unit
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
    /// The day from which its term runs, by the rule of registration; nil in old entries, which count from the day itself.
    package var registeredOn: CivilDate?
    /// Under which term it is reviewed from now on.
    package var reviewer: Reviewer
    /// The code of the service, for worklists.
    package var service: String?
    /// Through which of its units the body is addressed; nil: the body itself.
    package var unit: String?
    /// An event from its parts.
    package init(
        body: String, bodyKind: String, reason: String, registeredOn: CivilDate? = nil, reviewer: Reviewer,
        service: String? = nil, unit: String? = nil
    ) {
        self.body = body
        self.bodyKind = bodyKind
        self.reason = reason
        self.registeredOn = registeredOn
        self.reviewer = reviewer
        self.service = service
        self.unit = unit
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
