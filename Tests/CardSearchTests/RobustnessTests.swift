import CardSearch
import Foundation
import GRDB
import Testing

@Suite struct RobustnessTests {
    static let nasty: [String] = [
        "", " ", "\"", "\"\"\"", "*", "рыб*", "NEAR(рыба, 3)", "рыба AND", "OR OR", "NOT", "(рыба", "рыба))",
        "tru:рыба", "{tru} : рыба",
        "рыба-билет", "-рыба", "^рыба", "рыба + билет", "\u{0}рыба\u{0}", "👩‍👩‍👧‍👦🎣", "ры\u{301}ба\u{308}", "\u{202e}рыба",
        "شهادة", "魚", "ไทย",
        "'; DROP TABLE searchCard; --", "%_%", "\\", "\u{FFFD}", "\u{FEFF}рыба", "１２３", "٠١٢", "Ⅳ", "ǆ", "ﬁ",
        "İstanbul", "ß", "ʼ", "ª",
        String(repeating: "рыба ", count: 20_000), String(repeating: "a", count: 100_000),
        String(repeating: "\"", count: 100_000),
        String(repeating: "ә\u{301}", count: 50_000), String(repeating: "9", count: 100_000),
        String(repeating: "справка о ", count: 10_000),
    ]

    @Test("Any text gives results or an empty list", arguments: RobustnessTests.nasty.indices)
    func anyText(number: Int) throws {
        let fixture = try SearchFixture.shared.get()
        for isExact in [false, true] {
            let answer = try fixture.search(SearchQuery(Self.nasty[number], isExact: isExact))
            #expect(answer.hits.count <= 20)
            for card in SearchFixture.cards { _ = Highlighter(answer).snippet(of: card.descriptionKK, words: 3) }
        }
    }

    @Test("Bytes that are not UTF-8 are a query too")
    func anyBytes() throws {
        let fixture = try SearchFixture.shared.get()
        for seed in 0..<64 {
            let bytes = (0..<200).map { UInt8(truncatingIfNeeded: ($0 * 131 + seed * 977) ^ ($0 << (seed & 7))) }
            _ = try fixture.search(SearchQuery(String(decoding: bytes, as: UTF8.self)))
        }
    }

    /// A million of them by `scripts/fuzz-search`; a few with every run of the tests.
    @Test("Random and mutated queries give results or an empty list")
    func fuzz() throws {
        let count = ProcessInfo.processInfo.environment["SEARCH_FUZZ"].flatMap(Int.init) ?? 400
        let seed = ProcessInfo.processInfo.environment["SEARCH_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
        let knowledge = try SearchFixture.knowledge.get()
        let fixture = try SearchFixture(cards: SampleCards.make(count: 300, from: knowledge), knowledge: knowledge)
        var fuzzer = QueryFuzzer(seed: seed, sayings: knowledge.synonyms.groups.flatMap(\.say))
        let clock = ContinuousClock()
        var slowest = (time: Duration.zero, query: "")
        var answered = 0
        try fixture.store.read { db in
            for number in 0..<count {
                let text = fuzzer.next()
                let start = clock.now
                let answer = try fixture.engine.search(
                    SearchQuery(text, limit: 5, isExact: number % 17 == 0), in: db)
                let time = clock.now - start
                if time > slowest.time { slowest = (time, text) }
                if !answer.hits.isEmpty { answered += 1 }
            }
        }
        if count > 1_000 {
            print(
                "fuzz: \(count) queries of seed \(seed), none failed; \(answered) answered; slowest \(slowest.time) for «\(slowest.query.prefix(80))»"
            )
        }
        #expect(answered > count / 10)
    }
}
