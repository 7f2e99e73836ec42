import CanonicalJSON
import GRDB
import WorkingDays

/// One edition in the history of a card.
package struct CardEdition: Hashable, Sendable {
    /// Its number, from 1.
    package let edition: Int
    /// When it was recorded.
    package let editedAt: Moment
    /// Who recorded it.
    package let actor: String
    /// The name of the file, the number of the submission, or why it was edited.
    package let source: String
    /// Where it comes from.
    package let origin: CardOrigin
    /// When a body confirmed it.
    package let confirmedAt: Moment?
    /// The code of that body.
    package let confirmedBy: String?
    /// What was said of the confirmation: the number of the letter.
    package let confirmation: String?
    /// What it says.
    package let card: Card

    init(_ row: Row) throws {
        edition = row["edition"]
        editedAt = Moment(millisecondsSince1970: row["editedAt"])
        actor = row["actor"]
        source = row["source"]
        origin = CardOrigin(rawValue: row["origin"]) ?? .file
        confirmedAt = (row["confirmedAt"] as Int64?).map { Moment(millisecondsSince1970: $0) }
        confirmedBy = row["confirmedBy"]
        confirmation = row["confirmation"]
        card = try CanonicalCoding.decode(Card.self, from: (row["body"] as String).utf8)
    }
}

extension CardRecord {
    /// The editions of a card, the latest first.
    package static func editions(of code: String, in db: Database) throws -> [CardEdition] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM cardEdition WHERE code = ? ORDER BY edition DESC"),
            arguments: [code]
        ).map { try CardEdition($0) }
    }

    /// One edition of a card, nil where there is none.
    package static func edition(_ edition: Int, of code: String, in db: Database) throws -> CardEdition? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM cardEdition WHERE code = ? AND edition = ?"),
            arguments: [code, edition]
        ).map { try CardEdition($0) }
    }

    /// What differs between two editions of a card, point by point; nil where one of them does not exist.
    package static func difference(
        of code: String, from old: Int, to new: Int, in db: Database
    ) throws -> [CardDifference]? {
        guard let before = try edition(old, of: code, in: db), let after = try edition(new, of: code, in: db) else {
            return nil
        }
        return CardDifference.between(before.card, after.card)
    }
}
