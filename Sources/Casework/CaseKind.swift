import Journal
import Rulebook
import WorkingDays

/// When and by whom an event was recorded; what a state may keep of it.
package struct EventStamp: Sendable, Hashable {
    /// The place of the event in its stream, from 1.
    package let version: Int
    /// When it happened.
    package let occurredAt: Moment
    /// When the journal took it.
    package let recordedAt: Moment
    /// Who recorded it.
    package let actor: Actor

    /// A stamp from its parts.
    package init(version: Int, occurredAt: Moment, recordedAt: Moment, actor: Actor) {
        self.version = version
        self.occurredAt = occurredAt
        self.recordedAt = recordedAt
        self.actor = actor
    }
}

/// What a decision may look at besides the state of the case; all of it comes in from the edge.
package struct DecisionContext: Sendable {
    /// When the command is handled.
    package let now: Moment
    /// Who gives it.
    package let actor: Actor
    /// The calendar in force.
    package let calendar: WorkingCalendar
    /// Whose wall clock decides on which day something happened.
    package let zone: CivilZone
    /// The clocks of the case as they stand.
    package let clocks: CaseClocks
    /// The duties of this kind of case, where the rulebook has any.
    package let procedure: Procedure?

    /// A context from its parts.
    package init(
        now: Moment, actor: Actor, calendar: WorkingCalendar, zone: CivilZone, clocks: CaseClocks, procedure: Procedure?
    ) {
        self.now = now
        self.actor = actor
        self.calendar = calendar
        self.zone = zone
        self.clocks = clocks
        self.procedure = procedure
    }

    /// The local date of now.
    package var today: CivilDate { zone.civilDate(of: now) }
}

/// Something that a decision says has happened.
package struct Happening<Event: EventContent>: Sendable {
    /// What happened.
    package let event: Event
    /// When it happened.
    package let occurredAt: Moment

    /// An event and when it happened.
    package init(_ event: Event, at occurredAt: Moment) {
        self.event = event
        self.occurredAt = occurredAt
    }
}

/// A kind of case: what can be asked of it, what can happen to it, and the decision between the two.
///
/// A type without values; `decide` and `evolve` are pure, so a test needs no database.
package protocol CaseKind: Sendable {
    /// What is known of a case so far.
    associatedtype State: Sendable
    /// What can happen to it.
    associatedtype Event: EventContent
    /// What can be asked of it.
    associatedtype Command: Sendable

    /// The first part of the names of its streams, for instance `complaint`.
    static var streamKind: String { get }

    /// The procedure of the rulebook whose clocks it runs under; nil where no clock runs.
    static var procedure: String? { get }

    /// The state before anything has happened.
    static var initial: State { get }

    /// Takes in an event that has happened. Never fails: what has happened has happened.
    static func evolve(_ state: inout State, by event: Event, stamp: EventStamp)

    /// What follows from a command: events, or a `Refusal` that says why not and what to do.
    static func decide(_ command: Command, on state: State, in context: DecisionContext) throws -> [Happening<Event>]
}

/// A case as it stands.
package struct LoadedCase<Kind: CaseKind>: Sendable {
    /// The stream of the case.
    package let stream: StreamID
    /// What is known of it.
    package internal(set) var state: Kind.State
    /// Its clocks.
    package internal(set) var clocks: CaseClocks
    /// The number of its events; 0 where it does not exist.
    package internal(set) var version: Int
    /// The edition of the rulebook it started under.
    package internal(set) var edition: String?

    /// The same case under another name.
    func renamed(_ stream: StreamID) -> LoadedCase {
        LoadedCase(stream: stream, state: state, clocks: clocks, version: version, edition: edition)
    }
}
