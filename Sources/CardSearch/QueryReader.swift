import TextAnalysis

/// Reads a query: which keyboard and alphabet it was typed in, where its words are misspelt or only begun.
struct QueryReader {
    let lexis: Lexis
    let query: SearchQuery
    /// Whether the index holds a key that the snapshot does not know: a card saved a moment ago may have it.
    var isIndexed: (Letters) throws -> Bool = { _ in false }

    /// The longest text that is read, in letters, and the most words of it.
    static let longestText = 1_500
    static let mostWords = 40

    /// A key that a word may stand under.
    struct Key: Sendable {
        let letters: Letters
        let hash: UInt32
        let weight: Float
        /// Whether cards are only ranked by it, not fetched: one of many ways in which a word may go on.
        var isAside = false
        /// The word it stands for, as a person reads it.
        var word: String = ""
    }

    /// A word of the query as it was read.
    struct Word: Sendable {
        /// As it was typed.
        var typed: String
        /// In lower case, turned out of another keyboard or alphabet.
        var letters: Letters
        /// How it was turned.
        var through: Reading.Through?
        /// The keys to search for; empty when the word leads nowhere.
        var keys: [Key] = []
        /// What it was read as, when corrected or completed.
        var readAs: [String] = []
        /// How many letters it was off, where it was corrected.
        var distance = 0.0
        /// Whether it carries no meaning.
        var isStop = false
        /// Whether its keys are only among documents and the rest.
        var isSecondary = false
        /// Whether neither cards nor sayings know it.
        var isUnknown = false
        /// Whether it asks something, so that it says less of what the card is about.
        var asks = false
        /// Whether it tells what is around the matter: a caller's story, or the case.
        var isStory = false
    }

    /// What a query was understood as.
    struct Understanding {
        /// The words.
        let words: [Word]
        /// What they ask.
        let question: Question
        /// How sure it is that the others were read rightly, 0...1.
        let trust: Double
        /// The life events that they tell of.
        let events: [String]
        /// The keys of what no card answers: only a card with all of them does.
        let foreign: [Set<UInt32>]
        /// Whether it is a caller's story rather than a question.
        var isStory: Bool { words.count >= QueryReader.longSentence }
    }

    /// The words of the query.
    /// - Throws: what `isIndexed` throws.
    func read() throws -> [Word] { try readQuestion().words }

    /// The words of the query and what they ask.
    /// - Throws: what `isIndexed` throws.
    func readQuestion() throws -> Understanding {
        let text = String(
            query.text.unicodeScalars.prefix(Self.longestText).map { $0.value == 0 ? " " : $0 }.map(Character.init))
        var words = Interpretation(lexis: lexis, query: query, knowsQuestions: asksQuestions).words(of: text)
        if words.count > Self.mostWords { words.removeLast(words.count - Self.mostWords) }
        if !query.isExact { words = try spaced(words) }
        let question = ask(&words)
        if !query.isExact, !query.off.contains(.questions) { tellStory(&words) }
        let foreign = foreignKeys(words)
        let events = asksQuestions ? lexis.events.read(words.map(\.letters), isKnown: isOwn).events : []
        for index in words.indices { try resolve(&words[index], isLast: index == words.count - 1) }
        let trust = trust(words)
        if !words.contains(where: { !$0.isStop && !$0.keys.isEmpty && !$0.isUnknown }) {
            for index in words.indices { words[index].isStop = false }
        }
        return Understanding(words: words, question: question, trust: trust, events: events, foreign: foreign)
    }

    /// How sure it is that the words beside the question were read rightly, by the roots of their lengths.
    private func trust(_ words: [Word]) -> Double {
        var sum = 0.0
        var all = 0.0
        for word in words where !word.isStop && !word.asks {
            let size = Double(word.letters.count).squareRoot()
            all += size
            sum += size * sureness(of: word)
        }
        return all > 0 ? sum / all : 0
    }

    private func sureness(of word: Word) -> Double {
        let folded = lexis.analysis.fold(word.letters)
        if word.isUnknown || word.keys.isEmpty { return 0 }
        if lexis.words.index(of: folded) != nil { return 1 }
        let longest = word.keys.filter { $0.weight >= 0.9 }.map(\.letters.count).max() ?? 0
        if longest >= 4 || longest * 10 >= folded.count * 7 { return 0.9 }
        return word.distance > 0 ? max(0, 1 - 3 * word.distance / Double(folded.count)) : 0.3
    }

    /// Reads what the words ask, and leaves out those that only ask.
    private func ask(_ words: inout [Word]) -> Question {
        guard asksQuestions else { return Question() }
        let read = lexis.questions.read(words.map(\.letters), isKnown: isOwn)
        for index in read.silent { words[index].isStop = true }
        for index in read.ofCases { words[index].isStory = true }
        for index in read.faint {
            let isOnCards = keys(of: words[index].letters).contains { lexis.corpus.idf[$0.hash] != nil }
            if isOnCards { words[index].asks = true } else { words[index].isStop = true }
        }
        return read.question
    }

    /// Whether a card or a saying has a word, or it is a stop word, so that it is no misspelt other.
    private func isOwn(_ word: Letters) -> Bool {
        let folded = lexis.analysis.fold(word)
        return lexis.words.index(of: folded) != nil || lexis.stopWords.contains(folded)
    }

    /// From so many words on a query is a caller's story.
    static let longSentence = 9

    /// Marks the words of a caller's story. In a long sentence most words are beside the matter, and these weigh little.
    private func tellStory(_ words: inout [Word]) {
        for index in words.indices where !words[index].isStory && lexis.isStory(words[index].letters) {
            words[index].isStory = true
            if words.count >= Self.longSentence { words[index].asks = true }
        }
    }

    /// The keys of what is asked for that no card answers; of a cue of several words an empty set, which no card has. In a
    /// story such words are beside the matter.
    private func foreignKeys(_ words: [Word]) -> [Set<UInt32>] {
        guard asksQuestions, words.count < Self.longSentence + 2 else { return [] }
        return lexis.foreign.read(words.map(\.letters), isKnown: isOwn).foreign.map { places in
            places.count > 1 ? [] : Set(lexis.analysis.query(words[places[0]].letters).map(KeyHash.of))
        }
    }

    /// Whether questions are read.
    var asksQuestions: Bool { query.readsQuestion && !query.isExact && !query.off.contains(.questions) }

    /// What a word is worth that asks and may belong to a service, too.
    static let asking: Float = 0.3

    // MARK: - One word

    private func resolve(_ word: inout Word, isLast: Bool) throws {
        let analysis = lexis.analysis
        let folded = analysis.fold(word.letters)
        if lexis.stopWords.contains(folded) { word.isStop = true }
        word.keys = keys(of: word.letters)
        if !query.isExact, !word.isStop, isBesideTheMatter(word, folded, isLast: isLast) { word.isStop = true }
        if !query.isExact, !word.isStop, !query.off.contains(.typos), isDoubtful(word, folded) {
            try correctDoubtful(&word, folded)
        }
        if !word.keys.isEmpty {
            if !query.isExact, !word.isStop, !isInCards(word) {
                addFamily(&word, folded)
            }
            if isLast, !query.isExact, !word.isStop {
                complete(&word, folded, weight: isInCards(word) ? Self.mayGoOn : Self.mustGoOn)
            }
            return
        }
        if word.isStop { return }
        if let key = secondaryKey(of: word.letters) {
            word.keys = [key]
            word.isSecondary = true
        }
        guard !query.isExact, !folded.allSatisfy({ $0 < 0x40 }) else {
            if word.keys.isEmpty { addUnknown(&word) }
            return
        }
        if word.keys.isEmpty, try addFresh(&word) { return }
        if isLast, complete(&word, folded, weight: Self.mustGoOn) {
            word.isSecondary = false
            return
        }
        guard !word.isSecondary, !derive(&word, folded) else { return }
        if !query.off.contains(.typos) {
            correct(&word, folded)
            if isLast, !word.isStop { completeMisspelt(&word, folded) }
        }
        if word.isStop { return }
        if word.keys.isEmpty { addFamily(&word, folded) }
        if word.keys.isEmpty { addUnknown(&word) }
    }

    /// What a longer word is worth where the last one is a word already, and where it is none that a card has.
    private static let mayGoOn: Float = 0.6
    private static let mustGoOn: Float = 0.85

    func isInCards(_ word: Word) -> Bool { word.keys.contains { lexis.corpus.idf[$0.hash] != nil } }

    /// Keeps a word that no card of the snapshot has, so that it counts as not answered.
    private func addUnknown(_ word: inout Word) {
        word.keys = lexis.analysis.ends(of: word.letters).map {
            Key(letters: $0, hash: KeyHash.of($0), weight: 1, word: word.letters.text)
        }
        word.isUnknown = true
    }

    /// Whether a card saved after the last refresh has a word; a stem of less than half of it would say little.
    func isFresh(_ word: Word) throws -> Bool {
        try lexis.analysis.ends(of: word.letters).contains {
            try $0.count * 2 >= word.letters.count && isIndexed($0)
        }
    }

    /// Takes a word as it is when a card saved after the last refresh has it.
    private func addFresh(_ word: inout Word) throws -> Bool {
        let keys = try lexis.analysis.ends(of: word.letters).filter(isIndexed)
        word.keys = keys.map { Key(letters: $0, hash: KeyHash.of($0), weight: 1, word: word.letters.text) }
        return !keys.isEmpty
    }

    /// Adds words of cards that begin alike: five letters and seven tenths of the word at least.
    private func addFamily(_ word: inout Word, _ folded: Letters) {
        guard folded.count >= 6 else { return }
        let stem = folded.prefix(max(5, (folded.count * 7 + 5) / 10))
        let range = lexis.corpus.words.range(prefix: Array(stem))
        let best = range.prefix(500).sorted { (lexis.corpus.counts[$0], $1) > (lexis.corpus.counts[$1], $0) }.prefix(6)
        add(best.compactMap { lexis.words.index(of: lexis.corpus.words[$0]) }.map { ($0, 0.4) }, to: &word, .family)
    }

    /// The keys of a word that lead somewhere.
    func keys(of letters: Letters) -> [Key] {
        var keys: [Key] = []
        for (index, key) in lexis.analysis.query(letters).enumerated() {
            let hash = KeyHash.of(key)
            if lexis.knows(hash) {
                keys.append(Key(letters: key, hash: hash, weight: index < 2 ? 1 : 0.9, word: letters.text))
            }
        }
        return keys
    }

    private func secondaryKey(of letters: Letters) -> Key? {
        for key in lexis.analysis.query(letters) {
            let hash = KeyHash.of(key)
            if lexis.corpus.secondary[hash] != nil {
                return Key(letters: key, hash: hash, weight: 1, word: letters.text)
            }
        }
        return nil
    }

    func add(_ found: [(word: Int, weight: Float)], to word: inout Word, _ through: Reading.Through) {
        var seen = Set(word.keys.map(\.hash))
        for (index, weight) in found {
            let letters = lexis.words[index]
            var isNew = false
            for key in keys(of: letters) where seen.insert(key.hash).inserted {
                word.keys.append(
                    Key(letters: key.letters, hash: key.hash, weight: key.weight * weight, word: letters.text))
                isNew = true
            }
            if isNew { word.readAs.append(letters.text) }
        }
        if !word.readAs.isEmpty { word.through = word.through ?? through }
    }
}
