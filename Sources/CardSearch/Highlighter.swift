import TextAnalysis

/// Marks the words of a shown text that answer a query, also where they matched through a stem, a fold or a synonym.
package struct Highlighter: Sendable {
    private let keys: HighlightKeys

    /// A marker for the words of an answer.
    package init(_ answer: SearchAnswer) { keys = answer.highlight }

    /// The ranges of a text to mark, in order.
    package func ranges(in text: String) -> [Range<String.Index>] {
        guard !keys.keys.isEmpty else { return [] }
        return TextWords.scan(text).compactMap { word in matches(word) ? range(of: word, in: text) : nil }
    }

    /// A text cut into pieces, marked and not, in order; together they are the text.
    package func pieces(of text: String) -> [(text: String, isMarked: Bool)] {
        var pieces: [(text: String, isMarked: Bool)] = []
        var position = text.startIndex
        for range in ranges(in: text) where range.lowerBound >= position {
            if position < range.lowerBound { pieces.append((String(text[position..<range.lowerBound]), false)) }
            pieces.append((String(text[range]), true))
            position = range.upperBound
        }
        if position < text.endIndex { pieces.append((String(text[position...]), false)) }
        return pieces
    }

    /// The part of a text with the most marked words, whole words only, with … where something was left out.
    ///
    /// - Parameter words: How many words the part has at most.
    package func snippet(of text: String, words limit: Int = 30) -> String {
        let words = TextWords.scan(text)
        guard words.count > limit, limit > 0 else { return text }
        let marked = words.map(matches)
        var inside = marked.prefix(limit).filter { $0 }.count
        var best = (start: 0, count: inside)
        for start in 1...(words.count - limit) {
            inside += (marked[start + limit - 1] ? 1 : 0) - (marked[start - 1] ? 1 : 0)
            if inside > best.count { best = (start, inside) }
        }
        let first = range(of: words[best.start], in: text)
        let last = range(of: words[best.start + limit - 1], in: text)
        let isStart = best.start == 0
        let isEnd = best.start + limit == words.count
        let from = isStart ? text.startIndex : first.lowerBound
        let to = isEnd ? text.endIndex : last.upperBound
        return (isStart ? "" : "…") + text[from..<to] + (isEnd ? "" : "…")
    }

    private func matches(_ word: TextWord) -> Bool {
        // Stemming is what takes time; few words begin as any key does.
        let analysis = keys.analysis
        guard keys.beginnings.contains(HighlightKeys.beginning(analysis.fold(word.letters))) else { return false }
        return analysis.russian(word.letters).contains { keys.keys.contains(KeyHash.of($0)) }
            || analysis.kazakh(word.letters).contains { keys.keys.contains(KeyHash.of($0)) }
    }

    /// The word in the text, widened to whole characters.
    private func range(of word: TextWord, in text: String) -> Range<String.Index> {
        let utf8 = text.utf8
        let start =
            utf8.index(utf8.startIndex, offsetBy: word.bytes.lowerBound, limitedBy: utf8.endIndex) ?? utf8.endIndex
        let end =
            utf8.index(utf8.startIndex, offsetBy: word.bytes.upperBound, limitedBy: utf8.endIndex) ?? utf8.endIndex
        guard start < end else { return start..<start }
        return text.character(at: start).lowerBound..<text.character(at: utf8.index(before: end)).upperBound
    }
}

extension String {
    /// The whole character that a position stands in; it must not be the end.
    fileprivate func character(at position: String.Index) -> Range<String.Index> {
        let end = index(after: position)
        return index(before: end)..<end
    }
}
