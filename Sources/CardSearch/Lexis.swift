import TextAnalysis

/// Everything by which a query is read: the corpus of the cards, the sayings, and spelling over the words of both.
///
/// A class, since a query hands it on a hundred times and a copy of so many tables costs as much as reading a word.
final class Lexis: Sendable {
    let corpus: Corpus
    let sayings: Sayings
    let stopWords: StopWords
    /// The keys of everyday words.
    private let everyday: Set<UInt32>
    /// The keys of the words of stories.
    private let story: Set<UInt32>
    let analysis: WordKeys
    /// The keys of words that say that something ends.
    let endings: Set<UInt32>
    /// The keys of words by which a title is narrower than its sibling's.
    let narrowings: Set<UInt32>
    /// The keys of these and of further words by which a query speaks of such a thing.
    let narrowingsSaid: Set<UInt32>
    /// The keys of words that say that something begins: a title with both is about both.
    let beginnings: Set<UInt32>
    /// Whether a key may be of an ending, a narrowing or a beginning: most are none, and that is told at a glance.
    let acts: KeyFilter
    /// The folded words of cards and sayings.
    let words: WordTable
    /// In how many cards a word stands; words of sayings only count one.
    let counts: [UInt32]
    let spelling: SpellingIndex
    let questions: QuestionReader
    /// The same for the words by which life events are told; apart, so that none of them is taken for a question's.
    let events: QuestionReader
    /// The same for what no card answers.
    let foreign: QuestionReader

    init(
        corpus: Corpus, sayings: Sayings, questions: QuestionReader, events: QuestionReader,
        foreign: QuestionReader, knowledge: SearchKnowledge, analysis: WordKeys
    ) {
        self.questions = questions
        self.events = events
        self.foreign = foreign
        story = Set(knowledge.storyWords.map { KeyHash.of(analysis.fold($0.letters)) })
        endings = knowledge.acts.keys(of: \.endings, analysis)
        narrowings = knowledge.acts.keys(of: \.narrowings, analysis)
        narrowingsSaid = narrowings.union(knowledge.acts.keys(of: \.narrowingsSaid, analysis))
        beginnings = knowledge.acts.keys(of: \.beginnings, analysis)
        acts = KeyFilter(endings.union(narrowings).union(beginnings))
        everyday = Set(knowledge.everydayWords.flatMap { analysis.ends(of: $0.letters) }.map(KeyHash.of))
        self.corpus = corpus
        self.sayings = sayings
        stopWords = knowledge.stopWords
        self.analysis = analysis
        var all = sayings.words
        for index in 0..<corpus.words.count { all.insert(corpus.words[index]) }
        let words = WordTable(all)
        counts = (0..<words.count).map { index in
            corpus.words.index(of: words[index]).map { corpus.counts[$0] } ?? 1
        }
        self.words = words
        spelling = SpellingIndex(words)
    }

    /// Whether a key leads anywhere: to a card's main fields or to a saying.
    @inline(__always)
    func knows(_ hash: UInt32) -> Bool { corpus.idf[hash] != nil || sayings.keys.contains(hash) }

    /// Whether a word is one of everyday speech, in any form.
    func isEveryday(_ letters: Letters) -> Bool {
        analysis.ends(of: letters).contains { everyday.contains(KeyHash.of($0)) }
    }

    /// How rare a key is.
    @inline(__always)
    func idf(_ hash: UInt32) -> Float { corpus.idf[hash] ?? corpus.rarest }

    /// Whether a word is one of a caller's story, in any form that is near to it.
    func isStory(_ letters: Letters) -> Bool {
        if story.contains(KeyHash.of(analysis.fold(letters))) { return true }
        return analysis.ends(of: letters).contains { end in
            end.count >= 3 && end.count * 2 >= letters.count && story.contains(KeyHash.of(end))
        }
    }

    /// The bytes that the large arrays take, for the figures.
    var byteCount: Int {
        words.byteCount + corpus.words.byteCount + spelling.byteCount + counts.count * 4 + corpus.counts.count * 4
            + corpus.idf.byteCount + corpus.secondary.byteCount + corpus.lexicon.count * 48
            + sayings.sayings.count * 160 + sayings.targets.count * 240
    }
}
