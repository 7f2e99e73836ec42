/// What a workbook allows as a text and as the name of a sheet.
enum WorkbookText {
    /// The longest text of a cell, in UTF-16.
    static let limit = 32_767
    /// The longest name of a sheet, in UTF-16.
    static let nameLimit = 31

    /// The text without what XML does not allow, cut at the limit.
    static func cell(_ text: String, limit: Int = limit) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0xEF } && text.utf8.count <= limit
        guard !isPlain else { return escaped(text) }
        var kept = String.UnicodeScalarView()
        var length = 0
        for scalar in text.unicodeScalars {
            // A NUL would end the text, and the last two places of the first plane are no letters.
            guard scalar.value != 0, scalar.value != 0xFFFE, scalar.value != 0xFFFF else { continue }
            let size = scalar.value > 0xFFFF ? 2 : 1
            guard length + size < limit else {
                kept.append("…")
                break
            }
            length += size
            kept.append(scalar)
        }
        return escaped(String(kept))
    }

    /// A text that reads like the sign of a character, `_x0041_`, as the words that it is: every reader takes the sign for the letter.
    private static func escaped(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        return text.replacing(#/_(?=x[0-9A-Fa-f]{4}_)/#, with: "_x005F_")
    }

    /// A name for a sheet like the one that is wished, and none of those that are taken.
    static func name(_ wished: String, among taken: Set<String>) -> String {
        var name = String(
            String.UnicodeScalarView(
                wished.unicodeScalars.map { "[]:*?/\\".unicodeScalars.contains($0) || $0.value < 0x20 ? " " : $0 }))
        name = shortened(name, nameLimit)
        while name.hasPrefix("'") || name.hasPrefix(" ") { name.removeFirst() }
        while name.hasSuffix("'") || name.hasSuffix(" ") { name.removeLast() }
        if name.isEmpty || name.lowercased() == "history" { name = "Sheet" }
        var number = 2
        var free = name
        while taken.contains(free.lowercased()) {
            let end = " \(number)"
            free = shortened(name, nameLimit - end.count) + end
            number += 1
        }
        return free
    }

    private static func shortened(_ text: String, _ limit: Int) -> String {
        var text = cell(text)
        while text.utf16.count > limit { text.removeLast() }
        return text
    }
}
