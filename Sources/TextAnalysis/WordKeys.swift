/// The keys of a word: what the index holds and what a query asks for. Two words meet when they share a key.
package struct WordKeys: Sendable {
    /// Whether words are stemmed; without it the key is the folded word (for measuring what stemming gives).
    package let stems: Bool
    /// Whether letters are folded (for measuring what folding gives).
    package let folds: Bool

    /// The analysis that the product uses.
    package static let standard = WordKeys()

    /// An analysis, possibly with a part switched off.
    package init(stems: Bool = true, folds: Bool = true) {
        self.stems = stems
        self.folds = folds
    }

    /// The word with its letters folded.
    package func fold(_ word: Letters) -> Letters { folds ? Folding.fold(word) : word }

    /// The keys under which a word of a Russian text is indexed: exactly one.
    package func russian(_ word: Letters) -> [Letters] {
        let folded = fold(word)
        return [stems ? RussianStemmer.stable(folded) : folded]
    }

    /// The keys under which a word of a Kazakh text is indexed: its stem and, for what may be a loan from Russian, the
    /// Russian stem of it without Kazakh endings (справкасын, пенсияны).
    package func kazakh(_ word: Letters) -> [Letters] {
        let folded = fold(word)
        guard stems else { return [folded] }
        let stem = KazakhStemmer.stem(folded)
        guard !Folding.hasKazakhLetter(word) else { return [stem] }
        let loan = RussianStemmer.stable(KazakhStemmer.withoutNominalEndings(folded))
        return loan == stem ? [stem] : [stem, loan]
    }

    /// Every key that a word of a query may stand under, the Russian stem first. The query's language is not known.
    package func query(_ word: Letters) -> [Letters] {
        let folded = fold(word)
        guard stems else { return [folded] }
        var keys = [RussianStemmer.stable(folded)]
        func add(_ key: Letters) { if !keys.contains(key) { keys.append(key) } }
        let stages = KazakhStemmer.stages(folded)
        if let stem = stages.last { add(stem) }
        for stage in stages.dropFirst() { add(RussianStemmer.stable(stage)) }
        return keys
    }
}
