import Casework
import ContactCentre
import Languages
import Rulebook
import WorkingDays

/// The terms of review of a complaint that would be filed now, computed from the rulebook and the calendar in force.
struct ComplaintTerms: Sendable {
    /// One term: whose, until when, and why.
    struct Term: Sendable {
        /// What the rulebook says of it, for people.
        let rule: ClockRule
        /// The last day, with its proof.
        let due: DueDate
        /// How many working days the term has.
        let days: Int
    }

    /// The day on which the complaint would be registered.
    let registeredOn: CivilDate
    /// Why on that day.
    let ground: RegistrationRule.Ground
    /// The edition of the rulebook.
    let edition: String
    /// The act.
    let act: Localized
    /// The review by a body or provider.
    let body: Term?
    /// The review by the Agency.
    let agency: Term?

    /// The terms of a complaint filed at `now`; nil where no rulebook covers the day
    /// or no calendar has been adopted.
    /// - Throws: `CalendarError` where the calendar does not reach far enough.
    init?(_ centre: ContactCentre, at now: Moment) async throws {
        let casework = centre.casework
        let today = casework.today(now)
        guard let procedure = casework.rulebooks.procedure("complaint-review", on: today),
            let edition = casework.rulebooks.edition(procedure.edition)
        else { return nil }
        let calendar: WorkingCalendar
        do {
            calendar = try await casework.journal.read { try casework.calendars.calendar(in: $0) }
        } catch CaseworkError.noCalendar {
            return nil
        }
        let registration =
            try edition.registration?.registration(filedAt: now, calendar: calendar, zone: casework.zone)
            ?? (today, .officeHours)
        func term(_ id: String) throws -> Term? {
            guard let rule = procedure.rule(id), let term = rule.term(on: registration.date),
                case .workingDays(let days) = term
            else { return nil }
            let due = try calendar.due(term, from: registration.date, zone: casework.zone)
            return Term(rule: rule, due: due, days: days)
        }
        (registeredOn, ground) = registration
        self.edition = edition.id
        act = edition.act
        body = try term("review-by-body")
        agency = try term("review-by-agency")
    }
}
