import Accounts
import CanonicalJSON
import Casework
import ContactCentre
import Correspondence
import HTTPTypes
import Hummingbird
import Journal
import Languages
import Rulebook
import WorkingDays

/// The ledger of violations for programs: lists, one entry with what happened to it, the numbers by body and month, and every
/// step of a person as a command.
enum ViolationAPI {
    static let queries = APIPage.queries + ["state", "body", "rule", "month", "number"]
    static let summaryQueries = ["from", "through", "body"]

    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        var filter = ViolationFilter()
        filter.caseKinds = PermittedClocks.kinds(for: api.authority.permissions)
        filter.states = try api.queryChoices("state", Violation.State.self)
        (filter.body, filter.rule) = (api.site.query("body"), api.site.query("rule"))
        filter.number = api.site.query("number")
        if let month = try month("month", api) { filter.choose(month) }
        var cursor: Violation.Cursor?
        if let place = page.place.first {
            cursor = Violation.Cursor(place)
            guard cursor != nil, page.place.count == 1 else {
                throw APIProblem(.badRequest, "The cursor is not one that this list gave.")
            }
        }
        let (chosen, after, limit) = (filter, cursor, page.limit + 1)
        let entries = try await api.centre.journal.read { db in
            try Violation.fetch(chosen, after: after, limit: limit, in: db)
        }
        let titles = api.centre.casework.rulebooks.ruleTitles
        return page.answer(entries, next: { [Violation.Cursor($0).text] }) { $0.json(titles: titles) }
    }

    static func summary(_ api: APIRequest) async throws -> APIAnswer {
        let last = try month("through", api) ?? CivilMonth(api.today)
        let first = try month("from", api) ?? last.earlier(by: 11)
        guard first <= last else {
            throw APIProblem(.badRequest, "The query from is a month not after through.")
        }
        let kinds = PermittedClocks.kinds(for: api.authority.permissions)
        let body = api.site.query("body")
        let summary = try await api.centre.journal.read { db in
            try ViolationSummary.fetch(first...last, kinds: kinds, body: body, in: db)
        }
        return APIAnswer(.object(["items": .array(summary.json)]))
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let id = try id(api)
        guard let found = try await api.centre.casework.violation(id) else { throw missing(api) }
        let titles = api.centre.casework.rulebooks.ruleTitles
        var members = found.entry.json(titles: titles).object ?? [:]
        members["version"] = .number(found.version)
        members["timeline"] = .array(
            found.history.compactMap { recorded, event in
                guard let happened = event.content as? ViolationEvent, happened.id(in: id.stream) == id else {
                    return nil
                }
                return happened.json(recorded)
            })
        return .versioned(.object(members), found.version)
    }

    static func confirm(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["words", "document"])
        return try await perform(
            .confirm(words: try fields.optionalText("words"), document: try fields.document("document", api)), api)
    }

    static func excuse(_ api: APIRequest) async throws -> APIAnswer {
        let fields = try api.fields(["ground", "words", "document"])
        return try await perform(
            .excuse(
                ground: try fields.text("ground"), words: try fields.optionalText("words"),
                document: try fields.document("document", api)), api)
    }

    static func withdraw(_ api: APIRequest) async throws -> APIAnswer {
        try await perform(.withdraw(reason: try api.fields(["reason"]).text("reason")), api)
    }

    static func close(_ api: APIRequest) async throws -> APIAnswer {
        try await perform(.close(reason: try api.fields(["reason"]).text("reason")), api)
    }

    static func tell(_ api: APIRequest) async throws -> APIAnswer {
        _ = try api.fields([])
        let id = try decidable(api)
        let version = try await api.centre.violations.tell(
            id, by: api.actor, at: api.now, expecting: try api.expected(), once: try api.key())
        return .step(id.stream, version)
    }

    private static func perform(_ command: ViolationCommand, _ api: APIRequest) async throws -> APIAnswer {
        let id = try decidable(api)
        let version = try await api.centre.violations.perform(
            command, on: id, by: api.actor, at: api.now, expecting: try api.expected(), once: try api.key())
        return .step(id.stream, version)
    }

    /// The entry of the address; what the caller may not see is not there.
    private static func id(_ api: APIRequest) throws -> Violation.ID {
        guard let id = Violation.ID(try api.parameter("id")),
            PermittedClocks.kinds(for: api.authority.permissions).contains(id.stream.kind)
        else { throw missing(api) }
        return id
    }

    /// The same for whoever decides on cases of its kind.
    private static func decidable(_ api: APIRequest) throws -> Violation.ID {
        let id = try id(api)
        guard let kind = ContactCentre.kinds[id.stream.kind] else { throw missing(api) }
        try api.authority.require(kind.act)
        return id
    }

    private static func missing(_ api: APIRequest) -> APIProblem {
        .missing("entry “\(api.site.context.parameters.get("id") ?? "")”")
    }

    private static func month(_ name: String, _ api: APIRequest) throws -> CivilMonth? {
        guard let text = api.site.query(name) else { return nil }
        guard let month = CivilMonth(text) else {
            throw APIProblem(.badRequest, "The query \(name) is a month as 2026-03.")
        }
        return month
    }
}
