/// By which way an application came, since 3-мк and 4-мк of order 78 count by it.
package enum ApplicationWay: String, CaseIterable, Codable, Hashable, Sendable {
    /// At the provider itself.
    case office
    /// Through the State Corporation (3-мк).
    case corporation
    /// Through the portal of electronic government (4-мк).
    case portal
    /// Through the E-licensing database (4-мк).
    case licensing
    /// Through another information system (4-мк).
    case system
}

/// In which form the service is provided (rows 1 and 2 of 3-мк).
package enum ApplicationForm: String, CaseIterable, Codable, Hashable, Sendable {
    case paper, electronic
}

/// How an application ended.
package enum ApplicationResult: String, CaseIterable, Codable, Hashable, Sendable {
    /// The service was provided.
    case provided
    /// It was refused, with its grounds.
    case refused
    /// The applicant took it back.
    case withdrawn
}

/// Why it was refused, by columns 10-13 of 3-мк.
package enum RefusalGround: String, CaseIterable, Codable, Hashable, Sendable {
    /// The State Corporation took an incomplete set of documents.
    case incomplete
    /// The refusal was unfounded.
    case unfounded
    /// Encumbrances, restrictions, arrest, prohibitions.
    case encumbered
    /// Another reason that the provider founded.
    case other
}

/// Why it was late, by columns 3-8 of 3-мк.
package enum LateCause: String, CaseIterable, Codable, Hashable, Sendable {
    /// Fault of the State Corporation.
    case corporation
    /// Fault of the provider.
    case provider
    /// No electricity.
    case electricity
    /// Failure of the connection or the local network.
    case network
    /// Technical problems of an information system.
    case system
    /// Delivery by post.
    case post
    /// Another cause.
    case other
}

/// Who maintains the information system that failed: only failures of systems of “Ұлттық ақпараттық технологиялар” are technical
/// causes (452, point 12).
package enum SystemKeeper: String, CaseIterable, Codable, Hashable, Sendable {
    /// The joint-stock company «Ұлттық ақпараттық технологиялар».
    case nit
    /// Anybody else.
    case other
}

/// In which days lateness is counted: the unit of the service's term (our reading of 452, FORMS.md part 8).
package enum LateUnit: String, CaseIterable, Codable, Hashable, Sendable {
    case working, calendar
}

/// What is taken and yet asks for a question to the provider (checks of ours).
package enum ApplicationDoubt: String, CaseIterable, Codable, Hashable, Sendable {
    /// The day that the provider names is another than his own term gives, and no ground for that is told.
    case dueDiffers
    /// Only the last day is told, not the term.
    case termUntold
    /// It was late, and no cause is told.
    case causeUntold
    /// A technical cause without the act that proves it.
    case causeUnproven
    /// An information system failed, and which or whose is not told.
    case systemUntold
}

/// By which way a record came here.
package enum ApplicationSource: String, CaseIterable, Codable, Hashable, Sendable {
    /// A file that a person took in.
    case file
    /// The interface, by token.
    case interface
    /// Pulled from the monitoring system.
    case pull
}
