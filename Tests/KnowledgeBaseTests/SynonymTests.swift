import CardSearch
import Casework
import Foundation
import Journal
import KnowledgeBase
import TestSupport
import Testing

@Suite("Synonyms")
struct SynonymTests {
    private static let file = SynonymTable.Group(
        id: "army-release", sphere: "defence", say: ["белый билет"], meanKK: ["әскерден босату"],
        meanRU: ["освобождение от призыва"])

    private func world() async throws -> World {
        let world = try await World(knowledge: SearchKnowledge(synonyms: SynonymTable(groups: [Self.file])))
        let folder = CardFolder()
        try folder.write("S0001.yaml", CardFolder.card())
        let other = CardFolder.card("S0002").replacingOccurrences(
            of: "Освобождение от призыва", with: "Выдача паспорта"
        )
        .replacingOccurrences(of: "Әскерден босату", with: "Паспорт беру")
        try folder.write("S0002.yaml", other)
        _ = try world.take(folder)
        return world
    }

    private func first(_ words: String, _ world: World) async throws -> String? {
        try await world.cards.search(SearchQuery(words)).cards.first?.code
    }

    private func group(_ id: String, _ say: [String], _ mean: [String]) -> SynonymTable.Group {
        SynonymTable.Group(id: id, sphere: "defence", say: say, meanKK: [], meanRU: mean)
    }

    private func make(
        _ change: SynonymChange, _ world: World, expecting version: Int = 0, reason: String = "callers say so"
    ) async throws {
        try await world.synonyms.make(
            change, reason: reason, expecting: version, by: world.coordinator, at: try at("2026-03-26 12:00:00"))
    }

    @Test("A change is in effect at once and after a restart, its history is kept, and tables made anew are the same")
    func effect() async throws {
        let world = try await world()
        #expect(try await first("откосить", world) == nil)
        try await make(.save(group("dodge", ["откосить"], ["освобождение от призыва"])), world)
        #expect(try await first("откосить", world) == "S0001")
        try await make(.save(group("dodge", ["откосить"], ["выдача паспорта"])), world, expecting: 1)
        #expect(try await first("откосить", world) == "S0002")
        try await make(.withdraw("dodge"), world, expecting: 2)
        #expect(try await first("откосить", world) == nil)
        let history = try await world.synonyms.history(of: "dodge")
        #expect(history.map(\.version) == [3, 2, 1])
        #expect(history.first?.group == nil)
        #expect(try await world.synonyms.group("dodge")?.source == .withdrawn)
        try world.expectSameAfterRebuild()
    }

    @Test("A new start follows what was recorded before it")
    func restart() async throws {
        let world = try await world()
        try await make(.withdraw("army-release"), world)
        let knowledge = SearchKnowledge(synonyms: SynonymTable(groups: [Self.file]))
        let cards = CardDesk(casework: world.casework, knowledge: knowledge)
        let synonyms = SynonymDesk(casework: world.casework, cards: cards, files: knowledge.synonyms)
        #expect(try await cards.search(SearchQuery("белый билет")).cards.first?.code == "S0001")
        try world.journal.readNow { try synonyms.follow(in: $0) }
        #expect(try await cards.search(SearchQuery("белый билет")).cards.isEmpty)
    }

    @Test("Before a change is made, the kept queries say what gets better and worse, and nothing has changed")
    func trial() async throws {
        let world = try await world()
        let now = try at("2026-03-26 12:00:00")
        try await world.synonyms.keep("белый билет", card: "S0001", by: world.coordinator, at: now)
        try await world.synonyms.keep("откосить", card: "S0001", by: world.coordinator, at: now)
        try await world.synonyms.keep("паспорт", card: "S0002", by: world.coordinator, at: now)
        let better = try await world.synonyms.trial(.save(group("dodge", ["откосить"], ["освобождение от призыва"])))
        #expect(better.tried == 3)
        #expect(better.better.map(\.query.text) == ["откосить"])
        #expect(better.better.first?.before == nil)
        #expect(better.better.first?.after == 1)
        #expect(better.worse.isEmpty)
        let worse = try await world.synonyms.trial(.withdraw("army-release"))
        #expect(worse.worse.map(\.query.text) == ["белый билет"])
        #expect(worse.notFirst == 2)
        #expect(try await first("откосить", world) == nil)
        #expect(try await first("белый билет", world) == "S0001")
        #expect(try await world.synonyms.history().isEmpty)
        try await world.synonyms.drop("паспорт", by: world.coordinator, at: now)
        #expect(try await world.synonyms.savedQueries().map(\.text) == ["белый билет", "откосить"])
        await #expect(throws: Refusal.self) {
            try await world.synonyms.keep("слово", card: "S9999", by: world.coordinator, at: now)
        }
        try world.expectSameAfterRebuild()
    }

    @Test("Who saw an earlier state does not change over another; what is incomplete is refused by its field")
    func refused() async throws {
        let world = try await world()
        func code(_ change: SynonymChange, _ version: Int = 0, reason: String = "r") async throws -> String? {
            do {
                try await make(change, world, expecting: version, reason: reason)
                return nil
            } catch let refusal as Refusal { return refusal.code }
        }
        #expect(try await code(.save(group("x", [" "], ["а"]))) == "synonym.say")
        #expect(try await code(.save(group("x", ["а"], []))) == "synonym.mean")
        #expect(try await code(.save(group("Икс", ["а"], ["б"]))) == "synonym.id")
        #expect(try await code(.save(group("x", ["а"], ["б"])), reason: " ") == "synonym.noReason")
        #expect(try await code(.save(Self.file)) == "synonym.same")
        #expect(try await code(.withdraw("nothing")) == "synonym.unknown")
        #expect(try await code(.save(group("x", ["а"], ["б"]))) == nil)
        #expect(try await code(.save(group("x", ["в"], ["б"]))) == "synonym.changed")
    }

    @Test("The list says where each group comes from and is searched by its words")
    func list() async throws {
        let world = try await world()
        try await make(.save(group("dodge", ["откосить"], ["освобождение от призыва"])), world)
        var changed = Self.file
        changed.say.append("негоден")
        try await make(.save(changed), world)
        let all = try await world.synonyms.groups()
        #expect(all.items.map(\.group.id) == ["army-release", "dodge"])
        #expect(all.items.map(\.source) == [.changed, .added])
        #expect(try await world.synonyms.groups(holding: "НЕГОДЕН").items.map(\.group.id) == ["army-release"])
        let first = try await world.synonyms.groups(limit: 1)
        #expect(try await world.synonyms.groups(after: first.next, limit: 1).items.map(\.group.id) == ["dodge"])
    }
}
