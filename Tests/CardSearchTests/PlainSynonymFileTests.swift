import Foundation
import Testing

@testable import CardSearch

@Suite struct PlainSynonymFileTests {
    private static let sample = """
        # Comment
        sphere: real_estate
        groups:

          # One
          - id: first-of-all
            say: [права, вод права (B/C), "сумка, чемодан # два", 10 лет  права,
              жүргізуші куәлігі - жоғалды, перенос
              текста, "1414"]
            mean:
              ru: [выдача №1, "регистрация: всё"]
              kk: [жүргізуші куәлігін алу]
            only-colloquial: [права]

          - id: second
            say: [x]
            mean:
              kk: []
          - id: third
            say: [x]
            mean: {ru: [a], kk: [
                b, c ] }

        """

    @Test("Every file of the product is read without a YAML reader, to the same groups")
    func ownFiles() throws {
        let folder = SearchFixture.knowledgeFolder + "/synonyms"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
        let files = try names.sorted().map {
            (name: $0, text: try String(contentsOfFile: folder + "/" + $0, encoding: .utf8))
        }
        let plain = try #require(SynonymTable.plain(files))
        #expect(plain == (try SynonymTable.yaml(files)))
    }

    @Test("A list over several lines, quotes, comments and an empty list are read as YAML reads them")
    func sample() throws {
        let plain = try #require(SynonymTable.plain([("a.yaml", Self.sample)]))
        #expect(plain == (try SynonymTable.yaml([("a.yaml", Self.sample)])))
        #expect(plain.groups[0].say[5] == "перенос текста")
        #expect(plain.groups[1].meanKK.isEmpty)
    }

    @Test("Of thousands of damaged files none is read as something else than what YAML reads")
    func damaged() throws {
        var random = SplitMix(seed: 797)
        let pieces = [
            "", " ", "  ", "\n", "\n\n", ",", "[", "]", "{", "}", ":", ": ", " #", "#", "-", "- ", "\"", "'", "\\",
            "\t",
            "\r", "&a", "*a", "!t", "|", ">", "%", "@", "?", "~", "я", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{A0}", "—",
            "null", "say: [q]", "    ", "      ", "---", "...", "\0",
        ]
        var agreed = 0
        for _ in 0..<4_000 {
            var scalars = Array(Self.sample.unicodeScalars)
            for _ in 0...random.below(2) {
                let start = random.below(scalars.count)
                let end = min(scalars.count, start + (random.below(3) == 0 ? random.below(12) : random.below(2)))
                scalars.replaceSubrange(start..<end, with: Array(pieces[random.below(pieces.count)].unicodeScalars))
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            let files = [(name: "a.yaml", text: String(text))]
            guard let plain = SynonymTable.plain(files) else { continue }
            agreed += 1
            let yaml = try? SynonymTable.yaml(files)
            #expect(plain == yaml, "\(String(text).debugDescription)")
        }
        #expect(agreed > 100)
    }
}

/// Random numbers that are the same in each run.
private struct SplitMix {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(limit))
    }
}
