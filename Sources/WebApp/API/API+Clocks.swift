import Accounts
import CanonicalJSON
import Casework
import ContactCentre
import Journal
import Languages
import Rulebook
import WorkingDays

/// The worklist of clocks, and what all cases show of theirs.
enum ClockAPI {
    static let queries = APIPage.queries + ["status", "owner", "body", "kind", "open", "dueFrom", "dueThrough"]

    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        var filter = ClockFilter()
        filter.standings = try api.queryChoices("status", ClockStanding.self)
        filter.owners = try api.queryChoices("owner", ClockOwner.self)
        filter.body = api.site.query("body")
        filter.caseKinds = PermittedClocks.kinds(for: api.authority.permissions)
        if let kind = api.site.query("kind") { filter.caseKinds?.formIntersection([kind]) }
        filter.dueFrom = try api.queryDate("dueFrom")
        filter.dueThrough = try api.queryDate("dueThrough")
        if let open = api.site.query("open") {
            guard open == "true" || open == "false" else {
                throw APIProblem(.badRequest, "The query open is true or false.")
            }
            filter.isOpen = open == "true"
        }
        let (chosen, limit, offset) = (filter, page.limit + 1, try page.offset)
        let clocks = try await api.centre.journal.read { db in
            try ClockRow.fetch(chosen, limit: limit, offset: offset, in: db)
        }
        let titles = api.centre.casework.rulebooks.ruleTitles
        return try page.answer(clocks) { $0.json(titles: titles) }
    }
}
