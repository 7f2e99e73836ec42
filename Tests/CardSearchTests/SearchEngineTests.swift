import CardSearch
import GRDB
import Testing

@Suite struct SearchEngineTests {
    @Test(
        "However it is typed, the card stands first",
        arguments: [
            ("разрешение на вылов рыбы", "fishing"), ("балық аулауға рұқсат", "fishing"),
            ("балыкка руксат аулау", "fishing"),
            ("рыбой вылову разрешениями", "fishing"), ("baliq aulau", "fishing"), ("vylov ryby", "fishing"),
            ("dskjd hs,s", "fishing"),
            (",fks0 fekfe", "fishing"), ("вылав рыбы", "fishing"), ("рыбалк", "fishing"), ("spinning", "fishing"),
            ("читательский бил", "library"), ("кітапхана", "library"), ("китапханага жазылу", "library"),
            ("библеотека", "library"),
            ("kitaphana", "library"), ("S0402", "library"), ("01703009", "fishing"), ("017 03 009", "fishing"),
            ("код 017-03", "fishing"), ("s 0402", "library"), ("S-0402", "library"), ("С0402", "library"),
            ("услуга ы0402", "library"), ("SO402", "library"), ("код 0402", "library"), ("О1703009", "fishing"),
            ("библеот", "library"), ("читательский бид", "library"), ("xbnfntkmcrbq ,bk", "library"),
            ("ВЫЛОВ РЫБЫ!!!", "fishing"), ("гербарий", "fishing"), ("льготный музей", "museum"),
        ])
    func findsCard(query: String, id: String) throws {
        #expect(try SearchFixture.shared.get().ids(query).first == id)
    }

    @Test("A saying of the table leads to the card that calls it otherwise, and without the table does not")
    func synonyms() throws {
        let group = SynonymTable.Group(
            id: "angler", sphere: "nature", say: ["ехать с удочкой", "қармақ"], meanKK: ["балық аулау"],
            meanRU: ["вылов рыбы"])
        let fixture = try SearchFixture(knowledge: SearchKnowledge())
        #expect(try fixture.ids("қармақ").isEmpty)
        fixture.engine.use(synonyms: SynonymTable(groups: [group]))
        let answer = try fixture.search(SearchQuery("қармақпен"))
        #expect(answer.hits.first?.id == "fishing")
        #expect(answer.reading.contains { $0.through == .synonym && $0.group == "angler" })
        #expect(try fixture.search(SearchQuery("қармақпен", off: [.synonyms])).hits.isEmpty)
    }

    @Test("A saying within a phrase of the glossary does not hide what the whole phrase is in the other language")
    func sayingWithinPhrase() throws {
        let group = SynonymTable.Group(
            id: "loft", sphere: "x", say: ["көгершін ұясы"], meanKK: [], meanRU: ["вылов рыбы"])
        let glossary = try Glossary.load(name: "g.csv", text: "kk,ru,note\nескі көгершін ұясы,старая голубятня,\n")
        let fixture = try SearchFixture(
            cards: [
                SearchableCard(id: "fishing", titleRU: "Вылов рыбы"),
                SearchableCard(id: "loft", titleRU: "Осмотр старой голубятни"),
            ], knowledge: SearchKnowledge(synonyms: SynonymTable(groups: [group]), glossary: glossary))
        #expect(try fixture.ids("ескі көгершін ұясы").first == "loft")
        #expect(try fixture.ids("көгершін ұясы").first == "fishing")
    }

    @Test("Three digits of a code with letters are no code")
    func threeDigits() throws {
        let fixture = try SearchFixture(cards: [
            SearchableCard(id: "other", code: "e_075", titleRU: "Вылов рыбы"),
            SearchableCard(id: "form", titleRU: "Медицинская справка по форме 075/у"),
        ])
        #expect(try fixture.ids("075/у").first == "form")
        #expect(try fixture.ids("e_075").first == "other")
    }

    @Test("To open and to close are told apart, also when the closing card speaks of the register too")
    func directions() throws {
        let cards = [
            SearchableCard(id: "open", titleRU: "Уведомление о начале работы голубятни"),
            SearchableCard(id: "close", titleRU: "Снятие голубятни с регистрационного учета"),
        ]
        // Without the table: what other services are called by says nothing of these two.
        var knowledge = try SearchFixture.knowledge.get()
        knowledge.synonyms = SynonymTable()
        let fixture = try SearchFixture(cards: cards, knowledge: knowledge)
        #expect(try fixture.ids("зарегистрировать голубятню").first == "open")
        #expect(try fixture.ids("закрыть голубятню").first == "close")
        #expect(try fixture.ids("снять голубятню с регистрации").first == "close")
    }

    @Test("The last word may go on, also when it is a word already")
    func goesOn() throws {
        let fixture = try SearchFixture(cards: [
            SearchableCard(id: "inhabitant", titleRU: "Житель года"),
            SearchableCard(id: "residence", titleRU: "Вид на жительство"),
            SearchableCard(id: "apostille", titleRU: "Апостилирование бумаг"),
        ])
        #expect(try fixture.ids("вид на житель").first == "residence")
        #expect(try fixture.ids("опост").first == "apostille")
    }

    @Test("A code half-typed lists the services by their codes")
    func codesInOrder() throws {
        let fixture = try SearchFixture(cards: [
            SearchableCard(id: "a", code: "00100002"), SearchableCard(id: "b", code: "00100003"),
            SearchableCard(id: "z", code: "00100001"),
        ])
        #expect(try fixture.ids("00100") == ["z", "a", "b"])
    }

    @Test("Fillers of speech do not part a saying, words that mean something do")
    func fillers() throws {
        let group = SynonymTable.Group(
            id: "coop", sphere: "x", say: ["справка голубятни"], meanKK: [], meanRU: ["сведения о строении"])
        let knowledge = SearchKnowledge(
            synonyms: SynonymTable(groups: [group]), stopWords: SearchKnowledge.stopWords("что у меня никакой нет"))
        let fixture = try SearchFixture(
            cards: [
                SearchableCard(id: "building", titleRU: "Сведения о строении"),
                SearchableCard(id: "bird", titleRU: "Справка о птице голубятни"),
            ], knowledge: knowledge)
        #expect(try fixture.ids("справка что у меня нет никакой голубятни").contains("building"))
        #expect(try !fixture.ids("справка врача школы музея голубятни").contains("building"))
    }

    @Test("Reasons name whole words in the fields where they stand")
    func reasons() throws {
        let hit = try SearchFixture.shared.get().search(SearchQuery("разрешением на вылов рыбы")).hits.first
        let title = hit?.reasons.first { $0.field == "titleRU" }
        #expect(title?.words.contains("разрешением") == true)
        #expect(title?.words.contains("вылов") == true)
    }

    @Test("What a query was read as is said, and exactly as typed nothing is")
    func reading() throws {
        let fixture = try SearchFixture.shared.get()
        let turned = try fixture.search(SearchQuery("dskjd"))
        #expect(turned.reading.first?.readAs == "вылов")
        #expect(turned.reading.first?.through == .layoutRussian)
        let exact = try fixture.search(SearchQuery("dskjd", isExact: true))
        #expect(exact.hits.isEmpty && exact.reading.isEmpty)
        #expect(turned.hits.first?.reasons.contains { $0.field == "titleRU" } == true)
    }

    @Test("Filters let through what they say, the country's cards with a region's")
    func filters() throws {
        let fixture = try SearchFixture.shared.get()
        func ids(_ text: String, _ filters: SearchQuery.Filters) throws -> Set<String> {
            Set(try fixture.search(SearchQuery(text, filters: filters)).hits.map(\.id))
        }
        #expect(try ids("субсидия", .init()) == ["greenhouse-a", "greenhouse-b"])
        #expect(try ids("субсидия", .init(region: "A")) == ["greenhouse-a"])
        #expect(try ids("субсидия", .init(channel: "centre")) == ["greenhouse-b"])
        #expect(try ids("выдача", .init(body: "ecology")) == ["fishing"])
        #expect(try ids("выдача", .init(sphere: "culture")) == ["library"])
        #expect(try ids("музей", .init(states: ["live"])).isEmpty)
        #expect(try ids("музей", .init(states: ["live", "draft"])) == ["museum"])
        #expect(try ids("017 03 009", .init(body: "culture")).isEmpty)
        #expect(try ids("выдача", .init(body: "\" OR 1 --")).isEmpty)
    }

    @Test("A caller's own region goes before another")
    func callerRegion() throws {
        let fixture = try SearchFixture.shared.get()
        for region in ["A", "B"] {
            let hits = try fixture.search(SearchQuery("субсидия теплицы", callerRegion: region)).hits
            #expect(hits.first?.id == "greenhouse-" + region.lowercased())
        }
    }

    @Test("Use breaks ties and does not lift a worse card over a better")
    func boosts() throws {
        let fixture = try SearchFixture.shared.get()
        #expect(
            try fixture.search(SearchQuery("теплицы", boosts: ["greenhouse-b": 1])).hits.first?.id == "greenhouse-b")
        #expect(try fixture.search(SearchQuery("вылов рыбы", boosts: ["library": 1])).hits.first?.id == "fishing")
    }

    @Test("A card saved is found at once, changed it is found by its new words, removed it is gone")
    func changes() throws {
        let fixture = try SearchFixture(knowledge: SearchKnowledge())
        var card = SearchableCard(id: "new", titleRU: "Аренда велодорожки", state: "live")
        try fixture.store.write { try SearchIndex.save(card, in: $0) }
        #expect(try fixture.ids("велодорожками") == ["new"])
        card.titleRU = "Прокат самокатов"
        try fixture.store.write { try SearchIndex.save(card, in: $0) }
        #expect(try fixture.ids("велодорожки").isEmpty)
        #expect(try fixture.ids("самокат") == ["new"])
        try fixture.store.write { try SearchIndex.remove(id: "new", in: $0) }
        #expect(try !fixture.ids("самокат").contains("new"))
        try fixture.store.write { try SearchIndex.remove(id: "new", in: $0) }
    }

    @Test("The index does not depend on the order in which cards were saved, nor on saving twice")
    func indexIsFunctionOfCards() throws {
        func content(_ cards: [SearchableCard]) throws -> [Row] {
            try SearchFixture(cards: cards, knowledge: SearchKnowledge()).store.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT c.id, c.region, c.words, c.russian, c.kazakh, k.tru, k.tkk, k.dru, k.dkk, k.kw, k.docs, k.rest, k.code,
                            k.facts FROM searchCard c JOIN searchKey k ON k.rowid = c.rowid ORDER BY c.id
                        """)
            }
        }
        let once = try content(SearchFixture.cards)
        #expect(once.count == SearchFixture.cards.count)
        #expect(try content(SearchFixture.cards.reversed() + SearchFixture.cards) == once)
    }

    @Test("A query that no card answers is weak, an answered one is not")
    func weak() throws {
        let fixture = try SearchFixture.shared.get()
        #expect(try fixture.search(SearchQuery("космический туризм марс")).isWeak)
        #expect(try !fixture.search(SearchQuery("вылов рыбы")).isWeak)
    }
}
