import WorkingDays

/// What the machine's clock is worth at a moment; whoever acts by the calendar by himself goes by it.
package struct TimeStanding: Hashable, Sendable {
    /// The machine's clock.
    package let now: Moment
    /// A moment that has certainly come: what the steady clock of the machine proves. A clock that was set forward
    /// unnoticed, while nothing ran, does not move it; a time at rest leaves it behind the clock by as much.
    package let certain: Moment
    /// Why nothing is decided by the calendar until a person confirms the clock; nil while all is well.
    package let hold: ClockHold?

    /// A standing from its parts.
    package init(now: Moment, certain: Moment, hold: ClockHold?) {
        self.now = now
        self.certain = certain
        self.hold = hold
    }

    /// A clock that nobody doubts.
    package static func trusted(_ now: Moment) -> TimeStanding { TimeStanding(now: now, certain: now, hold: nil) }
}

/// A doubt about the machine's clock.
package struct ClockHold: Hashable, Sendable {
    /// What gave rise to it.
    package enum Reason: String, Codable, Sendable, CaseIterable {
        /// The clock went forward by itself while the program ran, or while the machine did.
        case jumped
        /// The program was started after a rest that is longer than rests usually are.
        case rested
    }

    /// What gave rise to it.
    package let reason: Reason
    /// What the clock should show at this moment, as far as is known.
    package let expected: Moment
    /// What it shows.
    package let found: Moment

    /// A doubt from its parts.
    package init(reason: Reason, expected: Moment, found: Moment) {
        self.reason = reason
        self.expected = expected
        self.found = found
    }
}
