import CanonicalJSON

extension CardFile {
    /// A card as the text of a file, so that it can be edited and read again to the same card.
    package static func write(_ card: Card) -> String {
        // A JSON string is a YAML string in double quotes.
        func quoted(_ text: String) -> String { JSON.string(text).text }
        var lines: [String] = []
        for (field, text) in card.facts where !text.isEmpty {
            switch field {
            case Card.CodingKeys.stated.rawValue: continue
            case Card.CodingKeys.channels.rawValue: lines.append("\(field): [\(text)]")
            case Card.CodingKeys.registerCode.rawValue, Card.CodingKeys.egovCode.rawValue,
                Card.CodingKeys.region.rawValue:
                lines.append("\(field): \(quoted(text))")
            default: lines.append("\(field): \(text)")
            }
        }
        let lists: Set = [
            Card.CodingKeys.documents.rawValue, Card.CodingKeys.refusalGrounds.rawValue,
            Card.CodingKeys.keywords.rawValue,
        ]
        for item in card.items where !item.kk.isEmpty || !item.ru.isEmpty {
            lines.append("\(item.field):")
            for (language, points) in [("kk", item.kk), ("ru", item.ru)] where !points.isEmpty {
                if lists.contains(item.field) {
                    lines.append("  \(language):")
                    lines += points.map { "    - \(quoted($0))" }
                } else {
                    lines += points.map { "  \(language): \(quoted($0))" }
                }
            }
        }
        if let facts = card.stated, !facts.isEmpty {
            lines.append("\(Card.CodingKeys.stated.rawValue):")
            lines += facts.map { "  - {\($0.line)}" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
