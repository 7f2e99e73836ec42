import WorkingDays

/// Years for which there is no calendar yet, for a demonstration that runs in one: the plain week with the holidays that
/// return on the same day, each marked as an estimate and as demo data.
package enum DemoCalendar {
    /// A calendar continued to a year; nil where it reaches that far already.
    /// - Throws: `CalendarError` never for a calendar that is one.
    package static func extending(
        _ calendar: WorkingCalendar, through year: Int, knownSince: CivilDate
    ) throws(CalendarError) -> WorkingCalendar? {
        let last = calendar.years.upperBound
        guard year > last else { return nil }
        let added = (last + 1...year).flatMap { year in
            returning(calendar).compactMap { holiday -> CalendarException? in
                let parts = holiday.date.parts
                guard let date = CivilDate(year: year, month: parts.month, day: parts.day) else { return nil }
                return CalendarException(
                    date: date, kind: .holiday, nameKK: holiday.nameKK, nameRU: holiday.nameRU,
                    basisKK: "ДЕМО: \(year) жылдың күнтізбесі әлі жоқ", basisRU: "ДЕМО: календаря \(year) года еще нет",
                    knownSince: knownSince, isProvisional: true)
            }
        }
        return try WorkingCalendar(
            exceptions: calendar.exceptions + added, years: calendar.years.lowerBound...year)
    }

    /// The holidays of the last year that were on the same day in the year before: those of the moon are not.
    private static func returning(_ calendar: WorkingCalendar) -> [CalendarException] {
        let last = calendar.years.upperBound
        func holidays(_ year: Int) -> [CalendarException] {
            calendar.exceptions.filter { $0.date.year == year && $0.kind == .holiday }
        }
        let before = Set(holidays(last - 1).map { [$0.date.parts.month, $0.date.parts.day] })
        return holidays(last).filter { before.contains([$0.date.parts.month, $0.date.parts.day]) }
    }
}
