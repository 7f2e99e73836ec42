import CanonicalJSON
import GRDB
import WorkingDays

/// Where a card stands by 797 §3 and §9.
package enum CardState: String, CaseIterable, Codable, Hashable, Sendable {
    /// The service is not accepted for consultation: it may not be shown as live.
    case draft
    /// The protocol is signed by both sides; the waiting period runs.
    case accepted
    /// Consulted on.
    case live
    /// The information has changed and the new one is not here yet.
    case outOfDate
    /// Not shown to operators any more.
    case withdrawn
}

/// A card as it stands.
package struct CardRecord: Sendable, Hashable {
    /// What it says.
    package let card: Card
    /// The number of its edition, from 1.
    package let edition: Int
    /// Where it stands.
    package let state: CardState
    /// When the edition was recorded.
    package let editedAt: Moment
    /// When the body confirmed it; nil where it did not.
    package let confirmedAt: Moment?

    init(_ row: Row) throws {
        card = try CanonicalCoding.decode(Card.self, from: Array((row["body"] as String).utf8))
        edition = row["edition"]
        editedAt = Moment(millisecondsSince1970: row["editedAt"])
        confirmedAt = (row["confirmedAt"] as Int64?).map { Moment(millisecondsSince1970: $0) }
        let mark: String = row["mark"]
        let acceptance: String? = row["acceptance"]
        state = CardState(rawValue: mark) ?? acceptance.flatMap(CardState.init(rawValue:)) ?? .draft
    }

    private static let select = """
        SELECT card.*, serviceAcceptance.state AS acceptance FROM card
        LEFT JOIN serviceAcceptance ON serviceAcceptance.service = card.code
        """

    /// A card by its code, nil where there is none.
    package static func fetch(_ code: String, in db: Database) throws -> CardRecord? {
        try Row.fetchOne(db.cachedStatement(sql: select + " WHERE card.code = ?"), arguments: [code]).map {
            try CardRecord($0)
        }
    }

    /// How many cards there are.
    package static func count(in db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM card") ?? 0
    }

    /// The editions of a card, the latest first: number, when, by whom, from where.
    package static func editions(
        of code: String, in db: Database
    ) throws -> [(edition: Int, editedAt: Moment, actor: String, source: String)] {
        try Row.fetchAll(db, sql: "SELECT * FROM cardEdition WHERE code = ? ORDER BY edition DESC", arguments: [code])
            .map { ($0["edition"], Moment(millisecondsSince1970: $0["editedAt"]), $0["actor"], $0["source"]) }
    }

    /// What differs between two editions of a card, field by field: its name, before, after.
    package static func difference(
        of code: String, from old: Int, to new: Int, in db: Database
    ) throws -> [(field: String, old: String, new: String)] {
        func members(_ edition: Int) throws -> [String: JSON] {
            let body = try String.fetchOne(
                db, sql: "SELECT body FROM cardEdition WHERE code = ? AND edition = ?", arguments: [code, edition])
            return try body.map { try JSON(parsing: $0).object ?? [:] } ?? [:]
        }
        let (before, after) = (try members(old), try members(new))
        return Set(before.keys).union(after.keys).sorted().compactMap { field in
            before[field] == after[field] ? nil : (field, before[field]?.text ?? "", after[field]?.text ?? "")
        }
    }
}
