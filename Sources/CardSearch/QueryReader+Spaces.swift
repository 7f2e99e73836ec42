import TextAnalysis

// Spaces that were left out or slipped in.
extension QueryReader {
    /// The words with those put together that only together are one (инва такси), and those parted that were typed as one
    /// (жекекуәлік).
    /// - Throws: what `isIndexed` throws.
    func spaced(_ words: [Word]) throws -> [Word] {
        let joined = joined(words)
        guard !query.off.contains(.typos) else { return joined }
        return try joined.enumerated().flatMap { try parted($1, isLast: $0 == joined.count - 1) }
    }

    private func joined(_ words: [Word]) -> [Word] {
        var result: [Word] = []
        for word in words {
            if let last = result.last, let both = together(last, word) {
                result[result.count - 1] = both
            } else {
                result.append(word)
            }
        }
        return result
    }

    /// Two words as one, when one of them is no word and both together are.
    private func together(_ first: Word, _ second: Word) -> Word? {
        guard first.letters.count >= 2, second.letters.count >= 3, !isWhole(first) || !isWhole(second) else {
            return nil
        }
        var both = first
        both.typed += " " + second.typed
        both.letters += second.letters
        let folded = lexis.analysis.fold(both.letters)
        guard folded.count >= 6, isCyrillic(folded), !keys(of: both.letters).isEmpty else { return nil }
        let forms = [folded] + lexis.analysis.ends(of: both.letters).prefix(1)
        return forms.contains { lexis.words.index(of: $0) != nil } ? both : nil
    }

    /// A word that nothing knows as two that are known, each of three letters at least.
    private func parted(_ word: Word, isLast: Bool) throws -> [Word] {
        let folded = lexis.analysis.fold(word.letters)
        guard (7...40).contains(folded.count), isCyrillic(folded), keys(of: word.letters).isEmpty,
            !isLast || lexis.words.range(prefix: folded).isEmpty,
            !lexis.spelling.neighbours(of: folded).contains(where: { $0.distance <= 1 }),
            try !isFresh(word)
        else { return [word] }
        var best: (cut: Int, value: Int)?
        for cut in 3...(folded.count - 3) {
            guard let left = lexis.words.index(of: Array(folded[..<cut])),
                let right = lexis.words.index(of: Array(folded[cut...]))
            else { continue }
            let value = Int(min(lexis.counts[left], lexis.counts[right])) + min(cut, folded.count - cut)
            if best.map({ value > $0.value }) ?? true { best = (cut, value) }
        }
        guard let best else { return [word] }
        return [word.letters[..<best.cut], word.letters[best.cut...]].map { part in
            var piece = word
            piece.letters = Array(part)
            piece.readAs = [piece.letters.text]
            piece.through = .spelling
            return piece
        }
    }

    private func isWhole(_ word: Word) -> Bool {
        let folded = lexis.analysis.fold(word.letters)
        return lexis.words.index(of: folded) != nil || lexis.stopWords.contains(folded)
    }

    private func isCyrillic(_ letters: Letters) -> Bool { letters.allSatisfy { $0 >= 0x430 && $0 < 0x460 } }
}
