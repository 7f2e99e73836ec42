import GRDB
import Journal
import Rulebook
import WorkingDays

/// The loop of all cases, inside one transaction: load, decide, let the clocks follow, append.
package final class CaseSession {
    /// The transaction, for reading projections (`transaction.db`) and for events that are no case's.
    package let transaction: JournalTransaction
    /// The calendar that this session decides by.
    package let calendar: WorkingCalendar
    let casework: Casework
    private var setting: DraftSetting

    /// A session that decides by `calendar`, or by the calendar in force where none is given.
    ///
    /// Modules that are called back inside a transaction, as the subjects of deliveries are, make their own.
    package init(transaction: JournalTransaction, casework: Casework, calendar: WorkingCalendar? = nil) throws {
        self.transaction = transaction
        self.casework = casework
        let calendar = try calendar ?? casework.calendars.calendar(in: transaction.db)
        self.calendar = calendar
        setting = DraftSetting(
            now: transaction.now, actor: transaction.actor, calendar: calendar, zone: casework.zone,
            rulebooks: casework.rulebooks)
    }

    /// The writing connection.
    package var db: Database { transaction.db }
    /// When this is recorded.
    package var now: Moment { transaction.now }
    /// The local date of now.
    package var today: CivilDate { casework.zone.civilDate(of: transaction.now) }
    /// Whose wall clock decides on which day something happened.
    package var zone: CivilZone { casework.zone }

    /// A case as it stands; version 0 where it does not exist.
    /// - Throws: `CaseworkError.unreadable`.
    package func load<Kind: CaseKind>(_ kind: Kind.Type, id: String) throws -> LoadedCase<Kind> {
        let stream = StreamID(kind: Kind.streamKind, id: id)
        return try casework.fold(kind, stream: stream, events: transaction.events(of: stream))
    }

    /// Handles a command on a case and appends what follows from it.
    ///
    /// - Parameters:
    ///   - command: what is asked.
    ///   - id: the case, without the kind.
    ///   - expected: the version that the person saw, where he saw one; another version by now is a conflict.
    ///   - isNew: true where the caller knows that the case does not exist, so that nothing needs to be read; the
    ///     journal still refuses a second beginning.
    /// - Returns: the case afterwards.
    /// - Throws: `Refusal`; `JournalError.conflict`; `CalendarError`; `ClockError`.
    @discardableResult
    package func perform<Kind: CaseKind>(
        _ command: Kind.Command, on kind: Kind.Type, id: String, expecting expected: Int? = nil, isNew: Bool = false
    ) throws -> LoadedCase<Kind> {
        let stream = StreamID(kind: Kind.streamKind, id: id)
        let before =
            isNew ? try casework.fold(kind, stream: stream, events: []) : try load(kind, id: id)
        if let expected, expected != before.version {
            throw JournalError.conflict(stream: stream, expected: expected)
        }
        var draft = CaseDraft(from: before)
        try draft.handle(command, in: &setting)
        return try append(draft)
    }

    /// Handles several commands on a case that was loaded in this session; all of them, or none.
    /// - Throws: as `perform(_:on:id:expecting:isNew:)`.
    @discardableResult
    package func perform<Kind: CaseKind>(
        _ commands: [Kind.Command], on before: LoadedCase<Kind>
    ) throws -> LoadedCase<Kind> {
        var draft = CaseDraft(from: before)
        for command in commands { try draft.handle(command, in: &setting) }
        return try append(draft)
    }

    /// Appends what a draft has worked out.
    /// - Parameter id: for a draft of a new case the number that it is given.
    /// - Returns: the case afterwards.
    /// - Throws: `JournalError.conflict` where the case has changed since the draft was begun.
    @discardableResult
    package func append<Kind: CaseKind>(_ draft: CaseDraft<Kind>, as id: String? = nil) throws -> LoadedCase<Kind> {
        let stream = id.map { StreamID(kind: Kind.streamKind, id: $0) } ?? draft.loaded.stream
        if !draft.events.isEmpty { try transaction.append(draft.events, to: stream, expecting: draft.base) }
        return draft.loaded.renamed(stream)
    }

    /// Appends an event of `Casework` itself, with its changes, to a case of any kind.
    func append(_ event: CaseworkEvent, changes: [ClockChange], to stream: StreamID, expecting version: Int) throws {
        try transaction.append(
            [try CaseEvent(event, changes: changes).journalled(occurredAt: now)], to: stream, expecting: version)
    }

    /// Appends events to a stream that is no case: no decision, no clocks.
    package func append(
        _ events: [any EventContent], to stream: StreamID, expecting version: Int, at occurredAt: Moment? = nil
    ) throws {
        let new = try events.map { try CaseEvent($0).journalled(occurredAt: occurredAt ?? now) }
        try transaction.append(new, to: stream, expecting: version)
    }
}
