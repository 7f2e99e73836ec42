/// How a word that a person typed and a word that stands on a card become the same key.
///
/// This module decides what counts as a word (`TextWords`), which letters are the same (`Folding`), what the stem of a
/// Russian (`RussianStemmer`) or Kazakh (`KazakhStemmer`) word is, what Latin letters (`Transliteration`) or the wrong
/// keyboard (`KeyboardLayout`) were meant to say, which word of a vocabulary a misspelt one is (`SpellingIndex`), and
/// what must be hidden before a query is kept (`QueryMask`). `WordKeys` puts the first four together.
///
/// It is pure: no file, no database, no Foundation, no clock. It refuses to know what a card is, which words are
/// synonyms and how results are ranked; CardSearch does. Start reading at `WordKeys`.

/// The letters of one word as UTF-16 units. Words are within the basic plane, so a unit is a letter.
package typealias Letters = [UInt16]

extension Array where Element == UInt16 {
    /// The letters as text.
    package var text: String { String(decoding: self, as: UTF16.self) }

    /// Whether the word ends in these letters.
    @inline(__always)
    func ends(with suffix: Letters) -> Bool {
        guard count >= suffix.count else { return false }
        var i = count - 1
        var j = suffix.count - 1
        while j >= 0 {
            if self[i] != suffix[j] { return false }
            i -= 1
            j -= 1
        }
        return true
    }
}

extension StringProtocol {
    /// The text as letters, unchanged.
    package var letters: Letters { Array(utf16) }
}
