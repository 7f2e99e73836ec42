import Journal
import TestSupport
import Testing
import WorkingDays

@testable import KnowledgeBase

@Suite("Learning from use")
struct UsageTests {
    @Test("After one half-life a use counts half, and it never grows")
    func faded() {
        let rules = LearningRules.standard
        let day: Int64 = 86_400_000
        #expect(rules.faded(4, milliseconds: 0) == 4)
        #expect(abs(rules.faded(4, milliseconds: 30 * day) - 2) < 1e-9)
        #expect(abs(rules.faded(4, milliseconds: 60 * day) - 1) < 1e-9)
        #expect(rules.faded(4, milliseconds: -5) == 4)
    }

    @Test("What was the answer weighs more than what was opened, and the first place tells least")
    func boosts() async throws {
        let world = try await World()
        let now = try at("2026-03-26 10:00:00")
        try await world.usage.cardOpened(query: "Пособие", card: "S0001", rank: 1, at: now)
        try await world.usage.cardOpened(query: "пособие", card: "S0002", rank: 3, at: now)
        try await world.usage.answerConfirmed(query: "ПОСОБИЕ ", card: "S0003", at: now)
        let boosts = try world.usage.boosts(for: "пособие", at: now)
        #expect(boosts.keys.sorted() == ["S0001", "S0002", "S0003"])
        #expect(boosts["S0001"] ?? 1 < boosts["S0002"] ?? 0)
        #expect(boosts["S0002"] ?? 1 < boosts["S0003"] ?? 0)
        #expect(boosts.values.allSatisfy { $0 > 0 && $0 < 1 })
        let later = try world.usage.boosts(for: "пособие", at: try at("2026-09-26 10:00:00"))
        #expect(later["S0003"] ?? 1 < boosts["S0003"] ?? 0)
    }

    @Test("Switched off, use says nothing; what was learnt is kept")
    func switched() async throws {
        let world = try await World()
        let now = try at("2026-03-26 10:00:00")
        try await world.usage.cardOpened(query: "пособие", card: "S0001", rank: 2, at: now)
        try await world.usage.switchLearning(on: false, by: world.coordinator, at: now)
        #expect(try world.usage.boosts(for: "пособие", at: now).isEmpty)
        #expect(try await world.usage.learning().changedBy == "user:7")
        try await world.usage.switchLearning(on: true, by: world.coordinator, at: now)
        #expect(try world.usage.boosts(for: "пособие", at: now).count == 1)
    }

    @Test("Words without a good result are counted masked, settled, and open again when they are met again")
    func weak() async throws {
        let world = try await World()
        let now = try at("2026-03-26 10:00:00")
        for words in ["кубышка 850101300123", "КУБЫШКА 990101300123", "другое", "12"] {
            try await world.usage.unanswered(words, at: now)
        }
        let list = try await world.usage.weakQueries()
        #expect(list.items.map(\.words) == ["кубышка ‹iin›", "другое"])
        #expect(list.items.map(\.times) == [2, 1])
        try await world.usage.settle("кубышка ‹iin›", as: "synonym:x", by: world.coordinator, at: now)
        try await world.usage.settle("другое", as: nil, by: world.coordinator, at: now)
        #expect(try await world.usage.weakQueries().items.isEmpty)
        try await world.usage.unanswered("кубышка 850101300123", at: now)
        try await world.usage.unanswered("другое", at: now)
        #expect(try await world.usage.weakQueries().items.map(\.words) == ["кубышка ‹iin›"])
        #expect(try await world.usage.weakQueries(.dismissed).items.map(\.words) == ["другое"])
    }

    @Test("What was not met for the days of the rules is forgotten")
    func tidied() async throws {
        let world = try await World()
        try await world.usage.unanswered("ескі", at: try at("2024-01-01 10:00:00"))
        try await world.usage.unanswered("жаңа", at: try at("2026-03-01 10:00:00"))
        try world.usage.tidy(at: try at("2026-03-26 10:00:00"))
        #expect(try await world.usage.weakQueries().items.map(\.words) == ["жаңа"])
    }
}
