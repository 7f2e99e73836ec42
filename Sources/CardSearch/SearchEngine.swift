import GRDB
import Synchronization
import TextAnalysis

/// The search: reads queries by what the cards and the synonyms teach and answers from the index.
///
/// What it has learnt is an immutable snapshot; `refresh` and `use` make a new one beside it and swap the two, so queries
/// never wait. Words of a card saved after the last refresh are found all the same (the index is asked), only their
/// misspellings are not.
package final class SearchEngine: Sendable {
    private struct State {
        var corpus: Corpus
        var synonyms: SynonymTable
        var lexis: Lexis
    }

    private let glossary: Glossary
    private let stopWords: StopWords
    private let analysis: WordKeys
    private let acts: SearchKnowledge.Acts
    private let state: Mutex<State>

    /// An engine that knows no card yet.
    ///
    /// - Parameters:
    ///   - synonyms: What people say and what the cards call it.
    ///   - glossary: Kazakh and Russian words that say the same.
    ///   - stopWords: Words without meaning for the search.
    package convenience init(synonyms: SynonymTable, glossary: Glossary, stopWords: StopWords) {
        self.init(
            SearchKnowledge(synonyms: synonyms, glossary: glossary, stopWords: stopWords), analysis: .standard)
    }

    /// An engine with the data of a folder.
    package convenience init(_ knowledge: SearchKnowledge) { self.init(knowledge, analysis: .standard) }

    init(_ knowledge: SearchKnowledge, analysis: WordKeys) {
        glossary = knowledge.glossary
        stopWords = knowledge.stopWords
        self.analysis = analysis
        acts = knowledge.acts
        let sayings = Sayings(
            synonyms: knowledge.synonyms, glossary: knowledge.glossary, stopWords: knowledge.stopWords,
            analysis: analysis)
        state = Mutex(
            State(
                corpus: .empty, synonyms: knowledge.synonyms,
                lexis: Lexis(
                    corpus: .empty, sayings: sayings, stopWords: knowledge.stopWords, acts: knowledge.acts,
                    analysis: analysis)))
    }

    /// An engine that knows the same cards as another, with another table of synonyms: to try a change on.
    package init(trying synonyms: SynonymTable, like other: SearchEngine) {
        glossary = other.glossary
        stopWords = other.stopWords
        analysis = other.analysis
        acts = other.acts
        let corpus = other.state.withLock { $0.corpus }
        let sayings = Sayings(
            synonyms: synonyms, glossary: other.glossary, stopWords: other.stopWords, analysis: other.analysis)
        state = Mutex(
            State(
                corpus: corpus, synonyms: synonyms,
                lexis: Lexis(
                    corpus: corpus, sayings: sayings, stopWords: other.stopWords, acts: other.acts,
                    analysis: other.analysis)))
    }

    /// Learns the cards of the index anew: words, how rare they are, spelling, the mined lexicon.
    ///
    /// - Throws: `DatabaseError`.
    package func refresh(from db: Database) throws {
        let corpus = try Corpus.read(from: db, analysis: analysis)
        let sayings = state.withLock { $0.lexis.sayings }
        let lexis = Lexis(corpus: corpus, sayings: sayings, stopWords: stopWords, acts: acts, analysis: analysis)
        state.withLock {
            $0.corpus = corpus
            $0.lexis = lexis
        }
    }

    /// Takes another table of synonyms; queries from now on are read by it.
    package func use(synonyms: SynonymTable) {
        let corpus = state.withLock { $0.corpus }
        let sayings = Sayings(synonyms: synonyms, glossary: glossary, stopWords: stopWords, analysis: analysis)
        let lexis = Lexis(corpus: corpus, sayings: sayings, stopWords: stopWords, acts: acts, analysis: analysis)
        state.withLock {
            $0.synonyms = synonyms
            $0.lexis = lexis
        }
    }

    /// The table of synonyms in use.
    package var synonyms: SynonymTable { state.withLock { $0.synonyms } }

    /// The bytes that the analysis structures take, counted by their arrays.
    package var byteCount: Int { state.withLock { $0.lexis }.byteCount }

    /// Answers a query. Any text is a query; what cannot be understood has no hits.
    ///
    /// - Throws: `DatabaseError` when the database cannot be read; never because of what was typed.
    package func search(_ query: SearchQuery, in db: Database) throws -> SearchAnswer {
        guard query.limit > 0 else { return .empty }
        let lexis = state.withLock { $0.lexis }
        let words = try QueryReader(
            lexis: lexis, query: query, isIndexed: { key in try CandidateSearch.holds(key, in: db) }
        ).read()
        guard !words.isEmpty else { return .empty }
        let meaning = QueryMeaning(words, lexis, query)
        var hits: [SearchHit] = []
        for code in meaning.codes + CodeText.written(in: query.text) {
            for id in try CandidateSearch.byCode(code, query.filters, limit: query.limit, in: db)
            where !hits.contains(where: { $0.id == id }) {
                hits.append(
                    SearchHit(id: id, score: 1_000, coverage: 1, reasons: [Reason(field: "code", words: [code])]))
            }
        }
        if hits.isEmpty { hits = try ranked(meaning, lexis, query, in: db) }
        if hits.count > query.limit { hits.removeLast(hits.count - query.limit) }
        let coverage = hits.first?.coverage ?? 0
        return SearchAnswer(
            hits: hits, reading: meaning.reading, coverage: coverage,
            isWeak: hits.isEmpty || coverage < 0.45,
            highlight: HighlightKeys(keys: Set(meaning.keys.map(\.hash)), analysis: analysis))
    }

    /// What the index is asked for a query, to measure beside the whole search.
    func match(_ query: SearchQuery) throws -> String? {
        let lexis = state.withLock { $0.lexis }
        let meaning = QueryMeaning(try QueryReader(lexis: lexis, query: query).read(), lexis, query)
        return CandidateSearch.match(meaning, lexis, query.filters)
    }

    private func ranked(
        _ meaning: QueryMeaning, _ lexis: Lexis, _ query: SearchQuery, in db: Database
    ) throws -> [SearchHit] {
        let candidates = try CandidateSearch.candidates(meaning, lexis, query.filters, in: db)
        let ranking = Ranking(meaning, lexis)
        var fits: [(place: Int, score: Double, coverage: Double)] = []
        for (place, candidate) in candidates.enumerated() {
            let fit = ranking.fit(candidate.words)
            guard fit.score > 0 else { continue }
            var score = fit.score
            if let caller = query.callerRegion, let region = candidate.region {
                score *= region == caller ? 1.02 : 0.85
            }
            if let boost = query.boosts[candidate.id] { score *= 1 + 0.05 * min(1, max(0, boost)) }
            fits.append((place, score, fit.coverage))
        }
        fits.sort { ($0.score, candidates[$1.place].id) > ($1.score, candidates[$0.place].id) }
        return fits.prefix(query.limit).map { fit in
            let candidate = candidates[fit.place]
            return SearchHit(
                id: candidate.id, score: fit.score, coverage: fit.coverage, reasons: ranking.reasons(candidate.words))
        }
    }
}
