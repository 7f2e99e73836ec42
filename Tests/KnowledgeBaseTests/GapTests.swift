import Casework
import GRDB
import Journal
import Languages
import TestSupport
import Testing

@testable import KnowledgeBase

@Suite("Knowledge gaps")
struct GapTests {
    @Test("What looks like a person's number is masked before it is kept")
    func masked() async throws {
        let world = try await World()
        let gap = try await world.gaps.report(
            "Жәрдемақы 850101300123, тел +7 701 123 45 67, карта 4400 1234 5678 9010", language: .kk,
            by: world.coordinator, at: try at("2026-03-26 10:00:00"))
        #expect(gap.id == "2026-000001")
        #expect(gap.words == "жәрдемақы ‹iin› тел ‹phone› карта ‹card›")
        let payloads = try world.journal.readNow { db in
            try String.fetchAll(db, sql: "SELECT payload FROM event WHERE name = 'gapReported'")
        }
        #expect(payloads.count == 1)
        #expect(payloads.allSatisfy { !$0.contains("850101300123") && !$0.contains("123 45 67") })
    }

    @Test("The same words while the gap is open count it once more; after its end a new one is reported")
    func counted() async throws {
        let world = try await World()
        func report(_ words: String, _ moment: String) async throws -> GapRecord {
            try await world.gaps.report(words, language: .ru, by: world.coordinator, at: try at(moment))
        }
        let first = try await report("Справка о  дедушке", "2026-03-26 10:00:00")
        let again = try await report("справка о дедушке", "2026-03-26 10:05:00")
        #expect(again.id == first.id)
        #expect(again.times == 2)
        try await world.gaps.dismiss(
            first.id, reason: "не наша услуга", by: world.coordinator, at: try at("2026-03-26 11:00:00"))
        let second = try await report("справка о дедушке", "2026-03-26 12:00:00")
        #expect(second.id == "2026-000002")
        #expect(try await world.gaps.gaps().items.map(\.id) == [second.id])
        let counts = try world.journal.readNow { try GapRecord.counts(in: $0) }
        #expect(counts == [.open: 1, .dismissed: 1])
        try world.expectSameAfterRebuild()
    }

    @Test("A gap is linked to a request, closed by an edition that exists, and never ended twice")
    func ended() async throws {
        let world = try await World()
        let now = try at("2026-03-26 10:00:00")
        let gap = try await world.gaps.report(
            "новое пособие", language: .ru, service: "S0001", by: world.coordinator, at: now)
        let asked = try await world.gaps.link(gap.id, request: "ADD-1", by: world.coordinator, at: now)
        #expect(asked.state == .asked)
        #expect(asked.state.isOpen)
        await #expect(throws: Refusal.self) {
            try await world.gaps.close(gap.id, card: "S0001", edition: 1, by: world.coordinator, at: now)
        }
        _ = try world.cards.importFolder(Repository.path + "/knowledge/services", by: world.coordinator, at: now)
        let closed = try await world.gaps.close(gap.id, card: "S0001", edition: 1, by: world.coordinator, at: now)
        #expect(closed.state == .closed)
        #expect(closed.request == "ADD-1")
        await #expect(throws: Refusal.self) {
            try await world.gaps.dismiss(gap.id, reason: "поздно", by: world.coordinator, at: now)
        }
        try world.expectSameAfterRebuild()
    }

    @Test("Nothing said, an unknown service and an unknown gap are refused", arguments: ["", "  ,, "])
    func refused(_ words: String) async throws {
        let world = try await World()
        let now = try at("2026-03-26 10:00:00")
        await #expect(throws: Refusal.self) {
            try await world.gaps.report(words, language: .kk, by: world.coordinator, at: now)
        }
        await #expect(throws: Refusal.self) {
            try await world.gaps.report("сөз", language: .kk, service: "S9999", by: world.coordinator, at: now)
        }
        await #expect(throws: Refusal.self) {
            try await world.gaps.dismiss("2026-000009", reason: "жоқ", by: world.coordinator, at: now)
        }
    }

    @Test("A list goes page by page through all gaps, each once")
    func paged() async throws {
        let world = try await World()
        let now = try at("2026-03-26 10:00:00")
        for word in ["бір", "екі", "үш", "төрт", "бес"] {
            try await world.gaps.report(word, language: .kk, by: world.coordinator, at: now)
        }
        var seen: [String] = []
        var cursor: String?
        repeat {
            let page = try await world.gaps.gaps(after: cursor, limit: 2)
            seen += page.items.map(\.words)
            cursor = page.next
        } while cursor != nil
        #expect(seen == ["бес", "төрт", "үш", "екі", "бір"])
    }
}
