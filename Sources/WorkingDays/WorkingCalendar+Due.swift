/// From a term and day zero to the due date, with its proof.
///
/// A term in working days starts on the day after the event: day 1 is the first working day after day zero, and the
/// term ends at the end of its last day, local time. A term in calendar days that ends on a day off ends on the next
/// working day. Fixed dates stay where the law puts them and get a working-day target.
extension WorkingCalendar {
    /// The due date of a term that starts at `dayZero`, without the proof and without allocation.
    ///
    /// For a waiting period it is the first day on which the thing is allowed.
    /// Throws `CalendarError.missingYear` when a needed day lies outside the covered years.
    package func dueDate(_ term: Term, from dayZero: CivilDate) throws(CalendarError) -> CivilDate {
        switch term {
        case .workingDays(let count):
            return try date(adding: count, to: dayZero)
        case .calendarDays(let count):
            _ = try offset(of: dayZero)
            return try firstWorkingDay(onOrAfter: dayZero.adding(days: count))
        case .dayOfNextMonth(let day):
            _ = try offset(of: dayZero)
            let date = CivilMonth(dayZero).next.first.adding(days: day - 1)
            _ = try offset(of: date)
            return date
        case .atOnce:
            return try firstWorkingDay(onOrAfter: dayZero)
        case .waiting(let count):
            return try date(adding: count + 1, to: dayZero)
        case .onDate:
            _ = try offset(of: dayZero)
            return dayZero
        }
    }

    /// The due date of a term that starts at `dayZero`, with its target and its proof.
    ///
    /// `zone`, the zone in which the event's instant became day zero, is only named in the proof.
    /// Throws `CalendarError.missingYear` when a needed day lies outside the covered years.
    package func due(
        _ term: Term, from dayZero: CivilDate, zone: CivilZone? = nil
    ) throws(CalendarError) -> DueDate {
        let date = try dueDate(term, from: dayZero)
        let target = try target(term, from: dayZero, due: date)
        let proof = Proof(
            term: term, dayZero: dayZero, due: date, target: target, entries: entries(term, from: dayZero, due: date),
            calendar: String(digest.prefix(8)), zone: zone?.name,
            isProvisional: isProvisional(min(dayZero.adding(days: 1), date)...date))
        return DueDate(date: date, target: target, proof: proof)
    }

    /// For a fixed date: the last working day on or before it, within the month of the date; nil for other terms.
    private func target(
        _ term: Term, from dayZero: CivilDate, due: CivilDate
    ) throws(CalendarError) -> CivilDate? {
        switch term {
        case .dayOfNextMonth:
            // The duty cannot be done before its period has ended: a target in the month before would be no target.
            let first = CivilMonth(due).first
            guard try workingDays(in: first...due) > 0 else { return due }
            return try lastWorkingDay(onOrBefore: due)
        case .onDate:
            guard try workingDays(in: days.lowerBound...due) > 0 else { return due }
            return try lastWorkingDay(onOrBefore: due)
        case .workingDays, .calendarDays, .atOnce, .waiting:
            return nil
        }
    }

    /// Each day from day zero to the due date and what it counted for.
    private func entries(_ term: Term, from dayZero: CivilDate, due: CivilDate) -> [Proof.Entry] {
        var entries: [Proof.Entry] = []
        switch term {
        case .dayOfNextMonth, .onDate:
            let date = due
            entries.append(
                Proof.Entry(date: date, outcome: .reached, reason: reason(date), exception: exception(on: date)))
        case .atOnce:
            walk(dayZero, due) { date, isWorked in
                entries.append(entry(date, isWorked ? .reached : .rolled))
            }
        case .workingDays(let count), .waiting(let count):
            var ordinal = 0
            walk(dayZero.adding(days: 1), due) { date, isWorked in
                if isWorked { ordinal += 1 }
                entries.append(entry(date, !isWorked ? .skipped : ordinal > count ? .reached : .counted(ordinal)))
            }
        case .calendarDays(let count):
            var ordinal = 0
            walk(dayZero.adding(days: 1), due) { date, isWorked in
                ordinal += 1
                entries.append(entry(date, ordinal <= count ? .counted(ordinal) : isWorked ? .reached : .rolled))
            }
        }
        return entries
    }

    private func entry(_ date: CivilDate, _ outcome: Proof.Outcome) -> Proof.Entry {
        Proof.Entry(date: date, outcome: outcome, reason: reason(date), exception: exception(on: date))
    }

    /// Why a day differs from an ordinary working day; nil when it does not.
    private func reason(_ date: CivilDate) -> Proof.Reason? {
        switch exception(on: date)?.kind {
        case .holiday: .holiday
        case .transferredDayOff: .transferredDayOff
        case .workingDay: .workingDay
        case nil: date.weekday.isWeekend ? .weekend : nil
        }
    }

    private func walk(_ first: CivilDate, _ last: CivilDate, _ body: (CivilDate, Bool) -> Void) {
        var date = first
        while date <= last {
            let offset = date.dayNumber - firstDay
            body(date, before[offset + 1] != before[offset])
            date = date.adding(days: 1)
        }
    }
}
