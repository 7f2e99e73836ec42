import Foundation
import GRDB
import TextAnalysis

/// Asks FTS5 for the cards that may answer.
struct CandidateSearch {
    /// How many candidates are ranked.
    static let limit = 100

    /// A card that may answer.
    struct Candidate {
        let id: String
        let region: String?
        let words: Data
    }

    /// The candidates for keys of the main fields; when there are none, for keys anywhere.
    static func candidates(
        _ meaning: QueryMeaning, _ lexis: Lexis, _ filters: SearchQuery.Filters, in db: Database
    ) throws -> [Candidate] {
        guard let match = match(meaning, lexis, filters) else { return [] }
        return try fetch(match, in: db)
    }

    /// What is asked of FTS5, or nil when there is nothing to ask.
    static func match(_ meaning: QueryMeaning, _ lexis: Lexis, _ filters: SearchQuery.Filters) -> String? {
        let primary = telling(meaning, lexis)
        let secondary = meaning.keys.filter(\.isSecondary)
        var parts: [String] = []
        if !primary.isEmpty { parts.append("{tru tkk dru dkk kw} : (\(any(primary)))") }
        if !secondary.isEmpty { parts.append("{docs rest} : (\(any(secondary)))") }
        guard !parts.isEmpty else { return nil }
        let words = parts.joined(separator: " OR ")
        return Fact.expression(filters).map { "(\(words)) AND \($0)" } ?? words
    }

    /// The bare candidate query, to measure beside the whole search.
    static func rows(_ match: String?, in db: Database) throws -> [Int64] {
        guard let match else { return [] }
        return try Int64.fetchAll(db.cachedStatement(sql: rowsQuery), arguments: [match, limit])
    }

    private static let rowsQuery = """
        SELECT rowid FROM searchKey WHERE searchKey MATCH ?
            AND rank MATCH 'bm25(8, 8, 3, 3, 6, 0.2, 0.1, 0, 0)' ORDER BY rank LIMIT ?
        """

    /// The keys that are asked of the index: all in a store of usual size; in a large one, where a common key alone costs
    /// milliseconds, the telling ones and the rarest of each word that has no telling key.
    private static func telling(_ meaning: QueryMeaning, _ lexis: Lexis) -> [QueryMeaning.Key] {
        let primary = meaning.keys.filter { !$0.isSecondary && !$0.isAside }
        let most = max(1_500, lexis.corpus.cardCount / 25)
        guard lexis.corpus.cardCount > most else { return primary }
        let least = lexis.corpus.idf(ofCount: most)
        let telling = primary.filter { $0.idf >= least }
        guard telling.count < primary.count else { return primary }
        let known = Set(telling.lazy.filter { lexis.corpus.idf[$0.hash] != nil }.map(\.hash))
        // The rarest common key of the literal words that would otherwise not be asked for.
        var spare: QueryMeaning.Key?
        for group in meaning.groups {
            for alternative in group.alternatives where alternative.isLiteral || known.isEmpty {
                for slot in alternative.slots {
                    let keys = meaning.slots[slot].keys.filter { $0.weight > 0.5 }.map { meaning.keys[$0.key] }
                    if keys.contains(where: { known.contains($0.hash) }) { continue }
                    for key in keys where key.idf < least && key.idf > spare?.idf ?? 0 { spare = key }
                }
            }
        }
        return telling + [spare].compactMap { $0 }
    }

    /// Whether any card has a key in a main field.
    static func holds(_ key: Letters, in db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM searchKey WHERE searchKey MATCH ? LIMIT 1"),
            arguments: ["{tru tkk dru dkk kw} : \"\(key.text)\""]) ?? false
    }

    /// The cards whose code is so, then those whose code begins so.
    static func byCode(_ code: String, _ filters: SearchQuery.Filters, limit: Int, in db: Database) throws -> [String] {
        let facts = Fact.expression(filters).map { " AND " + $0 } ?? ""
        return try ["", " *"].flatMap { ending in
            try String.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT c.id FROM searchKey AS k JOIN searchCard AS c ON c.rowid = k.rowid
                        WHERE searchKey MATCH ? ORDER BY k.code, c.id LIMIT ?
                        """), arguments: ["code : \"\(code)\"\(ending)" + facts, limit])
        }
    }

    private static func any(_ keys: [QueryMeaning.Key]) -> String {
        keys.prefix(96).map { "\"\($0.letters.text)\"" }.joined(separator: " OR ")
    }

    private static func fetch(_ match: String, in db: Database) throws -> [Candidate] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT c.id, c.region, c.words FROM (\(rowsQuery)) AS k JOIN searchCard AS c ON c.rowid = k.rowid
                    """), arguments: [match, limit])
        var candidates: [Candidate] = []
        while let row = try rows.next() {
            candidates.append(Candidate(id: row[0], region: row[1], words: row[2]))
        }
        return candidates
    }
}
