/// What a complaint is about, as the monthly report tells them apart (797 §18.4-5).
package enum ComplaintKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// The order of providing a service.
    case order
    /// Non-compliance with the approved standard of a service.
    case standard
    /// Action or inaction of employees.
    case employees
    /// Anything else.
    case other
}

/// How a review ended.
package enum ComplaintOutcome: String, CaseIterable, Hashable, Sendable, Codable {
    /// The applicant was right in everything.
    case satisfied
    /// The applicant was right in a part.
    case partly
    /// The applicant was not right.
    case rejected
    /// The law was explained; there was nothing to decide.
    case explained
}

/// Where a complaint stands.
package enum ComplaintStatus: String, CaseIterable, Hashable, Sendable, Codable {
    /// It waits for its answer.
    case open
    /// It was answered.
    case answered
    /// The applicant took it back.
    case withdrawn
    /// It was registered by mistake and is none; no number counts it.
    case annulled
}

/// Why a registration was a mistake.
package enum AnnulmentGround: String, CaseIterable, Hashable, Sendable, Codable {
    /// The complaint is registered already under another number.
    case duplicate
    /// It is no complaint at all: a test, a slip of the hand.
    case erroneous
}

/// Who extends a term, as the rulebook names those who may (LSS art. 25).
package enum Extender: String, CaseIterable, Hashable, Sendable, Codable {
    /// A central state body or a local executive body.
    case body
    /// The Agency that assesses and controls the quality of state services.
    case agency
    /// The State Corporation; the law does not name it.
    case psc
    /// Another provider; the law does not name it.
    case provider

    /// Who extends where a body of this kind reviews.
    package init(bodyKind: String) {
        switch bodyKind {
        case "central", "local", "it-body": self = .body
        case _ where bodyKind.hasPrefix("agency"): self = .agency
        case "psc": self = .psc
        default: self = .provider
        }
    }
}

/// Under which term a complaint is reviewed (Law on State Services art. 25).
package enum Reviewer: String, CaseIterable, Hashable, Sendable, Codable {
    /// A central or local body, the State Corporation or another provider.
    case body
    /// The Agency that assesses and controls the quality of state services.
    case agency

    /// Who reviews where a body of this kind must answer.
    package init(bodyKind: String) { self = bodyKind.hasPrefix("agency") ? .agency : .body }

    /// The clock of the review in the rulebook; a test holds the rulebook to the name.
    package var clock: String { "review-by-\(rawValue)" }
}
