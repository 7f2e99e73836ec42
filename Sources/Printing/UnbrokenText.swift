/// Holds together what a line of a letter must not part: a number and its sign, a day and its month, a clause and its number.
///
/// A rule of setting, so it is applied when the page is drawn, to templates and to what a person wrote alike; the text
/// itself keeps its spaces.
package enum UnbrokenText {
    private static let space: Character = "\u{A0}"
    /// Words that belong to the number after them, by their beginnings: in Russian and in Kazakh.
    private static let before = [
        "№", "пункт", "подпункт", "статья", "статьи", "статье", "статьей", "строка", "строки", "строке", "стр", "п",
        "пп", "ст", "абзац",
    ]
    /// Words that belong to the number before them, by their beginnings.
    private static let after = [
        "январ", "феврал", "март", "апрел", "мая", "мае", "июн", "июл", "август", "сентябр", "октябр", "ноябр",
        "декабр",
        "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша",
        "желтоқсан",
        "г", "ж", "жыл", "год", "тармақ", "тарм", "жол", "бап",
    ]
    /// Words that stand before the sign of a number.
    private static let numbered = ["дело", "дела", "іс", "істің", "акт", "приказ", "бұйрық"]

    /// The text with no-break spaces where a line must not end.
    package static func text(_ text: String) -> String {
        var words = text.split(separator: " ", omittingEmptySubsequences: false)[...]
        guard var last = words.popFirst() else { return text }
        var joined = String(last)
        while let next = words.popFirst() {
            joined.append(isOne(last, next) ? space : " ")
            joined += next
            last = next
        }
        return joined
    }

    private static func isOne(_ word: Substring, _ next: Substring) -> Bool {
        let (first, second) = (letters(word), letters(next))
        let isNumber = next.first.map { $0.isNumber } ?? false
        if word.hasSuffix("№") { return true }
        if isNumber, before.contains(where: { $0 == first }) || first.hasPrefix("пункт") { return true }
        if next.hasPrefix("№"), numbered.contains(first) { return true }
        guard let last = word.last(where: { !$0.isPunctuation }), last.isNumber, word.last == last else { return false }
        return after.contains { $0.count < 3 ? second == $0 : second.hasPrefix($0) }
    }

    /// The letters of a word, in small ones, without what stands around them.
    private static func letters(_ word: Substring) -> String {
        word.lowercased().filter { $0.isLetter || $0 == "№" }
    }
}
