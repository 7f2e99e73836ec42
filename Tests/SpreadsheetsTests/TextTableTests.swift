import Spreadsheets
import Testing

@Suite("Tables saved as text")
struct TextTableTests {
    private func cells(_ table: TextTable) -> [[String]] { table.grid.rows.map { $0.cells.map(\.cell.shown) } }

    private static let table = "№;Наименование;1;2;3\r\n1;Жалобы, всего;5;6;11\r\n2;Услуги, оказанные;1;1;2\r\n"

    @Test("The table tells what separates its cells, not the name", arguments: [";", "\t", ","])
    func separators(sign: String) throws {
        let text = Self.table.replacing(",", with: " и").replacing(";", with: sign)
        let table = try #require(TextTable(Array(text.utf8)))
        #expect(table.separator == Character(sign) && cells(table)[1] == ["1", "Жалобы и всего", "5", "6", "11"])
    }

    @Test("A byte order mark decides; else it is UTF-8 if it is valid, else Windows-1251")
    func encodings() throws {
        let bytes = Array(Self.table.utf8)
        #expect(TextTable([0xEF, 0xBB, 0xBF] + bytes)?.encoding == .utf8)
        #expect(TextTable(bytes)?.encoding == .utf8)
        let wide = Self.table.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let utf16 = try #require(TextTable([0xFF, 0xFE] + wide))
        #expect(utf16.encoding == .utf16 && cells(utf16)[1][1] == "Жалобы, всего")
        let cyrillic = Self.table.unicodeScalars.map { scalar -> UInt8 in
            scalar.value < 0x80 ? UInt8(scalar.value) : scalar == "№" ? 0xB9 : UInt8(scalar.value - 0x410 + 0xC0)
        }
        let old = try #require(TextTable(cyrillic))
        #expect(old.encoding == .windows1251 && cells(old)[0][0] == "№" && cells(old)[2][1] == "Услуги, оказанные")
        #expect(TextTable([0x31, 0, 0x32]) == nil)
    }

    @Test("Quotation marks within a cell are doubled or stand as they are, and one that is never closed is a character")
    func quotes() throws {
        let text =
            "1;\"портал \"\"электронного\nправительства\"\"\";2;3\r\n2;портал \"egov\";2;3\r\n3;\"открыто;2;3\r\n"
        let rows = cells(try #require(TextTable(Array(text.utf8))))
        #expect(rows[0] == ["1", "портал \"электронного\nправительства\"", "2", "3"])
        #expect(rows[1] == ["2", "портал \"egov\"", "2", "3"] && rows[2] == ["3", "\"открыто", "2", "3"])
    }

    @Test("A first line that names the separator is not a row")
    func named() throws {
        let table = try #require(TextTable(Array("sep=|\r\n1|a|2|3\r\n".utf8)))
        #expect(cells(table) == [["1", "a", "2", "3"]])
    }
}
