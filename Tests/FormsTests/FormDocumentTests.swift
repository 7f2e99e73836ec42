import CanonicalJSON
import Forms
import Testing
import WorkingDays

struct FormDocumentTests {
    private func figures() -> FormFigures {
        var figures = FormFigures()
        figures.set(
            "come",
            parts: [
                .init(keys: ["b", "Z"], count: 3), .init(keys: ["b", "A"], count: 1),
                .init(keys: ["a", "M"], count: 2),
            ])
        figures["go"] = 4
        return figures
    }

    @Test(
        "The document is canonical: members by name, groups by key, lists in their order, each number the sum of its parts"
    )
    func document() throws {
        let bytes = try FormDocument(FormFiles.form(), figures()).bytes(heading: ["period": .string("2026-03")]) {
            row, list, json in
            #expect(row.code == "come" && list.columns == ["body", "number"])
            json.beginArray()
            json.endArray()
        }
        let wanted =
            #"{"come":{"byBody":[{"body":"Z","count":3,"kind":"b"},{"body":"A","count":1,"kind":"b"},{"body":"M","count":2,"kind":"a"}],"byKind":{"a":2,"b":4},"things":[],"total":6},"go":4,"law":"1 §1","period":"2026-03","schema":"s/1"}"#
        #expect(String(decoding: bytes, as: UTF8.self) == wanted)
        #expect(try JSON(parsing: bytes).bytes == bytes)
    }

    @Test("A rule that does not hold between the numbers is told with both sides")
    func rules() throws {
        var figures = figures()
        let form = try FormFiles.form()
        #expect(figures.faults(of: form).isEmpty)
        figures["go"] = 7
        let fault = try #require(figures.faults(of: form).first)
        #expect(fault.rule == "most" && fault.level == .fault && fault.found == "7" && fault.wanted == "6")
    }

    @Test(
        "A period is read exactly and has the first and last day of its months",
        arguments: [
            ("2026-03", "2026-03-01", "2026-03-31", "2026-02"), ("2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4"),
            ("2024-Q4", "2024-10-01", "2024-12-31", "2024-Q3"),
        ])
    func periods(text: String, first: String, last: String, previous: String) throws {
        let period = try #require(ReportPeriod(text))
        #expect(period.description == text && period.first.description == first && period.last.description == last)
        #expect(period.previous.description == previous && period.previous.next == period)
        #expect(period.months.first?.first == period.first && period.months.last?.last == period.last)
    }

    @Test(
        "What is no period is none",
        arguments: ["2026", "2026-Q5", "2026-Q0", "26-Q1", "2026-q1", "2026-Q11", "2026-13", "", "2026-Q"])
    func none(text: String) { #expect(ReportPeriod(text) == nil) }

    @Test("A form takes only periods of its length")
    func length() throws {
        let form = try FormFiles.form()
        #expect(form.period("2026-03") != nil && form.period("2026-Q1") == nil)
    }
}
