import GRDB
import Synchronization
import TextAnalysis

/// The search: reads queries by what the cards and the synonyms teach and answers from the index.
///
/// What it has learnt is an immutable snapshot; `refresh` and `use` make a new one beside it and swap the two, so queries
/// do not wait. The first one is made when it is first asked for, not when the program starts. Words of a card saved after
/// the last refresh are found all the same (the index is asked), only their misspellings are not.
package final class SearchEngine: Sendable {
    private struct State {
        var corpus: Corpus
        var synonyms: SynonymTable
        /// Nil until the first query or refresh.
        var lexis: Lexis?
        /// Made once: no change of cards or synonyms touches it.
        var questions: QuestionReader?
        var events: QuestionReader?
        var foreign: QuestionReader?
        var generation = 0
    }

    /// As it was at the start; the table of synonyms in use is in `state`.
    private let knowledge: SearchKnowledge
    private let analysis: WordKeys
    private let state: Mutex<State>
    /// Held while a snapshot is made, so that of two changes at once neither is lost.
    private let making = Mutex(())

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
        self.knowledge = knowledge
        self.analysis = analysis
        state = Mutex(State(corpus: .empty, synonyms: knowledge.synonyms))
    }

    /// An engine that knows the same cards as another, with another table of synonyms: to try a change on.
    package init(trying synonyms: SynonymTable, like other: SearchEngine) {
        knowledge = other.knowledge
        analysis = other.analysis
        let corpus = other.state.withLock { $0.corpus }
        state = Mutex(State(corpus: corpus, synonyms: synonyms))
    }

    /// Learns the cards of the index anew: words, how rare they are, spelling, the mined lexicon.
    ///
    /// - Throws: `DatabaseError`.
    package func refresh(from db: Database) throws {
        try making.withLock { _ in
            let corpus = try Corpus.read(from: db, analysis: analysis)
            let (synonyms, known) = state.withLock { ($0.synonyms, $0.lexis?.sayings) }
            let lexis = makeLexis(corpus, known ?? makeSayings(synonyms))
            state.withLock {
                $0.corpus = corpus
                $0.lexis = lexis
                $0.generation += 1
            }
        }
    }

    /// Takes another table of synonyms; queries from now on are read by it.
    package func use(synonyms: SynonymTable) {
        making.withLock { _ in
            let corpus = state.withLock { $0.lexis == nil ? nil : $0.corpus }
            let lexis = corpus.map { makeLexis($0, makeSayings(synonyms)) }
            state.withLock {
                $0.synonyms = synonyms
                $0.lexis = lexis
                $0.generation += 1
            }
        }
    }

    /// What queries are read by; made now where nobody has asked before.
    private func currentLexis() -> Lexis {
        if let lexis = state.withLock({ $0.lexis }) { return lexis }
        return making.withLock { _ in
            let (corpus, synonyms, made) = state.withLock { ($0.corpus, $0.synonyms, $0.lexis) }
            if let made { return made }
            let lexis = makeLexis(corpus, makeSayings(synonyms))
            state.withLock { $0.lexis = lexis }
            return lexis
        }
    }

    private func makeSayings(_ synonyms: SynonymTable) -> Sayings {
        Sayings(
            synonyms: synonyms, glossary: knowledge.glossary, stopWords: knowledge.stopWords, analysis: analysis)
    }

    private func makeLexis(_ corpus: Corpus, _ sayings: Sayings) -> Lexis {
        let known = state.withLock { ($0.questions, $0.events, $0.foreign) }
        let questions = known.0 ?? QuestionReader(knowledge.questions, analysis: analysis)
        let events = known.1 ?? QuestionReader(knowledge.events, analysis: analysis)
        let foreign = known.2 ?? QuestionReader(knowledge.foreign, analysis: analysis)
        if known.0 == nil {
            state.withLock { ($0.questions, $0.events, $0.foreign) = (questions, events, foreign) }
        }
        return Lexis(
            corpus: corpus, sayings: sayings, questions: questions, events: events, foreign: foreign,
            knowledge: knowledge, analysis: analysis)
    }

    /// What a text asks, and the cases that it speaks of.
    package func question(in text: String) -> Question {
        let lexis = currentLexis()
        return lexis.questions.read(TextWords.scan(text, limit: QueryReader.mostWords).map(\.letters)) { _ in true }
            .question
    }

    /// The table of synonyms in use.
    package var synonyms: SynonymTable { state.withLock { $0.synonyms } }

    /// How often it has learnt anew: another number may read a query otherwise.
    package var generation: Int { state.withLock { $0.generation } }

    /// The bytes that the analysis structures take, counted by their arrays.
    package var byteCount: Int { currentLexis().byteCount }

    /// Answers a query. Any text is a query; what cannot be understood has no hits.
    ///
    /// - Throws: `DatabaseError` when the database cannot be read; never because of what was typed.
    package func search(_ query: SearchQuery, in db: Database) throws -> SearchAnswer {
        guard query.limit > 0 else { return .empty }
        let lexis = currentLexis()
        let read = try QueryReader(
            lexis: lexis, query: query, isIndexed: { key in try CandidateSearch.holds(key, in: db) }
        ).readQuestion()
        let words = read.words
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
        if hits.isEmpty { hits = try ranked(meaning, lexis, query, foreign: read.foreign, in: db) }
        if hits.count > query.limit { hits.removeLast(hits.count - query.limit) }
        let coverage = hits.first?.coverage ?? 0
        return SearchAnswer(
            hits: hits, reading: meaning.reading, coverage: coverage,
            isWeak: hits.isEmpty || max(coverage, hits.first?.meant ?? 0) < (read.isStory ? 0.3 : 0.45),
            highlight: HighlightKeys(meaning.keys.map(\.letters), analysis: analysis), question: read.question,
            trust: read.trust, isStory: read.isStory, events: read.events)
    }

    /// What the index is asked for a query, to measure beside the whole search.
    func match(_ query: SearchQuery) throws -> String? {
        let lexis = currentLexis()
        let meaning = QueryMeaning(try QueryReader(lexis: lexis, query: query).read(), lexis, query)
        return CandidateSearch.match(meaning, lexis, query.filters)
    }

    private func ranked(
        _ meaning: QueryMeaning, _ lexis: Lexis, _ query: SearchQuery, foreign: [Set<UInt32>], in db: Database
    ) throws -> [SearchHit] {
        let candidates = try CandidateSearch.candidates(meaning, lexis, query.filters, in: db)
        let ranking = Ranking(meaning, lexis, narrows: query.readsQuestion)
        var fits: [(place: Int, score: Double, coverage: Double, title: Double)] = []
        for (place, candidate) in candidates.enumerated() {
            let fit = ranking.fit(candidate.words)
            guard fit.score > 0 else { continue }
            var score = fit.score
            if let caller = query.callerRegion, let region = candidate.region {
                score *= region == caller ? 1.02 : 0.85
            }
            if let boost = query.boosts[candidate.id] { score *= 1 + 0.05 * min(1, max(0, boost)) }
            fits.append((place, score, fit.coverage, fit.title))
        }
        fits.sort { ($0.score, candidates[$1.place].id) > ($1.score, candidates[$0.place].id) }
        return fits.prefix(query.limit).map { fit in
            let candidate = candidates[fit.place]
            let (core, meant) = ranking.core(candidate.words)
            var hit = SearchHit(
                id: candidate.id, score: fit.score, coverage: fit.coverage, core: core, title: fit.title,
                reasons: ranking.reasons(candidate.words))
            hit.meant = meant
            hit.isForeign = !foreign.isEmpty && Ranking.lacks(candidate.words, foreign)
            return hit
        }
    }
}
