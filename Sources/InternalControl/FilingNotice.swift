import Casework
import Correspondence
import GRDB
import Journal
import Languages
import WorkingDays

/// What a mail to a body about its forms on internal control is for.
package enum FilingMailKind: String, CaseIterable, Codable, Hashable, Sendable, MailKind {
    /// It is asked for a form.
    case asked = "filing-asked"
    /// The last day is near.
    case reminder = "filing-reminder"
    /// The last day is over.
    case late = "filing-late"
    /// It is asked about the discrepancies of a form (797 §20).
    case discrepancy = "filing-discrepancy"

    /// The fields that its words may name.
    package var fields: Set<String> {
        switch self {
        case .asked, .reminder, .late: ["body", "form", "period", "due", "link"]
        case .discrepancy: ["body", "form", "period", "count", "link"]
        }
    }
}

/// The words of the mails to bodies about their forms: `schedules/letters/filing-mails.yaml`.
package typealias FilingMails = MailWords<FilingMailKind>

/// A body is told of a form or of its discrepancies; the mail is sealed with a key of its own, which is erased when it has gone.
package struct FilingNoticeMade: Codable, Hashable, Sendable {
    /// What for.
    package var about: FilingMailKind
    /// The code of the body.
    package var body: String
    /// The filing: `78-1mk_2022-Q1_MJ`.
    package var filing: String
    /// The sealed mail; nil on paper.
    package var letter: String?
    /// The identity of the link in it, or of the one that goes on paper.
    package var link: String?
    /// Whose key seals the mail; good for this one mail.
    package var person: String?
    /// By which way: mail or paper.
    package var way: NoticeWay
}

/// What can happen to a notice, stream `filingNotice/<id>`; whether it has gone the delivery of the same name says.
package enum FilingNoticeEvent: EventContent, Equatable {
    /// It was made, and with it its delivery.
    case filingNoticeMade(FilingNoticeMade)

    /// The names in the journal.
    package enum Name: String, CaseIterable { case filingNoticeMade }

    package var tagged: Tagged<Name> {
        switch self {
        case .filingNoticeMade(let made): Tagged(.filingNoticeMade, made)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .filingNoticeMade: .filingNoticeMade(try content())
        }
    }
}

/// A notice about a filing as pages read it.
package struct FilingNoticeRecord: Hashable, Sendable {
    /// Its identity; its delivery has the same after `filing-notice-`.
    package let id: String
    /// The filing that it is about.
    package let filing: String
    /// The code of the body.
    package let body: String
    /// What it is for.
    package let about: FilingMailKind
    /// By which way.
    package let way: NoticeWay
    /// When it was made.
    package let madeAt: Moment

    init(_ row: Row) throws {
        id = row["id"]
        filing = row["filing"]
        body = row["body"]
        about = try row.value("about")
        way = try row.value("way")
        madeAt = Moment(millisecondsSince1970: row["madeAt"])
    }

    /// The notices about a filing, the oldest first.
    package static func fetch(_ id: FilingID, in db: Database) throws -> [FilingNoticeRecord] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM filingNotice WHERE filing = ? ORDER BY madeAt, id"),
            arguments: [id.description]
        ).map(FilingNoticeRecord.init)
    }

    /// When each body was asked last for a form of a period or reminded of it, by its code.
    package static func asked(form: String, period: ReportPeriod, in db: Database) throws -> [String: Moment] {
        // A filing is named form_period_body, and “`” follows “_”.
        let start = "\(form)_\(period)"
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT body, max(madeAt) FROM filingNotice WHERE filing >= ? AND filing < ? AND about <> ? GROUP BY body
                """, arguments: [start + "_", start + "`", FilingMailKind.discrepancy.rawValue])
        return Dictionary(
            uniqueKeysWithValues: rows.map { ($0[0], Moment(millisecondsSince1970: $0[1])) })
    }

    /// Whether there is a notice of an identity.
    static func exists(_ id: String, in db: Database) throws -> Bool {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM filingNotice WHERE id = ?"), arguments: [id]) != nil
    }
}

extension ReportPeriod {
    /// The period as letters write it: `2022 жылғы 1-тоқсан`, `1 квартал 2022 года`; a month by its days.
    package var words: Localized {
        switch self {
        case .quarter(let quarter):
            return Localized(
                kk: "\(quarter.year) жылғы \(quarter.quarter)-тоқсан",
                ru: "\(quarter.quarter) квартал \(quarter.year) года"
            )
        case .month:
            let days = "\(FilingNoticeDesk.short(first))–\(FilingNoticeDesk.short(last))"
            return Localized(kk: days, ru: days)
        }
    }
}
