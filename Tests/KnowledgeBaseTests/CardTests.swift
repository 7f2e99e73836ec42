import CardSearch
import Casework
import Foundation
import GRDB
import Journal
import KnowledgeBase
import Languages
import TestSupport
import Testing

@Suite("Cards")
struct CardTests {
    private func world() async throws -> World {
        let (world, folder) = (try await World(), CardFolder())
        try folder.write("S0001.yaml", CardFolder.card())
        _ = try world.take(folder)
        return world
    }

    @Test("A confirmation of an edition that is not the present one is refused, and one counts for its edition only")
    func stale() async throws {
        let world = try await world()
        try await world.edit(CardFolder.card(feeRU: "2 МРП"), expecting: 1)
        await #expect { try await world.perform(.confirm(edition: 1, body: "MD", document: "letter 7")) } throws: {
            ($0 as? Refusal)?.code == "card.stale"
        }
        #expect(try await world.cards.card("S0001")?.confirmedAt == nil)
        let confirmed = try await world.perform(.confirm(edition: 2, body: "MD", document: "letter 7"))
        #expect(confirmed.confirmedBy == "MD")
        #expect(confirmed.content == .confirmed)
        let edited = try await world.edit(CardFolder.card(feeRU: "3 МРП"), expecting: 2)
        #expect(edited.confirmedAt == nil)
        let editions = try world.journal.readNow { try CardRecord.editions(of: "S0001", in: $0) }
        #expect(editions.map(\.edition) == [3, 2, 1])
        #expect(editions.map(\.confirmedBy) == [nil, "MD", nil])
        try world.expectSameAfterRebuild()
    }

    @Test("Only a body of the register confirms, and it names its letter")
    func body() async throws {
        let world = try await world()
        await #expect(throws: Refusal.self) {
            try await world.perform(.confirm(edition: 1, body: "NOBODY", document: "letter 7"))
        }
        await #expect(throws: Refusal.self) {
            try await world.perform(.confirm(edition: 1, body: "MD", document: " "))
        }
    }

    @Test(
        "Only the body that answers for a card confirms it, or one above it, and only where something stands in it",
        arguments: [
            ("MD", CardFolder.card(), nil), ("KGD", CardFolder.card(), "card.otherBody"),
            ("MD", CardFolder.empty, "card.empty"), ("NOBODY", CardFolder.card(), "card.unknownBody"),
        ] as [(String, String, String?)])
    func confirms(body: String, card: String, code: String?) async throws {
        let (world, folder) = (try await World(), CardFolder())
        try folder.write("S0001.yaml", card)
        _ = try world.take(folder)
        do {
            try await world.perform(.confirm(edition: 1, body: body, document: "letter 7"))
            #expect(code == nil)
        } catch let refusal as Refusal {
            #expect(refusal.code == code)
        }
    }

    @Test("An edition lifts the mark only when it brings what was out of date (797 §6)")
    func outdated() async throws {
        let world = try await world()
        try await world.perform(.markOutOfDate(fields: ["fee", "documents"], reason: "new order"))
        let other = try await world.edit(
            CardFolder.card(more: "term: {kk: \"5 күн\", ru: \"5 дней\"}"), expecting: 1)
        #expect(other.outdated?.fields == ["documents", "fee"])
        let fee = try await world.edit(CardFolder.card(feeRU: "2 МРП"), expecting: 2)
        #expect(fee.outdated?.fields == ["documents"])
        let documents = try await world.edit(
            CardFolder.card(feeRU: "2 МРП").replacingOccurrences(of: "\"Заявление\", ", with: ""), expecting: 3)
        #expect(documents.outdated == nil)
        try world.expectSameAfterRebuild()
    }

    @Test(
        "A mark without fields is lifted by an edition that says so, or by the body's confirmation, and not otherwise")
    func outdatedWhole() async throws {
        let world = try await world()
        try await world.perform(.markOutOfDate(fields: [], reason: "new order"))
        #expect(try await world.edit(CardFolder.card(feeRU: "2 МРП"), expecting: 1).outdated != nil)
        #expect(try await world.edit(CardFolder.card(feeRU: "3 МРП"), expecting: 2, renews: true).outdated == nil)
        try await world.perform(.markOutOfDate(fields: [], reason: "another order"))
        #expect(try await world.perform(.confirm(edition: 3, body: "MD", document: "letter 7")).outdated == nil)
        await #expect(throws: Refusal.self) {
            try await world.perform(.markOutOfDate(fields: ["colour"], reason: "x"))
        }
    }

    @Test("The state follows onboarding: draft, accepted, live; out of date only when live; withdrawn before all")
    func states() async throws {
        let world = try await world()
        func onboard(_ event: StandInForOnboarding, _ version: Int) throws {
            _ = try world.casework.transactNow(by: world.coordinator, at: try at("2026-03-26 12:00:00")) { session in
                try session.append([event], to: StreamID("informationRequest/1"), expecting: version)
                return version
            }
        }
        func state() async throws -> CardState? { try await world.cards.card("S0001")?.state }
        #expect(try await state() == .draft)
        try await world.perform(.markOutOfDate(fields: [], reason: "order"))
        #expect(try await state() == .draft)
        try onboard(.protocolCompleted(service: "S0001"), 0)
        #expect(try await state() == .accepted)
        try onboard(.wentLive(service: "S0001"), 1)
        #expect(try await state() == .outOfDate)
        #expect(try await world.perform(.withdraw(reason: "abolished")).state == .withdrawn)
        await #expect(throws: Refusal.self) { try await world.perform(.withdraw(reason: "again")) }
        #expect(try await world.perform(.restore(reason: "by mistake")).state == .outOfDate)
        #expect(try await world.edit(CardFolder.card(feeRU: "5 МРП"), expecting: 1, renews: true).state == .live)
        try onboard(.protocolCompleted(service: "S0001"), 2)
        #expect(try await state() == .live)
        try world.expectSameAfterRebuild()
    }

    @Test(
        "A change that the body must report makes the card of an accepted service out of date, until the new edition (§6)"
    )
    func changed() async throws {
        let world = try await world()
        func onboard(_ event: StandInForOnboarding, _ stream: String, _ version: Int) throws {
            _ = try world.casework.transactNow(by: world.coordinator, at: try at("2026-03-26 12:00:00")) { session in
                try session.append([event], to: StreamID(stream), expecting: version)
                return version
            }
        }
        func card() async throws -> CardRecord { try #require(try await world.cards.card("S0001")) }
        let change = StandInForOnboarding.changeTookEffect(service: "S0001")
        try onboard(change, "information-change/early", 0)
        #expect(try await card().outdated == nil, "nothing was accepted yet that could change")
        try onboard(.protocolCompleted(service: "S0001"), "informationRequest/1", 0)
        try onboard(.wentLive(service: "S0001"), "informationRequest/1", 1)
        #expect(try await card().state == .live)
        try onboard(change, "information-change/1", 0)
        #expect(try await card().state == .outOfDate)
        #expect(try await card().outdated?.reason == "797 §6: information-change/1")
        try onboard(change, "information-change/2", 0)
        #expect(try await card().outdated?.reason == "797 §6: information-change/1")
        #expect(try await world.edit(CardFolder.card(feeRU: "5 МРП"), expecting: 1).state == .outOfDate)
        #expect(try await world.edit(CardFolder.card(feeRU: "6 МРП"), expecting: 2, renews: true).state == .live)
        try world.expectSameAfterRebuild()
    }

    @Test("Who read another edition than the present one cannot edit over it")
    func expected() async throws {
        let world = try await world()
        try await world.edit(CardFolder.card(feeRU: "2 МРП"), expecting: 1)
        await #expect { try await world.edit(CardFolder.card(feeRU: "4 МРП"), expecting: 1) } throws: {
            ($0 as? Refusal)?.code == "card.changed"
        }
        await #expect { try await world.edit(CardFolder.card(feeRU: "2 МРП"), expecting: 2) } throws: {
            ($0 as? Refusal)?.code == "card.same"
        }
        await #expect { try await world.edit("code: S0001\ncolour: red", expecting: 2) } throws: {
            ($0 as? CardFileProblems)?.problems.count == 5
        }
    }

    @Test("A part changed in one language only is flagged with the newer language until the other follows")
    func uneven() async throws {
        let world = try await world()
        let half = try await world.edit(CardFolder.card(feeRU: "2 МРП"), expecting: 1)
        #expect(half.isUneven)
        #expect(try world.journal.readNow { try half.unevenItems(in: $0) } == ["fee": .ru])
        var filter = CardFilter()
        filter.flag = .uneven
        #expect(try await world.cards.cards(filter).items.map(\.card.code) == ["S0001"])
        let followed = try await world.edit(CardFolder.card(fee: "2 АЕК", feeRU: "2 МРП"), expecting: 2)
        #expect(!followed.isUneven)
        #expect(try await world.edit(CardFolder.card(fee: "3 АЕК", feeRU: "3 МРП"), expecting: 3).isUneven == false)
        let twice = try await world.edit(CardFolder.card(fee: "4 АЕК", feeRU: "3 МРП"), expecting: 4)
        #expect(try world.journal.readNow { try twice.unevenItems(in: $0) } == ["fee": .kk])
        #expect(try await world.edit(CardFolder.card(fee: "5 АЕК", feeRU: "3 МРП"), expecting: 5).isUneven)
        try world.expectSameAfterRebuild()
    }

    @Test("Cards of states that may not be seen are not found; a region's card comes before another region's")
    func visibility() async throws {
        let (world, folder) = (try await World(), CardFolder())
        try folder.write("S0001.yaml", CardFolder.card(more: "region: \"19\""))
        try folder.write("S0002.yaml", CardFolder.card("S0002", more: "region: \"11\""))
        #expect(try world.take(folder).refused == [])
        func codes(_ states: Set<CardState>, from region: String? = nil) async throws -> [String] {
            var query = SearchQuery("освобождение от призыва", callerRegion: region)
            query.filters.states = states.map(\.rawValue)
            return try await world.cards.search(query).cards.map(\.code)
        }
        let all = CardState.visible(managesCards: true, seesDrafts: false)
        #expect(try await codes(all, from: "19") == ["S0001", "S0002"])
        #expect(try await codes(all, from: "19") == ["S0001", "S0002"])
        #expect(try await codes(all, from: "11") == ["S0002", "S0001"])
        #expect(try await codes(CardState.visible(managesCards: false, seesDrafts: false)) == [])
        try await world.perform(.withdraw(reason: "abolished"))
        #expect(try await codes(CardState.visible(managesCards: false, seesDrafts: true)) == ["S0002"])
    }

    @Test("A list goes page by page through a choice")
    func list() async throws {
        let (world, folder) = (try await World(), CardFolder())
        for number in 1...5 { try folder.write("S000\(number).yaml", CardFolder.card("S000\(number)")) }
        _ = try world.take(folder)
        try await world.perform(.withdraw(reason: "abolished"), on: "S0003")
        var filter = CardFilter()
        filter.states = [.draft]
        filter.owner = "MD"
        let first = try await world.cards.cards(filter, limit: 3)
        #expect(first.items.map(\.card.code) == ["S0001", "S0002", "S0004"])
        let second = try await world.cards.cards(filter, after: first.next, limit: 3)
        #expect(second.items.map(\.card.code) == ["S0005"])
        #expect(second.next == nil)
        #expect(try world.journal.readNow { try CardRecord.count(filter, in: $0) } == 4)
    }

    @Test(
        "Of two cards that fit equally well, the one that may be consulted on comes first",
        arguments: ["S0001", "S0002"])
    func liveFirst(code: String) async throws {
        let (world, folder) = (try await World(), CardFolder())
        for code in ["S0001", "S0002"] { try folder.write(code + ".yaml", CardFolder.card(code)) }
        _ = try world.take(folder)
        _ = try world.casework.transactNow(by: world.coordinator, at: try at("2026-03-26 12:00:00")) { session in
            let events: [StandInForOnboarding] = [.protocolCompleted(service: code), .wentLive(service: code)]
            try session.append(events, to: StreamID("informationRequest/1"), expecting: 0)
            return events.count
        }
        let found = try await world.cards.search(SearchQuery("освобождение от призыва")).cards
        #expect(found.map(\.code).first == code)
        #expect(found.map(\.state) == [.live, .draft])
    }

    @Test("Use breaks the tie of two cards that fit equally well")
    func tie() async throws {
        let (world, folder) = (try await World(), CardFolder())
        for code in ["S0001", "S0002"] { try folder.write(code + ".yaml", CardFolder.card(code)) }
        _ = try world.take(folder)
        let words = "освобождение от призыва"
        let before = try await world.cards.search(SearchQuery(words)).cards.map(\.code)
        let other = try #require(before.last)
        try await world.usage.answerConfirmed(query: words, card: other, at: try at("2026-03-26 09:00:00"))
        #expect(try await world.cards.search(SearchQuery(words)).cards.first?.code == other)
    }
}
