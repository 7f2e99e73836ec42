/// Words that carry no meaning for the search (pronouns, prepositions, politeness, "how", "need"), by their folded forms.
///
/// The words themselves are data (`knowledge/search/stop-words.txt`); this type only answers whether a word is one.
package struct StopWords: Sendable {
    private let words: Set<Letters>

    /// A set of stop words; they are put in lower case and folded here.
    package init(_ words: some Sequence<String>) {
        var folded: Set<Letters> = []
        for word in words {
            for part in TextWords.scan(word) { folded.insert(Folding.fold(part.letters)) }
        }
        self.words = folded
    }

    /// No stop words at all.
    package static let none = StopWords([])

    /// Whether a folded word is a stop word.
    package func contains(_ folded: Letters) -> Bool { words.contains(folded) }

    /// The folded words, sorted.
    package var all: [Letters] { words.sorted { $0.lexicographicallyPrecedes($1) } }
}
