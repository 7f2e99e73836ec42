import Casework
import Correspondence

/// What a mail to a body about its cards is for.
package enum CampaignMailKind: String, CaseIterable, Codable, Hashable, Sendable, MailKind {
    /// It is asked to confirm them.
    case asked = "cards-asked"
    /// The last day is near.
    case reminder = "cards-reminder"
    /// The last day is over.
    case late = "cards-late"

    /// The fields that its words may name.
    package var fields: Set<String> {
        switch self {
        case .asked: ["number", "body", "count", "due", "link"]
        case .reminder, .late: ["number", "body", "left", "due", "link"]
        }
    }
}

/// The words of the mails to bodies about their cards: `schedules/letters/card-mails.yaml`.
package typealias CampaignMails = MailWords<CampaignMailKind>

/// A body is told of a campaign; the mail is sealed with a key of its own, which is erased when it has gone.
package struct CampaignNoticeMade: Codable, Hashable, Sendable {
    /// What for.
    package var about: CampaignMailKind
    /// The code of the body.
    package var body: String
    /// The number of the campaign.
    package var campaign: String
    /// The sealed mail; nil on paper.
    package var letter: String?
    /// The identity of the link in it.
    package var link: String?
    /// Whose key seals the mail; good for this one mail.
    package var person: String?
    /// By which way: mail or paper.
    package var way: NoticeWay
}

/// What can happen to a notice, stream `campaignNotice/<id>`; whether it has gone the delivery of the same name says.
package enum CampaignNoticeEvent: EventContent, Equatable {
    /// It was made, and with it its delivery.
    case campaignNoticeMade(CampaignNoticeMade)

    /// The names in the journal.
    package enum Name: String, CaseIterable { case campaignNoticeMade }

    package var tagged: Tagged<Name> {
        switch self {
        case .campaignNoticeMade(let made): Tagged(.campaignNoticeMade, made)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .campaignNoticeMade: .campaignNoticeMade(try content())
        }
    }
}
