/// Sentences of a card that speak of what has no field of its own.
enum CardSentences {
    /// How a card says for how long its result holds.
    static let validityRU = [
        "срок действия", "сроком действия", "действует до", "действует в течение", "действителен", "действительна",
        "действительно ", "бессрочн", "на указанный срок", "на установленный срок", "на срок", "теряет силу",
        "не дольше чем до", "до полутора лет", "годится только", "прекращается сама",
    ]
    static let validityKK = [
        "жарамды", "мерзімсіз", "мерзімге", "күшін жояды", "жасқа толғанша", "жасқа дейін төленеді",
        "өздігінен тоқтайды",
        "ғана жарайды",
    ]
    /// How a card says what happens when a day was missed.
    static let lateRU = ["пропуске срока", "пропущен срок", "опозда", "просроч", "нарушении срока", "за несвоевременн"]
    static let lateKK = ["мерзімі өтіп", "мерзім өтіп", "мерзімі өтсе", "мерзімін өткізіп", "кешік", "уақтылы"]
    /// Of a document that has run out no validity is told.
    private static let others = ["истекшим сроком", "истек срок", "отсутстви"]

    /// The first sentence, in the order of the fields, with one of the words; in both languages where the field has as many
    /// sentences in the one as in the other, else the whole field.
    static func find(
        in fields: [(field: String, text: CardText?)], ru: [String], kk: [String]
    ) -> (field: String, text: CardText)? {
        for (field, text) in fields {
            guard let text else { continue }
            let (left, right) = (sentences(text.kk), sentences(text.ru))
            let place = right.firstIndex { has($0, ru) } ?? left.firstIndex { has($0, kk) }
            guard let place else { continue }
            guard left.count == right.count || left.isEmpty || right.isEmpty else { return (field, text) }
            return (
                field,
                CardText(
                    kk: left.indices.contains(place) ? left[place] : nil,
                    ru: right.indices.contains(place) ? right[place] : nil)
            )
        }
        return nil
    }

    private static func has(_ sentence: String, _ words: [String]) -> Bool {
        let lower = sentence.lowercased()
        return words.contains(where: lower.contains) && !others.contains(where: lower.contains)
    }

    private static func sentences(_ text: String?) -> [String] { text.map { split($0, at: [". ", "; "]) } ?? [] }

    /// The parts of a text between marks, without spaces around them.
    static func split(_ text: String, at marks: [String]) -> [String] {
        var parts: [String] = []
        var rest = Substring(text)
        while let cut = marks.compactMap({ rest.firstRange(of: $0) }).min(by: { $0.lowerBound < $1.lowerBound }) {
            parts.append(String(rest[..<cut.lowerBound]))
            rest = rest[cut.upperBound...]
        }
        parts.append(String(rest))
        return parts.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }.filter { !$0.isEmpty }
    }
}
