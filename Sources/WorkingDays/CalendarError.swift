/// Why a calendar cannot be made or cannot answer.
package enum CalendarError: Error, Hashable, Sendable {
    /// A date is needed in a year for which there is no file.
    case missingYear(Int)
    /// There is no year at all.
    case empty
    /// Two exceptions are given for one day.
    case duplicate(CivilDate)
    /// An exception lies in a year that the calendar does not cover.
    case outsideYears(CivilDate)
    /// A term does not fit in the dates that can be computed with.
    case termOutOfRange
}

extension CalendarError: CustomStringConvertible {
    /// A sentence that says what is wrong and what to do.
    package var description: String {
        switch self {
        case .missingYear(let year):
            """
            The working calendar of \(year) is missing and a date needs it: add the file \
            schedules/calendar/\(year).csv (docs/working-days.md says how), then adopt it.
            """
        case .empty:
            "The working calendar has no year: add at least one file schedules/calendar/<year>.csv."
        case .duplicate(let date):
            """
            The day \(date) is given twice in the working calendar: keep one line for it in \
            schedules/calendar/\(date.year).csv.
            """
        case .outsideYears(let date):
            "The exception of \(date) lies in a year that the working calendar does not cover: add the year \(date.year)."
        case .termOutOfRange:
            "The term is too long to compute a date: give a number of days from 0 to 3660."
        }
    }
}
