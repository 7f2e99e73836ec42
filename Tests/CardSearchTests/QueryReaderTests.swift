import CardSearch
import Testing

/// How single words are read, on cards and data of these tests' own.
@Suite struct QueryReaderTests {
    private static func fixture(
        _ titles: [String: String], groups: [SynonymTable.Group] = [], glossary: String = "", everyday: [String] = []
    ) throws -> SearchFixture {
        try SearchFixture(
            cards: titles.sorted { $0.key < $1.key }.map { SearchableCard(id: $0.key, titleRU: $0.value) },
            knowledge: SearchKnowledge(
                synonyms: SynonymTable(groups: groups),
                glossary: Glossary.load(name: "g.csv", text: "kk,ru,note\n" + glossary), everydayWords: everyday))
    }

    @Test("Two words that only together are one are put together, two that are words stay apart")
    func joins() throws {
        let fixture = try Self.fixture(["ferry": "Вызов инватакси", "plain": "Вызов такси", "dove": "Осмотр голубятни"])
        #expect(try fixture.ids("инва такси").first == "ferry")
        #expect(try Set(fixture.ids("осмотр такси")).isSuperset(of: ["plain", "dove"]))
        #expect(try fixture.search(SearchQuery("инва такси", isExact: true)).hits.first?.id == "plain")
    }

    @Test("Words typed without a space are parted, while a word is still being typed it is not")
    func parts() throws {
        let fixture = try Self.fixture(["dove": "Осмотр старой голубятни", "long": "Осмотрщик вагонов"])
        let answer = try fixture.search(SearchQuery("осмотрголубятни"))
        #expect(answer.hits.first?.id == "dove")
        #expect(answer.reading.contains { $0.typed == "осмотрголубятни" && $0.readAs == "осмотр" })
        #expect(try fixture.ids("осмотрщ").first == "long")
        #expect(try fixture.search(SearchQuery("осмотрголубятни", off: [.typos])).hits.isEmpty)
    }

    @Test("A stem that is there by chance does not keep a misspelt word from its correction")
    func doubtful() throws {
        let fixture = try Self.fixture(["house": "Учет кондоминиума", "horse": "Осмотр коня"])
        for typed in ["кондаминиум", "сондоминиум", "кондоминеум"] {
            #expect(try fixture.ids(typed).first == "house", "\(typed)")
        }
    }

    @Test("A derived word that nothing knows leads to the word it is derived from")
    func derives() throws {
        let group = SynonymTable.Group(
            id: "driver", sphere: "x", say: ["шопыр"], meanKK: [], meanRU: ["права водителя"])
        let fixture = try Self.fixture(["licence": "Выдача прав водителя"], groups: [group])
        let answer = try fixture.search(SearchQuery("шопырлық"))
        #expect(answer.hits.first?.id == "licence")
        #expect(answer.reading.contains { $0.typed == "шопырлық" && $0.readAs == "шопыр" && $0.through == .family })
    }

    @Test("An everyday word is no misspelling of a card's word, unless a card has it")
    func everyday() throws {
        let titles = ["join": "Провести воду", "bring": "Принеси и получи"]
        #expect(try Self.fixture(["join": "Провести воду"]).ids("голубей принести").first == "join")
        #expect(
            try Self.fixture(["join": "Провести воду"], everyday: ["принести"]).ids("голубей принести").isEmpty)
        #expect(try Self.fixture(titles, everyday: ["принести"]).ids("принести воду").first == "join")
    }

    @Test("A Kazakh letter that was typed is meant: қор is not көр, кор may be either")
    func kazakhLetters() throws {
        let fixture = try Self.fixture(
            ["fund": "Фонд птиц", "sight": "Зрение птиц"], glossary: "қор,фонд,\nкөр,зрение,\n")
        #expect(try fixture.ids("қор") == ["fund"])
        #expect(try fixture.ids("көр") == ["sight"])
        #expect(try Set(fixture.ids("кор")) == ["fund", "sight"])
    }

    @Test("Who asks for an end gets the sibling whose title says so, be the two alike in all else")
    func missingEnding() throws {
        var knowledge = try SearchFixture.knowledge.get()
        knowledge.synonyms = SynonymTable()
        knowledge.glossary = Glossary()
        let cards = [
            SearchableCard(id: "a-on", titleRU: "Регистрация ареста голубятни"),
            SearchableCard(id: "b-off", titleRU: "Прекращение ареста голубятни"),
        ]
        let fixture = try SearchFixture(cards: cards, knowledge: knowledge)
        #expect(try fixture.ids("снять арест с голубятни").first == "b-off")
        #expect(try fixture.ids("арест голубятни").first == "a-on")
    }
}
