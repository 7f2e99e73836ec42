import Casework
import Languages
import WorkingDays

/// Somebody turned to us.
package struct ContactStarted: Codable, Hashable, Sendable {
    /// How.
    package var channel: ContactChannel
    /// The language of the conversation.
    package var language: Language
    /// What is kept of telephony's reference to the call: a keyed hash, or nothing.
    package var call: String?

    /// A beginning from its parts.
    package init(channel: ContactChannel, language: Language, call: String? = nil) {
        self.channel = channel
        self.language = language
        self.call = call
    }
}

/// What a contact turned out to be about; members that are nil say nothing.
package struct ContactDescribed: Codable, Hashable, Sendable {
    /// How the caller turned to us.
    package var channel: ContactChannel?
    /// The language of the conversation.
    package var language: Language?
    /// What it is about.
    package var topic: ContactTopic?
    /// The code of the service.
    package var service: String?

    /// A description from its parts.
    package init(
        channel: ContactChannel? = nil, language: Language? = nil, topic: ContactTopic? = nil, service: String? = nil
    ) {
        self.channel = channel
        self.language = language
        self.topic = topic
        self.service = service
    }
}

/// A card was read out: which edition of it, in which language.
package struct ContactCardTold: Codable, Hashable, Sendable {
    /// The code of the card.
    package var card: String
    /// The edition that the operator saw.
    package var edition: Int
    /// The language in which it was read.
    package var language: Language

    /// What was told, from its parts.
    package init(card: String, edition: Int, language: Language) {
        self.card = card
        self.edition = edition
        self.language = language
    }
}

/// Guidance was given.
package struct ContactGuidanceGiven: Codable, Hashable, Sendable {
    /// About what.
    package var guidance: ContactGuidance
    /// In which language.
    package var language: Language
    /// For a complaint: the last day of its review, had it been filed at that moment.
    package var dueOn: CivilDate?
    /// For a complaint: the edition of the rulebook by which that day was computed.
    package var edition: String?
    /// For a stage: whether there was anything to tell.
    package var isKnown: Bool?

    /// Guidance from its parts.
    package init(
        guidance: ContactGuidance, language: Language, dueOn: CivilDate? = nil, edition: String? = nil,
        isKnown: Bool? = nil
    ) {
        self.guidance = guidance
        self.language = language
        self.dueOn = dueOn
        self.edition = edition
        self.isKnown = isKnown
    }
}

/// The search had nothing, and that was reported.
package struct ContactGapReported: Codable, Hashable, Sendable {
    /// The identifier of the gap.
    package var gap: String

    /// A report of a gap.
    package init(gap: String) { self.gap = gap }
}

/// A complaint was registered from the words of the caller.
package struct ContactComplaintFiled: Codable, Hashable, Sendable {
    /// The number of the complaint.
    package var complaint: String

    /// A complaint of a call.
    package init(complaint: String) { self.complaint = complaint }
}

/// The contact ended.
package struct ContactClosed: Codable, Hashable, Sendable {
    /// How.
    package var outcome: ContactOutcome
    /// How long it took, in seconds.
    package var seconds: Int
    /// Who ended the record.
    package var closer: ContactCloser

    /// An end from its parts.
    package init(outcome: ContactOutcome, seconds: Int, closer: ContactCloser = .person) {
        self.outcome = outcome
        self.seconds = seconds
        self.closer = closer
    }
}

/// What can happen to a contact, stream `contact/2026-000001`.
package enum ContactEvent: EventContent, Equatable {
    /// It began.
    case contactStarted(ContactStarted)
    /// More was learned of it.
    case contactDescribed(ContactDescribed)
    /// A card was read out.
    case contactCardTold(ContactCardTold)
    /// Guidance was given.
    case contactGuidanceGiven(ContactGuidanceGiven)
    /// We had nothing, and that was reported.
    case contactGapReported(ContactGapReported)
    /// A complaint was registered.
    case contactComplaintFiled(ContactComplaintFiled)
    /// It ended.
    case contactClosed(ContactClosed)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case contactStarted, contactDescribed, contactCardTold, contactGuidanceGiven, contactGapReported,
            contactComplaintFiled, contactClosed
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .contactStarted(let event): Tagged(.contactStarted, event)
        case .contactDescribed(let event): Tagged(.contactDescribed, event)
        case .contactCardTold(let event): Tagged(.contactCardTold, event)
        case .contactGuidanceGiven(let event): Tagged(.contactGuidanceGiven, event)
        case .contactGapReported(let event): Tagged(.contactGapReported, event)
        case .contactComplaintFiled(let event): Tagged(.contactComplaintFiled, event)
        case .contactClosed(let event): Tagged(.contactClosed, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .contactStarted: .contactStarted(try content())
        case .contactDescribed: .contactDescribed(try content())
        case .contactCardTold: .contactCardTold(try content())
        case .contactGuidanceGiven: .contactGuidanceGiven(try content())
        case .contactGapReported: .contactGapReported(try content())
        case .contactComplaintFiled: .contactComplaintFiled(try content())
        case .contactClosed: .contactClosed(try content())
        }
    }
}
