import Complaints
import Languages

/// What a text says, with how sure it is and the words that say so.
package struct ComplaintReading: Sendable {
    /// What a text is at all.
    package enum Nature: String, Sendable, CaseIterable {
        case complaint, question, thanks, proposal, withdrawal, inquiry, test, advertising, abuse
    }

    /// Whose matter it is where it is none of state services.
    package enum Elsewhere: String, Sendable, CaseIterable {
        case court
        case privateFirm = "private"
        case utilities
        case police = "police-emergency"
        case otherLaw = "other-law"
    }

    /// One answer and how sure it is.
    package struct Estimate<Value: Sendable>: Sendable {
        /// The answer.
        package let value: Value
        /// How sure it is, 0...1: of those said to be 0.9 nine in ten are right.
        package var confidence: Double
        /// The words that say so.
        package let evidence: [Evidence]
    }

    /// Words of the text that speak for an answer.
    package struct Evidence: Hashable, Sendable {
        /// Where they stand, in UTF-8 bytes of the text.
        package let bytes: Range<Int>
        /// What they are: the name of a cue, a place, a body, a service.
        package let what: String
    }

    /// Who must answer, by the routing table.
    package struct Addressee: Sendable {
        /// The code of the body.
        package let body: String
        /// The rule of the table.
        package let rule: String
        /// The edition of the table.
        package let edition: String
        /// Through which of its units it is addressed, which has no code: a region or `rural`; nil: the body itself.
        package let unit: String?
        /// Why, for people.
        package let why: Localized
        /// The paragraph; nil in the edition that had none.
        package let cite: Localized?
        /// How sure it is.
        package var confidence: Double
    }

    /// A further matter of the text, which may become a complaint of its own.
    package struct Matter: Sendable {
        /// Where it is told, in UTF-8 bytes.
        package let bytes: Range<Int>
        /// The service it is about.
        package let service: String
    }

    /// Complaint or not.
    package var nature: Estimate<Nature>
    /// Set where the matter is none of state services.
    package var elsewhere: Estimate<Elsewhere>?
    /// What the complaint is about.
    package var kind: Estimate<ComplaintKind>
    /// Services, best first, five at most.
    package var services: [Estimate<String>]
    /// The region where the applicant was served.
    package var region: Estimate<String>?
    /// Regions that an ambiguous name leaves open, where nothing decides.
    package var openRegions: [String]
    /// Where he was served: portal, psc, office.
    package var place: Estimate<String>?
    /// The body that is blamed.
    package var named: Estimate<String>?
    /// Whether the ordinary term would do harm that cannot be undone.
    package var urgent: Estimate<Bool>?
    /// Whether he wrote of it before.
    package var again: Estimate<Bool>?
    /// Further matters.
    package var matters: [Matter] = []
    /// What tells who somebody is.
    package var personal: [PersonalSpan]
    /// Who must answer, best first; empty where it is no complaint or not ours.
    package var addressees: [Addressee]
    /// What would lead it to another body.
    package var alternatives: [RoutingAlternative] = []
    /// How sure the decision is that matters: what it is and who answers.
    package var confidence: Double
    /// The akimats of towns and districts that are named, for knowing the complaint again.
    package var placeCodes: [String] = []
    /// The groups of bodies that are named, for the same.
    package var bodyCodes: [String] = []
    /// What was decided for words like these, by field; empty where none is known that is like them.
    package var precedents: [Precedents.Field: Precedents.Voice] = [:]
    /// What each confidence rests on, by field.
    package var features: [String: [String: Double]] = [:]
    /// Whether only the beginning of a very long text was read.
    package var isPartial: Bool

    /// The service to take where nobody chooses another: the first one, unless it is only a guess.
    package var likelyService: Estimate<String>? {
        services.first.flatMap { $0.confidence >= Self.leastLikely ? $0 : nil }
    }

    /// A service said to be less sure than this is offered and not taken by itself.
    static let leastLikely = 0.4

    /// Whether it is a complaint, ours or not.
    package var isComplaint: Bool { nature.value == .complaint }
}
