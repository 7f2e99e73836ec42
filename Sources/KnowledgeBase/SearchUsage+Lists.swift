import GRDB
import Journal
import TextAnalysis
import WorkingDays

/// Words for which no card answered well, with how often.
package struct WeakQuery: Hashable, Sendable {
    /// What became of them.
    package enum State: String, CaseIterable, Hashable, Sendable {
        /// Nothing yet.
        case open
        /// A synonym, a gap or a card came of them.
        case settled
        /// Nothing is to be done.
        case dismissed
    }

    /// The words, normalised and masked.
    package let words: String
    /// How often they were searched for.
    package let times: Int
    /// When they were met first.
    package let firstAt: Moment
    /// When they were met last.
    package let lastAt: Moment
    /// What became of them.
    package let state: State
    /// What settled them: `synonym:ID`, `gap:NUMBER`, `card:CODE`.
    package let settledAs: String?

    init(_ row: Row) throws {
        words = row["words"]
        times = row["times"]
        firstAt = Moment(millisecondsSince1970: row["firstAt"])
        lastAt = Moment(millisecondsSince1970: row["lastAt"])
        state = try row.named("state")
        settledAs = row["settledAs"]
    }
}

/// How a card was used for some words.
package struct CardUse: Hashable, Sendable {
    /// The words, normalised and masked.
    package let words: String
    /// The code of the card.
    package let card: String
    /// What it weighs now, faded.
    package let weight: Double
    /// How often it was opened.
    package let opened: Int
    /// How often it was said to be the answer.
    package let confirmed: Int
    /// When it was used last.
    package let lastAt: Moment
}

/// Whether use teaches, and who said so.
package struct LearningSwitch: Hashable, Sendable {
    /// Whether use breaks ties.
    package let isOn: Bool
    /// Who switched it last; nil where nobody did.
    package let changedBy: String?
    /// When.
    package let changedAt: Moment?
}

extension SearchUsage {
    /// A search had no good result; words that were settled are open again, dismissed ones stay so.
    package func unanswered(_ query: String, at now: Moment) async throws {
        let words = QueryMask.normalise(query)
        guard words.contains(where: \.isLetter) else { return }
        let moment = now.millisecondsSince1970
        try await pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO weakQuery (words, times, firstAt, lastAt, state) VALUES (?, 1, ?, ?, 'open')
                    ON CONFLICT (words) DO UPDATE SET times = times + 1, lastAt = max(lastAt, excluded.lastAt),
                      state = CASE state WHEN 'dismissed' THEN 'dismissed' ELSE 'open' END
                    """, arguments: [words, moment, moment])
        }
    }

    /// The words without a good result, those met most often first.
    package func weakQueries(
        _ state: WeakQuery.State = .open, after cursor: String? = nil, limit: Int = 50
    ) async throws -> KnowledgeList<WeakQuery> {
        try await pool.read { db in
            var sql = "SELECT * FROM weakQuery WHERE state = ?"
            var arguments: StatementArguments = [state.rawValue]
            if let cursor = NumberedCursor(cursor) {
                sql += " AND (times < ? OR times = ? AND words > ?)"
                arguments += [cursor.number, cursor.number, cursor.name]
            }
            arguments += [limit + 1]
            let rows = try Row.fetchAll(
                db, sql: sql + " ORDER BY times DESC, words LIMIT ?", arguments: arguments
            ).map(WeakQuery.init)
            return KnowledgeList(rows, limit: limit) { NumberedCursor.text(Int64($0.times), $0.words) }
        }
    }

    /// Says what became of words without a good result: `synonym:ID`, `gap:NUMBER`, `card:CODE`; nil dismisses them.
    package func settle(_ words: String, as outcome: String?, by actor: Actor, at now: Moment) async throws {
        try await pool.write { db in
            try db.execute(
                sql: "UPDATE weakQuery SET state = ?, settledAs = ?, settledBy = ?, settledAt = ? WHERE words = ?",
                arguments: [
                    outcome == nil ? "dismissed" : "settled", outcome, actor.rawValue, now.millisecondsSince1970,
                    words,
                ])
        }
    }

    /// The uses that weigh most now.
    package func uses(at now: Moment, limit: Int = 50) async throws -> [CardUse] {
        let moment = now.millisecondsSince1970
        return try await pool.read { [rules] db in
            // The latest uses only: whatever is older has faded below them.
            let rows = try Row.fetchAll(db, sql: "SELECT * FROM cardUse ORDER BY at DESC LIMIT 2000")
            let uses = rows.map { row in
                let at: Int64 = row["at"]
                return CardUse(
                    words: row["words"], card: row["card"],
                    weight: rules.faded(row["weight"], milliseconds: moment - at), opened: row["opened"],
                    confirmed: row["confirmed"], lastAt: Moment(millisecondsSince1970: at))
            }
            return Array(uses.sorted { ($0.weight, $1.words) > ($1.weight, $0.words) }.prefix(limit))
        }
    }

    /// The latest uses of cards: the words, the card, and how often it was opened or told for them.
    /// - Throws: `DatabaseError`.
    package func latestUses(limit: Int = 5_000) async throws -> [(words: String, card: String, times: Int)] {
        try await pool.read { db in
            try Row.fetchAll(
                db, sql: "SELECT words, card, opened + confirmed AS times FROM cardUse ORDER BY at DESC LIMIT ?",
                arguments: [limit]
            ).map { ($0["words"], $0["card"], $0["times"]) }
        }
    }

    /// Whether use teaches at present.
    package func learning() async throws -> LearningSwitch {
        try await pool.read { db in
            let row = try Row.fetchOne(db, sql: "SELECT * FROM learning")
            return LearningSwitch(
                isOn: row?["isOn"] ?? true, changedBy: row?["changedBy"],
                changedAt: (row?["changedAt"] as Int64?).map { Moment(millisecondsSince1970: $0) })
        }
    }

    /// Switches learning on or off; what was learnt is kept.
    package func switchLearning(on isOn: Bool, by actor: Actor, at now: Moment) async throws {
        try await pool.write { db in
            try db.execute(
                sql: "UPDATE learning SET isOn = ?, changedBy = ?, changedAt = ?",
                arguments: [isOn, actor.rawValue, now.millisecondsSince1970])
        }
    }

    /// Forgets what was learnt for some words.
    package func forget(_ words: String) async throws {
        try await pool.write { try $0.execute(sql: "DELETE FROM cardUse WHERE words = ?", arguments: [words]) }
    }
}
