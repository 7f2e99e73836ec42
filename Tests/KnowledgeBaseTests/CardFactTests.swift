import CardSearch
import Testing
import WorkingDays

@testable import KnowledgeBase

@Suite("Facts of a card")
struct CardFactTests {
    private static let head =
        "code: S0001\ncontent: illustrative\ntitle: {kk: \"а\", ru: \"б\"}\nsphere: defence\nowner: MD\n"

    private static func card(_ facts: String) throws -> Card {
        try CardFile.read(head + "facts:\n" + facts, file: "").card
    }

    private static func index() throws -> CalculationIndex {
        try CalculationIndex.load(name: "mci.csv", text: "2026-01-01,2026-12-31,4325,the law")
    }

    private static func answers(_ facts: String, on day: String = "2026-11-30") throws -> CardAnswers {
        try CardAnswers(card(facts), on: #require(CivilDate(day)), index: index()) { _ in [] }
    }

    @Test("Facts are read, written and read again to the same card")
    func roundTrip() throws {
        let card = try Self.card(
            """
              - {fact: fee, mci: 0.25, case: lost, source: "Tax code", since: 2026-01-01, until: 2026-12-31}
              - {fact: term, term: 5 working days, channel: psc, source: "rules"}
              - {fact: late, text: {kk: "кеш", ru: "поздно"}, source: "the centre"}
              - {fact: fee, free: true, source: "rules"}
              - {fact: fee, tenge: "1202,54", source: "register"}

            """)
        #expect(card.stated?.count == 5)
        #expect(try CardFile.read(CardFile.write(card), file: "").card == card)
    }

    @Test(
        "Each fault of a fact names its line",
        arguments: [
            ("  - {fact: price, source: a, text: {ru: b}}", "price"), ("  - {fact: fee, free: true}", "source"),
            ("  - {fact: fee, source: a}", "value or words"), ("  - {fact: term, mci: 1, source: a}", "only a fee"),
            ("  - {fact: fee, mci: x, source: a}", "0.25"),
            ("  - {fact: term, term: soon, source: a}", "5 working days"),
            ("  - {fact: fee, mci: 1, tenge: 2, source: a}", "one way"),
            ("  - {fact: fee, free: true, source: a, price: 1}", "price"),
            ("  - {fact: fee, free: true, source: a, since: 2026-02-01, until: 2026-01-01}", "before"),
            ("  - {fact: fee, free: true, source: a, case: gone}", "known are"), ("  - x", "fact: fee"),
        ])
    func faults(line: String, message: String) {
        let found = #expect(throws: CardFileProblems.self) {
            try Self.card("  - {fact: late, text: {ru: a}, source: b}\n" + line + "\n")
        }
        #expect(found?.problems.contains { $0.line == 8 && $0.message.contains(message) } == true)
    }

    @Test("A fee in the index is told in tenge of the day, without tenge where the index is not known")
    func fees() throws {
        let fact = "  - {fact: fee, mci: 0.25, source: a}\n"
        let today = try #require(try Self.answers(fact).answer(.fee))
        #expect(today.text.ru == "0,25 МРП – 1\u{A0}081,25 тенге (МРП – 4\u{A0}325 тенге)")
        #expect(today.text.kk == "0,25 АЕК – 1\u{A0}081,25 теңге (АЕК – 4\u{A0}325 теңге)")
        #expect(!today.isProse)
        #expect(try Self.answers(fact, on: "2027-01-01").answer(.fee)?.text.ru == "0,25 МРП")
    }

    @Test("A fact that is entered ahead is told from its day on, one that has ended no more")
    func days() throws {
        let facts = """
              - {fact: fee, tenge: 100, source: a, until: 2026-12-31}
              - {fact: fee, tenge: 200, source: a, since: 2027-01-01}

            """
        #expect(try Self.answers(facts, on: "2026-12-31").answer(.fee)?.text.ru == "100 тенге")
        #expect(try Self.answers(facts, on: "2027-01-01").answer(.fee)?.text.ru == "200 тенге")
    }

    @Test("Facts of several channels are told together, those of a case for that case")
    func channelsAndCases() throws {
        let answers = try Self.answers(
            """
              - {fact: term, term: at once, channel: portal, source: a}
              - {fact: term, term: 2 working days, channel: psc, source: a}
              - {fact: term, term: 21 calendar days, case: lost, source: a}

            """)
        #expect(
            answers.answer(.term)?.text.ru
                == "через портал egov.kz: в день обращения; через Государственную корпорацию: 2 рабочих дня")
        #expect(answers.answer(.term)?.term == nil)
        #expect(answers.answer(.term, [.lost])?.text.ru == "21 календарный день")
        #expect(answers.answer(.term, [.lost])?.term == .calendarDays(21))
    }

    @Test("A stated fact stands before the prose, the prose where none is stated")
    func beforeProse() throws {
        var card = try Self.card("  - {fact: fee, tenge: 100, case: lost, source: a}\n")
        card.fee = CardText(ru: "платно")
        let answers = try CardAnswers(card, on: #require(CivilDate("2026-11-30")), index: .unknown) { _ in [] }
        #expect(answers.answer(.fee, [.lost])?.text.ru == "100 тенге")
        #expect(answers.answer(.fee)?.text.ru == "платно")
    }

    @Test(
        "Numbers are kept as they were written",
        arguments: [("0.25", 250), ("0,2", 200), ("12", 12_000), ("1202,54", 1_202_540)])
    func numbers(text: String, thousandths: Int) {
        #expect(DecimalText(text)?.thousandths == thousandths)
    }

    @Test("What is no number is none", arguments: ["", ".", "1.", ".5", "1.2345", "-1", "12345678", "1e3"])
    func noNumbers(text: String) { #expect(DecimalText(text) == nil) }

    @Test("The index of this repository is read; a faulty line is named")
    func indexFile() throws {
        let read = try CalculationIndex.load(
            name: "mci.csv", text: "from,to,tenge,act\n2026-01-01,2026-12-31,4325,\"a, b\"\n")
        #expect(read.value(on: try #require(CivilDate("2026-05-01")))?.act == "a, b")
        #expect(read.value(on: try #require(CivilDate("2027-05-01"))) == nil)
        let fault = #expect(throws: CardFileProblems.self) {
            try CalculationIndex.load(
                name: "mci.csv",
                text: "from,to,tenge,act\n2026-01-01,2026-12-31,4325,a\n2026-06-01,2026-07-01,1,b\nx,y,z\n")
        }
        #expect(fault?.problems.map(\.line) == [3, 4])
    }
}
