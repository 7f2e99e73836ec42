import CanonicalJSON
import Casework
import ContactCentre
import Journal
import WorkingDays

/// The calendar of working days: what it is, what a change would move, the change itself and its undoing.
enum CalendarAPI {
    static let members = ["changes"]
    private static let changeMembers = ["date", "kind", "kk", "ru", "basisKK", "basisRU", "provisional"]

    static func show(_ api: APIRequest) async throws -> APIAnswer {
        let keeper = api.centre.casework.calendars
        let (calendar, editions) = try await api.centre.journal.read { db in
            (try keeper.calendar(in: db), try keeper.editions(in: db))
        }
        let year = try api.queryInt("year", 1900...2200)
        return .versioned(try calendar.json(year: year, editions: editions), editions.first?.edition ?? 0)
    }

    static func preview(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(members)
        let (calendar, edition) = try await changed(api, fields)
        let preview = try await api.centre.casework.preview(calendar, at: api.now)
        return .versioned(preview.json, edition)
    }

    static func adopt(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(members + ["reason"])
        let reason = try fields.text("reason")
        guard let expected = try api.expected() else {
            throw APIProblem(
                .preconditionFailed, "Look at the preview first and send its ETag in If-Match.")
        }
        let (calendar, _) = try await changed(api, fields)
        return try await adopt(calendar, reason, expected, api)
    }

    /// Goes back to the calendar before the last change that stands; all of them stay visible.
    static func undo(_ api: APIRequest) async throws -> APIAnswer {
        let reason = try api.fields(["reason"]).text("reason")
        guard let expected = try api.expected() else {
            throw APIProblem(.preconditionFailed, "Send the ETag of the calendar that is to be undone in If-Match.")
        }
        let keeper = api.centre.casework.calendars
        let earlier = try await api.centre.journal.read { db in
            try keeper.editionBefore(expected, in: db).map { try keeper.calendar(edition: $0, in: db) }
        }
        guard let earlier else { throw APIProblem(.conflict, "No change of the calendar stands that could be undone.") }
        return try await adopt(earlier, reason, expected, api)
    }

    private static func adopt(
        _ calendar: WorkingCalendar, _ reason: String, _ expected: Int, _ api: APIRequest
    ) async throws -> APIAnswer {
        let casework = api.centre.casework
        let preview = try await casework.preview(calendar, at: api.now)
        let edition: Int
        do {
            edition = try await casework.adopt(
                calendar, reason: reason, expecting: expected, by: api.actor, at: api.now)
        } catch CaseworkError.calendarHasMoved {
            throw APIProblem(.preconditionFailed, "Another calendar was adopted since: look at the preview again.")
        }
        guard var members = preview.json.object else { throw APIProblem.missing("preview") }
        members["edition"] = .number(edition)
        return .versioned(.object(members), edition)
    }

    /// The calendar in force with some days changed; a day without a kind is as the plain week has it.
    private static func changed(
        _ api: APIRequest, _ fields: APIFields
    ) async throws -> (calendar: WorkingCalendar, edition: Int) {
        let keeper = api.centre.casework.calendars
        let (calendar, edition) = try await api.centre.journal.read { db in
            (try keeper.calendar(in: db), try keeper.edition(in: db) ?? 0)
        }
        var days = Dictionary(calendar.exceptions.map { ($0.date, $0) }, uniquingKeysWith: { first, _ in first })
        for change in try fields.objects("changes", changeMembers, most: 400) {
            let date = try change.date("date")
            guard calendar.years.contains(date.year) else {
                throw APIProblem.field("changes", "The calendar has no year \(date.year): add its file first.")
            }
            guard let kind = try change.optionalChoice("kind", CalendarException.Kind.self) else {
                days[date] = nil
                continue
            }
            days[date] = CalendarException(
                date: date, kind: kind, nameKK: try change.text("kk"), nameRU: try change.text("ru"),
                basisKK: try change.text("basisKK"), basisRU: try change.text("basisRU"), knownSince: api.today,
                isProvisional: try change.optionalBool("provisional") ?? false)
        }
        return (try WorkingCalendar(exceptions: Array(days.values), years: calendar.years), edition)
    }
}
