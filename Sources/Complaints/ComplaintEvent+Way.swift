import Casework
import Rulebook

/// The body confirmed that it has the complaint; until then nobody knows whether it was told.
package struct ComplaintReceived: Codable, Equatable, Sendable {
    /// The code of the body.
    package var body: String
    /// Its own number for the complaint, where it gave one.
    package var reference: String?
    /// An event from its parts.
    package init(body: String, reference: String? = nil) {
        self.body = body
        self.reference = reference
    }
}

/// The body says that another one is competent; a proposal, which an officer follows by a transfer or declines.
package struct ComplaintReturnProposed: Codable, Equatable, Sendable {
    /// The code of the body that returns it.
    package var body: String
    /// The code of the body that it names.
    package var proposed: String
    /// Why; holds no names.
    package var reason: String
    /// An event from its parts.
    package init(body: String, proposed: String, reason: String) {
        self.body = body
        self.proposed = proposed
        self.reason = reason
    }
}

/// An officer declined a return: the body that has the complaint must answer it.
package struct ComplaintReturnDeclined: Codable, Equatable, Sendable {
    /// Why; holds no names.
    package var reason: String
    /// An event from its part.
    package init(reason: String) { self.reason = reason }
}

/// The body asked the applicant something.
package struct ApplicantAsked: Codable, Equatable, Sendable {
    /// The code of the body that asks.
    package var body: String
    /// The question, sealed; nil where the applicant had been erased by then.
    package var question: String?
    /// An event from its parts.
    package init(body: String, question: String? = nil) {
        self.body = body
        self.question = question
    }
}

/// The applicant added words or a document, of his own accord or because he was asked.
package struct ApplicantAdded: Codable, Equatable, Sendable {
    /// The SHA-256 of the document, in hexadecimal.
    package var document: String?
    /// His words, sealed.
    package var text: String?
    /// An event from its parts.
    package init(document: String? = nil, text: String? = nil) {
        self.document = document
        self.text = text
    }
}

/// The applicant said whether the answer helped him.
package struct AnswerRated: Codable, Equatable, Sendable {
    /// Whether it did.
    package var isHelpful: Bool
    /// An event from its part.
    package init(isHelpful: Bool) { self.isHelpful = isHelpful }
}

/// The applicant took the complaint to the Agency: another complaint was registered, which names this one.
package struct ComplaintContinued: Codable, Equatable, Sendable {
    /// The number of the other complaint.
    package var number: String
    /// An event from its part.
    package init(number: String) { self.number = number }
}

/// The forum tells an extension that the law does not allow: by whom may not extend, too late, or by too many days.
///
/// It is a finding about the body: the complaint, its answer and its term stand as if nothing had been extended.
package struct UnlawfulStepFound: Codable, Equatable, Sendable {
    /// Why the law does not allow it: `extension-not-allowed`, `extension-too-late`, `extension-beyond-limit`.
    package var breach: String
    /// The body that did it.
    package var body: String
    /// By how many working days.
    package var days: Int

    /// An event from its parts.
    package init(breach: String, body: String, days: Int) {
        self.breach = breach
        self.body = body
        self.days = days
    }
}

extension UnlawfulStepFound {
    /// What a refusal of the clocks breaches; nil where the law is not what stands against it.
    static func breach(_ error: ClockError) -> String? {
        switch error {
        case .extensionNotAllowed: "extension-not-allowed"
        case .extensionTooLate: "extension-too-late"
        case .extensionBeyondLimit: "extension-beyond-limit"
        case .calendar, .notInForce, .missingFact, .tooEarly: nil
        }
    }
}
