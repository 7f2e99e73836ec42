import Filings
import Forms
import Languages
import Spreadsheets
import Testing
import Workbooks
import WorkingDays

@Suite("The filed workbook comes back marked")
struct MarkedTests {
    private static func marked(_ filled: FilledForm, _ bytes: [UInt8], _ language: Language = .ru) throws -> Workbook {
        let report = try filled.report(bytes)
        return try MarkedFiling(ByteSource(bytes), report, in: language, on: filled.period.last).workbook
    }

    /// What is told of a file, but for the name of its sheet, which a text does not have.
    private static func told(_ report: FilingReport) -> [String] {
        report.faults.map { "\($0.name) \($0.cell ?? "") \($0.found ?? "") \($0.wanted ?? "") \($0.text.ru)" }
    }

    /// A filing with 41 for 14 in the row that sums up.
    private static func swapped() throws -> FilledForm {
        var filled = try FilledForm("78-1mk")
        for (row, month) in [("3.4", 14), ("3", 14)] {
            filled[row, [], "2"] = .count(month)
            filled[row, [], "4"] = .count(month)
        }
        filled["3", [], "2"] = .count(41)
        return filled
    }

    @Test(
        "A wrong number is coloured, and its note says what is wrong and which change would do",
        arguments: Language.allCases)
    func swapped(language: Language) throws {
        let filled = try Self.swapped()
        let (sheet, places) = filled.sheet()
        let book = try Self.marked(filled, FilledForm.workbook(sheet), language)
        let address = try #require(places[FormPlace(row: "3", column: "2")])
        let place = try #require(SheetGrid.place(address))
        let form = try #require(book.sheets.last)
        let cell = try #require(form.cells.last { $0.row == place.row - 1 && $0.column == place.column })
        #expect(cell.value == .number(41) && cell.style.fill == 0xFFC7CE)
        let note = try #require(form.comments.first { $0.row == place.row - 1 && $0.column == place.column })
        let words = [
            Language.kk: "Мынадай өзгеріс жеткілікті: 41 → 14", .ru: "Достаточно изменить: 41 → 14",
            .en: "41 → 14 would do",
        ]
        #expect(note.text.contains(words[language] ?? "?"))
        let list = try #require(book.sheets.first)
        #expect(list.cells.contains { $0.value == .text(address) })
        #expect(
            list.comments.isEmpty
                && list.cells.contains {
                    if case .text(let text) = $0.value { text.contains("41 → 14") } else { false }
                })
    }

    @Test("A marked workbook that is filed again is told the same, cell by cell, and a corrected one is taken")
    func again() throws {
        let filled = try Self.swapped()
        for layout in [SheetLayout(), SheetLayout(top: 3, left: 2, isMerged: true, numbers: .number, isInLabel: true)] {
            let bytes = FilledForm.workbook(filled.sheet(layout).sheet)
            let before = try filled.report(bytes)
            let book = try Self.marked(filled, bytes)
            let after = try filled.report(try book.bytes())
            #expect(Self.told(after) == Self.told(before) && after.table == before.table && !before.isTaken)
            var mended = book
            let place = try #require(before.repairs.first?.changes.first?.cell.flatMap(SheetGrid.place))
            mended.sheets[1].put(place.row - 1, place.column, .count(14))
            #expect(try filled.report(try mended.bytes()).isTaken)
        }
    }

    @Test(
        "What is told of filings changed by chance is told of their marked workbooks",
        arguments: ["106-1mq", "78-1mk"])
    func mutations(code: String) throws {
        let filled = try FilledForm(code).filled(11)
        for (index, mutation) in MutationTests.mutations.enumerated() {
            var random = Seeded(UInt64(index + 5))
            var (sheet, places) = filled.sheet(SheetLayout(isMerged: index % 2 == 0))
            if case .skip = mutation.apply(&sheet, filled, places, &random) { continue }
            let bytes = FilledForm.workbook(sheet)
            let before = try filled.report(bytes)
            let after = try filled.report(try Self.marked(filled, bytes).bytes())
            #expect(Self.told(after) == Self.told(before), "\(mutation.name)")
        }
    }

    @Test("A text comes back as a workbook with each value in the row and column in which it stood")
    func text() throws {
        let filled = try Self.swapped()
        let bytes = Array(filled.text(";").utf8)
        let before = try filled.report(bytes)
        let book = try Self.marked(filled, bytes)
        #expect(book.sheets.count == 2 && !book.sheets[1].comments.isEmpty)
        #expect(Self.told(try filled.report(try book.bytes())) == Self.told(before))
    }

    @Test(
        "Words that look like a formula stay words; merged blocks over each other and over the whole sheet do no harm")
    func hostile() throws {
        let filled = try Self.swapped()
        var (sheet, places) = filled.sheet()
        let address = try #require(places[FormPlace(row: "1.1", column: "1")])
        MutationTests.put(.text("=HYPERLINK(\"http://x\")"), address, &sheet)
        sheet.merges += ["A1:XFD1048576", "A1:B2", "B2:C3"]
        let bytes = FilledForm.workbook(sheet)
        let book = try Self.marked(filled, bytes)
        let grid = try #require(try BlankTests.grids(try book.bytes()).last)
        let cell = try #require(grid.rows.flatMap(\.cells).first { $0.cell.shown.hasPrefix("=HYPER") })
        #expect(cell.cell == .text("=HYPERLINK(\"http://x\")"))
    }

    @Test("A file that is no table comes back as the list alone, and says what it is")
    func none() throws {
        let filled = try FilledForm("78-1mk")
        let book = try Self.marked(filled, Array("%PDF-1.7".utf8))
        #expect(book.sheets.count == 1)
        #expect(
            book.sheets[0].cells.contains { if case .text(let text) = $0.value { text.contains("PDF") } else { false } }
        )
    }
}
