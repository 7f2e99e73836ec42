import CardSearch
import Testing
import TextAnalysis

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

    @Test("A synonym marks what the card calls it, in both languages")
    func synonym() throws {
        let group = SynonymTable.Group(
            id: "angler", sphere: "nature", say: ["спиннингист"], meanKK: ["балық аулау"], meanRU: ["вылов рыбы"])
        let fixture = try SearchFixture(
            knowledge: SearchKnowledge(synonyms: SynonymTable(groups: [group])))
        let marker = Highlighter(try fixture.search(SearchQuery("спиннингисту")))
        func marked(_ text: String) -> [String] { marker.ranges(in: text).map { String(text[$0]) } }
        #expect(marked("Балық аулауға рұқсат беру") == ["Балық", "аулауға"])
        #expect(marked("Выдача разрешения на вылов рыбы") == ["вылов", "рыбы"])
    }

    @Test("No Kazakh letter is cut, however short the snippet and however the letter is written")
    func wholeLetters() throws {
        let fixture = try SearchFixture.shared.get()
        let marker = Highlighter(try fixture.search(SearchQuery("балык аулау")))
        for text in [
            "Әуесқойлық балық аулау үшін көлге рұқсат беріледі, өңірде құжат қажет һәм ұсынылады",
            "А\u{308}уеск\u{322}ойлық бали\u{306} балықты\u{301} аулау и\u{306} ғылым", "қазақ 👨‍👩‍👧 балық тілі ң",
        ] {
            for length in 1...9 {
                let snippet = marker.snippet(of: text, words: length).filter { $0 != "…" }
                #expect(text.contains(snippet))
                let whole = Set(TextWords.scan(text).map(\.letters))
                #expect(TextWords.scan(snippet).allSatisfy { whole.contains($0.letters) })
            }
            for range in marker.ranges(in: text) {
                #expect(text[range].allSatisfy { text.contains($0) })
                #expect(marker.pieces(of: text).map(\.text).joined() == text)
            }
        }
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
