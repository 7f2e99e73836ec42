import GRDB
import Journal
import KnowledgeBase
import TestSupport
import Testing

@Suite("Import of cards")
struct CardImportTests {
    @Test("A file that did not change leaves an edition of the body and its confirmation alone")
    func fileOlderThanBody() async throws {
        let (world, folder) = (try await World(), CardFolder())
        try folder.write("S0001.yaml", CardFolder.card())
        #expect(try world.take(folder).added == 1)
        try await world.edit(CardFolder.card(feeRU: "2 МРП"), expecting: 1)
        try await world.perform(.confirm(edition: 2, body: "MD", document: "letter 7"))
        // Another card of the folder changes, so that the folder as a whole is read again.
        try folder.write("S0002.yaml", CardFolder.card("S0002"))
        let report = try world.take(folder)
        #expect(report.added == 1)
        #expect(report.changed == 0)
        #expect(report.kept.isEmpty)
        let record = try #require(try await world.cards.card("S0001"))
        #expect(record.edition == 2)
        #expect(record.confirmedBy == "MD")
        #expect(record.card.fee?.ru == "2 МРП")
        try world.expectSameAfterRebuild()
    }

    @Test("A file that changed does not go over another's edition unless it is told to")
    func conflict() async throws {
        let (world, folder) = (try await World(), CardFolder())
        try folder.write("S0001.yaml", CardFolder.card())
        _ = try world.take(folder)
        try await world.edit(CardFolder.card(feeRU: "2 МРП"), expecting: 1)
        try folder.write("S0001.yaml", CardFolder.card(feeRU: "3 МРП"))
        let kept = try world.take(folder)
        #expect(kept.kept.map(\.file) == ["S0001.yaml"])
        #expect(try await world.cards.card("S0001")?.edition == 2)
        let over = try world.take(folder, over: true)
        #expect(over.changed == 1)
        let record = try #require(try await world.cards.card("S0001"))
        #expect(record.card.fee?.ru == "3 МРП")
        #expect(record.origin == .file)
        try world.expectSameAfterRebuild()
    }

    @Test("A file that changed does not clear the confirmation of its own edition unless it is told to")
    func confirmedFile() async throws {
        let (world, folder) = (try await World(), CardFolder())
        try folder.write("S0001.yaml", CardFolder.card())
        _ = try world.take(folder)
        try await world.perform(.confirm(edition: 1, body: "MD", document: "letter 7"))
        try folder.write("S0001.yaml", CardFolder.card(feeRU: "3 МРП"))
        #expect(try world.take(folder).kept.count == 1)
        #expect(try await world.cards.card("S0001")?.confirmedAt != nil)
    }

    @Test("Two files cannot be one card, and no edition comes of the wrong one")
    func twoFiles() async throws {
        let (world, folder) = (try await World(), CardFolder())
        try folder.write("S0001.yaml", CardFolder.card())
        try folder.write("copy.yaml", CardFolder.card(feeRU: "другое"))
        for _ in 0..<2 {
            let report = try world.take(folder)
            #expect(report.refused.map(\.file) == ["copy.yaml"])
        }
        #expect(try await world.cards.card("S0001")?.edition == 1)
    }

    @Test("A folder with a refused file is read again at the next start; a clean one is not")
    func digest() async throws {
        let (world, folder) = (try await World(), CardFolder())
        func start() throws -> CardImportReport? {
            try world.cards.importFolder(
                folder.path, onlyWhenChanged: true, by: world.coordinator, at: try at("2026-03-26 10:00:00"))
        }
        try folder.write("S0001.yaml", CardFolder.card())
        try folder.write("S0002.yaml", CardFolder.card("S0002", more: "colour: red"))
        #expect(try start()?.refused.count == 1)
        #expect(try start()?.refused.count == 1)
        try folder.write("S0002.yaml", CardFolder.card("S0002"))
        #expect(try start()?.added == 1)
        #expect(try start() == nil)
        // The digest is in the journal: tables made anew still know it.
        try world.journal.rebuild()
        #expect(try start() == nil)
    }

    @Test("What the registry does not know is refused with its line")
    func registry() async throws {
        let (world, folder) = (try await World(), CardFolder())
        try folder.write(
            "S9999.yaml",
            """
            code: S9999
            content: illustrative
            title: {kk: "а", ru: "б"}
            sphere: magic
            owner: NOBODY
            region: "99"
            """)
        let report = try world.take(folder)
        #expect(report.refused.map(\.line) == [1, 4, 5, 6])
        #expect(report.added == 0)
    }

    @Test("A file that cannot be decoded says so and leaves the others alone")
    func unreadable() async throws {
        let (world, folder) = (try await World(), CardFolder())
        try folder.write("S0001.yaml", CardFolder.card())
        try folder.write("S0002.yaml", [0x63, 0x6F, 0xFF, 0xFE])
        let report = try world.take(folder)
        #expect(report.added == 1)
        #expect(report.refused.first?.message.contains("UTF-8") == true)
    }
}
