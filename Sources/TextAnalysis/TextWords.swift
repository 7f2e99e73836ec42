/// A word of a text: its letters in lower case and where it stands.
package struct TextWord: Hashable, Sendable {
    /// The letters in lower case, composed (и + breve is й), not folded.
    package var letters: Letters
    /// Where the word stands in the text, in UTF-8 bytes, marks after its last letter included.
    package var bytes: Range<Int>

    /// A word.
    package init(letters: Letters, bytes: Range<Int>) {
        self.letters = letters
        self.bytes = bytes
    }

    /// Whether every letter is a digit 0-9.
    package var isNumber: Bool { letters.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
}

/// Cuts a text into words: runs of letters and digits of any script; marks join, everything else parts.
package enum TextWords {
    /// The longest word kept whole, in letters; of a longer run only the beginning counts.
    package static let longestWord = 48

    /// The words of a text, at most `limit`.
    package static func scan(_ text: some StringProtocol, limit: Int = .max) -> [TextWord] {
        var words: [TextWord] = []
        var letters: Letters = []
        var offset = 0
        var start = 0
        var end = 0
        var inWord = false
        for scalar in text.unicodeScalars {
            let width = UTF8.width(scalar)
            switch LetterClass(scalar) {
            case .letter:
                if !inWord {
                    if words.count >= limit { return words }
                    inWord = true
                    start = offset
                    letters.removeAll(keepingCapacity: true)
                }
                if letters.count < longestWord { letters.append(LowerCase.letter(scalar.value)) }
                end = offset + width
            case .mark:
                if inWord {
                    if let last = letters.last, let composed = compose(last, scalar.value) {
                        letters[letters.count - 1] = composed
                    }
                    end = offset + width
                }
            case .other:
                if inWord {
                    words.append(TextWord(letters: letters, bytes: start..<end))
                    inWord = false
                }
            }
            offset += width
        }
        if inWord { words.append(TextWord(letters: letters, bytes: start..<end)) }
        return words
    }

    /// The letter that a base letter and a combining mark make, where it matters to us; nil when the mark is dropped.
    static func compose(_ base: UInt16, _ mark: UInt32) -> UInt16? {
        switch (base, mark) {
        case (0x438, 0x306): 0x439  // й
        case (0x435, 0x308): 0x451  // ё
        case (0x61, 0x308): 0xE4  // ä
        case (0x6F, 0x308): 0xF6  // ö
        case (0x75, 0x308): 0xFC  // ü
        case (0x75, 0x304): 0x16B  // ū
        case (0x67, 0x306): 0x11F  // ğ
        case (0x67, 0x301): 0x1F5  // ǵ
        case (0x73, 0x327): 0x15F  // ş
        case (0x63, 0x327): 0xE7  // ç
        case (0x6E, 0x303): 0xF1  // ñ
        case (0x61, 0x301): 0xE1  // á
        case (0x6F, 0x301): 0xF3  // ó
        case (0x75, 0x301): 0xFA  // ú
        case (0x79, 0x301): 0xFD  // ý
        case (0x6E, 0x301): 0x144  // ń
        default: nil
        }
    }
}

extension UTF8 {
    /// How many bytes a scalar takes.
    @inline(__always)
    static func width(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        return value < 0x80 ? 1 : value < 0x800 ? 2 : value < 0x1_0000 ? 3 : 4
    }
}
