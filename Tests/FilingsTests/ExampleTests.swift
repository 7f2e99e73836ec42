import Filings
import Foundation
import Languages
import Spreadsheets
import Testing
import WorkingDays

/// The golden filings of `Tests/Fixtures/filings`, written by programs other than ours (scripts/make-filing-examples).
@Suite("Golden filings")
struct ExampleTests {
    private static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
        + "/Fixtures/filings/"
    private static let periods = ["78-1mk": "2022-Q1", "78-2mk": "2022-Q2", "106-1mq": "2014-03", "106-2mq": "2014-05"]

    @Test(
        "A valid filing of each form is read without fault or doubt, as workbook and as text, all to the same numbers",
        arguments: FilledForm.internalControl)
    func valid(code: String) throws {
        let filled = try FilledForm(code, Self.periods[code])
        let reports = try ["-openpyxl.xlsx", "-xlsxwriter.xlsx", ".csv"].map { end in
            try FilingCheck(filled.form, filled.period, among: FilledForm.set).report(
                ByteSource(path: Self.folder + code + end))
        }
        for report in reports { #expect(report.faults.isEmpty, "\(report.faults.prefix(3))") }
        #expect(reports[0].table != nil && reports[0].table == reports[1].table && reports[1].table == reports[2].table)
    }

    @Test("A large sheet beside the form is passed over, and one that is the form itself is refused as too large")
    func large() throws {
        let filled = try FilledForm("78-1mk")
        let form = filled.sheet().sheet
        let names = (0..<60_000).map {
            "<row><c t=\"inlineStr\"><is><t>Жазба \($0)</t></is></c><c><v>\($0)</v></c><c/><c/><c><v>1</v></c></row>"
        }
        let rest = names.joined()
        var maker = WorkbookMaker(sheets: [form, MadeSheet(name: "тізім")])
        maker.raw[1] = String(repeating: rest, count: 3)
        #expect(try filled.report(maker.bytes).faults.isEmpty)
        maker.sheets = [form]
        maker.raw = [0: String(repeating: rest, count: 3)]
        let report = try filled.report(maker.bytes)
        #expect(report.faults.map(\.name) == [.notWhatItSays] && report.faults[0].text[.en].contains("400000"))
    }
}
