import Casework
import Correspondence
import Crypto
import GRDB
import Journal
import KnowledgeBase
import WorkingDays

/// A card that a campaign asks for, as it stood when the campaign began.
package struct CampaignCard: Codable, Hashable, Sendable {
    /// Its code.
    package var code: String
    /// Its edition.
    package var edition: Int
}

/// The cards that a campaign asks one body for.
package struct CampaignBody: Codable, Hashable, Sendable {
    /// The code of the body.
    package var body: String
    /// Its cards by their codes.
    package var cards: [CampaignCard]
}

/// What a campaign would ask and of whom; nothing of it is recorded yet.
package struct CampaignPlan: Hashable, Sendable {
    /// Which cards.
    package let selection: CardSelection
    /// The last day on which answers are asked for.
    package let lastDay: CivilDate
    /// The cards by bodies.
    package let bodies: [CampaignBody]
    /// How many of them say nothing yet, so that their body can only tell what is missing.
    package let emptyCards: Int
    /// The bodies to which no mail can go.
    package let withoutAddress: [String]

    /// How many cards.
    package var cards: Int { bodies.reduce(0) { $0 + $1.cards.count } }

    /// What stands for the whole list: who begins a campaign begins the one that was shown.
    package var digest: String {
        var text = "\(lastDay)\n"
        for body in bodies {
            text += body.body + "\n"
            for card in body.cards { text += "\(card.code):\(card.edition)\n" }
        }
        return String(EventLink.hexadecimal(Array(SHA256.hash(data: Array(text.utf8)))).prefix(32))
    }

    /// The list of a selection on a day.
    /// - Parameter sendsMail: whether mail can leave at all.
    /// - Throws: `Refusal` where the selection is not whole, holds nothing, or the last day is not to come.
    static func make(
        _ selection: CardSelection, until lastDay: CivilDate, on today: CivilDate, _ zone: CivilZone, sendsMail: Bool,
        in db: Database
    ) throws -> CampaignPlan {
        try selection.check(in: db)
        guard lastDay > today, today.days(to: lastDay) <= Self.longest else {
            throw FreshnessRefusal.campaignLastDay(
                "Give a last day after today and within a year.", field: "until")
        }
        let records = try selection.cards(on: today, zone, in: db)
        guard !records.isEmpty else {
            throw FreshnessRefusal.campaignNothing("There is no such card: nothing would be asked.", field: "kind")
        }
        let bodies = Dictionary(grouping: records, by: \.card.owner).map { owner, cards in
            CampaignBody(body: owner, cards: cards.map { CampaignCard(code: $0.card.code, edition: $0.edition) })
        }.sorted { $0.body < $1.body }
        return CampaignPlan(
            selection: selection, lastDay: lastDay, bodies: bodies,
            emptyCards: records.count { !$0.card.isFilledIn },
            withoutAddress: try bodies.map(\.body).filter { body in
                try !sendsMail || BodyChannel.fetch(body, in: db).email == nil
            })
    }

    /// How many days ahead the last day can be.
    static let longest = 366
}
