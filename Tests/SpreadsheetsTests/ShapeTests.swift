import Spreadsheets
import Testing

@Suite("Cells of a workbook")
struct ShapeTests {
    @Test(
        "A number format says whether a number is a day, a share or has decimals",
        arguments: [
            ("General", .general), ("0", .decimals(0)), ("0.00", .decimals(2)), ("#,##0", .decimals(0)),
            ("# ##0.0", .decimals(1)),
            ("0%", .percent), ("dd.mm.yyyy", .date), ("DD/MM/YY", .date), ("[$-419]d mmm;@", .date), ("h:mm", .date),
            ("@", .general), ("0\"дней\"", .decimals(0)), ("[Red]0.00;[Blue]-0.00", .decimals(2)),
            ("_-* #,##0.00_-", .decimals(2)),
        ] as [(String, NumberShape)])
    func shapes(code: String, shape: NumberShape) { #expect(NumberShape(code: code) == shape) }

    @Test("A number is shown as its format says: 3.1 with two decimals is 3.10")
    func shown() {
        #expect(NumberShape.decimals(2).shown(3.1) == "3.10" && NumberShape.general.shown(3.1) == "3.1")
        #expect(NumberShape.general.shown(3.1000000000000001) == "3.1" && NumberShape.general.shown(12) == "12")
        #expect(NumberShape.percent.shown(0.5) == "50%" && NumberShape.decimals(0).shown(7) == "7")
        #expect(NumberShape.date.shown(44_562) == "01.01.2022" && NumberShape.date.shown(44_621) == "01.03.2022")
    }

    @Test("Days before March 1900 are those that Excel counts")
    func early() throws {
        let first = try #require(NumberShape.day(1))
        #expect(first == (1900, 1, 1))
        let march = try #require(NumberShape.day(61))
        #expect(march == (1900, 3, 1) && NumberShape.day(0) == nil)
    }

    @Test(
        "An address is a row and a column, and back",
        arguments: [("A1", 1, 0), ("Z9", 9, 25), ("AA10", 10, 26), ("XFD1048576", 1_048_576, 16_383)])
    func addresses(text: String, row: Int, column: Int) throws {
        #expect(SheetGrid.address(row: row, column: column) == text)
        let place = try #require(SheetGrid.place(text))
        #expect(place == (row, column))
        #expect(SheetGrid.place("1A") == nil && SheetGrid.place("") == nil && SheetGrid.place("A99999999") == nil)
    }
}
