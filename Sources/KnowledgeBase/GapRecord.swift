import GRDB
import Journal
import Languages
import WorkingDays

/// Where a gap stands.
package enum GapState: String, CaseIterable, Codable, Hashable, Sendable {
    /// Nothing was done yet.
    case open
    /// A body was asked (797 §10); still open.
    case asked
    /// A card answers it.
    case closed
    /// It is none.
    case dismissed

    /// Whether something is still to be done.
    package var isOpen: Bool { self == .open || self == .asked }
}

/// A gap as it stands; it says nothing of who called.
package struct GapRecord: Codable, Hashable, Sendable {
    /// The number: `2026-000001`.
    package let id: String
    /// What was asked, masked.
    package let words: String
    /// The language in which it was asked first.
    package let language: Language
    /// The code of the service, where it is known.
    package let service: String?
    /// The code of the body that would know.
    package let body: String?
    /// How often it was asked while it was open.
    package let times: Int
    /// When it was found.
    package let reportedAt: Moment
    /// When it was met last.
    package let lastAt: Moment
    /// Who found it.
    package let reportedBy: String
    /// Where it stands.
    package let state: GapState
    /// The request by which a body was asked.
    package let request: String?
    /// The card that answers it.
    package let card: String?
    /// The edition of that card.
    package let edition: Int?
    /// The group of synonyms that leads to the card.
    package let synonymGroup: String?
    /// Why it was dismissed.
    package let reason: String?
    /// When it was closed or dismissed.
    package let endedAt: Moment?
    /// Who closed or dismissed it.
    package let endedBy: String?
    /// The number of its events.
    package let version: Int

    init(_ row: Row) throws {
        id = row["id"]
        words = row["words"]
        language = try row.named("language")
        service = row["service"]
        body = row["body"]
        times = row["times"]
        reportedAt = Moment(millisecondsSince1970: row["reportedAt"])
        lastAt = Moment(millisecondsSince1970: row["lastAt"])
        reportedBy = row["reportedBy"]
        state = try row.named("state")
        request = row["request"]
        card = row["card"]
        edition = row["edition"]
        synonymGroup = row["synonymGroup"]
        reason = row["reason"]
        endedAt = (row["endedAt"] as Int64?).map { Moment(millisecondsSince1970: $0) }
        endedBy = row["endedBy"]
        version = row["version"]
    }

    /// A gap by its number, nil where there is none.
    package static func fetch(_ id: String, in db: Database) throws -> GapRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM knowledgeGap WHERE id = ?"), arguments: [id])
            .map(GapRecord.init)
    }

    /// Which gaps a list holds.
    package struct Filter: Hashable, Sendable {
        /// The states; those still open unless said otherwise.
        package var states: Set<GapState> = [.open, .asked]
        /// Only those about this service.
        package var service: String?
        /// Only those of this body.
        package var body: String?

        /// The gaps that are still open.
        package init() {}
    }

    /// The gaps of a choice, those met last first.
    /// - Parameters:
    ///   - cursor: `next` of the page before; the first page without it.
    ///   - limit: how many at most.
    package static func fetch(
        _ filter: Filter = Filter(), after cursor: String? = nil, limit: Int = 50, in db: Database
    ) throws -> KnowledgeList<GapRecord> {
        var conditions = ["state IN (\(filter.states.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")))"]
        var arguments: StatementArguments = []
        if let service = filter.service {
            conditions.append("service = ?")
            arguments += [service]
        }
        if let body = filter.body {
            conditions.append("body = ?")
            arguments += [body]
        }
        if let cursor = NumberedCursor(cursor) {
            conditions.append("(lastAt, id) < (?, ?)")
            arguments += [cursor.number, cursor.name]
        }
        arguments += [limit + 1]
        let sql = """
            SELECT * FROM knowledgeGap WHERE \(conditions.joined(separator: " AND "))
            ORDER BY lastAt DESC, id DESC LIMIT ?
            """
        let rows = try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map(GapRecord.init)
        return KnowledgeList(rows, limit: limit) { NumberedCursor.text($0.lastAt.millisecondsSince1970, $0.id) }
    }

    /// What callers asked and the cards of a body did not answer: the gaps that are still open, of the body itself or of a
    /// service whose card is its own, those asked most often first. They have words, and nothing says who called.
    package static func unanswered(by body: String, limit: Int = 30, in db: Database) throws -> [GapRecord] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT * FROM knowledgeGap WHERE body = :body AND state IN ('open', 'asked') AND words <> ''
                    UNION
                    SELECT knowledgeGap.* FROM card JOIN knowledgeGap ON knowledgeGap.service = card.code
                      AND knowledgeGap.state IN ('open', 'asked') AND knowledgeGap.words <> ''
                    WHERE card.owner = :body
                    ORDER BY times DESC, lastAt DESC, id LIMIT :limit
                    """), arguments: ["body": body, "limit": limit]
        ).map(GapRecord.init)
    }

    /// How many gaps stand in each state.
    package static func counts(in db: Database) throws -> [GapState: Int] {
        let rows = try Row.fetchAll(db, sql: "SELECT state, count(*) FROM knowledgeGap GROUP BY state")
        return Dictionary(
            rows.compactMap { row in GapState(rawValue: row[0]).map { ($0, row[1] as Int) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// What was asked most often without an answer, closed gaps included, with how often.
    package static func wordCounts(limit: Int = 50, in db: Database) throws -> [(words: String, times: Int)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT words, sum(times) AS total FROM knowledgeGap WHERE words <> '' AND state <> 'dismissed'
                GROUP BY words ORDER BY total DESC, words LIMIT ?
                """, arguments: [limit]
        ).map { ($0[0], $0[1]) }
    }

    /// The gaps that are still open, most asked first.
    package static func mostAsked(limit: Int = 10, in db: Database) throws -> [GapRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM knowledgeGap WHERE words <> '' AND state IN ('open', 'asked')
                ORDER BY times DESC, lastAt DESC, id LIMIT ?
                """, arguments: [limit]
        ).map(GapRecord.init)
    }

    /// How often the gaps that are still open were asked, all together.
    package static func timesAsked(in db: Database) throws -> (gaps: Int, times: Int) {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*), coalesce(sum(times), 0) FROM knowledgeGap
                WHERE words <> '' AND state IN ('open', 'asked')
                """)
        return (row?[0] ?? 0, row?[1] ?? 0)
    }

    static func openGap(_ words: String, service: String?, in db: Database) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT id FROM knowledgeGap WHERE words = ? AND service IS ? AND state IN ('open', 'asked')
                    ORDER BY id LIMIT 1
                    """), arguments: [words, service])
    }

    static func nextNumber(in year: Int, from db: Database) throws -> String {
        let last = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT last FROM knowledgeGapNumber WHERE year = ?"), arguments: [year])
        let digits = String((last ?? 0) + 1)
        return "\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
