import Rulebook
import Testing

@Suite("Aliases in YAML")
struct YAMLAliasTests {
    @Test(
        "an alias is found with its line, and prose is none",
        arguments: [
            ("a: &x 1\nb: *x", 2), ("a: [&x [1], *x]", 1), ("a: &x 1\n? *x\n: y", 2), ("a: &x 1\nb: {<<: *x}", 2),
            ("- &a1 x\n- - *a1", 2), ("a: 1\nb: 2", nil), ("a: Procter &Gamble", nil), ("fee: 5*x & y", nil),
            ("a: **важно**", nil), ("b: *x\na: &x 1", nil), ("a: '&x'\nb: x*x", nil),
        ] as [(String, Int?)])
    func found(text: String, line: Int?) { #expect(YAMLAliases.firstLine(in: text) == line) }

    @Test("a rulebook whose keys would stand for billions of nodes is refused at once")
    func bomb() throws {
        var text = "rulebook: &a [x, x, x, x, x, x, x, x, x]\n"
        for (name, before) in zip("bcdefghijk", "abcdefghij") {
            text += "\(name): &\(name) [\(Array(repeating: "*\(before)", count: 9).joined(separator: ","))]\n"
        }
        #expect(throws: RulebookLoadError.self) {
            try RulebookSet.load(files: [(name: "bomb.yaml", text: text + "? *k\n: x\n")], knownEvents: [])
        }
    }
}
