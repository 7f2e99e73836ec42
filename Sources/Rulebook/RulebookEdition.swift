import Languages
import WorkingDays

/// One rulebook file: an act in the wording of certain dates.
package struct RulebookEdition: Hashable, Sendable {
    /// The book and its first day: "797@2013-08-06". A case keeps the edition it started under.
    package let id: String
    /// The book: "797".
    package let book: String
    /// Its name for people.
    package let title: Localized
    /// The act.
    package let act: Localized
    /// The first day in force.
    package let from: CivilDate
    /// The last day in force; nil while there is no end.
    package let to: CivilDate?
    /// Whether it is run where no edition of its book is in force, and then marked as such.
    package let runsByDefault: Bool
    /// The zone of the centre: its midnight ends a day where a clock does not name the body's.
    package let zone: CivilZone
    /// What day a filing counts as registered; nil when the book has no such rule.
    package let registration: RegistrationRule?
    /// The kinds of cases.
    package let procedures: [Procedure]

    /// Whether the act is in force on a day.
    package func isInForce(on date: CivilDate) -> Bool {
        date >= from && to.map { date <= $0 } ?? true
    }

    /// The procedure with this name, or nil.
    package func procedure(_ id: String) -> Procedure? {
        procedures.first { $0.id == id }
    }
}

/// The registration of a filing that came electronically: after office hours or on a day off it is the next working day.
package struct RegistrationRule: Hashable, Sendable {
    /// The paragraph or the source of the rule.
    package let cite: Localized
    /// The rule for people.
    package let explanation: Localized
    /// Minutes after midnight at which the office closes.
    package let closingMinute: Int

    /// Why a filing is registered on its day.
    package enum Ground: String, Hashable, Sendable, Codable {
        /// It came on a working day before the office closed.
        case officeHours = "office-hours"
        /// It came after the office had closed.
        case evening
        /// It came on a day off.
        case dayOff = "day-off"
    }

    /// The day on which a filing is registered, and why.
    ///
    /// Throws `CalendarError.missingYear` outside the covered years.
    package func registration(
        filedAt moment: Moment, calendar: WorkingCalendar, zone: CivilZone
    ) throws(CalendarError) -> (date: CivilDate, ground: Ground) {
        let filed = zone.civilDate(of: moment)
        guard try calendar.isWorkingDay(filed) else {
            return (try calendar.firstWorkingDay(onOrAfter: filed), .dayOff)
        }
        let clock = zone.wallClock(of: moment)
        guard clock.hour * 60 + clock.minute >= closingMinute else { return (filed, .officeHours) }
        return (try calendar.date(adding: 1, to: filed), .evening)
    }

    /// The day on which a filing is registered. Throws `CalendarError.missingYear` outside the covered years.
    package func registrationDate(
        filedAt moment: Moment, calendar: WorkingCalendar, zone: CivilZone
    ) throws(CalendarError) -> CivilDate {
        try registration(filedAt: moment, calendar: calendar, zone: zone).date
    }
}
