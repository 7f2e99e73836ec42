import Accounts
import CanonicalJSON
import ContactCentre
import Freshness
import Journal
import KnowledgeBase

/// Service cards and their editions; withdrawn cards are for those who keep cards, drafts too where the settings
/// say so.
enum CardAPI {
    static let queries = APIPage.queries + ["state", "owner", "sphere", "region", "flag"]

    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        var filter = CardFilter()
        let states = try api.queryChoices("state", CardState.self)
        filter.states = states.isEmpty ? visible(api) : visible(api).intersection(states)
        filter.owner = api.site.query("owner")
        filter.sphere = api.site.query("sphere")
        filter.region = api.site.query("region")
        filter.flag = try api.queryChoices("flag", CardFilter.Flag.self).first
        // Nothing that is asked for may be seen: an empty choice of states would let all through.
        guard !filter.states.isEmpty else { return page.answer([CardRecord](), next: { _ in [] }) { $0.summary } }
        let (chosen, after, limit) = (filter, page.place.first, page.limit + 1)
        let cards = try await api.centre.journal.read { db in
            try CardRecord.fetch(chosen, after: after, limit: limit, in: db).items
        }
        return page.answer(cards, next: { [$0.card.code] }) { $0.summary }
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let record = try await record(api)
        let freshness = try await api.centre.journal.read { try CardFreshness.fetch(record.card.code, in: $0) }
        var members = try record.json().object ?? [:]
        members["freshness"] = freshness.json
        return .versioned(.object(members), record.version)
    }

    static func editions(_ api: APIRequest) async throws -> APIAnswer {
        let code = try await record(api).card.code
        let page = try APIPage(api)
        let (limit, offset) = (page.limit + 1, try page.offset)
        let editions = try await api.centre.journal.read { try CardRecord.editions(of: code, in: $0) }
        return try page.answer(Array(editions.dropFirst(offset).prefix(limit))) { $0.json }
    }

    /// One edition, and what it changed against the one before.
    static func edition(_ api: APIRequest) async throws -> APIAnswer {
        let code = try await record(api).card.code
        let number = max(0, Int(try api.parameter("edition")) ?? 0)
        let (edition, changes) = try await api.centre.journal.read { db in
            (
                try CardRecord.edition(number, of: code, in: db),
                try CardRecord.difference(of: code, from: number - 1, to: number, in: db) ?? []
            )
        }
        guard let edition else { throw APIProblem.missing("edition \(number) of the card “\(code)”") }
        return APIAnswer(
            .object([
                "code": .string(code), "edition": .number(number),
                "card": try JSON(parsing: CanonicalCoding.encode(edition.card)),
                "changes": .array(changes.map(\.json)),
            ]))
    }

    private static func visible(_ api: APIRequest) -> Set<CardState> {
        CardState.visible(
            managesCards: api.authority.may(.manageCards), seesDrafts: api.centre.settings.drafts != .keepers)
    }

    private static func record(_ api: APIRequest) async throws -> CardRecord {
        let code = try api.parameter("code")
        guard let record = try await api.centre.cards.card(code), visible(api).contains(record.state) else {
            throw APIProblem.missing("card “\(code)”")
        }
        return record
    }
}
