import CardSearch
import Testing

@Suite("What a question asks")
struct QuestionTests {
    private func question(_ text: String) throws -> Question {
        try SearchFixture.shared.get().search(SearchQuery(text, readsQuestion: true)).question
    }

    @Test(
        "The fact is read in both languages and in every spelling",
        arguments: [
            ("сколько стоит вылов рыбы", ServiceFact.fee), ("вылов рыбы скока стоит", .fee),
            ("крнлько стоит вылов рыбы", .fee), ("skolko stoit rybalka", .fee), ("crjkmrj cnjbn hs,fkrf", .fee),
            ("балық аулау қанша тұрады", .fee), ("балык аулау канша турады", .fee), ("balyq aulau qansha turady", .fee),
            ("балық аулау ақылы ма", .fee), ("рыбалка за сколько дней разрешение", .term),
            ("балық аулау неше күнде беріледі", .term), ("какие документы на рыбалку", .documents),
            ("балық аулауға не керек", .documents), ("куда идти за разрешением на рыбалку", .where),
            ("балық аулауға рұқсатты қайдан аламын", .where), ("рыбалка через егов", .online),
            ("балық аулау онлайн бола ма", .online), ("библиотека до скольки работает", .hours),
            ("кітапхана нешеге дейін жұмыс істейді", .hours), ("кому можно рыбачить", .eligibility),
            ("балық аулауға кімнің құқығы бар", .eligibility), ("почему отказали в рыбалке", .refusal),
            ("балық аулаудан неге бас тартты", .refusal), ("рыбалка что выдадут", .result),
            ("на сколько лет дают читательский билет", .validity), ("оқырман билеті неше жылға беріледі", .validity),
            ("куда жаловаться на библиотеку", .complaint), ("кітапхана үстінен шағым", .complaint),
            ("вышел срок а ответа по рыбалке нет", .late), ("мерзімі өтіп кетті рұқсат жоқ", .late),
            ("по какому телефону звонить в библиотеку", .contacts), ("кітапхана телефоны қандай", .contacts),
        ])
    func facts(text: String, fact: ServiceFact) throws {
        #expect(try question(text).fact == fact)
    }

    @Test("Words that only name a service ask nothing", arguments: ["вылов рыбы", "балық аулау", "читательский билет"])
    func nothingAsked(text: String) throws {
        #expect(try question(text).fact == nil)
    }

    @Test("The case is read: what was lost, whose it is")
    func cases() throws {
        #expect(try question("потерял читательский билет сколько стоит новый").cases == [.lost])
        #expect(try question("жоғалттым оқырман билетін").cases == [.lost])
        #expect(try question("читательский билет на ребенка какие документы").cases == [.child])
    }

    @Test("The words of a question find no other card and hide none")
    func questionsDoNotSearch() throws {
        let fixture = try SearchFixture.shared.get()
        for text in ["сколько стоит вылов рыбы", "вылов рыбы какие документы нужны", "где оформить вылов рыбы"] {
            let asked = try fixture.search(SearchQuery(text, readsQuestion: true))
            #expect(asked.hits.first?.id == "fishing")
            #expect(asked.coverage > 0.9)
            #expect(asked.trust > 0.8)
        }
        #expect(try fixture.search(SearchQuery("сколько стоит", readsQuestion: true)).trust == 0)
        #expect(try fixture.search(SearchQuery("какие документы нужны", readsQuestion: true)).trust == 0)
    }

    @Test("Who does not read questions, and who searches exactly as typed, gets none")
    func onlyWhereAsked() throws {
        let fixture = try SearchFixture.shared.get()
        #expect(try fixture.search(SearchQuery("сколько стоит вылов рыбы")).question == Question())
        let exact = SearchQuery("сколько стоит вылов рыбы", isExact: true, readsQuestion: true)
        #expect(try fixture.search(exact).question == Question())
    }

    @Test("Every faulty line of the cues is told with its number")
    func faultyLines() {
        let fault = #expect(throws: SearchDataFault.self) {
            try QuestionCues.load(
                name: "questions.txt", text: "# ours\nfee: a b, c\nprice: d\ncase lost: e\ncase gone: f\ng\n")
        }
        #expect(fault?.places.map(\.line) == [3, 5, 6])
        #expect(fault?.places.first?.message.contains("fee") == true)
    }
}
