import Testing
import TextAnalysis

@Suite struct SpellingIndexTests {
    @Test(
        "A misspelt word is near the right one",
        arguments: [
            ("инволидность", "инвалидность"), ("опостиль", "апостиль"), ("паспотр", "паспорт"),
            ("тонеровка", "тонировка"),
            ("справк", "справка"), ("куалк", "куалик"), ("доверенност", "доверенность"),
        ])
    func findsNeighbour(typed: String, right: String) {
        let table = WordTable(
            ["инвалидность", "апостиль", "паспорт", "тонировка", "справка", "куалик", "доверенность", "дом"].map {
                $0.letters
            })
        let found = SpellingIndex(table).neighbours(of: typed.letters).map { table[$0.word].text }
        #expect(found == [right])
    }

    @Test("Nothing is lost against comparing with every word")
    func completeAgainstBruteForce() {
        let words = Array(RealWords.all.filter { $0.count >= 4 && $0.count <= 9 }.prefix(1_500))
        let table = WordTable(words)
        let index = SpellingIndex(table)
        for (number, word) in words.enumerated() where number % 25 == 0 {
            var typed = word
            typed.remove(at: number % typed.count)
            let limit = SpellingIndex.tolerance(typed.count)
            let found = Set(index.neighbours(of: typed).map(\.word))
            for candidate in 0..<table.count
            where EditDistance.between(typed, table[candidate], limit: min(limit, 1)) != nil {
                #expect(found.contains(candidate), "\(typed.text): \(table[candidate].text)")
            }
        }
    }

    @Test(
        "Distance counts a swap once",
        arguments: [("кот", "кто", 1), ("кот", "кот", 0), ("кот", "скот", 1), ("кот", "ток", 2), ("", "аб", 2)])
    func distance(first: String, second: String, expected: Int) {
        #expect(EditDistance.between(first.letters, second.letters, limit: 3) == expected)
    }

    @Test("Words are found by their beginning")
    func prefix() {
        let table = WordTable(["справка", "справки", "спор", "дом"].map { $0.letters })
        #expect(table.range(prefix: "спр".letters).map { table[$0].text } == ["справка", "справки"])
        #expect(table.range(prefix: "я".letters).isEmpty)
    }
}
