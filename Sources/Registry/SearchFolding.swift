/// Makes texts comparable for the pickers of bodies and services: letter case, ё, and Kazakh letters that a person with a
/// Russian keyboard writes with the nearest Russian one. The search of cards has its own, finer analysis.
enum SearchFolding {
    private static let letters: [Character: Character] = [
        "ё": "е", "ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и", "ы": "и",
    ]

    /// The folded form of a text: words with one space between them.
    static func fold(_ text: String) -> String {
        let folded = text.lowercased().map { character -> Character in
            if let letter = letters[character] { return letter }
            return character.isLetter || character.isNumber ? character : " "
        }
        return folded.split(separator: " ").map { String($0) }.joined(separator: " ")
    }

    /// The words of a query, each of which has to be found.
    static func words(_ query: String) -> [String] { fold(query).split(separator: " ").map(String.init) }
}
