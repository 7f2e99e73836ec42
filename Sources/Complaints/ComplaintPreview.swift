import Casework
import Journal
import Rulebook
import WorkingDays

/// Who would answer a complaint and until when, were it registered as it stands; nothing has been recorded.
package struct ComplaintPreview: Sendable {
    /// Who must answer, by which rule, and why.
    package let answer: RoutingAnswer
    /// What would change that.
    package let alternatives: [RoutingAlternative]
    /// The day on which it would be registered.
    package let registeredOn: CivilDate
    /// Why on that day.
    package let ground: RegistrationRule.Ground
    /// The term of its review, with the paragraph and the proof; nil where the rulebook has none.
    package let term: ComplaintTerms.Term?

    /// The last day; where no term is known, that of registration, as the table of complaints has it.
    package var dueOn: CivilDate { term?.due.date ?? registeredOn }
}

extension ComplaintDesk {
    /// What would follow from a filing.
    /// - Throws: `Refusal` that names the field; `RoutingError`; `CalendarError`; `CaseworkError.noRulebook`, `.noCalendar`.
    package func preview(_ filing: ComplaintFiling, at now: Moment) async throws -> ComplaintPreview {
        try await prepare()
        return try await casework.journal.read { db in
            let calendar = try casework.calendars.calendar(in: db)
            return try intake(calendar: calendar, in: db).preview(filing, now: now)
        }
    }
}

extension ComplaintIntake {
    /// What would follow from a filing; pure.
    func preview(_ filing: ComplaintFiling, now: Moment) throws -> ComplaintPreview {
        let event = try registration(of: filing, now: now)
        let filed = zone.civilDate(of: filing.filedAt)
        let procedure = rulebooks.procedure("complaint-review", on: filed)
        let question = question(filing, on: filed)
        let term = try procedure.flatMap {
            try ComplaintTerms.Term(
                event.reviewer, $0, from: event.registeredOn, calendar: calendar, zone: zone)
        }
        return ComplaintPreview(
            answer: try routing.route(question, by: facts),
            alternatives: routing.alternatives(to: question, by: facts), registeredOn: event.registeredOn,
            ground: event.ground, term: term)
    }
}
