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
    static func candidates(_ meaning: QueryMeaning, _ filters: SearchQuery.Filters, in db: Database) throws
        -> [Candidate]
    {
        let facts = Fact.expression(filters)
        let primary = meaning.keys.filter { !$0.isSecondary }
        let secondary = meaning.keys.filter(\.isSecondary)
        var parts: [String] = []
        if !primary.isEmpty { parts.append("{tru tkk dru dkk kw} : (\(any(primary)))") }
        if !secondary.isEmpty { parts.append("{docs rest} : (\(any(secondary)))") }
        guard !parts.isEmpty else { return [] }
        return try fetch(parts.joined(separator: " OR "), facts, in: db)
    }

    /// The cards whose code begins so.
    static func byCode(_ code: String, _ filters: SearchQuery.Filters, limit: Int, in db: Database) throws -> [String] {
        let facts = Fact.expression(filters).map { " AND " + $0 } ?? ""
        return try String.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT id FROM searchCard WHERE rowid IN (SELECT rowid FROM searchKey WHERE searchKey MATCH ?)
                    ORDER BY id LIMIT ?
                    """), arguments: ["code : \"\(code)\" *" + facts, limit])
    }

    private static func any(_ keys: [QueryMeaning.Key]) -> String {
        keys.prefix(96).map { "\"\($0.letters.text)\"" }.joined(separator: " OR ")
    }

    private static func fetch(_ match: String, _ facts: String?, in db: Database) throws -> [Candidate] {
        let expression = facts.map { "(\(match)) AND \($0)" } ?? match
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT c.id, c.region, c.words FROM (
                        SELECT rowid FROM searchKey WHERE searchKey MATCH ?
                            AND rank MATCH 'bm25(8, 8, 3, 3, 6, 0.2, 0.1, 0, 0)' ORDER BY rank LIMIT ?) AS k
                    JOIN searchCard AS c ON c.rowid = k.rowid
                    """), arguments: [expression, limit])
        var candidates: [Candidate] = []
        while let row = try rows.next() {
            candidates.append(Candidate(id: row[0], region: row[1], words: row[2]))
        }
        return candidates
    }
}
