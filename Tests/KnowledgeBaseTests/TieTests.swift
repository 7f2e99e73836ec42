import Foundation
import Languages
import Rulebook
import TestSupport
import Testing
import WorkingDays

@testable import CardSearch
@testable import KnowledgeBase

@Suite("Where two cards or cases fit alike")
struct TieTests {
    private static let yaml = """
        cases:
          lost: {kk: "Жоғалды", ru: "Утеряно", en: "Lost"}
          stolen: {kk: "Ұрланды", ru: "Украдено", en: "Stolen"}
        pairs:
          - cards: [S0001, S0002]
            ask: {kk: "а?", ru: "Впервые или повторно?", en: "First or again?"}
            first: {kk: "а", ru: "Впервые", en: "First"}
            second: {kk: "б", ru: "Повторно", en: "Again"}

        """

    private static func found(
        _ code: String, _ score: Double, coverage: Double = 1, answers: CardAnswers? = nil
    ) -> (hit: SearchHit, card: FoundCard) {
        var card = FoundCard(
            code: code, state: .live, title: CardText(kk: nil, ru: code), owner: "MIA", summary: nil, edition: 1)
        card.answers = answers
        return (SearchHit(id: code, score: score, coverage: coverage, reasons: []), card)
    }

    private static func answer(_ question: Question = Question()) -> SearchAnswer {
        var answer = SearchAnswer.empty
        answer.isSure = true
        answer.question = question
        return answer
    }

    private let ties = Ties(table: ChoiceTable.read(Self.yaml, file: "choices.yaml").table)

    @Test("The table is read, and what is wrong is named with its line")
    func table() {
        #expect(ChoiceTable.read(Self.yaml, file: "choices.yaml").problems.isEmpty)
        let wrong = ChoiceTable.read(
            Self.yaml.replacingOccurrences(of: "[S0001, S0002]", with: "[S0001]"), file: "choices.yaml")
        #expect(wrong.problems.map(\.line) == [5])
    }

    @Test("The table of this repository is whole: every case has a name, every pair two cards")
    func own() throws {
        let table = try ChoiceTable.load(folder: Repository.path + "/knowledge/search")
        #expect(table.pairs.count >= 30)
        #expect(Set(table.cases.keys) == Set(ServiceCase.allCases))
    }

    @Test("A pair is asked for by what tells it apart, the likelier first, also where the second is further off")
    func pair() throws {
        let choice = try #require(ties.choice([Self.found("S0002", 10), Self.found("S0001", 8.5)], in: Self.answer()))
        #expect(choice.question.ru == "Впервые или повторно?")
        #expect(choice.options.map(\.id) == ["S0002", "S0001"])
        #expect(choice.options.map(\.label.ru) == ["Повторно", "Впервые"])
        #expect(ties.choice([Self.found("S0002", 10), Self.found("S0001", 5)], in: Self.answer()) == nil)
    }

    @Test("Any two cards are asked for by their titles where they fit alike, and not where one fits better")
    func any() throws {
        let choice = try #require(ties.choice([Self.found("S0003", 10), Self.found("S0004", 9.9)], in: Self.answer()))
        #expect(choice.options.map(\.label.ru) == ["S0003", "S0004"])
        #expect(ties.choice([Self.found("S0003", 10), Self.found("S0004", 9)], in: Self.answer()) == nil)
        #expect(
            ties.choice([Self.found("S0003", 10), Self.found("S0004", 9.9, coverage: 0.8)], in: Self.answer()) == nil)
    }

    @Test("Nothing is asked where it is not sure that a card was meant, or a code was typed")
    func unsure() {
        var answer = Self.answer()
        answer.isSure = false
        #expect(ties.choice([Self.found("S0001", 10), Self.found("S0002", 10)], in: answer) == nil)
        var byCode = Self.found("S0001", 1_000)
        byCode.hit.reasons = [Reason(field: "code", words: ["S0001"])]
        #expect(ties.choice([byCode, Self.found("S0002", 1_000)], in: Self.answer()) == nil)
    }

    @Test("Lost or stolen? Asked where the card tells both apart and the words name none of them, or both")
    func cases() throws {
        var card = try CardFile.read(
            "code: S0001\ncontent: illustrative\ntitle: {kk: \"а\", ru: \"б\"}\nsphere: defence\nowner: MD\n", file: ""
        ).card
        card.documents = LocalizedList(kk: nil, ru: ["при утере – заявление", "при краже – справка полиции", "фото"])
        let answers = try CardAnswers(card, on: #require(CivilDate("2026-11-30")), index: .unknown) { text in
            text.contains("утере") ? [.lost] : text.contains("краже") ? [.stolen] : []
        }
        let found = [Self.found("S0001", 10, answers: answers)]
        let choice = try #require(ties.choice(found, in: Self.answer(Question(fact: .documents))))
        #expect(choice.question.ru == "Утеряно или украдено?")
        #expect(choice.question.kk == "Жоғалды әлде ұрланды?")
        #expect(choice.options.map(\.id) == ["S0001-lost", "S0001-stolen"])
        #expect(ties.choice(found, in: Self.answer(Question(fact: .documents, cases: [.lost, .stolen]))) != nil)
        #expect(ties.choice(found, in: Self.answer(Question(fact: .documents, cases: [.lost]))) == nil)
        #expect(ties.choice(found, in: Self.answer(Question(fact: .fee))) == nil)
    }

    @Test("What is sent for a choice names a card, and a case where it has one")
    func chosen() {
        #expect(SearchChoice.chosen("S0145")?.card == "S0145")
        #expect(SearchChoice.chosen("S0288-lost")?.about == .lost)
        #expect(SearchChoice.chosen("S0288-nothing") == nil)
        #expect(SearchChoice.chosen("") == nil)
    }
}
