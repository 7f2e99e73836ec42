import CardSearch
import Testing
import WorkingDays

@testable import KnowledgeBase

@Suite("What a card answers")
struct CardAnswerTests {
    private static func card(_ change: (inout Card) -> Void) throws -> Card {
        var card = try CardFile.read(
            "code: S0001\ncontent: illustrative\ntitle: {kk: \"а\", ru: \"б\"}\nsphere: defence\nowner: MD\n", file: ""
        ).card
        change(&card)
        return card
    }

    private static func answers(_ change: (inout Card) -> Void) throws -> CardAnswers {
        try CardAnswers(card(change), on: #require(CivilDate("2026-11-30")), index: .unknown) { text in
            text.contains("утере") || text.contains("жоғал") ? [.lost] : []
        }
    }

    @Test("A card that says nothing answers nothing")
    func nothing() throws {
        #expect(try Self.answers { _ in }.facts.isEmpty)
    }

    @Test(
        "A fee is certain where the whole text is one, alike in both languages",
        arguments: [
            ("Тегін.", "Бесплатно.", CertainFee.free), ("тегін", "бесплатно", .free), ("", "Бесплатно", .free),
            ("1202,54 теңге (тізілім)", "1202,54 тенге (реестр)", .tiyn(120_254)),
            ("5 000 теңге", "5 000 тенге", .tiyn(500_000)),
            ("ақылы", "бесплатно", nil), ("тегін", "бесплатно; пошлина по весу товара", nil),
            ("1 теңге", "2 тенге", nil),
            ("ақылы: прейскурант бойынша", "платно: по прейскуранту", nil), ("5,5 теңге", "5,5 тенге", nil),
        ])
    func fees(kk: String, ru: String, fee: CertainFee?) throws {
        let text = CardText(kk: kk.isEmpty ? nil : kk, ru: ru)
        #expect(CertainFee(text) == fee)
        let answer = try #require(try Self.answers { $0.fee = text }.answer(.fee))
        #expect(answer.isProse == (fee == nil))
        #expect(answer.text.ru == ru)
    }

    @Test(
        "A term is certain where the texts begin with it, alike in both languages",
        arguments: [
            ("15 жұмыс күні (тізілім)", "15 рабочих дней (реестр)", Term.workingDays(15)),
            ("10 күнтізбелік күн", "10 календарных дней", .calendarDays(10)),
            ("Сұрау салынған сәтте, бірнеше минут ішінде.", "В момент запроса, за несколько минут.", .atOnce),
            ("3 жұмыс күні", "5 рабочих дней", nil), ("стандарт бойынша", "в срок стандарта", nil),
            ("обычно 7 жұмыс күні", "обычно 7 рабочих дней", nil), ("15 күн", "15 дней", nil),
        ])
    func terms(kk: String, ru: String, term: Term?) throws {
        let answer = try #require(try Self.answers { $0.term = CardText(kk: kk, ru: ru) }.answer(.term))
        #expect(answer.term == term)
        #expect(answer.isProse == (term == nil))
    }

    @Test("Documents of a case leave out what another case needs, and name the case")
    func documentsByCase() throws {
        let answers = try Self.answers {
            $0.documents = LocalizedList(
                kk: ["өтініш", "жоғалса – түсініктеме; ескі құжат"],
                ru: ["заявление", "при утере – объяснение; старый документ"])
        }
        let lost = try #require(answers.answer(.documents, [.lost]))
        #expect(lost.about == .lost)
        #expect(lost.text.ru == "заявление; при утере – объяснение; старый документ")
        let all = try #require(answers.answer(.documents, [.child]))
        #expect(all.about == nil)
        #expect(all.text.kk == "өтініш; жоғалса – түсініктеме; ескі құжат")
    }

    @Test("Channels tell whether it is done online")
    func online() throws {
        let portal = try #require(
            try Self.answers {
                $0.channels = ["portal", "psc"]
                $0.place = CardText(kk: "порталда", ru: "на портале")
            }.answer(.online))
        #expect(
            portal.text
                == CardText(kk: "Иә, онлайн: egov.kz порталы. Порталда", ru: "Да, онлайн: портал egov.kz. На портале"))
        let office = try #require(try Self.answers { $0.channels = ["office"] }.answer(.online))
        #expect(office.text.ru == "Онлайн не оказывается.")
        #expect(try Self.answers { _ in }.answer(.online) == nil)
    }

    @Test("For how long it holds is told by the sentence that says so, and by none where no sentence does")
    func validity() throws {
        let answers = try Self.answers {
            $0.result = CardText(
                kk: "Куәлік беріледі. Ол 3 жыл жарамды.", ru: "Выдается удостоверение. Оно действительно 3 года.")
        }
        #expect(answers.answer(.validity)?.text == CardText(kk: "Ол 3 жыл жарамды.", ru: "Оно действительно 3 года."))
        #expect(answers.answer(.validity)?.field == "result")
        #expect(try Self.answers { $0.result = CardText(kk: "анықтама", ru: "справка") }.answer(.validity) == nil)
    }

    @Test("Being late: what the card says of it, else how to complain")
    func late() throws {
        let answers = try Self.answers {
            $0.documents = LocalizedList(kk: ["мерзімі өтсе – түсініктеме"], ru: ["при пропуске срока – объяснение"])
            $0.complaint = CardText(kk: "шағым", ru: "жалоба")
        }
        #expect(answers.answer(.late)?.field == "documents")
        #expect(try Self.answers { $0.complaint = CardText(ru: "жалоба") }.answer(.late)?.field == "complaint")
    }

    @Test("The short form is the first clause")
    func short() throws {
        let answer = try #require(
            try Self.answers { $0.fee = CardText(ru: "Бесплатно. Иногда иначе.") }.answer(.fee))
        #expect(answer.short("Бесплатно. Иногда иначе.") == "Бесплатно")
        #expect(answer.short("тегін; шарт бар") == "тегін")
        #expect(answer.short("Тегін.") == "Тегін")
    }
}
