import Casework
import Journal
import Languages
import Rulebook
import WorkingDays

/// The terms of review of a complaint that would be filed now, computed from the rulebook and the calendar in force.
package struct ComplaintTerms: Sendable {
    /// One term: whose, until when, and why.
    package struct Term: Sendable {
        /// What the rulebook says of it, for people.
        package let rule: ClockRule
        /// The last day, with its proof.
        package let due: DueDate
        /// How many working days the term has.
        package let days: Int

        /// The term of what is registered on a day; nil where the procedure has none for this reviewer.
        /// - Throws: `CalendarError` where the calendar does not reach far enough.
        init?(
            _ reviewer: Reviewer, _ procedure: Procedure, from registeredOn: CivilDate, calendar: WorkingCalendar,
            zone: CivilZone
        ) throws {
            let facts = ["reviewer": reviewer.rawValue]
            guard let rule = procedure.rules.first(where: { $0.starts(on: "complaintRegistered", facts: facts) }),
                let term = rule.term(on: registeredOn), case .workingDays(let days) = term
            else { return nil }
            self.rule = rule
            due = try calendar.due(term, from: registeredOn, zone: zone)
            self.days = days
        }
    }

    /// The day on which the complaint would be registered.
    package let registeredOn: CivilDate
    /// Why on that day.
    package let ground: RegistrationRule.Ground
    /// The edition of the rulebook.
    package let edition: String
    /// The act.
    package let act: Localized
    /// The review by a body or provider.
    package let body: Term?
    /// The review by the Agency.
    package let agency: Term?

    /// The terms of a complaint filed at `now`; nil where no rulebook covers the day
    /// or no calendar has been adopted.
    /// - Throws: `CalendarError` where the calendar does not reach far enough.
    package init?(_ casework: Casework, at now: Moment) async throws {
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
        func term(_ reviewer: Reviewer) throws -> Term? {
            try Term(reviewer, procedure, from: registration.date, calendar: calendar, zone: casework.zone)
        }
        (registeredOn, ground) = registration
        self.edition = edition.id
        act = edition.act
        body = try term(.body)
        agency = try term(.agency)
    }
}
