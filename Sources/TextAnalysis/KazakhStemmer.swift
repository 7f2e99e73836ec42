/// A light stemmer for Kazakh, without a dictionary: it takes inflection off and leaves derivation on.
///
/// It works on folded words (see `Folding`), so it stems a word written with or without the Kazakh letters alike. Layers
/// are cut again and again until nothing changes, so every form of a word meets the word itself and the stem of a stem is
/// the stem. Over-stemming is harmless where both sides do it; words that merely look inflected are in the exceptions.
package enum KazakhStemmer {
    /// The stem of a folded word.
    package static func stem(_ word: Letters) -> Letters { stages(word).last ?? word }

    /// The word and every shorter form on the way to its stem, longest first, without repetitions.
    package static func stages(_ word: Letters) -> [Letters] {
        var stages = [word]
        guard isStemmable(word) else { return stages }
        var current = word
        for _ in 0..<6 {
            let before = current
            step(&current, &stages, cutVerbEnding)
            for _ in 0..<4 {
                let start = current
                cutNominal(&current, &stages)
                if start == current { break }
            }
            for _ in 0..<2 {
                let start = current
                step(&current, &stages, cutVerbRest)
                if start == current { break }
            }
            restoreFinal(&current)
            note(current, &stages)
            if current == before { break }
        }
        return stages
    }

    /// The word after one round of case, possessive and plural, as loans of Russian are cut before Russian stemming.
    package static func withoutNominalEndings(_ word: Letters) -> Letters {
        guard isStemmable(word) else { return word }
        var current = word
        var stages: [Letters] = []
        cutNominal(&current, &stages)
        return current
    }

    /// What a folded word may be derived from, by its form alone: шопыр of шопырлық, of шопырлығым.
    package static func roots(_ word: Letters) -> [Letters] {
        stages(word).flatMap { stage in
            KazakhSuffixes.derivations.filter { stage.count >= $0.count + 4 && stage.ends(with: $0) }
                .map { Array(stage.dropLast($0.count)) }
        }
    }

    // MARK: - Layers

    private static func note(_ word: Letters, _ stages: inout [Letters]) {
        if stages.last != word { stages.append(word) }
    }

    private static func step(
        _ word: inout Letters, _ stages: inout [Letters], _ layer: (inout Letters) -> Bool
    ) {
        if !isException(word), layer(&word) { note(word, &stages) }
    }

    /// Case, then possessive, then plural, each at most once.
    private static func cutNominal(_ word: inout Letters, _ stages: inout [Letters]) {
        step(&word, &stages, cutCase)
        step(&word, &stages, cutPossessive)
        step(&word, &stages, cutPlural)
    }

    private static func cutCase(_ word: inout Letters) -> Bool {
        if cut(&word, KazakhSuffixes.cases, isAllowed) { return true }
        // Accusative and locative of a possessed thing: куәлігі-н, куәлігім-е.
        guard word.count > 4, let last = word.last else { return false }
        let stem = Array(word.dropLast())
        if last == Letter.n, stem.last == Letter.y || stem.last == Letter.i {
            var possessed = stem
            guard cutPossessive(&possessed) else { return false }
            word = stem
            return true
        }
        if last == Letter.a || last == Letter.e, KazakhSuffixes.personal.contains(where: stem.ends(with:)) {
            word = stem
            return true
        }
        return false
    }

    private static func cutPossessive(_ word: inout Letters) -> Bool {
        cut(&word, KazakhSuffixes.possessives, isAllowed)
    }

    private static func cutPlural(_ word: inout Letters) -> Bool {
        cut(&word, KazakhSuffixes.plurals) { stem, _ in stem.count >= 3 && hasVowel(stem) }
    }

    /// Personal endings of verbs, then at most one voice suffix.
    private static func cutVerbEnding(_ word: inout Letters) -> Bool {
        guard cut(&word, KazakhSuffixes.verbEndings, { stem, _ in stem.count >= 3 && hasVowel(stem) }) else {
            return false
        }
        cutVoice(&word)
        return true
    }

    /// Participles, converbs, the verbal noun in у, and what stands before it.
    private static func cutVerbRest(_ word: inout Letters) -> Bool {
        if cutVerbEnding(&word) { return true }
        if cut(&word, KazakhSuffixes.verbRest, { stem, _ in stem.count >= 3 && hasVowel(stem) }) {
            cutVoice(&word)
            again(&word)
            return true
        }
        guard let last = word.last, last == Letter.u || last == Letter.yu, word.count >= 3 else { return false }
        let stem = Array(word.dropLast())
        guard hasVowel(stem) else { return false }
        word = stem
        if !cut(&word, KazakhSuffixes.verbalisers, { stem, _ in stem.count >= 4 && hasVowel(stem) }) {
            cutVoice(&word)
        }
        again(&word)
        return true
    }

    private static func again(_ word: inout Letters) {
        guard word.count >= 4 else { return }
        var stages: [Letters] = []
        cutNominal(&word, &stages)
    }

    /// Voice suffixes, which may stand one after another (тоқта-т-ыл-ған).
    private static func cutVoice(_ word: inout Letters) {
        for _ in 0..<3 {
            guard word.count >= 5, !isException(word),
                cut(&word, KazakhSuffixes.voices, { stem, _ in stem.count >= 4 && hasVowel(stem) })
            else { return }
        }
    }

    /// к and п, voiced before a suffix, become themselves again; a dropped vowel comes back.
    private static func restoreFinal(_ word: inout Letters) {
        guard !isException(word), word.count >= 3, let last = word.last else { return }
        if let whole = KazakhSuffixes.elided[word] {
            word = whole
        } else if last == 0x433 {  // г
            word[word.count - 1] = 0x43A
        } else if last == 0x431 {  // б
            word[word.count - 1] = 0x43F
        }
    }

    // MARK: - Conditions

    private static func cut(
        _ word: inout Letters, _ suffixes: [KazakhSuffix], _ isAllowed: (ArraySlice<UInt16>, Int) -> Bool
    ) -> Bool {
        guard let last = word.last else { return false }
        for suffix in suffixes where suffix.letters[suffix.letters.count - 1] == last {
            let count = word.count - suffix.letters.count
            guard count >= 2, word.ends(with: suffix.letters) else { continue }
            let stem = word[..<count]
            guard suffix.condition.holds(stem), stem.count >= suffix.shortestStem,
                isAllowed(stem, suffix.letters.count)
            else { continue }
            word.removeLast(suffix.letters.count)
            return true
        }
        return false
    }

    private static func isAllowed(_ stem: ArraySlice<UInt16>, _ cut: Int) -> Bool {
        guard let last = stem.last, hasVowel(stem) else { return false }
        if cut == 1 { return stem.count >= 4 || (stem.count == 3 && !isVowel(last)) }
        return stem.count >= 3 || (stem.count == 2 && (!isVowel(last) || last == Letter.u))
    }

    private static func isStemmable(_ word: Letters) -> Bool {
        word.count >= 4 && word.allSatisfy { $0 >= 0x430 && $0 <= 0x44F }
    }

    private static func isException(_ word: Letters) -> Bool {
        word.count < 3 || KazakhSuffixes.exceptions.contains(word)
    }

    private static func hasVowel(_ word: some Sequence<UInt16>) -> Bool { word.contains(where: isVowel) }

    static func isVowel(_ letter: UInt16) -> Bool { RussianStemmer.isVowel(letter) }

    /// The letters that the rules name.
    enum Letter {
        static let a: UInt16 = 0x430
        static let e: UInt16 = 0x435
        static let i: UInt16 = 0x438
        static let n: UInt16 = 0x43D
        static let u: UInt16 = 0x443
        static let y: UInt16 = 0x44B
        static let yu: UInt16 = 0x44E
    }
}
