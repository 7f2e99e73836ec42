import CanonicalJSON
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
        guard !filter.states.isEmpty else { return page.answer([CardRecord](), next: { _ in [] }, summary) }
        let (chosen, after, limit) = (filter, page.place.first, page.limit + 1)
        let cards = try await api.centre.journal.read { db in
            try CardRecord.fetch(chosen, after: after, limit: limit, in: db).items
        }
        return page.answer(cards, next: { [$0.card.code] }, summary)
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let record = try await record(api)
        guard var members = summary(record).object else { throw APIProblem.missing("card") }
        members["card"] = try JSON(parsing: CanonicalCoding.encode(record.card))
        members["liveFrom"] = record.liveFrom.map { .date($0) }
        members["version"] = .number(record.version)
        return .versioned(.object(members), record.version)
    }

    static func editions(_ api: APIRequest) async throws -> APIAnswer {
        let code = try await record(api).card.code
        let page = try APIPage(api)
        let (limit, offset) = (page.limit + 1, try page.offset)
        let editions = try await api.centre.journal.read { try CardRecord.editions(of: code, in: $0) }
        return try page.answer(Array(editions.dropFirst(offset).prefix(limit))) { edition in
            .members([
                "edition": .number(edition.edition), "editedAt": .moment(edition.editedAt),
                "actor": .string(edition.actor), "source": .string(edition.source),
                "origin": .string(edition.origin.rawValue), "confirmedAt": .moment(edition.confirmedAt),
                "confirmedBy": .text(edition.confirmedBy),
            ])
        }
    }

    /// One edition, and what it changed against the one before.
    static func edition(_ api: APIRequest) async throws -> APIAnswer {
        let code = try await record(api).card.code
        let number = Int(try api.parameter("edition")) ?? 0
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
                "changes": .array(
                    changes.map { change in
                        .members([
                            "field": .string(change.field), "language": .text(change.language?.rawValue),
                            "before": .text(change.old), "after": .text(change.new),
                        ])
                    }),
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

    private static func summary(_ record: CardRecord) -> JSON {
        .members([
            "code": .string(record.card.code), "edition": .number(record.edition),
            "state": .string(record.state.rawValue), "title": json(record.card.title),
            "sphere": .string(record.card.sphere), "owner": .string(record.card.owner),
            "content": .string(record.content.rawValue), "editedAt": .moment(record.editedAt),
            "confirmedAt": .moment(record.confirmedAt), "confirmedBy": .text(record.confirmedBy),
        ])
    }

    private static func json(_ text: CardText) -> JSON { .members(["kk": .text(text.kk), "ru": .text(text.ru)]) }
}
