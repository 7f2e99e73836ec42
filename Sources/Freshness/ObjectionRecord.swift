import Casework
import GRDB
import Journal
import PersonalData
import Registry
import WorkingDays

/// A remark of a body on its card, as it stands.
package struct ObjectionRecord: Hashable, Sendable {
    /// Its number: `2026-000001`.
    package let id: String
    /// The number of the campaign.
    package let campaign: String
    /// The code of the body.
    package let body: String
    /// The code of the card.
    package let card: String
    /// The edition that the body saw.
    package let edition: Int
    /// The field that is wrong; nil where it is no single one.
    package let field: String?
    /// What is wrong.
    package let text: String
    /// When it was made.
    package let madeAt: Moment
    /// How it ended; nil while it waits.
    package let how: ObjectionEnd?
    /// The draft of the additional request.
    package let draft: String?
    /// The edition that puts it right.
    package let settledEdition: Int?
    /// Why nothing was done.
    package let reason: String?
    /// When it was settled.
    package let settledAt: Moment?

    /// Whether it waits for the centre.
    package var isOpen: Bool { settledAt == nil }

    init(_ row: Row) throws {
        id = row["id"]
        campaign = row["campaign"]
        body = row["body"]
        card = row["card"]
        edition = row["edition"]
        field = row["field"]
        text = row["text"]
        madeAt = Moment(millisecondsSince1970: row["madeAt"])
        how = (row["how"] as String?).flatMap(ObjectionEnd.init(rawValue:))
        draft = row["draft"]
        settledEdition = row["settledEdition"]
        reason = row["reason"]
        settledAt = (row["settledAt"] as Int64?).map { Moment(millisecondsSince1970: $0) }
    }

    /// A remark by its number, nil where there is none.
    package static func fetch(_ id: String, in db: Database) throws -> ObjectionRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM cardObjection WHERE id = ?"), arguments: [id])
            .map(ObjectionRecord.init)
    }

    /// The remarks of a body in a campaign, the latest first.
    package static func fetch(campaign: String, body: String, in db: Database) throws -> [ObjectionRecord] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT * FROM cardObjection WHERE campaign = ? AND body = ? ORDER BY id DESC"),
            arguments: [campaign, body]
        ).map(ObjectionRecord.init)
    }

    /// The remarks on a card, the latest first.
    package static func fetch(card: String, limit: Int = 20, in db: Database) throws -> [ObjectionRecord] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM cardObjection WHERE card = ? ORDER BY id DESC LIMIT ?"),
            arguments: [card, limit]
        ).map(ObjectionRecord.init)
    }

    /// The remarks that wait for the centre, the oldest first.
    /// - Parameter cursor: the number after which the page begins; nil for the first page.
    package static func waiting(
        after cursor: String? = nil, limit: Int = 50, in db: Database
    ) throws -> [ObjectionRecord] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT * FROM cardObjection WHERE settledAt IS NULL AND id > ? ORDER BY id LIMIT ?"),
            arguments: [cursor ?? "", limit]
        ).map(ObjectionRecord.init)
    }

    /// How many wait for the centre.
    package static func waitingCount(in db: Database) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM cardObjection WHERE settledAt IS NULL")) ?? 0
    }

    static func nextNumber(in year: Int, from db: Database) throws -> String {
        let last = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT last FROM cardObjectionNumber WHERE year = ?"), arguments: [year])
        return CampaignRecord.number(year, (last ?? 0) + 1)
    }
}

/// Who answered for a body at one sitting; the name is sealed.
package struct SignerRecord: Hashable, Sendable {
    /// The number of the sitting.
    package let id: String
    /// The number of the campaign.
    package let campaign: String
    /// The code of the body.
    package let body: String
    /// Name and post, sealed.
    package let sealed: SealedResponsiblePerson
    /// When it was said.
    package let namedAt: Moment

    init(_ row: Row) {
        id = row["id"]
        campaign = row["campaign"]
        body = row["body"]
        sealed = SealedResponsiblePerson(person: row["person"], details: row["details"])
        namedAt = Moment(millisecondsSince1970: row["namedAt"])
    }

    /// A sitting by its number, nil where there is none.
    package static func fetch(_ id: String, in db: Database) throws -> SignerRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM cardSigner WHERE id = ?"), arguments: [id])
            .map(SignerRecord.init)
    }

    /// Those who answered for a body in a campaign, the latest first.
    package static func fetch(campaign: String, body: String, in db: Database) throws -> [SignerRecord] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT * FROM cardSigner WHERE campaign = ? AND body = ? ORDER BY namedAt DESC, id"),
            arguments: [campaign, body]
        ).map(SignerRecord.init)
    }
}
