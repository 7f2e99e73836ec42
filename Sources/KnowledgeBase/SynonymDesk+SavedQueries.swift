import Casework
import Crypto
import GRDB
import Journal
import TextAnalysis
import WorkingDays

extension SynonymDesk {
    /// The queries that changes are tried on, by their words.
    package func savedQueries() async throws -> [SavedQuery] {
        try await casework.journal.read { try Self.savedQueries(in: $0) }
    }

    /// Keeps a query with the card that should answer it; the same words with another card replace it.
    ///
    /// The words are kept as they are typed, for a wrong keyboard is worth trying, but personal numbers are masked.
    /// - Throws: `Refusal` where there is no such card or nothing is said.
    package func keep(
        _ text: String, card: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        let words = QueryMask.mask(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty, words.count <= 200 else {
            throw KnowledgeRefusal.queryWords("Write the words, 200 letters at most.", field: "words")
        }
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            guard try CardRecord.fetch(card, in: session.db) != nil else {
                throw KnowledgeRefusal.queryCard("There is no card “\(card)”: check the code.", field: "card")
            }
            return try Self.append(.savedQueryKept(SavedQueryKept(text: words, card: card)), words, session)
        }
    }

    /// Tries a query no more.
    package func drop(_ text: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let known = try Bool.fetchOne(
                session.db, sql: "SELECT EXISTS (SELECT 1 FROM savedQuery WHERE text = ?)", arguments: [text])
            guard known == true else { return 0 }
            return try Self.append(.savedQueryDropped(SavedQueryDropped(text: text)), text, session)
        }
    }

    private static func append(_ event: SynonymEvent, _ words: String, _ session: CaseSession) throws -> Int {
        let digest = SHA256.hash(data: Array(words.utf8))
        let stream = StreamID(
            kind: "savedQuery", id: String(EventLink.hexadecimal(Array(digest)).prefix(24)))
        let version = try session.transaction.events(of: stream).count
        try session.append([event], to: stream, expecting: version)
        return version + 1
    }
}
