/// How somebody turned to the centre.
package enum ContactChannel: String, CaseIterable, Codable, Hashable, Sendable {
    /// By telephone.
    case phone
    /// By written chat or messenger.
    case chat
    /// By electronic mail.
    case mail
    /// In person.
    case office
}

/// What a contact is about.
package enum ContactTopic: String, CaseIterable, Codable, Hashable, Sendable {
    /// How a service is got.
    case service
    /// The stage of an application (797 §15).
    case stage
    /// How to complain, or a complaint (797 §17).
    case complaint
    /// The portal, the digital signature and other things that do not work.
    case technical
    /// Anything else.
    case other
}

/// What an operator explains besides a card.
package enum ContactGuidance: String, CaseIterable, Codable, Hashable, Sendable {
    /// How to file a complaint and how long its review takes (797 §17).
    case complaint
    /// The stage of an application (797 §15).
    case stage
}

/// How a contact ended.
package enum ContactOutcome: String, CaseIterable, Codable, Hashable, Sendable {
    /// Answered from a card.
    case answeredByCard
    /// Answered without a card.
    case answeredWithoutCard
    /// Handed to somebody else: a specialist, a body.
    case handedOver
    /// We had nothing to answer with.
    case nothingFound
    /// The line was cut, or the caller gave up.
    case dropped

    /// Whether the caller got an answer.
    package var isAnswer: Bool { self == .answeredByCard || self == .answeredWithoutCard }
}

/// Who ended a contact record.
package enum ContactCloser: String, Codable, Hashable, Sendable {
    /// The operator.
    case person
    /// The next call came in while the record was still open.
    case nextCall
}
