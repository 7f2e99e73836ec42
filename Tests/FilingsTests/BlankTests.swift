import Filings
import Forms
import Languages
import Spreadsheets
import Testing
import Workbooks
import WorkingDays

@Suite("Blank forms")
struct BlankTests {
    static let body = FilingBlank.Body(
        code: "MJ",
        name: Localized(
            kk: "Қазақстан Республикасы Әділет министрлігі", ru: "Министерство юстиции Республики Казахстан"),
        services: [Localized(kk: "Анықтама беру", ru: "Выдача справки"), Localized(kk: "Тіркеу", ru: "Регистрация")])
    static let forms = FilledForm.internalControl.flatMap { code in [Language.kk, .ru].map { (code, $0) } }

    static func blank(_ filled: FilledForm, _ language: Language, isFilled: Bool = true) throws -> FilingBlank {
        try #require(
            FilingBlank(
                filled.form, filled.period, for: body, in: language, lines: 3,
                filled: isFilled ? filled.table : FormTable()))
    }

    static func grids(_ bytes: [UInt8]) throws -> [SheetGrid] {
        var grids: [SheetGrid] = []
        try Spreadsheet.read(ByteSource(bytes)) { grids.append($0) }
        return grids
    }

    @Test(
        "A blank that is filled in is read back without a fault, to the same numbers, in both languages",
        arguments: forms)
    func roundTrip(code: String, language: Language) throws {
        let filled = try FilledForm(code).filled(7)
        let blank = try Self.blank(filled, language)
        let report = try filled.report(try blank.workbook.bytes())
        #expect(
            report.faults.isEmpty, "\(report.faults.prefix(5).map { "\($0.name) \($0.cell ?? "") \($0.text[.en])" })")
        #expect(report.table == filled.table)
    }

    @Test("One wrong number in it is found in the cell in which it stands", arguments: forms)
    func oneFault(code: String, language: Language) throws {
        var filled = try FilledForm(code).filled(3)
        let row = code.hasPrefix("106") ? "13" : "1.1"
        let column = code.hasPrefix("106") ? "02" : "2"
        filled[row, [], column] = .other("около 5")
        let blank = try Self.blank(filled, language)
        let report = try filled.report(try blank.workbook.bytes())
        let place = try #require(blank.places[FormPlace(row: row, column: column)])
        #expect(report.faults.contains { $0.name == .notACount && $0.cell == place && $0.found == "около 5" })
        #expect(Set(report.faults.filter { $0.level == .fault }.map(\.name)) == [.notACount])
    }

    @Test(
        "An empty blank is the form, of its period, and nothing is wrong with it but that it is empty", arguments: forms
    )
    func empty(code: String, language: Language) throws {
        let filled = try FilledForm(code)
        let blank = try Self.blank(filled, language, isFilled: false)
        let report = try filled.report(try blank.workbook.bytes())
        let names = Set(report.faults.map(\.name))
        #expect(names.isSubset(of: [.empty, .period]), "\(names)")
        #expect(report.table?.order == filled.table.order)
    }
}
