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
        /// Whether it carries no meaning.
        var isStop = false
        /// Whether its keys are only among documents and the rest.
        var isSecondary = false
        /// Whether neither cards nor sayings know it.
        var isUnknown = false
    }

    /// The words of the query.
    /// - Throws: what `isIndexed` throws.
    func read() throws -> [Word] {
        let text = String(
            query.text.unicodeScalars.prefix(Self.longestText).map { $0.value == 0 ? " " : $0 }.map(Character.init))
        var words = Interpretation(lexis: lexis, query: query).words(of: text)
        if words.count > Self.mostWords { words.removeLast(words.count - Self.mostWords) }
        if !query.isExact { words = try spaced(words) }
        for index in words.indices { try resolve(&words[index], isLast: index == words.count - 1) }
        if !words.contains(where: { !$0.isStop && !$0.keys.isEmpty && !$0.isUnknown }) {
            for index in words.indices { words[index].isStop = false }
        }
        return words
    }

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
