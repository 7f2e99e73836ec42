import CanonicalJSON
import Journal
import Rulebook
import WorkingDays

/// A case worked out away from the journal: commands decided, clocks followed, bytes written, nothing appended yet.
///
/// Pure but for the caches it is handed. An import works out thousands of cases on one thread while another appends
/// those worked out before; a session does both for one case.
package struct CaseDraft<Kind: CaseKind>: Sendable {
    /// The case with all that was worked out.
    package private(set) var loaded: LoadedCase<Kind>
    /// What is to be appended.
    package private(set) var events: [NewEvent] = []
    /// The version on which the draft was begun.
    package let base: Int

    /// A draft that goes on from a loaded case.
    package init(from loaded: LoadedCase<Kind>) {
        self.loaded = loaded
        base = loaded.version
    }

    /// A draft of a case that does not exist yet.
    /// - Parameter stream: its stream, or any name where the number is given only when it is appended.
    package init(new stream: StreamID) {
        self.init(
            from: LoadedCase(stream: stream, state: Kind.initial, clocks: CaseClocks(), version: 0, edition: nil))
    }

    /// Decides a command and works out what follows from it.
    /// - Throws: `Refusal`; `ClockError`; `CalendarError`; `CaseworkError.noRulebook`. The draft is then of no use any more.
    package mutating func handle(_ command: Kind.Command, in setting: inout DraftSetting) throws {
        let procedure = try setting.procedure(of: loaded, on: setting.zone.civilDate(of: setting.now))
        let context = DecisionContext(
            now: setting.now, actor: setting.actor, calendar: setting.calendar, zone: setting.zone,
            clocks: loaded.clocks, procedure: procedure)
        let happenings = try Kind.decide(command, on: loaded.state, in: context)
        guard let first = happenings.first else { return }
        let law = try setting.procedure(of: loaded, on: setting.zone.civilDate(of: first.occurredAt))
        for happening in happenings { try take(happening, under: law, in: &setting) }
    }

    private mutating func take(
        _ happening: Happening<Kind.Event>, under procedure: Procedure?, in setting: inout DraftSetting
    ) throws {
        var changes: [ClockChange] = []
        let name = happening.event.name
        if let procedure, procedure.concerns(name) {
            let facts = happening.event.facts
            let event = ClockEvent(
                name, at: happening.occurredAt, facts: facts, date: happening.event.clockDate,
                bodyZone: facts["zone"].flatMap { CivilZone.named($0) })
            changes = try procedure.changes(
                on: event, clocks: loaded.clocks, calendar: setting.calendar, zone: setting.zone,
                cache: &setting.dueDates)
            for change in changes { loaded.clocks.apply(change) }
        }
        loaded.version += 1
        let isFirst = loaded.version == 1
        if isFirst { loaded.edition = procedure?.edition }
        let event = CaseEvent(happening.event, changes: changes, edition: isFirst ? procedure?.edition : nil)
        events.append(try event.journalled(occurredAt: happening.occurredAt, using: &setting.writer))
        let stamp = EventStamp(
            version: loaded.version, occurredAt: happening.occurredAt, recordedAt: setting.now, actor: setting.actor)
        Kind.evolve(&loaded.state, by: happening.event, stamp: stamp)
    }
}

/// What drafts are worked out with; the caller keeps it from case to case for the sake of its caches.
package struct DraftSetting: Sendable {
    /// When the drafts are recorded.
    package var now: Moment
    /// Who records them.
    package let actor: Actor
    /// The calendar in force.
    package let calendar: WorkingCalendar
    /// Whose wall clock decides on which day something happened.
    package let zone: CivilZone
    private let rulebooks: RulebookSet
    fileprivate var dueDates = DueCache()
    fileprivate var writer = JSONWriter(capacity: 4_096)
    private var found: [ProcedureKey: Procedure] = [:]

    private struct ProcedureKey: Hashable {
        let name: String
        let edition: String?
        let date: CivilDate?
    }

    /// A setting from its parts.
    package init(now: Moment, actor: Actor, calendar: WorkingCalendar, zone: CivilZone, rulebooks: RulebookSet) {
        self.now = now
        self.actor = actor
        self.calendar = calendar
        self.zone = zone
        self.rulebooks = rulebooks
    }

    /// The duties a case runs under: those of the edition it started under, or for a new case those of `date`.
    fileprivate mutating func procedure<Kind: CaseKind>(
        of loaded: LoadedCase<Kind>, on date: CivilDate
    ) throws -> Procedure? {
        guard let name = Kind.procedure else { return nil }
        let key = ProcedureKey(name: name, edition: loaded.edition, date: loaded.edition == nil ? date : nil)
        if let known = found[key] { return known }
        let procedure =
            if let edition = loaded.edition {
                rulebooks.edition(edition)?.procedure(name)
            } else {
                rulebooks.procedure(name, on: date)
            }
        guard let procedure else { throw CaseworkError.noRulebook(procedure: name, date: date) }
        if found.count >= 1_000 { found.removeAll(keepingCapacity: true) }
        found[key] = procedure
        return procedure
    }
}
