import Casework
import Journal
import Rulebook
import WorkingDays

extension ContactCentre {
    /// The reason under which the files' calendar is adopted when there is none yet; pages say it in their own words.
    package static let firstCalendarReason = "First start: the calendar of schedules/calendar."

    /// Adopts the files' calendar at the first start; later says where the files differ, since nothing moves silently.
    func bringCalendarUpToDate(_ law: ScheduleFolder, note: @Sendable (String) -> Void) async throws {
        let files = try law.calendar()
        let keeper = casework.calendars
        let adopted = try journal.readNow { db in
            try keeper.edition(in: db).map { edition in (edition, try keeper.calendar(edition: edition, in: db)) }
        }
        guard let (edition, calendar) = adopted else {
            _ = try await casework.adopt(
                files, reason: Self.firstCalendarReason, expecting: nil, by: Actor("system"), at: now())
            return
        }
        if calendar.digest != files.digest {
            let days = calendar.differences(to: files).count
            note(
                "schedules/calendar differs from the adopted calendar (edition \(edition)) on \(days) days; the adopted one applies. See “bailanys calendar preview”, then “bailanys calendar adopt --reason …”."
            )
        }
        let today = casework.today(now())
        if let missing = calendar.missingNextYear(asOf: today) {
            note(
                "The calendar of \(missing) is missing: add schedules/calendar/\(missing).csv and adopt it; until then dates in it are refused."
            )
        }
    }
}
