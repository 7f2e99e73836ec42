import CardSearch
import Testing

@Suite struct HighlighterTests {
    private func marked(_ query: String, _ text: String) throws -> [String] {
        let fixture = try SearchFixture.shared.get()
        let answer = try fixture.search(SearchQuery(query))
        return Highlighter(answer).ranges(in: text).map { String(text[$0]) }
    }

    @Test(
        "Words are marked as a person sees them, through stem, fold and spelling",
        arguments: [
            ("рыба", "Вылов рыбы и рыбой торговать", "рыбы|рыбой"), ("балык", "Балықты аулау", "Балықты"),
            ("китапхана", "Қала кітапханасына жазу", "кітапханасына"), ("библеотека", "в Библиотеку!", "Библиотеку"),
            ("ryba", "«Рыба»", "Рыба"), ("космос", "Вылов рыбы", ""),
        ])
    func marks(query: String, text: String, words: String) throws {
        #expect(try marked(query, text).joined(separator: "|") == words)
    }

    @Test("Pieces put together are the text, whole characters each")
    func pieces() throws {
        let fixture = try SearchFixture.shared.get()
        let answer = try fixture.search(SearchQuery("рыба"))
        let text = "👨‍👩‍👧 Ры\u{301}ба\u{308} — рыбы\u{301}, RYBA рыбакам"
        let pieces = Highlighter(answer).pieces(of: text)
        #expect(pieces.map(\.text).joined() == text)
        #expect(pieces.reduce(0) { $0 + $1.text.count } == text.count)
        #expect(pieces.contains { $0.isMarked })
    }

    @Test("A snippet is whole words around the marked ones")
    func snippet() throws {
        let fixture = try SearchFixture.shared.get()
        let answer = try fixture.search(SearchQuery("рыба"))
        let text =
            (1...50).map { "сөз\($0)" }.joined(separator: " ") + " рыбы "
            + (1...50).map { "және\($0)" }.joined(separator: " ")
        let snippet = Highlighter(answer).snippet(of: text, words: 9)
        #expect(snippet.hasPrefix("…") && snippet.hasSuffix("…"))
        #expect(snippet.contains("рыбы"))
        #expect(text.contains(snippet.dropFirst().dropLast()))
        #expect(Highlighter(answer).snippet(of: "қысқа мәтін") == "қысқа мәтін")
    }
}
