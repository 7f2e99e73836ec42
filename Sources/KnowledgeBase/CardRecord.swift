import CanonicalJSON
import GRDB
import Journal
import Languages
import WorkingDays

/// Where a card stands by 797 §3 and §9.
package enum CardState: String, CaseIterable, Codable, Hashable, Sendable {
    /// The service is not accepted for consultation: it may not be shown as live.
    case draft
    /// The protocol is signed by both sides; the waiting period runs.
    case accepted
    /// Consulted on.
    case live
    /// Consulted on, but the information has changed and the new one is not here yet (797 §6).
    case outOfDate
    /// Not shown to operators any more.
    case withdrawn

    /// The states in SQL, for a row of `card` joined with `serviceAcceptance`.
    ///
    /// A service that is not live stays a draft whatever is out of date: nothing else may be said of it (797 §3).
    static let sql = """
        CASE WHEN card.mark = 'withdrawn' THEN 'withdrawn'
          WHEN serviceAcceptance.state = 'live' AND card.outdatedAt IS NOT NULL THEN 'outOfDate'
          ELSE coalesce(serviceAcceptance.state, 'draft') END
        """

    /// How much of a score counts: where two cards fit nearly as well, the one that may be consulted on comes first.
    var standing: Double {
        switch self {
        case .live, .outOfDate: 1
        case .accepted: 0.97
        case .draft: 0.95
        case .withdrawn: 0.9
        }
    }

    /// The states that a reader of cards sees: withdrawn cards are for those who keep them, and drafts too where the
    /// settings say so (797 §3).
    package static func visible(managesCards: Bool, seesDrafts: Bool) -> Set<CardState> {
        if managesCards { return Set(allCases) }
        return seesDrafts ? [.draft, .accepted, .live, .outOfDate] : [.accepted, .live, .outOfDate]
    }
}

/// Why a card is out of date.
package struct CardOutdated: Hashable, Sendable {
    /// Since when it is known.
    package let since: Moment
    /// What was said.
    package let reason: String
    /// The fields that still wait for new information; empty where they are not known.
    package let fields: [String]
}

/// A card as it stands.
package struct CardRecord: Sendable, Hashable {
    /// What it says.
    package let card: Card
    /// The number of its edition, from 1.
    package let edition: Int
    /// Where it stands.
    package let state: CardState
    /// The first day on which it may be consulted on, where the protocol is signed (797 §9).
    package let liveFrom: CivilDate?
    /// Why it is out of date; nil where it is not.
    package let outdated: CardOutdated?
    /// Why it was withdrawn or shown again.
    package let markReason: String?
    /// Where the present edition comes from.
    package let origin: CardOrigin
    /// When the edition was recorded.
    package let editedAt: Moment
    /// When a body confirmed this edition; nil where none did.
    package let confirmedAt: Moment?
    /// The code of the body that confirmed it.
    package let confirmedBy: String?
    /// Whether a part of it exists in one language only.
    package let isOneLanguage: Bool
    /// Whether a part of it is newer in one language than in the other.
    package let isUneven: Bool
    /// What it cannot answer of what is asked most.
    package let silence: CardSilence
    /// The number of its events.
    package let version: Int

    /// How sure the content is: what a body has confirmed is confirmed, whatever the file says.
    package var content: Card.Content { confirmedAt == nil ? card.content : .confirmed }

    init(_ row: Row) throws {
        card = try CanonicalCoding.decode(Card.self, from: (row["body"] as String).utf8)
        edition = row["edition"]
        state = try row.named("state")
        liveFrom = (row["liveFrom"] as String?).flatMap { CivilDate($0) }
        outdated = (row["outdatedAt"] as Int64?).map { since in
            CardOutdated(
                since: Moment(millisecondsSince1970: since), reason: row["outdatedReason"] ?? "",
                fields: ((row["outdatedFields"] as String?) ?? "").split(separator: " ").map(String.init))
        }
        markReason = row["markReason"]
        origin = CardOrigin(rawValue: row["origin"]) ?? .file
        editedAt = Moment(millisecondsSince1970: row["editedAt"])
        confirmedAt = (row["confirmedAt"] as Int64?).map { Moment(millisecondsSince1970: $0) }
        confirmedBy = row["confirmedBy"]
        isOneLanguage = row["isOneLanguage"]
        isUneven = row["isUneven"]
        silence = CardSilence(missing: row["missing"], vague: row["vague"])
        version = row["version"]
    }

    static let select = """
        SELECT card.*, \(CardState.sql) AS state, serviceAcceptance.liveFrom AS liveFrom FROM card
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

    /// The parts that both languages have but of which one was changed and the other has not followed, with the newer language.
    package func unevenItems(in db: Database) throws -> [String: Language] {
        isUneven ? try CardItems.uneven(card.code, in: db) : [:]
    }
}
