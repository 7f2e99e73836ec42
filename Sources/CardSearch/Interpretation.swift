import TextAnalysis

/// Decides in which keyboard and alphabet a query was typed, by which reading more of its words are known.
struct Interpretation {
    let lexis: Lexis
    let query: SearchQuery
    /// Whether words of questions are known ones.
    let knowsQuestions: Bool

    /// What was found out about words of this query: the readings share most of theirs.
    private final class Memo {
        var knownness: [Letters: Double] = [:]
    }

    private let memo = Memo()

    init(lexis: Lexis, query: SearchQuery, knowsQuestions: Bool) {
        self.lexis = lexis
        self.query = query
        self.knowsQuestions = knowsQuestions
    }

    private struct Candidate {
        let through: Reading.Through?
        let prior: Double
        /// For each chunk between spaces, its words.
        var chunks: [[QueryReader.Word]]
    }

    /// The words of a text in its likeliest reading.
    func words(of text: String) -> [QueryReader.Word] {
        let chunks = text.split(whereSeparator: \.isWhitespace).prefix(80).map(String.init)
        let typed = Candidate(through: nil, prior: 0, chunks: chunks.map { words($0, typed: $0, nil) })
        guard !query.isExact else { return typed.chunks.flatMap { $0 } }
        var candidates = [typed]
        let letters = text.unicodeScalars
        let hasLatin = letters.contains {
            ($0.value | 0x20) >= 0x61 && ($0.value | 0x20) <= 0x7A || ($0.value >= 0xC0 && $0.value < 0x250)
        }
        let hasCyrillic = letters.contains { $0.value >= 0x400 && $0.value <= 0x52F }
        let hasRow = letters.contains { "234589 0-=".unicodeScalars.contains($0) && $0 != " " }
        if !query.off.contains(.layouts) {
            if hasLatin {
                candidates.append(turn(chunks, .layoutRussian, 0.02, KeyboardLayout.russian(fromEnglish:)))
                candidates.append(turn(chunks, .layoutKazakh, 0.03, KeyboardLayout.kazakh(fromEnglish:)))
            }
            if hasCyrillic, hasRow {
                candidates.append(turn(chunks, .numberRow, 0, KeyboardLayout.kazakhNumberRow))
            }
            if hasCyrillic {
                var english = turn(chunks, .layoutEnglish, 0.1, KeyboardLayout.english(fromRussian:))
                if !query.off.contains(.transliteration) {
                    english.chunks = english.chunks.map { $0.map { isKnown($0.letters) ? $0 : transliterated($0) } }
                }
                candidates.append(english)
            }
        }
        if hasLatin, !query.off.contains(.transliteration) {
            candidates.append(
                Candidate(
                    through: .transliteration, prior: 0.05,
                    chunks: chunks.map { chunk in
                        words(chunk, typed: chunk, nil).map(transliterated)
                    }))
        }
        return choose(candidates)
    }

    // MARK: - Candidates

    private func words(_ chunk: String, typed: String, _ through: Reading.Through?) -> [QueryReader.Word] {
        let found = TextWords.scan(chunk, limit: 40)
        return found.map { word in
            let own = found.count == 1 || through != nil ? typed : word.letters.text
            return QueryReader.Word(typed: own, letters: word.letters, through: through)
        }
    }

    private func turn(
        _ chunks: [String], _ through: Reading.Through, _ prior: Double, _ turn: (String) -> String
    ) -> Candidate {
        Candidate(
            through: through, prior: prior,
            chunks: chunks.map { chunk in
                let turned = turn(chunk)
                return words(turned, typed: chunk, turned == chunk ? nil : through)
            })
    }

    private func transliterated(_ word: QueryReader.Word) -> QueryReader.Word {
        guard Folding.hasLatin(word.letters) else { return word }
        var word = word
        let variants = Transliteration.variants(word.letters)
        word.letters =
            longest(variants.filter(isWhole))
            ?? variants.first { knownness($0) > 0.9 } ?? variants.first { begins($0) }
            ?? variants.first { knownness($0) > 0 } ?? nearest(variants) ?? variants.first ?? word.letters
        word.through = word.through ?? .transliteration
        return word
    }

    /// The longest of several words, the likeliest of equals: too is тоо rather than ту.
    private func longest(_ words: [Letters]) -> Letters? {
        words.reduce(nil) { best, word in best.map { $0.count >= word.count } ?? false ? best : word }
    }

    // MARK: - Choice

    private func choose(_ candidates: [Candidate]) -> [QueryReader.Word] {
        let scores = candidates.map { candidate in
            let words = candidate.chunks.flatMap { $0 }
            return share(words) - candidate.prior
        }
        var best = 0
        for index in scores.indices where scores[index] > scores[best] { best = index }
        if scores[best] < 0.34 { best = nearest(candidates) ?? best }
        // Chunks that this reading leaves unknown may have been typed in another one.
        var chosen = candidates[best].chunks
        for chunk in chosen.indices where share(chosen[chunk], isLast: chunk == chosen.count - 1) < 0.5 {
            for candidate in candidates {
                let other = candidate.chunks[chunk]
                if share(other, isLast: false) >= 0.94, other.contains(where: { $0.letters.count >= 2 }) {
                    chosen[chunk] = other
                    break
                }
            }
        }
        return chosen.flatMap { $0 }
    }

    /// How much of the words is known, by the roots of their lengths; a last word that begins a known one counts 0.8.
    private func share(_ words: [QueryReader.Word], isLast: Bool = true) -> Double {
        var known = 0.0
        var all = 0.0
        for (index, word) in words.enumerated() {
            if word.letters.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { continue }
            let size = Double(word.letters.count).squareRoot()
            all += size
            let knownness = knownness(word.letters)
            if knownness > 0 {
                known += size * knownness
            } else if isLast, index == words.count - 1, begins(word.letters) {
                known += size * 0.8
            }
        }
        return all == 0 ? 0 : known / all
    }

    /// Whether a folded word is one of cards, sayings or questions, or a stop word.
    private func isWhole(_ folded: Letters) -> Bool {
        lexis.words.index(of: folded) != nil || lexis.stopWords.contains(folded)
            || knowsQuestions && lexis.questions.knows(folded)
    }

    private func isKnown(_ letters: Letters) -> Bool { knownness(letters) > 0 }

    /// How sure it is that this is a word: a stem much shorter than the word may be there by chance.
    private func knownness(_ letters: Letters) -> Double {
        if let known = memo.knownness[letters] { return known }
        let known = findKnownness(letters)
        memo.knownness[letters] = known
        return known
    }

    private func findKnownness(_ letters: Letters) -> Double {
        let folded = lexis.analysis.fold(letters)
        if isWhole(folded) { return 1 }
        var best = 0.0
        for key in lexis.analysis.query(letters) {
            let hash = KeyHash.of(key)
            guard lexis.knows(hash) || lexis.corpus.secondary[hash] != nil else { continue }
            best = max(best, key.count >= 4 || key.count * 2 >= folded.count ? 0.95 : 0.5)
        }
        return best
    }

    /// The variant that is nearest to a known word, among the likeliest.
    private func nearest(_ variants: [Letters]) -> Letters? {
        guard !query.off.contains(.typos) else { return nil }
        var best: (letters: Letters, distance: Double)?
        for variant in variants.prefix(8) {
            guard let near = lexis.spelling.neighbours(of: variant).map(\.distance).min() else { continue }
            if best.map({ near < $0.distance }) ?? true { best = (variant, near) }
        }
        return best?.letters
    }

    private func begins(_ letters: Letters) -> Bool {
        letters.count >= 3 && !lexis.words.range(prefix: lexis.analysis.fold(letters)).isEmpty
    }

    /// The candidate whose words are on the whole nearest to known ones, or nil when spelling is off.
    private func nearest(_ candidates: [Candidate]) -> Int? {
        guard !query.off.contains(.typos) else { return nil }
        var best: (index: Int, distance: Double)?
        for (index, candidate) in candidates.enumerated() {
            let words = candidate.chunks.flatMap { $0 }.filter { $0.letters.count >= 3 }.prefix(8)
            guard !words.isEmpty else { continue }
            var sum = candidate.prior
            for word in words { sum += distance(word.letters) / Double(words.count) }
            if best.map({ sum < $0.distance }) ?? true { best = (index, sum) }
        }
        return best?.index
    }

    private func distance(_ letters: Letters) -> Double {
        if isKnown(letters) { return 0 }
        let near = lexis.spelling.neighbours(of: lexis.analysis.fold(letters)).map(\.distance).min()
        return (near ?? 4) / Double(max(4, letters.count)).squareRoot()
    }
}
