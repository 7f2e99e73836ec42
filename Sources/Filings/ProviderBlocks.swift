import Forms
import Languages

/// Lines below a row, put below each other: in a form that asks for providers and their services, a line that names a provider
/// opens a block, and the lines after it are its services.
struct ProviderBlocks {
    /// A line and the lines below it, by their places.
    struct Block {
        let line: Int
        var parts: [Int] = []
    }

    private(set) var blocks: [Block] = []

    /// - Parameters:
    ///   - lines: the name and the cells of each line, and whether it is known to be a provider.
    ///   - depth: how deep the form goes; 1 for services alone.
    init(lines: [(name: String, cells: [String: FormCell], isProvider: Bool)], depth: Int) {
        guard depth > 1 else {
            blocks = lines.indices.map { Block(line: $0) }
            return
        }
        let areNumbered = lines.contains { $0.isProvider }
        for (index, line) in lines.enumerated() {
            let opens = areNumbered ? line.isProvider : Self.isProvider(line.name) || blocks.isEmpty
            if opens {
                blocks.append(Block(line: index))
            } else {
                blocks[blocks.count - 1].parts.append(index)
            }
        }
    }

    private static let words = [
        "министерств", "комитет", "агентств", "акимат", "департамент", "управлен", "услугодател", "аппарат акима",
        "корпорац", "национальн", "инспекц", "республиканское государственное", "министрлі", "агентті", "әкімді",
        "басқарма", "көрсетілетін қызметті беруші",
    ]

    /// Whether a name is that of a body and no service: it begins with the word for one, or is short and in capitals.
    static func isProvider(_ name: String) -> Bool {
        let lowered = name.trimmedSpaces.lowercased().drop { "«\"".contains($0) }
        if words.contains(where: lowered.hasPrefix) { return true }
        let first = name.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
        let letters = first.filter(\.isLetter)
        if letters.count >= 2, letters.count <= 6, letters == letters.uppercased() { return true }
        let head = lowered.split(whereSeparator: \.isWhitespace).prefix(4).joined(separator: " ")
        let services = [
            "выдача", "регистрация", "предоставление", "оказание", "прием", "постановка", "назначение", "беру",
            "тіркеу",
        ]
        return words.contains { head.contains($0) } && !services.contains { head.hasPrefix($0) }
    }
}
