import TextAnalysis

/// A text cut into words that cues, names of bodies and names of places are looked for in.
struct ReadText {
    /// A word of the text.
    struct Token {
        /// In lower case, as typed.
        let letters: Letters
        /// What it may be read as, folded: itself, and what Latin letters may have been meant to say.
        var forms: [Letters]
        /// Where it stands, in UTF-8 bytes of the text.
        let bytes: Range<Int>
        /// Which sentence it stands in.
        let sentence: Int
        /// Whether it begins with a capital letter.
        let isCapital: Bool
        /// Whether all its letters are capitals.
        let isShouted: Bool
        /// Whether it is a number.
        let isNumber: Bool
        /// Whether no word of the language is known that it is, so that it may be one misspelt.
        var mayBeMisspelt = false
        /// Whether it stands at the beginning of a sentence or line.
        let isFirst: Bool
    }

    /// The text.
    let text: String
    /// Its bytes.
    let bytes: [UInt8]
    /// Its words, in order.
    var tokens: [Token]
    /// How many sentences it has.
    let sentenceCount: Int
    /// Whether most of it is in capitals, so that capitals say nothing.
    let isShouted: Bool
    /// Whether it has no capitals at all.
    let isLowered: Bool

    /// A text, its first words.
    init(_ text: String, limit: Int = 4_000) {
        self.text = text
        bytes = Array(text.utf8)
        var tokens: [Token] = []
        var sentence = 0
        var end = 0
        var capitals = 0
        var letters = 0
        var shouted = 0
        for word in TextWords.scan(text, limit: limit) {
            let breaks = Self.breaks(bytes, end, word.bytes.lowerBound, after: tokens.last)
            if breaks, !tokens.isEmpty { sentence += 1 }
            let (capital, all, count) = Self.capitals(bytes, word.bytes)
            letters += count
            if capital { capitals += 1 }
            if all, count > 1 { shouted += count }
            tokens.append(
                Token(
                    letters: word.letters, forms: [Folding.fold(word.letters)], bytes: word.bytes, sentence: sentence,
                    isCapital: capital, isShouted: all && count > 1, isNumber: word.isNumber,
                    isFirst: breaks || tokens.isEmpty))
            end = word.bytes.upperBound
        }
        self.tokens = tokens
        sentenceCount = tokens.isEmpty ? 0 : sentence + 1
        isShouted = letters > 0 && shouted * 2 > letters
        isLowered = capitals == 0
    }

    /// The words of the text from one token to another, as they stand.
    func words(_ range: Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        return String(decoding: bytes[span(range)], as: UTF8.self)
    }

    /// The bytes from one token to another.
    func span(_ range: Range<Int>) -> Range<Int> {
        tokens[range.lowerBound].bytes.lowerBound..<tokens[range.upperBound - 1].bytes.upperBound
    }

    /// The places of the tokens that overlap some bytes.
    func tokens(within ranges: [Range<Int>]) -> Set<Int> {
        var found = Set<Int>()
        var left = ranges.sorted { $0.lowerBound < $1.lowerBound }[...]
        var open: [Range<Int>] = []
        for (index, token) in tokens.enumerated() {
            while let next = left.first, next.lowerBound < token.bytes.upperBound {
                open.append(next)
                left.removeFirst()
            }
            open.removeAll { $0.upperBound <= token.bytes.lowerBound }
            if !open.isEmpty { found.insert(index) }
        }
        return found
    }

    /// What stands between a token and the next one.
    func gap(after index: Int) -> ArraySlice<UInt8> {
        let from = tokens[index].bytes.upperBound
        let to = index + 1 < tokens.count ? tokens[index + 1].bytes.lowerBound : bytes.count
        return bytes[from..<to]
    }

    /// Whether a sentence ends between two words: a line, ! ? …, or a full stop after more than an abbreviation.
    private static func breaks(_ bytes: [UInt8], _ from: Int, _ to: Int, after last: Token?) -> Bool {
        guard from < to else { return false }
        for index in from..<to {
            switch bytes[index] {
            case 0x0A, 0x21, 0x3F, 0x3B: return true
            case 0x2E:
                guard let last else { return true }
                let next = index + 1 < bytes.count ? bytes[index + 1] : 0x20
                if next == 0x20 || next == 0x0A || next == 0x2E, last.letters.count > 3 || last.isNumber { return true }
            default: continue
            }
        }
        return false
    }

    private static func capitals(_ bytes: [UInt8], _ range: Range<Int>) -> (first: Bool, all: Bool, letters: Int) {
        var first = false
        var all = true
        var count = 0
        for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
            guard LetterClass(scalar) == .letter, !(0x30...0x39).contains(scalar.value) else { continue }
            let isCapital = UInt32(LowerCase.letter(scalar.value)) != scalar.value
            if count == 0 { first = isCapital }
            all = all && isCapital
            count += 1
        }
        return (first, all && count > 0, count)
    }
}
