/// Where an information request stands, in the order of its way.
package enum RequestState: String, CaseIterable, Hashable, Sendable, Comparable {
    case planned, sendingFailed, sent, received, appointed, returned, submitted, entered, trained, accepted, live
    /// Taken off the plan.
    case cancelled

    /// Whether the body has not been sent it, or not with success.
    package var isUnsent: Bool { self == .planned || self == .sendingFailed }

    /// Whether nothing more is expected.
    package var isDone: Bool { self == .live || self == .cancelled }

    /// Its place on the way, from 0.
    var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    package static func < (left: RequestState, right: RequestState) -> Bool { left.place < right.place }
}

/// The days of an information request that lists and boards show, in the order of its way.
package enum RequestDay: String, CaseIterable, Hashable, Sendable {
    case sent, received, appointed, submitted, entered, trained, completed, live

    /// Its column in the table.
    var column: String { rawValue + "On" }
}
