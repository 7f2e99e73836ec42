import Complaints
import TestSupport
import Testing
import Triage

@Suite struct SayingTests {
    private static let yaml = """
        sayings:
          order: |
            сайт не открывается третий день
            портал ашылмайды, кіре алмаймыз
          employees: |
            оператор накричала на бабушку
            қызметкер апама дауыс көтерді
        """

    @Test(
        "A sentence that nobody wrote down is read by its words, with other endings and without Kazakh letters",
        arguments: [
            ("Сайты опять не открываются", "order"), ("Егов порталы ашылмай тур", "order"),
            ("операторы накричали на нас", "employees"), ("кызметкери дауыс котерип жатыр", "employees"),
        ])
    func likeness(_ text: String, _ label: String) throws {
        #expect(try SayingTable(yaml: Self.yaml, file: "sayings.yaml").label(of: text) == label)
    }

    @Test(
        "A mistake in the file is named with its line",
        arguments: [("sayings: []\n", 0), ("sayings:\n  order: [a]\n", 2), ("things: {}\n", 0)])
    func mistakes(_ yaml: String, _ line: Int) {
        let error = #expect(throws: TriageFileError.self) { try SayingTable(yaml: yaml, file: "sayings.yaml") }
        #expect(error?.line == line)
        #expect(error?.description.hasPrefix("sayings.yaml") == true)
    }

    @Test("The words that a kind was read by are shown, though no cue has them")
    func evidence() throws {
        let text = "Оператор издевательски хихикала с подружкой надо мной"
        let reading = try TriageFixture.read(text)
        #expect(reading.kind.value == .employees)
        #expect(!reading.kind.evidence.isEmpty)
        let bytes = Array(text.utf8)
        for evidence in reading.kind.evidence { #expect(evidence.bytes.upperBound <= bytes.count) }
    }

    @Test(
        "People's own words for a service bring it first",
        arguments: [
            ("Завалил экзамен на автодроме, инструктор ни при чем", "S0273"),
            ("Мүгедектік тобын МӘС алып тастады", "S0264"), ("Автобус детей в школу больше не возит", "S0351"),
            ("Жедел жәрдем екі сағатта келді", "S0348"),
        ])
    func service(_ text: String, _ service: String) throws {
        #expect(try TriageFixture.read(text).services.first?.value == service)
    }
}
