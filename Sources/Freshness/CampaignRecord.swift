import Casework
import GRDB
import Journal
import KnowledgeBase
import WorkingDays

/// A campaign as it stands.
package struct CampaignRecord: Hashable, Sendable {
    /// Its number: `2026-000001`.
    package let id: String
    /// Which cards were chosen.
    package let selection: CardSelection
    /// The last day on which answers are asked for.
    package let lastDay: CivilDate
    /// When it was begun.
    package let begunAt: Moment
    /// Who began it.
    package let begunBy: String
    /// When it was ended; nil while it runs.
    package let endedAt: Moment?
    /// Why it was ended.
    package let endReason: String?
    /// How many bodies it asks.
    package let bodies: Int
    /// How many cards it asks for.
    package let cards: Int
    /// How many of them were confirmed while it ran.
    package let confirmed: Int
    /// How many remarks bodies have made.
    package let remarks: Int
    /// The number of its events.
    package let version: Int

    /// Whether it runs.
    package var isRunning: Bool { endedAt == nil }

    init(_ row: Row) throws {
        id = row["id"]
        selection = CardSelection(
            try row.value("kind"), months: row["months"], sphere: row["sphere"], body: row["body"])
        guard let day = CivilDate(row["lastDay"] as String) else {
            throw CaseworkError.unreadable(position: 0, reason: "cardCampaign.lastDay is no date")
        }
        lastDay = day
        begunAt = Moment(millisecondsSince1970: row["begunAt"])
        begunBy = row["begunBy"]
        endedAt = (row["endedAt"] as Int64?).map { Moment(millisecondsSince1970: $0) }
        endReason = row["endReason"]
        bodies = row["bodies"]
        cards = row["cards"]
        confirmed = row["confirmed"]
        remarks = row["remarks"]
        version = row["version"]
    }

    private static let select = """
        SELECT cardCampaign.*, sums.bodies, sums.cards, sums.confirmed, sums.remarks FROM cardCampaign,
          (SELECT count(*) AS bodies, coalesce(sum(cards), 0) AS cards, coalesce(sum(confirmed), 0) AS confirmed,
             coalesce(sum(remarks), 0) AS remarks
           FROM cardCampaignBody WHERE cardCampaignBody.campaign = :id) AS sums
        WHERE cardCampaign.id = :id
        """

    /// A campaign by its number, nil where there is none.
    package static func fetch(_ id: String, in db: Database) throws -> CampaignRecord? {
        try Row.fetchOne(db.cachedStatement(sql: select), arguments: ["id": id]).map(CampaignRecord.init)
    }

    /// Campaigns, the latest first.
    /// - Parameter cursor: the number after which the page begins; nil for the first page.
    package static func fetch(after cursor: String? = nil, limit: Int = 50, in db: Database) throws -> [CampaignRecord]
    {
        try String.fetchAll(
            db.cachedStatement(sql: "SELECT id FROM cardCampaign WHERE id < ? ORDER BY id DESC LIMIT ?"),
            arguments: [cursor ?? "~", limit]
        ).compactMap { try fetch($0, in: db) }
    }

    /// The numbers of those that run, by their last day.
    static func running(in db: Database) throws -> [String] {
        try String.fetchAll(
            db.cachedStatement(sql: "SELECT id FROM cardCampaign WHERE endedAt IS NULL ORDER BY lastDay, id"))
    }

    /// How many run and are past their last day, so that somebody should look at what is left and end them.
    package static func overdueCount(on today: CivilDate, in db: Database) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM cardCampaign WHERE endedAt IS NULL AND lastDay < ?"),
            arguments: [today.description]) ?? 0
    }

    static func nextNumber(in year: Int, from db: Database) throws -> String {
        let last = try String.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM cardCampaign WHERE id < ? ORDER BY id DESC LIMIT 1"),
            arguments: ["\(year)-~"])
        let parts = (last ?? "").split(separator: "-").compactMap { Int($0) }
        return Self.number(year, parts.count == 2 && parts[0] == year ? parts[1] + 1 : 1)
    }

    /// A number within a year as it is written: `2026-000001`.
    static func number(_ year: Int, _ number: Int) -> String {
        let digits = String(number)
        return "\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}

/// What a campaign asks of one body, as it stands.
package struct CampaignBodyRecord: Hashable, Sendable {
    /// The code of the body.
    package let body: String
    /// How many cards it is asked for.
    package let cards: Int
    /// How many of them were confirmed.
    package let confirmed: Int
    /// How many it has answered for: confirmed them, or said what is not right.
    package let answered: Int
    /// How many remarks it has made.
    package let remarks: Int
    /// How many of them wait for the centre.
    package let openRemarks: Int
    /// When it answered last.
    package let actedAt: Moment?
    /// When it first looked at its link; nil where it has not.
    package let openedAt: Moment?
    /// By which way it was told last; nil where it was not.
    package let way: String?

    /// How many it has not answered for.
    package var left: Int { max(0, cards - answered) }

    init(_ row: Row) {
        body = row["body"]
        cards = row["cards"]
        confirmed = row["confirmed"]
        answered = row["answered"]
        remarks = row["remarks"]
        openRemarks = row["openRemarks"]
        actedAt = (row["actedAt"] as Int64?).map { Moment(millisecondsSince1970: $0) }
        openedAt = (row["openedAt"] as Int64?).map { Moment(millisecondsSince1970: $0) }
        way = row["way"]
    }

    /// Which bodies of a campaign a list holds.
    package enum Standing: String, CaseIterable, Hashable, Sendable {
        /// Those that have not looked at their link.
        case unopened
        /// Those that have cards left to answer.
        case unanswered
        /// Those with remarks that wait for the centre.
        case remarks
        /// Those that have answered for all their cards.
        case done

        var condition: String {
            switch self {
            case .unopened: "openedAt IS NULL AND actedAt IS NULL"
            case .unanswered: "answered < cards"
            case .remarks: "openRemarks > 0"
            case .done: "answered >= cards"
            }
        }
    }

    private static let select = """
        SELECT * FROM (
          SELECT asked.*,
            (SELECT min(openedAt) FROM bodyLink
             WHERE request = asked.campaign AND subject = 'cards' AND bodyLink.body = asked.body) AS openedAt,
            (SELECT way FROM campaignNotice WHERE campaignNotice.campaign = asked.campaign
               AND campaignNotice.body = asked.body ORDER BY madeAt DESC, id LIMIT 1) AS way,
            (SELECT count(*) FROM cardCampaignCard AS card
             WHERE card.campaign = asked.campaign AND card.body = asked.body AND (card.confirmedAt IS NOT NULL
               OR EXISTS (SELECT 1 FROM cardObjection AS remark WHERE remark.campaign = asked.campaign
                 AND remark.body = asked.body AND remark.card = card.code
                 AND remark.how IS NOT 'takenBack'))) AS answered
          FROM cardCampaignBody AS asked WHERE campaign = ?)
        """

    /// The bodies of a campaign by their codes.
    package static func fetch(
        campaign: String, _ standing: Standing? = nil, in db: Database
    ) throws -> [CampaignBodyRecord] {
        try Row.fetchAll(
            db.cachedStatement(sql: "\(select) \(standing.map { "WHERE " + $0.condition } ?? "") ORDER BY body"),
            arguments: [campaign]
        ).map(CampaignBodyRecord.init)
    }

    /// One body of a campaign, nil where it is not asked.
    package static func fetch(campaign: String, body: String, in db: Database) throws -> CampaignBodyRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "\(select) WHERE body = ?"), arguments: [campaign, body])
            .map(CampaignBodyRecord.init)
    }
}

/// A card that a campaign asks for, as it stands.
package struct CampaignCardRecord: Sendable {
    /// The card as it is now.
    package let record: CardRecord
    /// Its edition when the campaign began.
    package let askedEdition: Int
    /// When it was confirmed while the campaign ran.
    package let confirmedAt: Moment?
    /// The edition that was confirmed.
    package let confirmedEdition: Int?
    /// The number of the sitting at which it was confirmed.
    package let signer: String?
    /// The remarks of the body, the latest first.
    package let remarks: [ObjectionRecord]

    /// Where it stands with its body.
    package enum Standing: String, CaseIterable, Hashable, Sendable {
        /// It was confirmed as it stands.
        case confirmed
        /// A former edition was confirmed; this one was not seen.
        case changed
        /// The body says that it is not right, and nothing has come of it yet.
        case objected
        /// It says nothing that could be confirmed.
        case empty
        /// It waits for the word of the body.
        case waiting
        /// It was withdrawn meanwhile.
        case withdrawn
    }

    /// Where it stands with its body.
    package var standing: Standing {
        if record.state == .withdrawn { return .withdrawn }
        if confirmedEdition == record.edition { return .confirmed }
        if remarks.contains(where: { $0.isOpen && $0.edition == record.edition }) { return .objected }
        if !record.card.isFilledIn { return .empty }
        return confirmedAt == nil ? .waiting : .changed
    }

    /// The cards that a campaign asks a body for, by their codes.
    package static func fetch(campaign: String, body: String, in db: Database) throws -> [CampaignCardRecord] {
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM cardCampaignCard WHERE campaign = ? AND body = ? ORDER BY code"),
            arguments: [campaign, body])
        let remarks = Dictionary(
            grouping: try ObjectionRecord.fetch(campaign: campaign, body: body, in: db), by: \.card)
        return try rows.compactMap { row in
            let code: String = row["code"]
            guard let record = try CardRecord.fetch(code, in: db) else { return nil }
            return CampaignCardRecord(
                record: record, askedEdition: row["edition"],
                confirmedAt: (row["confirmedAt"] as Int64?).map { Moment(millisecondsSince1970: $0) },
                confirmedEdition: row["confirmedEdition"], signer: row["signer"], remarks: remarks[code] ?? [])
        }
    }
}
