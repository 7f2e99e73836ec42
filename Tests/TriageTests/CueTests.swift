import Testing
import Triage

@Suite struct CueTests {
    private func table(_ words: String) throws -> CueTable {
        try CueTable(yaml: "cues:\n  - cue: one\n    for: {standard: 2}\n    words: \"\(words)\"\n", file: "cues.yaml")
    }

    @Test(
        "A pattern stands in a text or does not",
        arguments: [
            ("отказ*", "мне ОТКАЗАЛИ", true), ("отказ*", "откат", false), ("не выда*", "не стали выдавать", true),
            ("не выда*", "не стали мне выдавать", false), ("через ... цон*", "через самый большой городской ЦОН", true),
            ("жду|ждем ответ*", "ждем ответа", true), ("# недел*", "уже 3 недели", true),
            ("# недел*", "две недели", true),
            ("# недел*", "недели", false), ("справк* & отказ*", "отказали дать справку", true),
            ("справк* & отказ*", "Дали справку. Отказали в пособии", false), ("бас тарт*", "бас тартты", true),
            ("көрсету", "корсету", true), ("задержив*", "задержывают", true), ("задержив*", "зодержывают", false),
        ])
    func pattern(_ pattern: String, _ text: String, _ stands: Bool) throws {
        #expect(try table(pattern).stands(in: text) == stands)
    }

    @Test(
        "A mistake in a file is named with its line",
        arguments: [
            ("cues:\n  - cue: one\n    for: {standard: 2}\n", 2),
            ("cues:\n  - cue: one\n    for: {standard: x}\n    words: a\n", 3),
            ("things: []\n", 0), ("cues:\n  - cue: one\n    for: {standard: 2}\n    words: '!, a'\n", 2),
        ])
    func mistakes(_ yaml: String, _ line: Int) {
        let error = #expect(throws: TriageFileError.self) { try CueTable(yaml: yaml, file: "cues.yaml") }
        #expect(error?.line == line)
        #expect(error?.description.hasPrefix("cues.yaml") == true)
    }
}
