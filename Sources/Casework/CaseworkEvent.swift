import CanonicalJSON
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

    package static let names = ["termBreached", "clocksRecalculated", "clockReviewed"]

    package var name: String {
        switch self {
        case .termBreached: "termBreached"
        case .clocksRecalculated: "clocksRecalculated"
        case .clockReviewed: "clockReviewed"
        }
    }

    package func write(to json: inout JSONWriter) throws {
        switch self {
        case .termBreached: json.value(.object([:]))
        case .clocksRecalculated(let event): json.canonical(try CanonicalCoding.encode(event))
        case .clockReviewed(let event): json.canonical(try CanonicalCoding.encode(event))
        }
    }

    package init(name: String, payload: [UInt8]) throws {
        switch name {
        case "termBreached": self = .termBreached
        case "clockReviewed": self = .clockReviewed(try CanonicalCoding.decode(ClockReviewed.self, from: payload))
        default: self = .clocksRecalculated(try CanonicalCoding.decode(ClocksRecalculated.self, from: payload))
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
