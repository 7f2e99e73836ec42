import KnowledgeBase
import TestSupport
import Testing

@Suite("Files of cards")
struct CardFileTests {
    private func problems(_ text: String, file: String = "S0001.yaml") -> [String] {
        do {
            _ = try CardFile.read(text, file: file)
            return []
        } catch {
            return error.problems.map { "\($0.line): \($0.message)" }
        }
    }

    @Test("All faults of a file are named at once, each with its own line")
    func allAtOnce() {
        let text = """
            code: S0001
            content: sure
            titel: {kk: "а"}
            title: {kk: "а", en: "b"}
            sphere: defence
            channels:
              - portal
              - pigeon
            documents:
              kk: ["Өтініш"]
              ru: Заявление
            fee: бесплатно
            """
        let found = problems(text)
        #expect(found.map { $0.prefix(while: { $0 != ":" }) } == ["1", "2", "3", "4", "8", "11", "12"])
        #expect(found[0].contains("“owner” is missing"))
        #expect(found[4].contains("pigeon"))
    }

    @Test(
        "Each fault names its line",
        arguments: [
            ("code: S0001\n  title: x\n", "2: this is no YAML"),
            ("- a\n- b\n", "1: a card is a list of fields"),
            ("code: S0001\ncode: S0002\n", "2: this is no YAML (the field “code” stands there twice)"),
        ])
    func lines(_ text: String, _ beginning: String) {
        #expect(problems(text).count == 1)
        #expect(problems(text).first?.hasPrefix(beginning) == true, "\(problems(text))")
    }

    @Test("A file is called by the code of its card; a pasted text need not be")
    func name() {
        #expect(problems(CardFolder.card("S0002")).first?.hasPrefix("1: the file is called “S0001.yaml”") == true)
        #expect(problems(CardFolder.card("S0002"), file: "").isEmpty)
    }

    @Test("A file in another encoding is refused with the line of its first letter of another encoding")
    func encoding() {
        var bytes = Array("code: S0001\nsphere: defence\nowner: ".utf8)
        bytes += [0xCC, 0xEE]  // two letters in windows-1251
        let problems: [CardFileProblem]
        do {
            _ = try CardFile.read(bytes, file: "S0001.yaml")
            problems = []
        } catch { problems = error.problems }
        #expect(problems.map(\.line) == [3])
        #expect(problems.first?.message.contains("UTF-8") == true)
    }

    @Test("A part in one language is flagged, keywords are not")
    func oneLanguage() throws {
        let text = CardFolder.card(more: "term: {ru: \"5 рабочих дней\"}\nkeywords: {kk: [\"әскер\"]}")
        #expect(try CardFile.read(text, file: "").card.oneLanguageItems == ["term"])
    }

    @Test("A card written as a file is read as the same card, whatever its words hold")
    func written() throws {
        var card = try CardFile.read(
            CardFolder.card(more: "channels: [psc, portal]\nregion: \"19\"\nterm: {ru: \"5 дней\"}"), file: ""
        ).card
        card.fee?.ru = "“а”: \"б\" # - {в}\nг\\д"
        card.documents?.kk = ["- а", "yes", "1"]
        #expect(try CardFile.read(CardFile.write(card), file: "").card == card)
    }

    @Test("The real cards of the project are read without a fault")
    func real() async throws {
        let world = try await World()
        let folder = Repository.path + "/knowledge/services"
        let report = try world.cards.importFolder(folder, by: world.coordinator, at: try at("2026-03-26 10:00:00"))
        #expect(report.refused.isEmpty)
        #expect(report.added > 400)
        let again = try world.cards.importFolder(
            folder, onlyWhenChanged: true, by: world.coordinator, at: try at("2026-03-26 10:01:00"))
        #expect(again == nil)
    }
}

@Suite("Hostile texts in the file of a card")
struct HostileCardFileTests {
    /// A card in which every text of every field says the same.
    private static func file(_ text: String) -> String {
        let texts = [
            "title", "summary", "provider", "recipients", "term", "fee", "result", "where", "schedule", "legal-basis",
            "complaint", "contacts",
        ]
        let lists = ["documents", "refusal-grounds", "keywords"]
        return "code: S0288\nsphere: x\nowner: MIA\ncontent: illustrative\n"
            + texts.map { "\($0): {kk: \"\(text)\", ru: \"\(text)\"}\n" }.joined()
            + lists.map { "\($0): {kk: [\"\(text)\"], ru: [\"\(text)\"]}\n" }.joined()
    }

    @Test("a text with characters that deceive is a problem of its field and line; markup is a text like any other")
    func deceiving() throws {
        for text in ["a\\0b", "\\u202Egpj", "a\\u0085", "\\x1B[2J", "x\\u2066"] {
            let problems = #expect(throws: CardFileProblems.self) {
                try CardFile.read(Array(Self.file(text).utf8), file: "")
            }
            let lines = Set((problems?.problems ?? []).map(\.line))
            #expect(lines.isSuperset(of: 5...19), "\(text): \(lines.sorted())")
        }
        let reading = try CardFile.read(Array(Self.file("<script>alert(7)</script>'").utf8), file: "")
        #expect(reading.card.fee?.kk == "<script>alert(7)</script>'")
    }
}
