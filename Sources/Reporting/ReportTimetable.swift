import WorkingDays

/// When reports are made: pure, from the time and what has been sealed.
package struct ReportTimetable: Hashable, Sendable {
    /// The working day after a period on which its report is made, from 1.
    package var workingDay = 2
    /// The hour of that day, local time.
    package var hour = 10
    /// The first period that is reported by itself; nil for what the desk says.
    package var first: ReportPeriod?

    /// The defaults.
    package init() {}

    /// The moment from which the report of a period is due to be made.
    ///
    /// At the latest on the working-day target of the law's date, whatever is set.
    /// - Throws: `CalendarError` where a year is missing.
    package func start(
        of period: ReportPeriod, target: CivilDate?, calendar: WorkingCalendar, zone: CivilZone
    ) throws(CalendarError) -> Moment {
        var day = try calendar.date(adding: workingDay, to: period.last)
        if let target, target < day { day = target }
        return zone.start(of: day).adding(milliseconds: Int64(hour) * 3_600_000)
    }

    /// The periods that are over and have to have a report, the oldest first; those missed during downtime are among them.
    /// - Parameter first: the first one where none is set, nil where there is nothing to report.
    package func periods(before today: CivilDate, first: ReportPeriod?) -> [ReportPeriod] {
        guard var period = self.first ?? first else { return [] }
        var periods: [ReportPeriod] = []
        while period.last < today {
            periods.append(period)
            period = period.next
        }
        return periods
    }

    /// Whether the report of a period has to be made now.
    /// - Parameter term: the term of its delivery from the rulebook; a report is never made after its target.
    /// - Throws: `CalendarError` where the calendar does not know the last day to report; others may be known.
    package func isDue(
        _ period: ReportPeriod, at now: Moment, term: Term?, calendar: WorkingCalendar, zone: CivilZone
    ) throws(CalendarError) -> Bool {
        var target: CivilDate?
        if let term {
            let date = try calendar.due(term, from: period.last)
            target = date.target ?? date.date
        }
        return try start(of: period, target: target, calendar: calendar, zone: zone) <= now
    }
}
