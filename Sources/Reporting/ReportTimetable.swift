import WorkingDays

/// When reports are made: pure, from the time and what has been sealed.
package struct ReportTimetable: Hashable, Sendable {
    /// The working day of the month on which the report of the month before is made, from 1.
    package var workingDay = 2
    /// The hour of that day, local time.
    package var hour = 10
    /// The first month that is reported by itself; nil for the first with complaints.
    package var firstMonth: CivilMonth?

    /// The defaults.
    package init() {}

    /// The moment from which the report of a month is due to be made.
    ///
    /// At the latest on the working-day target of the law's date, whatever is set.
    /// - Throws: `CalendarError` where a year is missing.
    package func start(
        of month: CivilMonth, target: CivilDate?, calendar: WorkingCalendar, zone: CivilZone
    ) throws(CalendarError) -> Moment {
        var day = try calendar.date(adding: workingDay, to: month.last)
        if let target, target < day { day = target }
        return zone.start(of: day).adding(milliseconds: Int64(hour) * 3_600_000)
    }

    /// The months whose report has to be made now, the oldest first; those missed during downtime are among them.
    /// - Parameters:
    ///   - first: the first month with complaints, nil where there is none.
    ///   - sealed: the months that are sealed.
    ///   - term: the term of §18 from the rulebook; a report is never made after its target.
    package func due(
        at now: Moment, first: CivilMonth?, sealed: Set<CivilMonth>, term: Term? = nil, calendar: WorkingCalendar,
        zone: CivilZone
    ) throws(CalendarError) -> [CivilMonth] {
        guard var month = firstMonth ?? first else { return [] }
        let current = CivilMonth(zone.civilDate(of: now))
        var due: [CivilMonth] = []
        while month < current {
            var target: CivilDate?
            if let term {
                let date = try calendar.due(term, from: month.last)
                target = date.target ?? date.date
            }
            if !sealed.contains(month), try start(of: month, target: target, calendar: calendar, zone: zone) <= now {
                due.append(month)
            }
            month = month.next
        }
        return due
    }
}
