import CardSearch
import TextAnalysis

/// Several matters in one text: parts that speak of different services.
struct MatterFinder {
    let search: (SearchQuery) throws -> SearchAnswer
    let text: ReadText
    let silent: Set<Int>
    /// The share of a part's meaning that its card must have, for the part to be a matter of its own.
    static let leastCoverage = 0.42

    /// The matters, in the order of the text; none where there is but one.
    func matters(first: String?) throws -> [ComplaintReading.Matter] {
        guard text.sentenceCount > 2, text.sentenceCount < 80 else { return [] }
        let bySentence = Dictionary(grouping: text.tokens.indices) { text.tokens[$0].sentence }
        let starters = starts()
        guard !starters.isEmpty else { return [] }
        var found: [ComplaintReading.Matter] = []
        for start in starters.prefix(4) {
            let words = (bySentence[start] ?? []).filter { !silent.contains($0) && !text.tokens[$0].isNumber }
            guard words.count >= 3, let range = range(bySentence[start] ?? []) else { continue }
            let query = SearchQuery(
                words.prefix(16).map { text.words($0..<$0 + 1) }.joined(separator: " "), limit: 1,
                off: [.questions, .layouts])
            guard let hit = try search(query).hits.first, hit.coverage >= Self.leastCoverage, hit.id != first,
                !found.contains(where: { $0.service == hit.id })
            else { continue }
            found.append(.init(bytes: range, service: hit.id))
        }
        return found
    }

    /// Sentences that begin another matter: also, besides, secondly.
    private func starts() -> [Int] {
        var starts: [Int] = []
        for token in text.tokens where token.isFirst && token.sentence > 0 {
            let word = token.forms[0].text
            if Self.openings.contains(where: word.hasPrefix) { starts.append(token.sentence) }
        }
        return starts
    }

    private static let openings = [
        "также", "еще", "кроме", "вторая", "второй", "второе", "вторых", "другой", "другая", "тагы", "сондай", "екинши",
        "бундан", "будан", "косымша", "заодно", "оган", "и",
    ]
    .filter { $0.count > 1 }

    private func range(_ tokens: [Int]) -> Range<Int>? {
        guard let first = tokens.first, let last = tokens.last else { return nil }
        return text.tokens[first].bytes.lowerBound..<text.tokens[last].bytes.upperBound
    }
}
