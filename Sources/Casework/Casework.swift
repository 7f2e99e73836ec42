/// What all cases share: load a case from its events, decide, let the clocks follow, append; and the worklists of clocks.
///
/// A case (an information request, a complaint, a report to be delivered…) is a stream of events. Its module says what
/// can happen to it (`CaseKind`); this module keeps the loop, so that no module can forget a clock.
/// Refuses to know: what any case is about; which texts a page shows.
///
/// - `CaseKind.swift` — what a module gives: state, events, commands, the pure decision.
/// - `CaseSession.swift` — the loop, inside one transaction of the journal.
/// - `TypedEvent.swift`, `EventContent.swift` — typed events and their bytes. `ClockBoard.swift`, `ClockLine.swift` — the table
///   of clocks. `CaseDocuments.swift` — which case has which files.
/// - `Violation*.swift`, `Casework+Violations.swift` — the ledger of violations: entries drafted by the clocks, decided by people.
/// - `CalendarKeeper.swift`, `Casework+Calendar.swift` — the calendar in force, and what a change of it would move.
/// - `Casework` (this file) — the door: what the edges and modules call.
import Journal
import Rulebook
import WorkingDays

/// The handling of cases of one contact centre.
package struct Casework: Sendable {
    /// Where everything that happened is kept.
    package let journal: Journal
    /// Which type reads which event.
    package let catalogue: EventCatalogue
    /// The law that cases run under.
    package let rulebooks: RulebookSet
    /// The calendar in force.
    package let calendars: CalendarKeeper
    /// Whose wall clock decides on which day something happened.
    package let zone: CivilZone

    /// Casework over a journal.
    package init(
        journal: Journal, catalogue: EventCatalogue, rulebooks: RulebookSet, calendars: CalendarKeeper,
        zone: CivilZone = .almaty
    ) {
        self.journal = journal
        self.catalogue = catalogue
        self.rulebooks = rulebooks
        self.calendars = calendars
        self.zone = zone
    }

    /// Does one unit of work on any number of cases: all of it, or nothing.
    /// - Throws: `Refusal` where the law or the state of a case does not allow it; `JournalError`; `CalendarError`.
    package func transact<Answer: Codable & Sendable>(
        by actor: Actor, at now: Moment, once key: CommandKey? = nil,
        _ body: @escaping @Sendable (CaseSession) throws -> Answer
    ) async throws -> Answer {
        try await journal.transact(by: actor, at: now, once: key) { transaction in
            try body(CaseSession(transaction: transaction, casework: self))
        }
    }

    /// The same, blocking the calling thread; for the command line, imports and tests.
    package func transactNow<Answer: Codable>(
        by actor: Actor, at now: Moment, once key: CommandKey? = nil, _ body: (CaseSession) throws -> Answer
    ) throws -> Answer {
        try journal.transactNow(by: actor, at: now, once: key) { transaction in
            try body(CaseSession(transaction: transaction, casework: self))
        }
    }

    /// A case as it stands, read off the cooperative pool; version 0 where it does not exist.
    /// - Throws: `CaseworkError.unreadable`.
    package func load<Kind: CaseKind>(_ kind: Kind.Type, id: String) async throws -> LoadedCase<Kind> {
        let stream = StreamID(kind: Kind.streamKind, id: id)
        let events = try await journal.read { db in try SQLiteEventStore(db: db).events(of: stream) }
        return try fold(kind, stream: stream, events: events)
    }

    /// Everything that happened in a stream, typed, oldest first; for timelines.
    /// - Throws: `CaseworkError.unreadable`.
    package func history(of stream: StreamID) async throws -> [(recorded: RecordedEvent, event: CaseEvent)] {
        let events = try await journal.read { db in try SQLiteEventStore(db: db).events(of: stream) }
        return try events.map { ($0, try catalogue.read($0)) }
    }

    /// Makes the state of a case from its events.
    func fold<Kind: CaseKind>(
        _ kind: Kind.Type, stream: StreamID, events: [RecordedEvent]
    ) throws -> LoadedCase<Kind> {
        var loaded = LoadedCase<Kind>(
            stream: stream, state: Kind.initial, clocks: CaseClocks(), version: 0, edition: nil)
        let read = try events.map { ($0, try catalogue.read($0)) }
        let moments = Self.correctedMoments(read)
        for (recorded, event) in read {
            loaded.clocks.apply(event.changes)
            loaded.version = recorded.version
            if recorded.version == 1 { loaded.edition = event.edition }
            guard let content = event.content as? Kind.Event else { continue }
            let stamp = EventStamp(
                version: recorded.version, occurredAt: moments[recorded.version] ?? recorded.occurredAt,
                recordedAt: recorded.recordedAt,
                actor: recorded.actor)
            Kind.evolve(&loaded.state, by: content, stamp: stamp)
        }
        return loaded
    }

    /// The local date of a moment.
    package func today(_ now: Moment) -> CivilDate { zone.civilDate(of: now) }
}
