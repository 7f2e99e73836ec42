/// What a text would have been with the keyboard switched to another layout.
///
/// Kazakh has the letters of ЙЦУКЕН where Russian has them and its own nine in the number row: 2ә 3і 4ң 5ғ 8ү 9ұ 0қ -ө =һ.
/// Whole texts are turned, before punctuation is cut, because б ю ж э х ъ ё live on , . ; ' [ ] `.
package enum KeyboardLayout {
    /// English keys meant as Russian: "ghfdf" is "права".
    package static func russian(fromEnglish text: String) -> String { turn(text, englishToRussian) }

    /// English keys meant as Kazakh, number row included: "0fpf0" is "қазақ".
    package static func kazakh(fromEnglish text: String) -> String { turn(text, englishToKazakh) }

    /// Russian keys meant as English: "упщм" is "egov". Kazakh letters of the number row become digits.
    package static func english(fromRussian text: String) -> String { turn(text, russianToEnglish) }

    /// Words that mix Cyrillic letters with keys of the number row, read in the Kazakh layout: "ж8рг3зуш3" is "жүргізуші".
    ///
    /// Words that have no Cyrillic letter (numbers, codes) stay.
    package static func kazakhNumberRow(_ text: String) -> String {
        var result = ""
        var word: [Character] = []
        func flush() {
            let isMixed = word.contains { isCyrillic($0) } && word.contains { numberRow[$0] != nil }
            for character in word { result.append(isMixed ? numberRow[character] ?? character : character) }
            word.removeAll()
        }
        for character in text {
            if character == " " || character == "\n" || character == "\t" {
                flush()
                result.append(character)
            } else {
                word.append(character)
            }
        }
        flush()
        return result
    }

    /// Digits of a text whose letters are all of the Kazakh number row: "ққ1ққ1" is "001001"; nil when there are other letters.
    package static func digits(fromKazakhNumberRow text: String) -> String? {
        var result = ""
        for character in text {
            if let digit = rowDigits[character] {
                result.append(digit)
            } else if character.isLetter {
                return nil
            } else {
                result.append(character)
            }
        }
        return result
    }

    private static func turn(_ text: String, _ table: [Character: Character]) -> String {
        String(text.map { table[$0] ?? $0 })
    }

    private static func isCyrillic(_ character: Character) -> Bool {
        guard let value = character.unicodeScalars.first?.value else { return false }
        return value >= 0x400 && value <= 0x52F
    }

    private static let englishKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~"
    private static let russianKeys = "йцукенгшщзхъфывапролджэячсмитьбюёйцукенгшщзхъфывапролджэячсмитьбюё"
    private static let rowKeys = "234589 0-=@#$%*()_+"
    private static let rowLetters = "әіңғүұ қөһәіңғүұқөһ"

    private static let englishToRussian = pairs(englishKeys, russianKeys)
    private static let englishToKazakh = englishToRussian.merging(pairs(rowKeys, rowLetters)) { _, row in row }
    private static let russianToEnglish =
        pairs(russianKeys, englishKeys).merging(pairs(String(rowLetters.prefix(10)), String(rowKeys.prefix(10)))) {
            letter, _ in letter
        }
    private static let numberRow = pairs("234589 0-=", "әіңғүұ қөһ").filter { $0.key != " " }
    private static let rowDigits = pairs("әіңғүұқ", "2345890")

    private static func pairs(_ from: String, _ to: String) -> [Character: Character] {
        Dictionary(zip(from, to), uniquingKeysWith: { first, _ in first })
    }
}
