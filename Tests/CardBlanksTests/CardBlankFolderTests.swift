import CardBlanks
import CardSearch
import Casework
import Foundation
import GRDB
import Journal
import KnowledgeBase
import Registry
import Rulebook
import TestSupport
import Testing
import Workbooks
import WorkingDays

@Suite("Filled forms of cards in files")
struct CardBlankFolderTests {
    private struct World: TestWorld, Sendable {
        let centre: TestCentre
        let cards: CardDesk

        init() async throws {
            centre = try await TestCentre(
                Registry.eventTypes + CardDesk.eventTypes, actor: Actor("user:7")
            ) { Registry.projections($0) + [CardProjection(catalogue: $0)] }
            cards = CardDesk(casework: centre.casework, knowledge: SearchKnowledge())
            _ = try RegistryFolder.import(
                folder: Repository.path + "/knowledge", into: centre.casework, by: actor,
                at: try at("2026-01-05 09:00:00"))
            _ = try cards.importFolder(
                Repository.path + "/knowledge/services", by: actor, at: try at("2026-01-05 09:30:00"))
        }

        func take(_ path: String, isDone: Bool = true) throws -> CardBlankFolder.Report {
            try CardBlankFolder.take(
                path, CardBlankTests.words, into: cards, origin: .submission, isDone: isDone, by: actor,
                at: try at("2026-03-27 10:00:00"))
        }

        func editions() async throws -> [Int] {
            var editions: [Int] = []
            for code in ["S0288", "S0289"] { editions.append(try await cards.card(code)?.edition ?? 0) }
            return editions
        }
    }

    @Test("A folder of filled forms is taken in whole; with one fault nothing is, and it is named with its cell")
    func whole() async throws {
        let world = try await World()
        let folder = TemporaryFolder()
        func write(_ name: String, _ lines: [String]) throws {
            try Data(lines.joined(separator: "\r\n").utf8).write(to: URL(fileURLWithPath: folder.file(name)))
        }
        try write("S0288.csv", ["card;;S0288", "edition;;1", "fee;;Тегін;Бесплатно навсегда"])
        try write("S0289.csv", ["card;;S0289", "edition;;1", "facts.0;fee;;;много;mci;;;Закон;;"])
        try write("~$S0289.csv", ["nothing"])
        #expect(try CardBlankFolder.isMeant(by: folder.path))
        let wrong = try world.take(folder.path)
        #expect(
            wrong.problems.map { "\($0.file) \($0.address ?? "") \($0.fault?.rawValue ?? "")" } == [
                "S0289.csv E3 noNumber"
            ])
        #expect(try await world.editions() == [1, 1], "nothing half-done")

        try write("S0289.csv", ["card;;S0289", "edition;;1", "facts.0;fee;;;0,5;mci;;;Закон;;"])
        #expect(try world.take(folder.path, isDone: false).changed == 2)
        #expect(try await world.editions() == [1, 1], "only looked at")
        let right = try world.take(folder.path)
        #expect(right.problems.isEmpty && right.changed == 2)
        #expect(try await world.editions() == [2, 2])
        let card = try #require(try await world.cards.card("S0289"))
        #expect(card.card.stated?.first?.mci?.description == "0.5" && card.origin == .submission)
        // The same blanks again are of an edition that is not in force any more.
        #expect(try world.take(folder.path).problems.allSatisfy { $0.reason != nil })
        #expect(try await world.editions() == [2, 2])
    }

    @Test("Two files of one card, a card that is not there and a file that is no form are refused by name")
    func refused() async throws {
        let world = try await World()
        let folder = TemporaryFolder()
        for (name, text) in [
            ("a.csv", "card;;S0288\r\nfee;;а;б"), ("b.csv", "card;;S0288\r\nfee;;в;г"),
            ("c.csv", "card;;S9999\r\nfee;;а;б"), ("d.csv", "x;y\r\n1;2"), ("e.xlsx", "no workbook at all"),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
        }
        let report = try world.take(folder.path)
        #expect(Set(report.problems.map(\.file)).isSuperset(of: ["b.csv", "c.csv", "d.csv"]))
        #expect(try await world.editions() == [1, 1])
        try Data("code: S0288".utf8).write(to: URL(fileURLWithPath: folder.file("S0288.yaml")))
        #expect(!(try CardBlankFolder.isMeant(by: folder.path)), "YAML is taken in as ever")
    }

    @Test("Blanks that come back as they went out change nothing")
    func unchanged() async throws {
        let world = try await World()
        let folder = TemporaryFolder()
        for code in ["S0001", "S0100", "S0288"] {
            let record = try #require(try await world.cards.card(code))
            let blank = CardBlank(
                CardForm(record.card), of: code, edition: record.edition, fields: CardFormField.allCases,
                CardBlankTests.words, on: try #require(CivilDate("2026-03-27")))
            try blank.workbook.write(to: folder.file("\(code).xlsx"))
        }
        let report = try world.take(folder.path)
        #expect(report.problems.isEmpty && report.changed == 0 && report.unchanged == 3)
    }
}
