import Casework
import GRDB
import Journal
import WorkingDays

/// When a body last stood by a card, and whether it was asked to and has not answered; the card stays as it is all the same.
package struct CardFreshness: Hashable, Sendable {
    /// The last edition that a body confirmed.
    package struct Confirmed: Hashable, Sendable {
        /// The number of the edition.
        package let edition: Int
        /// When it was confirmed.
        package let at: Moment
        /// The code of the body; nil in confirmations of before bodies were named.
        package let body: String?
    }

    /// The last campaign that asked for the card.
    package struct Asked: Hashable, Sendable {
        /// The number of the campaign.
        package let campaign: String
        /// When it was begun.
        package let at: Moment
        /// The last day on which the answer was asked for.
        package let lastDay: CivilDate
        /// Whether it was answered: by a confirmation while the campaign ran.
        package let isConfirmed: Bool
    }

    /// The last edition that a body confirmed; nil where none ever was.
    package let confirmed: Confirmed?
    /// The last campaign that asked for it; nil where none did.
    package let asked: Asked?

    /// Since when the card waits for the word of its body: the day of the last campaign that it did not answer.
    package var unansweredSince: Moment? { asked.flatMap { $0.isConfirmed ? nil : $0.at } }

    /// What is known of a card.
    package static func fetch(_ code: String, in db: Database) throws -> CardFreshness {
        let confirmed = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT edition, confirmedAt, confirmedBy FROM cardEdition
                    WHERE code = ? AND confirmedAt IS NOT NULL ORDER BY edition DESC LIMIT 1
                    """), arguments: [code])
        let asked = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT cardCampaign.id, begunAt, lastDay, card.confirmedAt FROM cardCampaignCard AS card
                    JOIN cardCampaign ON cardCampaign.id = card.campaign
                    WHERE card.code = ? ORDER BY card.campaign DESC LIMIT 1
                    """), arguments: [code])
        return CardFreshness(
            confirmed: confirmed.map { row in
                Confirmed(edition: row[0], at: Moment(millisecondsSince1970: row[1]), body: row[2])
            },
            asked: asked.flatMap { row in
                CivilDate(row[2] as String).map { day in
                    Asked(
                        campaign: row[0], at: Moment(millisecondsSince1970: row[1]), lastDay: day,
                        isConfirmed: (row[3] as Int64?) != nil)
                }
            })
    }
}
