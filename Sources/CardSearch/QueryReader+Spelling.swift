import TextAnalysis

// Words that are misspelt, or only look so.
extension QueryReader {
    /// Reads an unknown word as the nearest known ones.
    func correct(_ word: inout Word, _ folded: Letters) {
        var near = lexis.spelling.neighbours(of: folded)
        guard let closest = near.map(\.distance).min() else { return }
        near = near.filter { $0.distance <= closest + 0.15 }
        near.sort { (lexis.counts[$0.word], $1.word) > (lexis.counts[$1.word], $0.word) }
        if closest <= 1, near.contains(where: { lexis.stopWords.contains(lexis.words[$0.word]) }) {
            word.isStop = true
            return
        }
        word.distance = closest
        add(near.prefix(4).map { ($0.word, 0.75) }, to: &word, .spelling)
    }

    /// Whether all that is known of a word is a stem of less than half of it, which may be there by chance (сонд in
    /// сондоминиум).
    func isDoubtful(_ word: Word, _ folded: Letters) -> Bool {
        folded.count >= 7 && !word.keys.isEmpty && lexis.words.index(of: folded) == nil
            && !word.keys.contains { $0.letters.count * 2 >= folded.count }
    }

    /// Reads a doubtful word also as the known ones that are a letter off, a long one two; its own stem counts for less.
    func correctDoubtful(_ word: inout Word, _ folded: Letters) throws {
        let isNear = lexis.spelling.neighbours(of: folded).contains { $0.distance <= (folded.count < 9 ? 1.5 : 2.5) }
        guard isNear, try !isFresh(word) else { return }
        let own = word.keys
        word.keys = []
        correct(&word, folded)
        word.keys += own.filter { key in !word.keys.contains { $0.hash == key.hash } }.map {
            Key(letters: $0.letters, hash: $0.hash, weight: $0.weight * Self.byChance, word: $0.word)
        }
    }

    /// What a stem is worth that may be there by chance.
    private static let byChance: Float = 0.4

    /// Reads a word that nothing knows as the known one it is derived from: шопырлық as шопыр.
    func derive(_ word: inout Word, _ folded: Letters) -> Bool {
        guard lexis.analysis.stems else { return false }
        for root in KazakhStemmer.roots(folded) where lexis.words.index(of: root) != nil {
            let keys = lexis.analysis.ends(of: root).filter { $0.count >= 4 && lexis.knows(KeyHash.of($0)) }
            guard !keys.isEmpty else { continue }
            word.keys = keys.map { Key(letters: $0, hash: KeyHash.of($0), weight: 0.8, word: root.text) }
            word.readAs = [root.text]
            word.through = word.through ?? .family
            return true
        }
        return false
    }

    /// Whether a word of everyday speech stands beside the matter: no card has it, and it is not the beginning of another
    /// that is still being typed.
    func isBesideTheMatter(_ word: Word, _ folded: Letters, isLast: Bool) -> Bool {
        !isInCards(word) && lexis.isEveryday(word.letters) && (!isLast || lexis.words.range(prefix: folded).isEmpty)
    }
}
