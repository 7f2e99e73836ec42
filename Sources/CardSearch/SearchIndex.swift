import Foundation
import GRDB
import TextAnalysis

/// The index of cards in the database: an FTS5 table of analysed keys and, beside it, what ranking needs of each card.
///
/// Its content is a function of the cards saved; only row numbers depend on the order. The keys are plain words under the
/// tokenizer `unicode61`, so the stock `sqlite3` shell reads and searches the table.
package enum SearchIndex {
    /// The tables of the index, for dropping and rebuilding.
    package static let tables = ["searchKey", "searchCard"]

    /// Makes the empty tables.
    ///
    /// - Throws: `DatabaseError` when they exist already.
    package static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE searchCard (
                    rowid INTEGER PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE,
                    region TEXT,
                    words BLOB NOT NULL,
                    russian TEXT NOT NULL,
                    kazakh TEXT NOT NULL
                );
                CREATE VIRTUAL TABLE searchKey USING fts5(
                    tru, tkk, dru, dkk, kw, docs, rest, code, facts,
                    tokenize = 'unicode61 remove_diacritics 0'
                );
                """)
    }

    /// Puts a card into the index, in place of what it was before.
    ///
    /// - Throws: `DatabaseError`.
    package static func save(_ card: SearchableCard, in db: Database) throws {
        try save(card, analysis: .standard, in: db)
    }

    /// Takes a card out of the index; a card that is not in it is passed over.
    ///
    /// - Throws: `DatabaseError`.
    package static func remove(id: String, in db: Database) throws {
        guard let row = try rowid(of: id, in: db) else { return }
        try db.cachedStatement(sql: "DELETE FROM searchKey WHERE rowid = ?").execute(arguments: [row])
        try db.cachedStatement(sql: "DELETE FROM searchCard WHERE rowid = ?").execute(arguments: [row])
    }

    static func save(_ card: SearchableCard, analysis: WordKeys, in db: Database) throws {
        let analysed = AnalysedCard(card, analysis)
        if let row = try rowid(of: card.id, in: db) {
            try db.cachedStatement(sql: "DELETE FROM searchKey WHERE rowid = ?").execute(arguments: [row])
        }
        try db.cachedStatement(
            sql: """
                INSERT INTO searchCard (id, region, words, russian, kazakh) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET region = excluded.region, words = excluded.words,
                    russian = excluded.russian, kazakh = excluded.kazakh
                """
        ).execute(arguments: [card.id, card.region, analysed.words.data, analysed.russian, analysed.kazakh])
        guard let row = try rowid(of: card.id, in: db) else { return }
        func column(_ field: CardField) -> String { (analysed.columns[field] ?? []).joined(separator: " ") }
        try db.cachedStatement(
            sql: """
                INSERT INTO searchKey (rowid, tru, tkk, dru, dkk, kw, docs, rest, code, facts)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            row, column(.titleRU), column(.titleKK), column(.descriptionRU), column(.descriptionKK), column(.keywords),
            column(.documents), column(.rest), analysed.codes.joined(separator: " "),
            analysed.facts.joined(separator: " "),
        ])
    }

    private static func rowid(of id: String, in db: Database) throws -> Int64? {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT rowid FROM searchCard WHERE id = ?"), arguments: [id])
    }
}
