import WorkingDays

/// What a change of the calendar does to the clocks of one case: a preview, and what to record when it is confirmed.
package struct Recalculation: Hashable, Sendable {
    /// A date that moves.
    package struct Move: Hashable, Sendable {
        /// The clock's rule.
        package let clock: String
        /// The date it has.
        package let from: CivilDate
        /// The date it gets.
        package let to: CivilDate
    }

    /// The dates of open clocks that move.
    package var moves: [Move] = []
    /// The terms of law that are breached under the new calendar and were not before.
    package var appearing: [String] = []
    /// The terms of law whose recorded breach the new calendar puts in doubt.
    package var vanishing: [String] = []
    /// The internal targets whose outcome changes or is put in doubt; nobody's violation.
    package var targets: [String] = []
    /// What to record. A recorded breach, and a recorded outcome, is flagged for review, never erased.
    package var changes: [ClockChange] = []

    /// Whether nothing of the case depends on the change.
    package var isEmpty: Bool { changes.isEmpty }
}

extension CaseClocks {
    /// What another calendar does to these clocks.
    ///
    /// Dates of open clocks move; the days left of a suspended clock are counted again. What was left when a clock was
    /// resumed stays as it was recorded.
    ///
    /// - Parameters:
    ///   - calendar: the calendar that would be adopted.
    ///   - today: the civil date of `now`.
    ///   - now: when the change is made.
    /// - Throws: `CalendarError.missingYear` when a date needs a year that the new calendar lacks.
    package func recalculation(
        to calendar: WorkingCalendar, asOf today: CivilDate, at now: Moment
    ) throws(CalendarError) -> Recalculation {
        var result = Recalculation()
        for clock in clocks {
            for lapse in clock.lapses {
                let due = try lapse.due(under: calendar).date
                if lapse.isFlagged {
                    if lapse.isLate == (lapse.endedOn > due) { result.clear(lapse, of: clock, today, now) }
                    continue
                }
                guard lapse.isLate != (lapse.endedOn > due), due != lapse.due else { continue }
                result.flag(lapse, of: clock, due, today, now)
            }
            guard clock.status != .cancelled else { continue }
            let zone = CivilZone.kazakhstan.first { clock.proof.contains(" \($0.name):") }
            let due = try calendar.due(clock.term, from: clock.dayZero, zone: zone)
            if clock.isOpen {
                try move(clock, due, calendar, today, now, &result)
            } else if let ended = clock.endedOn, clock.force != .waiting {
                let wasLate = clock.status == .breached
                let isLate = ended > due.date
                if clock.isFlagged {
                    // The calendar that put it in doubt was taken back, or another bears it out.
                    if wasLate == isLate { result.clear(clock, today, now) }
                    continue
                }
                guard wasLate != isLate, due.date != clock.due else { continue }
                result.flag(clock, due.date, today, now)
            }
        }
        return result
    }

    private func move(
        _ clock: Clock, _ due: DueDate, _ calendar: WorkingCalendar, _ today: CivilDate, _ now: Moment,
        _ result: inout Recalculation
    ) throws(CalendarError) {
        var left: Int?
        if let suspended = clock.suspendedOn { left = try clock.daysLeft(after: suspended, calendar: calendar) }
        if clock.isFlagged, clock.status == .breached, due.date < today { result.clear(clock, today, now) }
        guard
            due.date != clock.due || due.target != clock.target || due.isProvisional != clock.isProvisional
                || left != clock.left
        else { return }
        // A recorded breach keeps its date until a person has decided; only then does it move, or stay.
        if clock.status == .breached, due.date >= today {
            if !clock.isFlagged { result.flag(clock, due.date, today, now) }
            return
        }
        var change = ClockChange(.recalculated, clock: clock.rule, at: now, on: today)
        change.was = clock.due
        change.due = due.date
        change.target = due.target
        change.isProvisional = due.isProvisional
        change.proof = due.proof.description
        change.left = left
        result.changes.append(change)
        if due.date != clock.due {
            result.moves.append(Recalculation.Move(clock: clock.rule, from: clock.due, to: due.date))
        }
        if clock.status == .running, due.date < today {
            result.note(clock, in: \.appearing)
            var breach = ClockChange(.breached, clock: clock.rule, at: now, on: today)
            breach.due = due.date
            result.changes.append(breach)
        }
    }
}

extension Recalculation {
    /// Counts a changed outcome: a breach among the breaches, an internal target apart.
    fileprivate mutating func note(_ clock: Clock, in list: WritableKeyPath<Recalculation, [String]>) {
        self[keyPath: clock.force.canBeBreached ? list : \.targets].append(clock.rule)
    }

    /// Takes the doubt from an outcome that the calendar bears out: nobody has to decide on what does not differ.
    fileprivate mutating func clear(_ clock: Clock, _ today: CivilDate, _ now: Moment) {
        var change = ClockChange(.reviewed, clock: clock.rule, at: now, on: today)
        change.outcome = clock.status == .breached ? .late : .met
        change.reason = ClockChange.borneOut
        changes.append(change)
    }

    /// The same for a former term.
    fileprivate mutating func clear(_ lapse: Clock.Lapse, of clock: Clock, _ today: CivilDate, _ now: Moment) {
        var change = ClockChange(.reviewed, clock: clock.rule, at: now, on: today)
        (change.lapse, change.outcome) = (lapse.lapsedOn, lapse.isLate ? .late : .met)
        change.reason = ClockChange.borneOut
        changes.append(change)
    }

    /// Puts the outcome of a clock in doubt.
    fileprivate mutating func flag(_ clock: Clock, _ due: CivilDate, _ today: CivilDate, _ now: Moment) {
        var change = ClockChange(.flagged, clock: clock.rule, at: now, on: today)
        change.was = clock.due
        change.due = due
        if clock.status == .breached {
            note(clock, in: \.vanishing)
            change.reason = "breach-in-doubt"
        } else {
            note(clock, in: \.appearing)
            change.reason = "late-by-new-calendar"
        }
        changes.append(change)
    }

    /// Puts the outcome of a former term in doubt: whether the body that had the duty before was late.
    fileprivate mutating func flag(
        _ lapse: Clock.Lapse, of clock: Clock, _ due: CivilDate, _ today: CivilDate, _ now: Moment
    ) {
        var change = ClockChange(.flagged, clock: clock.rule, at: now, on: today)
        (change.lapse, change.was, change.due) = (lapse.lapsedOn, lapse.due, due)
        change.reason = lapse.isLate ? "breach-in-doubt" : "late-by-new-calendar"
        note(clock, in: lapse.isLate ? \.vanishing : \.appearing)
        changes.append(change)
    }
}
