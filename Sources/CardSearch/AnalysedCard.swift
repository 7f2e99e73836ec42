import TextAnalysis

/// A card turned into what the index keeps.
struct AnalysedCard {
    /// The keys of the columns `tru tkk dru dkk kw docs rest`, parted by spaces.
    var columns: [CardField: [String]] = [:]
    /// The packed words for ranking.
    var words = CardWords()
    /// The codes without spaces and signs, in lower case.
    var codes: [String] = []
    /// The facts by which cards are filtered, as words of the index.
    var facts: [String] = []
    /// The words of titles, descriptions and key phrases in lower case, by language, for spelling and the lexicon.
    var russian = ""
    var kazakh = ""

    init(_ card: SearchableCard, _ analysis: WordKeys) {
        add(card.titleRU, .titleRU, isKazakh: false, analysis)
        add(card.titleKK, .titleKK, isKazakh: true, analysis)
        add(card.descriptionRU, .descriptionRU, isKazakh: false, analysis)
        add(card.descriptionKK, .descriptionKK, isKazakh: true, analysis)
        add(card.keywordsRU, .keywords, isKazakh: false, analysis)
        add(card.keywordsKK, .keywords, isKazakh: true, analysis)
        add(card.documentsRU, .documents, isKazakh: false, analysis)
        add(card.documentsKK, .documents, isKazakh: true, analysis)
        add(card.restRU, .rest, isKazakh: false, analysis)
        add(card.restKK, .rest, isKazakh: true, analysis)
        codes = CodeText.indexed([card.code] + card.registerCodes)
        facts = Fact.facts(of: card)
        russian = Self.sections([card.titleRU, card.descriptionRU, card.keywordsRU])
        kazakh = Self.sections([card.titleKK, card.descriptionKK, card.keywordsKK])
    }

    /// Words of sections: sections parted by line ends, words by spaces.
    private static func sections(_ texts: [String]) -> String {
        texts.map { TextWords.scan($0, limit: 4_000).map(\.letters.text).joined(separator: " ") }.joined(
            separator: "\n")
    }

    private mutating func add(_ text: String, _ field: CardField, isKazakh: Bool, _ analysis: WordKeys) {
        guard !text.isEmpty else { return }
        var column = columns[field] ?? []
        let start = column.isEmpty ? 0 : column.count + 8
        var seen: Set<UInt32> = []
        for (place, word) in TextWords.scan(text, limit: 4_000).enumerated() {
            for key in isKazakh ? analysis.kazakh(word.letters) : analysis.russian(word.letters) {
                column.append(key.text)
                let hash = KeyHash.of(key)
                if field.isPrimary || seen.insert(hash).inserted { words.add(hash, field, start + place) }
            }
        }
        columns[field] = column
    }
}

/// A fact of a card as one word of the index, so that filters are answered by the index itself.
enum Fact {
    static func body(_ value: String) -> String { word("b", value) }
    static func sphere(_ value: String) -> String { word("s", value) }
    static func channel(_ value: String) -> String { word("c", value) }
    static func region(_ value: String?) -> String { word("r", value ?? "") }
    static func state(_ value: String) -> String { word("t", value) }

    static func facts(of card: SearchableCard) -> [String] {
        [body(card.body), sphere(card.sphere), region(card.region), state(card.state)] + card.channels.map(channel)
    }

    /// What MATCH must hold for filters, or nil when everything is let through.
    static func expression(_ filters: SearchQuery.Filters) -> String? {
        var parts: [String] = []
        if let value = filters.body { parts.append("facts : \"\(body(value))\"") }
        if let value = filters.sphere { parts.append("facts : \"\(sphere(value))\"") }
        if let value = filters.channel { parts.append("facts : \"\(channel(value))\"") }
        if let value = filters.region { parts.append("facts : (\"\(region(value))\" OR \"\(region(nil))\")") }
        if !filters.states.isEmpty {
            parts.append("facts : (" + filters.states.map { "\"\(state($0))\"" }.joined(separator: " OR ") + ")")
        }
        return parts.isEmpty ? nil : parts.joined(separator: " AND ")
    }

    private static func word(_ kind: String, _ value: String) -> String {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in value.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return kind + "x" + String(hash, radix: 36)
    }
}
