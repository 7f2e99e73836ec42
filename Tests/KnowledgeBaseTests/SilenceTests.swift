import CardSearch
import Foundation
import KnowledgeBase
import TestSupport
import Testing
import WorkingDays

@Suite("Cards that cannot answer")
struct SilenceTests {
    private static let head = "content: illustrative\ntitle: {kk: \"а\", ru: \"б\"}\nsphere: documents\nowner: MIA\n"

    private static func card(_ rest: String) throws -> Card {
        try CardFile.read("code: S0001\n" + head + rest, file: "").card
    }

    @Test("What is missing is told apart from words without a value")
    func silence() throws {
        let empty = CardSilence(try Self.card(""))
        #expect(empty.missing == [.term, .fee, .documents, .where])
        #expect(empty.vague.isEmpty)
        let vague = CardSilence(
            try Self.card(
                "term: {kk: \"стандарт мерзімінде\", ru: \"в срок стандарта\"}\nfee: {kk: \"Тегін.\", ru: \"Бесплатно.\"}\n"
            ))
        #expect(vague.missing == [.documents, .where])
        #expect(vague.vague == [.term])
    }

    @Test("A fact that is stated answers; one that ends does not")
    func stated() throws {
        let fact = "facts:\n  - {fact: term, term: 5 working days, source: \"x\"%}\n"
        let holding = fact.replacingOccurrences(of: "%", with: "")
        #expect(!CardSilence(try Self.card(holding)).missing.contains(.term))
        let ending = fact.replacingOccurrences(of: "%", with: ", until: 2026-12-31")
        #expect(CardSilence(try Self.card(ending)).missing.contains(.term))
    }

    @Test("The list begins with what was asked in vain, then with what was opened; a fact narrows it")
    func order() async throws {
        let knowledge = SearchKnowledge(
            questions: QuestionCues([.init(text: "сколько дней", target: .fact(.term, .outright))]))
        let world = try await World(knowledge: knowledge)
        let now = try at("2026-03-26 10:00:00")
        let filled =
            "documents: {kk: [\"а\"], ru: [\"б\"]}\nwhere: {kk: \"а\", ru: \"б\"}\nfee: {kk: \"тегін\", ru: \"бесплатно\"}\n"
        for (code, rest) in [
            ("S0288", filled), ("S0289", ""), ("S0290", ""),
            ("S0273", filled + "term: {kk: \"5 жұмыс күні\", ru: \"5 рабочих дней\"}\n"),
        ] {
            try await world.cards.edit(
                code, yaml: Array(("code: \(code)\n" + Self.head + rest).utf8), source: "test", expecting: 0,
                by: world.coordinator, at: now)
        }
        try await world.usage.cardOpened(query: "паспорт сколько дней", card: "S0288", rank: 1, at: now)
        for _ in 0..<2 { try await world.usage.cardOpened(query: "справка", card: "S0290", rank: 1, at: now) }
        let cards = try await world.cards.silentCards()
        #expect(cards.map(\.record.card.code) == ["S0288", "S0290", "S0289"])
        #expect(cards.map(\.askedInVain) == [1, 0, 0])
        #expect(cards.map(\.asked) == [1, 2, 0])
        #expect(try await world.cards.silentCards(.fee).map(\.record.card.code) == ["S0290", "S0289"])
        #expect(try await world.cards.silentCards(limit: 1).map(\.record.card.code) == ["S0288"])
        var filter = CardFilter()
        filter.flag = .silent
        #expect(try await world.cards.cards(filter).items.map(\.card.code) == ["S0288", "S0289", "S0290"])
    }
}
