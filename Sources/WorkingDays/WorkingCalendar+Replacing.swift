extension WorkingCalendar {
    /// The same calendar with another word on one day.
    /// - Parameter exception: what the day is from now on; nil makes it an ordinary day of its week.
    /// - Throws: `CalendarError.outsideYears` for a day of a year that the calendar does not cover.
    package func replacing(
        _ date: CivilDate, with exception: CalendarException?
    ) throws(CalendarError) -> WorkingCalendar {
        guard years.contains(date.year) else { throw .outsideYears(date) }
        var exceptions = exceptions.filter { $0.date != date }
        if var exception {
            exception.date = date
            exceptions.append(exception)
        }
        return try WorkingCalendar(exceptions: exceptions, years: years)
    }
}
