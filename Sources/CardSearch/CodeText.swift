import TextAnalysis

/// Codes and register numbers as the index keeps them.
enum CodeText {
    /// Letters and digits only, in lower case: "007-01 003" is "00701003".
    static func compact(_ code: String) -> String {
        TextWords.scan(code).map(\.letters.text).joined()
    }

    /// What the index keeps of codes: themselves and, of a code with letters first, its number alone; three digits
    /// alone may be anything (the form 075/у).
    static func indexed(_ codes: [String]) -> [String] {
        var kept: [String] = []
        for code in codes.map(compact) where !code.isEmpty {
            let number = String(code.drop { !$0.isNumber })
            for text in [code, number] where text.count >= 4 || text == code {
                if !kept.contains(text) { kept.append(text) }
            }
        }
        return kept
    }

    /// Codes in a query, each as the index may keep it. A code has a digit; it may be typed with spaces and signs, on the
    /// other keyboard, with О for nought or letters that look like others: S0402, s-0402, С 0402, SO402.
    static func written(in text: String) -> [String] {
        let text = String(text.unicodeScalars.prefix(400))
        let words = TextWords.scan(text, limit: 60).map(\.letters)
        var codes: [String] = []
        func add(_ code: Letters) {
            let readings = code.contains { $0 > 0x7A } ? [Letters(code.map(sameKey)), code.map(alike)] : [code]
            for reading in readings where reading.allSatisfy({ $0 <= 0x7A }) {
                for variant in [reading, noughts(reading)] where !codes.contains(variant.text) {
                    codes.append(variant.text)
                }
            }
        }
        for (index, word) in words.enumerated() {
            let letters = word.prefix { !isDigit($0) }.filter { !isNought($0) }.count
            let digits = word.count { isDigit($0) }
            let noughtCount = word.drop { !isDigit($0) && !isNought($0) }.count { isNought($0) }
            if digits > 0, digits + noughtCount >= 2, word.count >= 4, letters >= 1, word.count <= 20 { add(word) }
            if digits == 0, word.count <= 2, index + 1 < words.count {
                let next = words[index + 1]
                if next.count >= 3, next.count <= 10, next.allSatisfy({ isDigit($0) || isNought($0) }),
                    next.contains(where: isDigit)
                {
                    add(word + next)
                }
            }
            if digits > 0, letters == 0, word.contains(where: isNought),
                word.allSatisfy({ isDigit($0) || isNought($0) }), word.count >= 5
            {
                codes.append(noughts(word).text)
            }
        }
        // A code of several pieces (pass32_mo) is one chunk between spaces.
        for chunk in text.split(whereSeparator: \.isWhitespace).prefix(20) where chunk.utf8.count <= 30 {
            let pieces = TextWords.scan(chunk, limit: 8).map(\.letters)
            let whole = Letters(pieces.joined())
            guard pieces.count > 1, whole.count >= 3, whole.contains(where: isDigit),
                whole.contains(where: { !isDigit($0) })
            else { continue }
            add(whole)
        }
        return Array(codes.sorted { $0.count > $1.count }.prefix(8))
    }

    private static func isNought(_ letter: UInt16) -> Bool { letter == 0x6F || letter == 0x43E }

    private static func noughts(_ code: Letters) -> Letters { code.map { isNought($0) ? 0x30 : $0 } }

    /// The Latin letter that is meant by a Cyrillic one: by its sound, or by the key it lies on.
    private static func sameKey(_ letter: UInt16) -> UInt16 { sounds[letter] ?? letter }

    private static func alike(_ letter: UInt16) -> UInt16 { looks[letter] ?? sounds[letter] ?? letter }

    private static let sounds = pairs("аaбbвvгgдdеeкkлlмmнnоoпpрrсsтtуuфfхhцcзzиiыs")
    private static let looks = pairs("аaвbеeкkмmнhоoрpсcтtуyхxзz")

    private static func pairs(_ text: String) -> [UInt16: UInt16] {
        let letters = text.letters
        var table: [UInt16: UInt16] = [:]
        for index in stride(from: 0, to: letters.count - 1, by: 2) { table[letters[index]] = letters[index + 1] }
        return table
    }

    private static func isDigit(_ letter: UInt16) -> Bool { letter >= 0x30 && letter <= 0x39 }
}
