import TextAnalysis

// The last word of a query while it is being typed: what it may become.
extension QueryReader {
    /// Adds the words that begin so; returns whether there are any.
    @discardableResult
    func complete(_ word: inout Word, _ folded: Letters, weight: Float) -> Bool {
        guard folded.count >= 2 else { return false }
        let range = lexis.words.range(prefix: folded)
        guard !range.isEmpty else { return false }
        add(frequent(Array(range.prefix(2_000))), weight: weight, to: &word)
        return true
    }

    /// How many words a beginning stands for when cards are fetched, and how many when they are ranked.
    private static let mostBegun = (fetched: 12, ranked: 60)

    /// Adds the words that begin nearly so: one letter off within what was typed.
    func completeMisspelt(_ word: inout Word, _ folded: Letters) {
        guard folded.count >= 4 else { return }
        var found: Set<Int> = []
        for variant in SpellingIndex.variants(of: folded) {
            let range = lexis.words.range(prefix: variant)
            if !range.isEmpty { found.formUnion(range.prefix(200)) }
            if found.count > 2_000 { break }
        }
        guard !found.isEmpty else { return }
        add(frequent(Array(found)), weight: word.keys.isEmpty ? 0.7 : 0.5, to: &word)
    }

    private func frequent(_ words: [Int]) -> ArraySlice<Int> {
        words.sorted { (lexis.counts[$0], $1) > (lexis.counts[$1], $0) }.prefix(Self.mostBegun.ranked)
    }

    /// Adds words that a beginning may stand for. None counts as rarer than all of them together, half way: a beginning
    /// tells less than the rarest word that it may become.
    private func add(_ words: ArraySlice<Int>, weight: Float, to word: inout Word) {
        let together = words.reduce(0) { $0 + Int(lexis.counts[$1]) }
        let common = lexis.corpus.idf(ofCount: min(together, lexis.corpus.cardCount))
        let before = word.keys.count
        add(words.map { ($0, weight) }, to: &word, .beginning)
        for index in before..<word.keys.count {
            let key = word.keys[index]
            let own = max(lexis.idf(key.hash), 0.1)
            let damping = min(1, (common + own) / (2 * own))
            word.keys[index] = Key(
                letters: key.letters, hash: key.hash, weight: key.weight * damping,
                isAside: index - before >= Self.mostBegun.fetched, word: key.word)
        }
        if word.readAs.count > 12 { word.readAs.removeLast(word.readAs.count - 12) }
    }
}
