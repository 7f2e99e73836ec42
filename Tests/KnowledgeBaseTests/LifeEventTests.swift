import CardSearch
import Foundation
import GRDB
import KnowledgeBase
import Languages
import Rulebook
import TestSupport
import Testing
import WorkingDays

@Suite("Life events")
struct LifeEventTests {
    private static let whole = """
        code: L01
        content: illustrative
        title: {kk: "Бала туды", ru: "Родился ребенок"}
        summary: {kk: "а", ru: "б"}
        says: {kk: ["бала туды"], ru: ["родился сын"]}
        steps:
          - {card: S0121, what: {kk: "а", ru: "б"}, who: {kk: "а", ru: "б"}, by: {kk: "а", ru: "б"}}
          - {card: S0122, what: {kk: "а", ru: "б"}, who: {kk: "а", ru: "б"}, by: {kk: "а", ru: "б"}, where: {kk: "в", ru: "г"}}

        """

    @Test("A file is read with its steps in order")
    func read() throws {
        let (event, problems) = LifeEvents.read(Self.whole, file: "L01.yaml")
        #expect(problems.isEmpty)
        #expect(event?.steps.map(\.card) == ["S0121", "S0122"])
        #expect(event?.steps.map { $0.place?.ru } == [nil, "г"])
        #expect(event?.says == ["бала туды", "родился сын"])
    }

    @Test(
        "What is wrong is named with its line",
        arguments: [
            ("code: L01", "code: L02", 1, "must be called L02.yaml"),
            ("content: illustrative", "content: registry-only", 2, "illustrative or confirmed"),
            ("ru: \"Родился ребенок\"", "en: \"x\"", 3, "unknown key"),
            ("says: {kk: [\"бала туды\"], ru: [\"родился сын\"]}", "says: {kk: []}", 5, "“says” is empty"),
            ("card: S0122, ", "", 8, "\"card\""),
        ])
    func faults(part: String, other: String, line: Int, said: String) {
        let text = Self.whole.replacingOccurrences(of: part, with: other)
        let (event, problems) = LifeEvents.read(text, file: "L01.yaml")
        #expect(event == nil)
        #expect(problems.contains { $0.line == line && $0.message.contains(said) }, "\(problems)")
    }

    @Test("The folder of this repository holds fifteen, each over cards that are there, in both languages")
    func own() throws {
        let events = try LifeEvents.load(folder: Repository.path + "/knowledge/life-events")
        #expect(events.all.count == 15)
        for event in events.all {
            #expect(event.content == .illustrative)
            for step in event.steps {
                let file = Repository.path + "/knowledge/services/\(step.card).yaml"
                #expect(FileManager.default.fileExists(atPath: file), "\(event.code) names \(step.card)")
            }
        }
        #expect(try LifeEvents.load(folder: "/nowhere").all.isEmpty)
    }

    @Test(
        "A story is known however it is told, and a question about one service is none",
        arguments: [
            ("у нас вчера родилась дочка", "L01"), ("qyzym tudy", "L01"), ("жена радила", "L01"),
            ("жена родила сына", "L01"),
            ("мама умерла что делать", "L02"), ("экем кайтыс болды", "L02"), ("көшіп келдік жаңа қалаға", "L03"),
            ("хочу открыть свой магазин", "L04"), ("меня вчера уволили с работы", "L05"),
            ("жұмыстан қысқарып қалдым", "L05"), ("украли сумку со всеми документами", "L08"),
            ("ghfdf", nil), ("загранпаспорт", nil), ("сколько стоит техпаспорт", nil), ("кино билеты", nil),
        ])
    func found(words: String, code: String?) throws {
        #expect(try Self.search(words).events.first == code)
    }

    /// The answer of the search over the cards of this repository.
    private static func search(_ words: String) throws -> SearchAnswer {
        let (engine, store) = try made.get()
        return try store.read { try engine.search(SearchQuery(words, readsQuestion: true), in: $0) }
    }

    private static let made = Result {
        var knowledge = try SearchKnowledge.load(folder: Repository.path + "/knowledge/search")
        knowledge.events = try LifeEvents.load(folder: Repository.path + "/knowledge/life-events").cues
        let engine = SearchEngine(knowledge)
        let store = try DatabaseQueue()
        let folder = Repository.path + "/knowledge/services"
        try store.write { db in
            try SearchIndex.create(in: db)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            where name.hasSuffix(".yaml") {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
                try SearchIndex.save(CardFile.read(bytes, file: name).card.searchable(state: "live"), in: db)
            }
            try engine.refresh(from: db)
        }
        return (engine, store)
    }
}
