import CanonicalJSON
import Casework
import Journal
import WorkingDays

/// The event by which a person vouches for the machine's clock.
package enum TimeEvent: EventContent, Equatable {
    /// The clock is right, although nobody can prove it.
    case clockConfirmed(ClockConfirmed)

    /// The names in the journal.
    package enum Name: String, CaseIterable { case clockConfirmed }

    package var tagged: Tagged<Name> {
        switch self {
        case .clockConfirmed(let event): Tagged(.clockConfirmed, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .clockConfirmed: .clockConfirmed(try content())
        }
    }
}

/// What a person vouched for, and why.
package struct ClockConfirmed: Codable, Equatable, Sendable {
    /// What gave rise to the doubt.
    package let doubt: String
    /// What the clock should have shown, as far as was known.
    package let expected: Moment
    /// What it showed.
    package let found: Moment
    /// How the person knows.
    package let reason: String
}

extension ContactCentre {
    /// The stream of what concerns the machine's clock.
    package static let clockStream = StreamID(kind: "machine", id: "clock")

    /// Records that a person vouches for the machine's clock; what was held goes on.
    /// - Returns: the doubt that there was.
    /// - Throws: `Refusal` where the clock is not in doubt, or no reason is given.
    @discardableResult
    package func confirmClock(reason: String, by actor: Actor) async throws -> ClockHold {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw ClockRefusal.reasonMissing("Say how you know that the clock is right.", field: "reason")
        }
        let standing = time.standing()
        guard let hold = standing.hold else {
            throw ClockRefusal.notHeld("The machine's clock is not in doubt: nothing has to be confirmed.")
        }
        let confirmed = ClockConfirmed(
            doubt: hold.reason.rawValue, expected: hold.expected, found: hold.found, reason: reason)
        _ = try await journal.transact(by: actor, at: standing.now) { transaction in
            try transaction.append(TimeEvent.clockConfirmed(confirmed), to: Self.clockStream)
        }
        time.believe()
        return hold
    }
}
