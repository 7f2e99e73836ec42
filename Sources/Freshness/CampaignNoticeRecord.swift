import Casework
import Correspondence
import GRDB
import Journal
import WorkingDays

/// A notice about a campaign as pages read it.
package struct CampaignNoticeRecord: Hashable, Sendable {
    /// Its identity; its delivery has the same after `campaign-notice-`.
    package let id: String
    /// What it is for.
    package let about: CampaignMailKind
    /// By which way.
    package let way: NoticeWay
    /// When it was made.
    package let madeAt: Moment

    init(_ row: Row) throws {
        id = row["id"]
        about = try row.value("about")
        way = try row.value("way")
        madeAt = Moment(millisecondsSince1970: row["madeAt"])
    }

    /// The notices to a body in a campaign, the oldest first.
    package static func fetch(campaign: String, body: String, in db: Database) throws -> [CampaignNoticeRecord] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT * FROM campaignNotice WHERE campaign = ? AND body = ? ORDER BY madeAt, id"),
            arguments: [campaign, body]
        ).map(CampaignNoticeRecord.init)
    }

    /// Whether there is a notice of an identity.
    static func exists(_ id: String, in db: Database) throws -> Bool {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM campaignNotice WHERE id = ?"), arguments: [id]) != nil
    }
}
