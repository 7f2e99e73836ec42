/// Where a clock stands, as it is told to people and programs.
///
/// The clock itself knows only that its date passed; whether that is a violation depends on its force. A target that the
/// centre set itself is missed, never breached: the law gave no term, so nobody is blamed and no count of violations has it.
package enum ClockStanding: String, CaseIterable, Hashable, Sendable {
    /// It runs and its date has not been found to have passed.
    case running
    /// It stands still.
    case suspended
    /// It ended in time.
    case met
    /// A term of law passed: a violation. It may still be open.
    case breached
    /// An internal target passed: only a delay. It may still be open.
    case missed
    /// It ended without an outcome.
    case cancelled
    /// A waiting period: from its date on the thing is allowed.
    case waiting

    /// What a status means for a clock of a force.
    package init(_ status: Clock.Status, force: ClockForce) {
        self =
            switch status {
            case .running: .running
            case .suspended: .suspended
            case .met: .met
            case .breached: force.canBeBreached ? .breached : .missed
            case .cancelled: .cancelled
            case .waiting: .waiting
            }
    }
}

extension ClockForce {
    /// Whether its date is a term of law, so that passing it is somebody's violation.
    package var canBeBreached: Bool { self == .statutory }
}
