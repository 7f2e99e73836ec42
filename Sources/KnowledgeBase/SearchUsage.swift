import Foundation
import GRDB
import Stores
import TextAnalysis
import WorkingDays

/// What use teaches: which cards were opened for which words, and which words found nothing good.
///
/// It stands in a file of its own beside the journal, `usage.db`, because it is neither evidence nor a decision: it is
/// frequent, it may be lost or thrown away, and it has to be forgettable, which a hash chain is not. Words are kept only
/// normalised and with personal numbers masked, nothing says who typed them, and the last second may be lost with the
/// machine (`synchronous=NORMAL`), so that an operator's click never waits for the disk or for the journal's writer.
package final class SearchUsage: Sendable {
    let pool: DatabasePool
    /// How much is learnt and how fast it is forgotten.
    package let rules: LearningRules

    /// Opens the file at `path`, creating it when it is missing.
    /// - Throws: `DatabaseError`; `LaterStore`.
    package init(path: String, rules: LearningRules = .standard) throws {
        self.rules = rules
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 2
        pool = try DatabasePool(path: path, configuration: configuration)
        try pool.settle(.forgetful)
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001-usage") { db in
            try db.execute(
                sql: """
                    CREATE TABLE cardUse (
                      words TEXT NOT NULL, card TEXT NOT NULL, weight REAL NOT NULL, at INTEGER NOT NULL,
                      opened INTEGER NOT NULL, confirmed INTEGER NOT NULL, PRIMARY KEY (words, card)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX cardUseByTime ON cardUse (at, words);
                    CREATE TABLE weakQuery (
                      words TEXT PRIMARY KEY, times INTEGER NOT NULL, firstAt INTEGER NOT NULL, lastAt INTEGER NOT NULL,
                      state TEXT NOT NULL CHECK (state IN ('open', 'settled', 'dismissed')), settledAs TEXT,
                      settledBy TEXT, settledAt INTEGER
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX weakQueryByTimes ON weakQuery (state, times, words);
                    CREATE TABLE learning (
                      id INTEGER PRIMARY KEY CHECK (id = 1), isOn INTEGER NOT NULL, changedBy TEXT, changedAt INTEGER
                    ) STRICT;
                    INSERT INTO learning VALUES (1, 1, NULL, NULL);
                    """)
        }
        try migrator.bring(pool, at: path)
    }

    /// Closes the file.
    package func close() throws { try pool.closeWhole() }

    /// Removes what was not met for as long as the rules say.
    package func tidy(at now: Moment) throws {
        let limit = now.millisecondsSince1970 - Int64(rules.forgetAfterDays) * 86_400_000
        try pool.write { db in
            try db.execute(sql: "DELETE FROM cardUse WHERE at < ?", arguments: [limit])
            try db.execute(sql: "DELETE FROM weakQuery WHERE lastAt < ?", arguments: [limit])
        }
    }

    // MARK: - Cards and words

    /// A card was opened from the results for some words.
    /// - Parameter rank: its place among the results, from 1.
    package func cardOpened(query: String, card: String, rank: Int, at now: Moment) async throws {
        try await add(rules.weight(openedAt: rank), opened: 1, confirmed: 0, query, card, now)
    }

    /// Somebody said: this was the answer.
    package func answerConfirmed(query: String, card: String, at now: Moment) async throws {
        try await add(rules.confirmed, opened: 0, confirmed: 1, query, card, now)
    }

    private func add(
        _ weight: Double, opened: Int, confirmed: Int, _ query: String, _ card: String, _ now: Moment
    ) async throws {
        let words = QueryMask.normalise(query)
        guard !words.isEmpty, !card.isEmpty, card.utf8.count <= 40 else { return }
        let moment = now.millisecondsSince1970
        try await pool.write { [rules] db in
            let before = try Row.fetchOne(
                db, sql: "SELECT weight, at FROM cardUse WHERE words = ? AND card = ?", arguments: [words, card])
            let kept = before.map { rules.faded($0[0], milliseconds: moment - ($0[1] as Int64)) } ?? 0
            try db.execute(
                sql: """
                    INSERT INTO cardUse VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (words, card) DO UPDATE SET
                      weight = excluded.weight, at = max(at, excluded.at), opened = opened + excluded.opened,
                      confirmed = confirmed + excluded.confirmed
                    """, arguments: [words, card, kept + weight, moment, opened, confirmed])
        }
    }

    /// What use says for cards at some words, more than 0 and less than 1; empty while learning is switched off.
    ///
    /// Blocks the calling thread for some microseconds.
    package func boosts(for query: String, at now: Moment) throws -> [String: Double] {
        let words = QueryMask.normalise(query)
        guard !words.isEmpty else { return [:] }
        let moment = now.millisecondsSince1970
        return try pool.read { db in
            guard try Bool.fetchOne(db.cachedStatement(sql: "SELECT isOn FROM learning")) == true else { return [:] }
            let rows = try Row.fetchAll(
                db.cachedStatement(sql: "SELECT card, weight, at FROM cardUse WHERE words = ?"), arguments: [words])
            return rows.reduce(into: [:]) { boosts, row in
                let weight = rules.faded(row[1], milliseconds: moment - (row[2] as Int64))
                boosts[row[0]] = weight / (weight + rules.confirmed)
            }
        }
    }
}
