import GRDB
import Journal
import Rulebook
import WorkingDays

/// The moment of an earlier entry of a case, put right.
package struct MomentCorrection: Hashable, Sendable {
    /// The place of the entry in the case, from 1.
    package let entry: Int
    /// When it really happened.
    package let moment: Moment
    /// The day that counts for the clocks, where the entry names one of its own.
    package let date: CivilDate?

    /// A correction of an entry.
    package init(entry: Int, moment: Moment, date: CivilDate? = nil) {
        self.entry = entry
        self.moment = moment
        self.date = date
    }
}

extension Casework {
    /// What later events of a case put right, by entry; the last correction counts.
    static func corrections(_ events: [(RecordedEvent, CaseEvent)]) -> [Int: MomentCorrection] {
        var corrections: [Int: MomentCorrection] = [:]
        for (_, event) in events {
            if let correction = event.content.correction { corrections[correction.entry] = correction }
        }
        return corrections
    }

    /// What happened in a case as its clocks see it, oldest first, with what was put right since; for comparisons.
    /// - Throws: `CaseworkError.unreadable`.
    package func clockEvents(of stream: StreamID, in db: Database) throws -> [ClockEvent] {
        let events = try SQLiteEventStore(db: db).events(of: stream).map { ($0, try catalogue.read($0)) }
        return Self.clockEvents(events, Self.corrections(events))
    }

    /// Events as clocks see them.
    static func clockEvents(
        _ events: [(RecordedEvent, CaseEvent)], _ corrections: [Int: MomentCorrection]
    ) -> [ClockEvent] {
        events.map { recorded, event in
            let facts = event.content.facts
            let correction = corrections[recorded.version]
            return ClockEvent(
                event.content.name, at: correction?.moment ?? recorded.occurredAt, facts: facts,
                date: correction?.date ?? event.content.clockDate,
                bodyZone: facts["zone"].flatMap { CivilZone.named($0) })
        }
    }

    /// The moments that later events of a case put right, by entry; the last correction counts.
    static func correctedMoments(_ events: [(RecordedEvent, CaseEvent)]) -> [Int: Moment] {
        corrections(events).mapValues(\.moment)
    }
}

/// A wrong moment put right: the entry stays as it was written, another event says what it should have said, and the
/// clocks are computed as they would stand had it been right from the beginning.
extension CaseSession {
    /// The entries of a case with the moments that count by now, oldest first.
    package func entries(of stream: StreamID) throws -> [(recorded: RecordedEvent, event: CaseEvent, moment: Moment)] {
        let events = try transaction.events(of: stream).map { ($0, try casework.catalogue.read($0)) }
        let moments = Casework.correctedMoments(events)
        return events.map { ($0.0, $0.1, moments[$0.0.version] ?? $0.0.occurredAt) }
    }

    /// Appends events that put moments of earlier entries right, and lets the clocks follow.
    ///
    /// Only clocks on which the correction has an effect are touched; the changes carry the reason `entry-corrected` and
    /// the date before. A breach that came of the wrong moment alone is gone from the clock and stays in the journal.
    /// - Parameter byMoment: whether the case may have entries that were entered late, after what followed them.
    /// - Returns: the case afterwards.
    /// - Throws: `ClockError` where the law does not allow what would have happened; `JournalError.conflict`.
    package func correct<Kind: CaseKind>(
        _ corrections: [Kind.Event], on kind: Kind.Type, id: String, expecting expected: Int? = nil,
        byMoment: Bool = false
    ) throws -> LoadedCase<Kind> {
        let before = try load(kind, id: id)
        if let expected, expected != before.version {
            throw JournalError.conflict(stream: before.stream, expected: expected)
        }
        var changes: [ClockChange] = []
        if let name = Kind.procedure, let edition = before.edition {
            guard let procedure = casework.rulebooks.edition(edition)?.procedure(name) else {
                throw CaseworkError.noRulebook(procedure: name, date: today)
            }
            let events = try entries(of: before.stream).map { ($0.recorded, $0.event) }
            var known = Casework.corrections(events)
            let wrong = try replay(Casework.clockEvents(events, known), under: procedure, byMoment: byMoment)
            for correction in corrections.compactMap(\.correction) { known[correction.entry] = correction }
            let right = try replay(Casework.clockEvents(events, known), under: procedure, byMoment: byMoment)
            // What another body was charged with, or not, is over: it does not change behind its back.
            for clock in right.clocks where clock.lapses != wrong[clock.rule]?.lapses ?? [] {
                throw Self.formerTerm
            }
            changes = changesOf(before.clocks, from: wrong, to: right)
        }
        let events = try corrections.enumerated().map { index, event in
            try CaseEvent(event, changes: index == 0 ? changes : []).journalled(occurredAt: now)
        }
        try transaction.append(events, to: before.stream, expecting: before.version)
        return try load(kind, id: id)
    }

    /// Appends what became known only after what followed it, at its own moment, and lets the clocks follow as if it had been
    /// entered in its time.
    /// - Returns: the case afterwards.
    /// - Throws: `ClockError` where the law would not have allowed it; `Refusal` where a body that has handed the case on would be
    ///   charged otherwise.
    package func enterLate<Kind: CaseKind>(
        _ happenings: [Happening<Kind.Event>], on kind: Kind.Type, id: String
    ) throws -> LoadedCase<Kind> {
        let before = try load(kind, id: id)
        guard !happenings.isEmpty else { return before }
        var changes: [ClockChange] = []
        if let name = Kind.procedure, let edition = before.edition {
            guard let procedure = casework.rulebooks.edition(edition)?.procedure(name) else {
                throw CaseworkError.noRulebook(procedure: name, date: today)
            }
            let events = try entries(of: before.stream).map { ($0.recorded, $0.event) }
            let recorded = Casework.clockEvents(events, Casework.corrections(events))
            let late = happenings.map { happening in
                ClockEvent(
                    happening.event.name, at: happening.occurredAt, facts: happening.event.facts,
                    date: happening.event.clockDate)
            }
            let wrong = try replay(recorded, under: procedure, byMoment: true)
            let right = try replay(recorded + late, under: procedure, byMoment: true)
            for clock in right.clocks where clock.lapses != wrong[clock.rule]?.lapses ?? [] {
                throw Self.formerTerm
            }
            changes = changesOf(before.clocks, from: wrong, to: right)
        }
        let events = try happenings.enumerated().map { index, happening in
            try CaseEvent(happening.event, changes: index == 0 ? changes : [])
                .journalled(occurredAt: happening.occurredAt)
        }
        try transaction.append(events, to: before.stream, expecting: before.version)
        return try load(kind, id: id)
    }

    /// Why what another body was charged with cannot be corrected.
    package static var formerTerm: Refusal {
        CaseworkRefusal.correctionFormerTerm(
            "The correction would change the term of a body that has handed the case on: annul the case with its reason and register it anew.",
            field: "at")
    }

    /// The clocks as they stand after events that happened at given moments.
    private func replay(
        _ recorded: [ClockEvent], under procedure: Procedure, byMoment: Bool
    ) throws -> CaseClocks {
        // Of what happened at one moment the order of entry counts.
        let events =
            !byMoment
            ? recorded
            : recorded.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
        var clocks = CaseClocks()
        var cache = DueCache()
        for happened in events where procedure.concerns(happened.name) {
            clocks.apply(
                try procedure.changes(on: happened, clocks: clocks, calendar: calendar, zone: zone, cache: &cache))
        }
        clocks.apply(clocks.breaches(asOf: today, at: now))
        return clocks
    }

    /// What brings the recorded clocks to where they stand without the mistake.
    private func changesOf(_ recorded: CaseClocks, from wrong: CaseClocks, to right: CaseClocks) -> [ClockChange] {
        var changes: [ClockChange] = []
        for clock in right.clocks where !clock.standsLike(wrong[clock.rule]) {
            let present = recorded[clock.rule]
            var start = ClockChange(
                present == nil ? .started : .restarted, clock: clock.rule, at: clock.startedAt, on: clock.dayZero)
            (start.owner, start.force, start.event) = (clock.owner, clock.force, clock.event)
            (start.zero, start.term, start.due, start.target) = (clock.dayZero, clock.term, clock.due, clock.target)
            (start.proof, start.isProvisional) = (clock.proof, clock.isProvisional)
            (start.reason, start.was) = ("entry-corrected", present?.due)
            changes.append(start)
            if let ended = clock.endedOn {
                var end = ClockChange(
                    clock.status == .cancelled ? .cancelled : .stopped, clock: clock.rule, at: now, on: ended)
                if clock.status != .cancelled { end.outcome = clock.status == .breached ? .late : .met }
                changes.append(end)
            } else if clock.status == .breached {
                var breach = ClockChange(.breached, clock: clock.rule, at: now, on: today)
                breach.due = clock.due
                changes.append(breach)
            }
        }
        for clock in wrong.clocks where right[clock.rule] == nil {
            changes.append(ClockChange(.cancelled, clock: clock.rule, at: now, on: today))
        }
        return changes
    }
}

extension Clock {
    fileprivate func standsLike(_ other: Clock?) -> Bool {
        guard let other else { return false }
        return dayZero == other.dayZero && due == other.due && status == other.status && endedOn == other.endedOn
    }
}
