import Foundation
import GRDB
import Testing

@testable import CardSearch

/// Figures, not a judgement: run by `scripts/bench-search`, passed over otherwise.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["SEARCH_BENCH"] != nil)) struct SearchBench {
    @Test("Times of the search beside the bare FTS5 query of the same candidates", arguments: [1_518, 50_000])
    func times(cards count: Int) throws {
        let knowledge = try SearchFixture.knowledge.get()
        let cards = SampleCards.make(count: count, from: knowledge)
        let clock = ContinuousClock()
        let fixture = try SearchFixture(cards: cards, knowledge: knowledge)
        var saves: [Double] = []
        for card in cards.prefix(200) {
            saves.append(ms(try clock.measure { try fixture.store.write { try SearchIndex.save(card, in: $0) } }))
        }
        let refresh = ms(try clock.measure { try fixture.store.read { try fixture.engine.refresh(from: $0) } })
        let use = ms(clock.measure { fixture.engine.use(synonyms: knowledge.synonyms) })
        var random = SeededGenerator(seed: 3)
        let sayings = knowledge.synonyms.groups.flatMap(\.say)
        var queries: [String] = (0..<200).compactMap { _ in sayings.randomElement(using: &random) }
        queries += (0..<200).compactMap { _ in cards.randomElement(using: &random).map { String($0.titleRU.prefix(40)) }
        }
        var whole: [Double] = []
        var bare: [Double] = []
        try fixture.store.read { db in
            for round in 0..<3 {
                for query in queries {
                    let request = SearchQuery(query, limit: 5)
                    let time = ms(try clock.measure { _ = try fixture.engine.search(request, in: db) })
                    let match = try fixture.engine.match(request)
                    let plain = ms(try clock.measure { _ = try CandidateSearch.rows(match, in: db) })
                    if round > 0 {
                        whole.append(time)
                        bare.append(plain)
                    }
                }
            }
        }
        func line(_ name: String, _ times: [Double]) -> String {
            let sorted = times.sorted()
            func at(_ share: Double) -> String {
                String(format: "%.2f", sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))])
            }
            return "\(name): p50 \(at(0.5)) p95 \(at(0.95)) p99 \(at(0.99)) max \(at(1)) ms"
        }
        print("cards \(count)")
        print(line("  search", whole))
        print(line("  bare FTS5 candidates", bare))
        print(line("  save of a card", saves))
        print(
            String(
                format: "  refresh %.0f ms, synonyms in effect %.0f ms, structures %.1f MB", refresh, use,
                Double(fixture.engine.byteCount) / 1e6))
        #expect(!whole.isEmpty)
    }

    private func ms(_ duration: Duration) -> Double {
        Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3
    }
}
