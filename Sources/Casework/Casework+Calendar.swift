import GRDB
import Journal
import Rulebook
import WorkingDays

/// What a change of the calendar would do, or did, to all cases.
package struct CalendarPreview: Sendable {
    /// The days that differ.
    package let differences: [CalendarChange]
    /// The cases it touches, with what it does to each.
    package let cases: [(stream: StreamID, recalculation: Recalculation)]

    /// How many dates move.
    package var moves: Int { cases.reduce(0) { $0 + $1.recalculation.moves.count } }
    /// How many breaches appear.
    package var appearing: Int { cases.reduce(0) { $0 + $1.recalculation.appearing.count } }
    /// How many recorded breaches are put in doubt.
    package var vanishing: Int { cases.reduce(0) { $0 + $1.recalculation.vanishing.count } }
    /// How many internal targets get another outcome or are put in doubt; they are no violations.
    package var targets: Int { cases.reduce(0) { $0 + $1.recalculation.targets.count } }
}

/// Changes of the calendar: shown first, confirmed with a reason, recorded case by case; nothing moves silently.
extension Casework {
    /// The stream of all adopted calendars.
    static let calendarStream = StreamID("calendar/kz")

    /// What adopting a calendar would do; nothing is recorded.
    package func preview(_ calendar: WorkingCalendar, at now: Moment) async throws -> CalendarPreview {
        try await journal.read { [self] db in try preview(calendar, at: now, in: db) }
    }

    /// Adopts a calendar and records in each case what it moves.
    ///
    /// Undoing a change is adopting the earlier edition again: the dates go back, and both changes stay visible.
    /// - Parameters:
    ///   - reason: why, in the words of the person who confirms.
    ///   - edition: the edition on which the preview was made; nil for the first calendar.
    /// - Throws: `CaseworkError.calendarHasMoved` where another calendar was adopted since; `Refusal` without a reason, and
    ///   where nothing differs.
    package func adopt(
        _ calendar: WorkingCalendar, reason: String, expecting edition: Int?, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws -> Int {
        try await journal.transact(by: actor, at: now, once: key) { [self] transaction in
            // The first calendar is adopted by itself: there is none to decide by yet.
            let session = try CaseSession(
                transaction: transaction, casework: self,
                calendar: try calendars.edition(in: transaction.db) == nil ? calendar : nil)
            return try adopt(calendar, reason: reason, expecting: edition, in: session)
        }
    }

    private func adopt(
        _ calendar: WorkingCalendar, reason: String, expecting edition: Int?, in session: CaseSession
    ) throws -> Int {
        guard !reason.allSatisfy(\.isWhitespace) else {
            throw CaseworkRefusal.calendarReasonMissing(
                "A change of the calendar needs its reason: name the act.", field: "reason")
        }
        let current = try calendars.edition(in: session.db)
        guard current == edition else { throw CaseworkError.calendarHasMoved(edition: current ?? 0) }
        if current != nil, try calendars.calendar(in: session.db).digest == calendar.digest {
            throw CaseworkRefusal.calendarUnchanged(
                "The calendar in force says this already: there is nothing to adopt.")
        }
        let preview =
            current == nil
            ? CalendarPreview(differences: [], cases: []) : try preview(calendar, at: session.now, in: session.db)
        let number = (current ?? 0) + 1
        let adopted = CalendarAdopted(
            edition: number, reason: reason, firstYear: calendar.years.lowerBound, lastYear: calendar.years.upperBound,
            exceptions: calendar.exceptions)
        try session.append([CalendarEvent.calendarAdopted(adopted)], to: Self.calendarStream, expecting: number - 1)
        for (stream, recalculation) in preview.cases {
            let version = try session.transaction.events(of: stream).count
            let event = CaseworkEvent.clocksRecalculated(ClocksRecalculated(calendarEdition: number, reason: reason))
            try session.append(event, changes: recalculation.changes, to: stream, expecting: version)
        }
        return number
    }

    private func preview(_ calendar: WorkingCalendar, at now: Moment, in db: Database) throws -> CalendarPreview {
        let current = try calendars.calendar(in: db)
        let differences = current.differences(to: calendar)
        // A year that is no estimate any more, or has become one, moves no date, but every proof that depends on it says so.
        let judged = Set(current.provisionalYears).symmetricDifference(calendar.provisionalYears)
            .flatMap { [CivilDate(year: $0, month: 1, day: 1), CivilDate(year: $0, month: 12, day: 31)] }
        let moving = differences.filter(\.movesDates).map(\.date) + judged.compactMap { $0 }
        guard let first = moving.min(), let last = moving.max() else {
            return CalendarPreview(differences: differences, cases: [])
        }
        let streams = try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT stream FROM clock
                WHERE (status <> 'cancelled' AND dayZero <= ? AND (due >= ? OR firstDue >= ? OR endedOn IS NULL))
                  OR (lapsedFrom <= ? AND lapsedThrough >= ?) ORDER BY stream
                """,
            arguments: [
                last.description, first.description, first.description, last.description, first.description,
            ])
        let store = SQLiteEventStore(db: db)
        var cases: [(stream: StreamID, recalculation: Recalculation)] = []
        for stream in streams.map({ StreamID($0) }) {
            var clocks = CaseClocks()
            for event in try store.events(of: stream) { clocks.apply(try catalogue.read(event).changes) }
            let recalculation = try clocks.recalculation(to: calendar, asOf: today(now), at: now)
            if !recalculation.isEmpty { cases.append((stream, recalculation)) }
        }
        return CalendarPreview(differences: differences, cases: cases)
    }
}
