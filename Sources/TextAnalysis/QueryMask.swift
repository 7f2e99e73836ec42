/// Hides what looks like a person's data in a query before it is kept: IIN, phones, card and account numbers, e-mails.
package enum QueryMask {
    /// The query without personal numbers and addresses: each becomes a word in ‹ ›.
    package static func mask(_ query: String) -> String {
        let characters = Array(query.prefix(2_000))
        var result = ""
        var index = 0
        while index < characters.count {
            if let end = emailEnd(characters, index) {
                result += "‹email›"
                index = end
            } else if let (end, name) = numberEnd(characters, index) {
                result += name
                index = end
            } else {
                result.append(characters[index])
                index += 1
            }
        }
        return result
    }

    /// The query as it is kept in the log of gaps: masked, in lower case, words parted by single spaces, 200 letters at most.
    package static func normalise(_ query: String) -> String {
        var words: [String] = []
        for part in mask(query).split(separator: " ") {
            if part.hasPrefix("‹"), part.hasSuffix("›") {
                words.append(String(part))
            } else {
                words += maskedWords(String(part))
            }
        }
        return String(words.joined(separator: " ").prefix(200))
    }

    private static func maskedWords(_ part: String) -> [String] {
        var words: [String] = []
        for (index, piece) in part.split(separator: "‹", omittingEmptySubsequences: false).enumerated() {
            var rest = piece
            if index > 0, let close = piece.firstIndex(of: "›") {
                words.append("‹" + piece[...close])
                rest = piece[piece.index(after: close)...]
            }
            words += TextWords.scan(rest).map(\.letters.text)
        }
        return words
    }

    // MARK: - E-mail

    private static func emailEnd(_ text: [Character], _ start: Int) -> Int? {
        guard isMailPart(text[start]), start == 0 || !isMailPart(text[start - 1]) else { return nil }
        var index = start
        while index < text.count, isMailPart(text[index]) { index += 1 }
        guard index > start, index < text.count, text[index] == "@" else { return nil }
        let domain = index + 1
        index = domain
        while index < text.count, isMailPart(text[index]) { index += 1 }
        while index > domain, text[index - 1] == "." { index -= 1 }
        return index > domain ? index : nil
    }

    private static func isMailPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || "._%+-".contains(character)
    }

    // MARK: - Numbers

    /// A run of nine digits or more, spaces, hyphens, dots and brackets between them allowed, and what it seems to be.
    private static func numberEnd(_ text: [Character], _ start: Int) -> (Int, String)? {
        let startsWithPlus = text[start] == "+"
        guard startsWithPlus || text[start].isWholeNumber || text[start] == "(" else { return iban(text, start) }
        if start > 0, text[start - 1].isWholeNumber { return nil }
        var digits = ""
        var index = start
        var end = start
        var gap = 0
        var run = 0
        while index < text.count {
            if let value = text[index].wholeNumberValue, text[index].isWholeNumber, value >= 0, value <= 9 {
                digits.append(String(value))
                gap = 0
                run += 1
                end = index + 1
            } else if run < 9, gap < 3, " -.()\u{a0}‑–".contains(text[index]) || digits.isEmpty && text[index] == "+" {
                gap += 1
                run = 0
            } else {
                break
            }
            index += 1
        }
        switch digits.count {
        case 12 where !startsWithPlus: return (end, "‹iin›")
        case 13...19: return (end, "‹card›")
        case 10, 11, 12: return (end, "‹phone›")
        case 9, 20...: return (end, "‹number›")
        default: return nil
        }
    }

    private static func iban(_ text: [Character], _ start: Int) -> (Int, String)? {
        guard start + 20 <= text.count, text[start].lowercased() == "k", text[start + 1].lowercased() == "z",
            text[start + 2].isWholeNumber, text[start + 3].isWholeNumber
        else { return nil }
        let end = start + 20
        let isAccount = text[start..<end].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return isAccount ? (end, "‹account›") : nil
    }
}
