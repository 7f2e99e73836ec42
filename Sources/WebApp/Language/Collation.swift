/// The order of words in lists: Ә after А, Қ after К, І after Ы, where plain comparison puts them at the end.
///
/// One order serves the three languages: digits, the Latin letters, then the Kazakh alphabet, in which the Russian letters
/// stand in their own order. Foundation's comparison by locale takes 10-20 µs, so that a list of all bodies took longer to
/// sort than to draw; here a text is turned into a key once.
enum Collation {
    private static let alphabet =
        " 0123456789abcdefghijklmnopqrstuvwxyzаәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    private static let places = Dictionary(
        uniqueKeysWithValues: alphabet.unicodeScalars.enumerated().map { ($1, UInt32($0)) })

    /// What texts are compared by: the places of their letters; case, quotes and hyphens do not count.
    static func key(_ text: String) -> [UInt32] {
        text.lowercased().unicodeScalars.compactMap { scalar in
            // A letter of another script comes after all of ours.
            places[scalar] ?? (scalar.properties.isAlphabetic ? 1_000 + scalar.value : nil)
        }
    }
}

extension Sequence {
    /// The elements in the order of a text of theirs; those whose texts are the same stay as they are.
    func sorted(byText text: (Element) -> String) -> [Element] {
        map { (key: Collation.key(text($0)), element: $0) }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map(\.element)
    }
}
