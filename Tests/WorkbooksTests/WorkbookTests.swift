import Spreadsheets
import Testing
import Workbooks
import WorkingDays

/// Workbooks are held to what our own reader, which knows nothing of the writer, finds in them.
@Suite("Workbooks that we write")
struct WorkbookTests {
    private static func grids(_ workbook: Workbook) throws -> [SheetGrid] {
        var grids: [SheetGrid] = []
        try Spreadsheet.read(ByteSource(try workbook.bytes())) { grids.append($0) }
        return grids
    }

    private static func book(_ sheets: [WorkbookSheet]) throws -> Workbook {
        Workbook(
            title: "Сынақ", language: "kk-KZ", day: try #require(CivilDate(year: 2026, month: 3, day: 19)),
            sheets: sheets)
    }

    @Test(
        "A text is read back as it was, and is a text whatever it begins with",
        arguments: [
            "Қазақша ұғым", "=1+1", "+7 701", "-5", "@SUM(A1)", "  екі бос орын ", "екі\nжол", "a\u{1}b", "_x0041_",
            "&<>\"'", "😀",
            "x\u{FFFD}y",
        ])
    func texts(text: String) throws {
        var sheet = WorkbookSheet("Парақ")
        sheet.put(4, 2, .text(text))
        let grid = try #require(try Self.grids(try Self.book([sheet])).first)
        #expect(grid.rows.first?.number == 5 && grid.rows.first?[2] == .text(text))
    }

    @Test("Numbers, days and yes or no are what they are and no texts")
    func values() throws {
        var sheet = WorkbookSheet("Парақ")
        let day = try #require(CivilDate(year: 2024, month: 2, day: 29))
        sheet.put(0, 0, .count(9_007_199_254_740_991))
        sheet.put(0, 1, .number(3.1), WorkbookStyle().with { $0.shape = .decimals(2) })
        sheet.put(0, 2, .day(day))
        sheet.put(0, 3, .boolean(true))
        sheet.put(0, 4, .blank, WorkbookStyle().with { $0.fill = 0xFF0000 })
        sheet.put(0, 5, .time(day, minutes: 630))
        let row = try #require(try Self.grids(try Self.book([sheet])).first?.rows.first)
        #expect(row[0] == .number(9_007_199_254_740_991, .general) && row[1]?.shown == "3.10")
        #expect(row[2]?.shown == "29.02.2024" && row[3] == .boolean(true) && row[4] == nil)
        guard case .number(let moment, .date) = row[5] else { throw Missing() }
        #expect(abs(moment - 45_351.4375) < 1e-9)
    }

    private struct Missing: Error {}

    @Test("The same workbook is the same bytes")
    func bytes() throws {
        var sheet = WorkbookSheet("Парақ")
        for row in 0..<50 {
            sheet.put(row, 0, .text("Жол \(row)"), WorkbookStyle().with { $0.isBold = row % 2 == 0 })
            sheet.comment(row, 0, "Ескерту \(row)")
        }
        sheet.entry(WorkbookBlock(rows: 0...9, columns: 1...2), .countOrNothing, refusal: "Сан жазыңыз.")
        let book = try Self.book([sheet])
        #expect(try book.bytes() == book.bytes())
    }

    @Test("A merged block keeps the value of its first cell, whatever it is")
    func merges() throws {
        var sheet = WorkbookSheet("Парақ")
        sheet.put(WorkbookBlock(rows: 1...2, columns: 0...3), .count(41))
        sheet.put(WorkbookBlock(rows: 4...4, columns: 0...1), .text("=B5"))
        let grid = try #require(try Self.grids(try Self.book([sheet])).first)
        #expect(grid.merges == [SheetGrid.Range("A2:D3"), SheetGrid.Range("A5:B5")].compactMap(\.self))
        #expect(grid.rows.map { $0[0] } == [.number(41, .general), .text("=B5")])
    }

    @Test(
        "A name that no workbook allows becomes one that is allowed, and none twice",
        arguments: [
            ("a/b:c*[d]?\\e", "a b c  d   e"), ("'x'", "x"), ("", "Sheet"),
            (String(repeating: "қ", count: 40), String(repeating: "қ", count: 31)),
            ("History", "Sheet"),
        ])
    func names(wished: String, written: String) throws {
        let grids = try Self.grids(
            try Self.book(
                [wished, wished].map { name in
                    var sheet = WorkbookSheet(name)
                    sheet.put(0, 0, .count(1))
                    return sheet
                }))
        #expect(grids[0].name == written)
        #expect(grids.count == 2 && grids[1].name != grids[0].name && (grids[1].name?.utf16.count ?? 99) <= 31)
    }

    @Test("A text longer than a cell holds is cut and says so; a file that cannot be written is named")
    func refusals() throws {
        var sheet = WorkbookSheet("Парақ")
        sheet.put(0, 0, .text(String(repeating: "ұ", count: 40_000)))
        let row = try #require(try Self.grids(try Self.book([sheet])).first?.rows.first)
        #expect(row[0]?.shown.hasSuffix("ұ…") == true && row[0]?.shown.utf16.count == 32_767)
        let book = try Self.book([sheet])
        let error = #expect(throws: WorkbookError.self) { try book.write(to: "/nowhere/at/all.xlsx") }
        #expect(error?.description.contains("/nowhere/at/all.xlsx") == true)
        sheet.put(2_000_000, 0, .count(1))
        let large = try Self.book([sheet])
        #expect(throws: WorkbookError.self) { try large.bytes() }
    }
}
