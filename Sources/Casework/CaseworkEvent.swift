import Journal
import WorkingDays

/// The events that any case can have, whatever it is about.
package enum CaseworkEvent: EventContent, Equatable {
    /// A term has run out; the change beside this event says which.
    case termBreached
    /// A change of the calendar moved or flagged clocks of this case; the changes beside it say which.
    case clocksRecalculated(ClocksRecalculated)
    /// A person decided on an outcome that a change of the calendar had put in doubt.
    case clockReviewed(ClockReviewed)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case termBreached, clocksRecalculated, clockReviewed
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .termBreached: Tagged(.termBreached)
        case .clocksRecalculated(let event): Tagged(.clocksRecalculated, event)
        case .clockReviewed(let event): Tagged(.clockReviewed, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .termBreached: .termBreached
        case .clocksRecalculated: .clocksRecalculated(try content())
        case .clockReviewed: .clockReviewed(try content())
        }
    }
}

/// Why the clocks of a case were computed anew.
package struct ClocksRecalculated: Codable, Equatable, Sendable {
    /// The number of the calendar edition that applies from now on.
    package let calendarEdition: Int
    /// The reason that was given for the change of the calendar.
    package let reason: String
}
