import CanonicalJSON
import GRDB
import Journal
import KnowledgeBase
import WorkingDays

/// Service cards and their editions.
enum CardAPI {
    static func list(_ api: APIRequest) async throws -> APIAnswer {
        let page = try APIPage(api)
        let states = try api.queryChoices("state", CardState.self)
        let after = page.place.first ?? ""
        let cards = try await api.centre.journal.read { db in
            // The state is worked out from the acceptance, so cards are looked through from the place on.
            var found: [CardRecord] = []
            let codes = try String.fetchCursor(
                db, sql: "SELECT code FROM card WHERE code > ? ORDER BY code", arguments: [after])
            while found.count <= page.limit, let code = try codes.next() {
                guard let card = try CardRecord.fetch(code, in: db) else { continue }
                if states.isEmpty || states.contains(card.state) { found.append(card) }
            }
            return found
        }
        return page.answer(cards, next: { [$0.card.code] }) { record in
            .members([
                "code": .string(record.card.code), "edition": .number(record.edition),
                "state": .string(record.state.rawValue), "title": json(record.card.title),
                "sphere": .string(record.card.sphere), "owner": .string(record.card.owner),
                "content": .string(record.card.content.rawValue), "editedAt": .moment(record.editedAt),
                "confirmedAt": .moment(record.confirmedAt),
            ])
        }
    }

    static func one(_ api: APIRequest) async throws -> APIAnswer {
        let code = try api.parameter("code")
        guard let record = try await api.centre.cards.card(code) else { throw APIProblem.missing("card “\(code)”") }
        return .versioned(
            .members([
                "code": .string(record.card.code), "edition": .number(record.edition),
                "state": .string(record.state.rawValue), "editedAt": .moment(record.editedAt),
                "confirmedAt": .moment(record.confirmedAt),
                "card": try JSON(parsing: CanonicalCoding.encode(record.card)),
            ]), record.edition)
    }

    static func editions(_ api: APIRequest) async throws -> APIAnswer {
        let code = try api.parameter("code")
        let page = try APIPage(api)
        let (limit, offset) = (page.limit + 1, try page.offset)
        let editions = try await api.centre.journal.read { db in
            try CardRecord.editions(of: code, in: db).map { Edition($0.edition, $0.editedAt, $0.actor, $0.source) }
        }
        guard !editions.isEmpty else { throw APIProblem.missing("card “\(code)”") }
        return try page.answer(Array(editions.dropFirst(offset).prefix(limit))) { edition in
            .object([
                "edition": .number(edition.number), "editedAt": .moment(edition.editedAt),
                "actor": .string(edition.actor), "source": .string(edition.source),
            ])
        }
    }

    static func difference(_ api: APIRequest) async throws -> APIAnswer {
        let code = try api.parameter("code")
        guard let edition = Int(try api.parameter("edition")), edition >= 1 else {
            throw APIProblem.missing("edition of this number")
        }
        let fields = try await api.centre.journal.read { db -> [Change]? in
            guard try CardRecord.editions(of: code, in: db).contains(where: { $0.edition == edition }) else {
                return nil
            }
            return try CardRecord.difference(of: code, from: edition - 1, to: edition, in: db).map {
                Change($0.field, $0.old, $0.new)
            }
        }
        guard let fields else { throw APIProblem.missing("edition \(edition) of the card “\(code)”") }
        return APIAnswer(
            .object([
                "code": .string(code), "edition": .number(edition),
                "changes": .array(
                    try fields.map { change in
                        .members([
                            "field": .string(change.field), "before": try change.old.json, "after": try change.new.json,
                        ])
                    }),
            ]))
    }

    private static func json(_ text: CardText) -> JSON { .members(["kk": .text(text.kk), "ru": .text(text.ru)]) }

    private struct Edition: Sendable {
        let number: Int
        let editedAt: Moment
        let actor: String
        let source: String

        init(_ number: Int, _ editedAt: Moment, _ actor: String, _ source: String) {
            (self.number, self.editedAt, self.actor, self.source) = (number, editedAt, actor, source)
        }
    }

    private struct Change: Sendable {
        let field: String
        let old: String
        let new: String

        init(_ field: String, _ old: String, _ new: String) { (self.field, self.old, self.new) = (field, old, new) }
    }
}

extension String {
    /// The JSON that a text spells; null where it is empty.
    fileprivate var json: JSON { get throws { isEmpty ? .null : try JSON(parsing: self) } }
}
