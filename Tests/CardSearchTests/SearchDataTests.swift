import CardSearch
import Testing
import TextAnalysis

@Suite struct SearchDataTests {
    @Test("The product's own data loads: over 400 groups, a glossary, stop words")
    func ownData() throws {
        let knowledge = try SearchFixture.knowledge.get()
        #expect(knowledge.synonyms.groups.count > 400)
        #expect(knowledge.glossary.pairs.count > 1_000)
        #expect(knowledge.stopWords.contains("калай".letters))
        #expect(!knowledge.stopWords.contains("справка".letters))
    }

    @Test(
        "A fault of a synonym file is told with file and line",
        arguments: [
            ("groups: []", 1), ("sphere: x\ngroups:\n  - say: [a]\n    mean: {ru: [b]}", 3),
            ("sphere: x\ngroups:\n  - id: a\n    say: [a]\n    mean: {en: [b]}", 5),
            ("sphere: x\ngroups:\n  - id: a\n    say: a\n    mean: {ru: [b]}", 4),
            ("sphere: x\ngroups:\n  - id: a\n    say: [a]\n    mean: {ru: [b]}\n    only-colloquial: [z]", 3),
            ("sphere: x\nother: y\ngroups: []", 2), ("sphere: [", 1),
        ])
    func synonymFaults(text: String, line: Int) throws {
        let fault = #expect(throws: SearchDataFault.self) { try SynonymTable.load(files: [("a.yaml", text)]) }
        let place = try #require(fault?.places.first)
        #expect(place.file == "a.yaml")
        #expect(abs(place.line - line) <= 1)
        #expect(place.message.count > 10)
    }

    @Test("All faults are told, and an identifier used twice is one")
    func allFaults() {
        let group = "  - id: a\n    say: [a]\n    mean: {ru: [b]}\n"
        let fault = #expect(throws: SearchDataFault.self) {
            try SynonymTable.load(files: [
                ("a.yaml", "sphere: x\ngroups:\n" + group), ("b.yaml", "sphere: y\nz: 1\ngroups:\n" + group),
            ])
        }
        #expect(fault?.places.count == 2)
    }

    @Test("Glossary lines: several Russian words, quotes, faults with their line")
    func glossary() throws {
        let glossary = try Glossary.load(name: "g.csv", text: "kk,ru,note\nжоба,проект;план,\n\"а, б\",вг,x\n")
        #expect(glossary.pairs.map { "\($0.kk)=\($0.ru)" } == ["жоба=проект", "жоба=план", "а, б=вг"])
        let fault = #expect(throws: SearchDataFault.self) {
            try Glossary.load(name: "g.csv", text: "kk,ru,note\nжоба\n,x,\n")
        }
        #expect(fault?.places.map(\.line) == [2, 3])
    }

    @Test("A table changes by groups: in place, added, removed")
    func changedTable() {
        func group(_ id: String, _ say: String) -> SynonymTable.Group {
            SynonymTable.Group(id: id, sphere: "x", say: [say], meanKK: [], meanRU: ["z"])
        }
        let table = SynonymTable(groups: [group("a", "1"), group("b", "2")])
        let changed = table.changed(saving: [group("b", "3"), group("c", "4")], removing: ["a"])
        #expect(changed.groups.map { $0.id + $0.say[0] } == ["b3", "c4"])
    }
}
