import CSV
import Testing

/// The rows and the errors of a text, read in chunks of a size.
private func read(
    _ text: String, columns: [String] = ["a", "b"], optional: [String]? = nil, chunk: Int = 1_000,
    limits: CSVReader.Limits = .init()
) -> (rows: [[String]], lines: [Int], errors: [CSVError]) {
    read(bytes: Array(text.utf8), columns: columns, optional: optional, chunk: chunk, limits: limits)
}

private func read(
    bytes: [UInt8], columns: [String] = ["a", "b"], optional: [String]? = nil, chunk: Int = 1_000,
    limits: CSVReader.Limits = .init()
) -> (rows: [[String]], lines: [Int], errors: [CSVError]) {
    var rest = bytes[...]
    var rows: [[String]] = []
    var lines: [Int] = []
    var errors: [CSVError] = []
    do throws(CSVError) {
        var reader = try CSVReader(name: "t.csv", columns: columns, optional: optional, limits: limits) {
            defer { rest = rest.dropFirst(chunk) }
            return Array(rest.prefix(chunk))
        }
        while true {
            do throws(CSVError) {
                guard let row = try reader.next() else { break }
                rows.append(row.texts)
                lines.append(row.line)
            } catch {
                errors.append(error)
                if error.isFinal {
                    #expect(((try? reader.next()) ?? nil) == nil)  // after a final error there is nothing more
                    break
                }
            }
        }
    } catch {
        errors.append(error)
    }
    return (rows, lines, errors)
}

@Suite("CSV")
struct CSVReaderTests {
    @Test(
        "The same rows come whatever the chunks and line ends are",
        arguments: [1, 2, 3, 5, 7, 1_000], ["\n", "\r\n"])
    func chunks(chunk: Int, newline: String) {
        let text = ["\u{FEFF}a,b", "1,\"two, \"\"2\"\"\"", "", "\"Қазақ", "тілі\",", ",\"\""].joined(separator: newline)
        let found = read(text, chunk: chunk)
        #expect(found.rows == [["1", "two, \"2\""], ["Қазақ\(newline)тілі", ""], ["", ""]])
        #expect(found.lines == [2, 4, 6])
        #expect(found.errors == [])
    }

    @Test("Columns are found by name in any order, and others may stand beside them")
    func columns() throws {
        var reader = try CSVReader(name: "t.csv", columns: ["a", "b"], bytes: Array("b,x, a\n2,3,1\n".utf8))
        let row = try #require(try reader.next())
        #expect(row["a"] == "1")
        #expect(row["b"] == "2")
        #expect(row["absent"] == "")
        let column = try #require(reader.column("x"))
        #expect(row[column] == "3")
        #expect(Array(row.utf8(column)) == [51])
        #expect(reader.column("absent") == nil)
        #expect(try reader.next() == nil)
    }

    @Test("Spreadsheets that separate by semicolon or tab are understood", arguments: [";", "\t"])
    func separators(separator: String) {
        let found = read("\"a\"\(separator)b\n1,5\(separator)2\n")
        #expect(found.rows == [["1,5", "2"]])
    }

    @Test("A bad row is told with its line and the rows after it are read")
    func recovery() {
        let text = "a,b\n1\n2,3,4\n5,6\"7\n\"8\"9,0\nok,ok\n"
        let found = read(text)
        #expect(found.rows == [["ok", "ok"]])
        #expect(found.errors.map(\.line) == [2, 3, 4, 5])
        #expect(
            found.errors.map(\.problem) == [
                .fieldCount(found: 1, expected: 2), .fieldCount(found: 3, expected: 2), .strayQuote, .strayQuote,
            ])
        #expect(found.errors.map(\.column) == [nil, nil, "b", "a"])
        #expect(found.errors.allSatisfy { !$0.isFinal })
        #expect(found.errors[2].description.hasPrefix("t.csv:4: b: There is a quote inside a field"))
    }

    @Test("A carriage return alone is refused, at the end of the file too")
    func carriageReturn() {
        let found = read("a,b\n1,2\r3,4\n")
        #expect(found.rows == [["3", "4"]])
        #expect(found.errors.map(\.problem) == [.loneCarriageReturn])
        #expect(read("a,b\n1,2\r").errors.map(\.problem) == [.loneCarriageReturn])
    }

    @Test("A quote that is never closed ends the reading and is told with the line that opened it")
    func unclosedQuote() {
        let found = read("a,b\n1,2\n3,\"4\n5,6\n")
        #expect(found.rows == [["1", "2"]])
        #expect(found.errors == [CSVError(file: "t.csv", line: 3, column: "b", problem: .unclosedQuote)])
        #expect(found.errors[0].isFinal)
    }

    /// A text in Windows-1251, as Excel saves a table as “CSV”: what the encoding has no letter for is a question mark.
    private static func windows1251(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { scalar in
            switch scalar.value {
            case 0..<0x80: UInt8(scalar.value)
            case 0x410...0x44F: UInt8(scalar.value - 0x410 + 0xC0)
            case 0x401: 0xA8
            case 0x451: 0xB8
            default: UInt8(ascii: "?")
            }
        }
    }

    @Test("A file that Excel wrote in Windows-1251, or as a workbook, is called that, once and not row by row")
    func excel() {
        let table = "a;b\n1;Сёмин Ерлан\n2;Қазақ тілі\n"
        let found = read(bytes: Self.windows1251(table))
        #expect(found.rows.isEmpty)
        #expect(found.errors == [CSVError(file: "t.csv", line: 1, problem: .windows1251)])
        #expect(found.errors.first?.description.contains("CSV UTF-8") == true)
        for start: [UInt8] in [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]] {
            let book = read(bytes: start + Array("xl/workbook.xml\"\n\u{1}".utf8))
            #expect(book.errors == [CSVError(file: "t.csv", line: 1, problem: .workbook)])
        }
    }

    @Test("One broken row of a table in UTF-8 is that row's fault, whatever stands in it")
    func oneBrokenRow() {
        let rows = Array("a,b\n1,Алматы қаласы\n".utf8) + Self.windows1251("2,Астана\n") + Array("3,Шымкент\n".utf8)
        let found = read(bytes: rows)
        #expect(found.rows.map { $0[0] } == ["1", "3"])
        #expect(found.errors.map(\.problem) == [.notUTF8] && found.errors.map(\.line) == [3])
    }

    @Test("Bytes that are not UTF-8 are refused with their column")
    func notUTF8() {
        let found = read(bytes: Array("a,b\nж,".utf8) + [0xE4, 0xE5] + Array("\n1,2\n".utf8))
        #expect(found.rows == [["1", "2"]])
        #expect(found.errors == [CSVError(file: "t.csv", line: 2, column: "b", problem: .notUTF8)])
        // Half a letter at the end of a field and its other half at the start of the next.
        let cut = read(bytes: Array("a,b\n".utf8) + [0xD0, 0x2C, 0x96, 0x0A])
        #expect(cut.errors == [CSVError(file: "t.csv", line: 2, column: "a", problem: .notUTF8)])
        #expect(read(bytes: [0xFF, 0xFE, 0x61, 0x00]).errors.map(\.problem) == [.notUTF8])
    }

    @Test(
        "A first line that does not fit is refused",
        arguments: [
            ("", CSVError.Problem.empty), ("\n\n", .empty), ("a,c\n", .missingColumns(["b"])),
            ("a,b,a\n", .repeatedColumn("a")),
            ("a,b,d\n", .unknownColumns(["d"], known: ["a", "b", "c"])),
        ])
    func header(text: String, problem: CSVError.Problem) {
        #expect(read(text, optional: ["c"]).errors.map(\.problem) == [problem])
    }

    @Test("A row or a file that is too long is refused before it fills the memory", arguments: [1, 16, 1_000])
    func limits(chunk: Int) {
        let long = "a,b\n1,\"" + String(repeating: "x", count: 500) + "\"\n"
        let row = read(long, chunk: chunk, limits: .init(row: 100))
        #expect(row.errors.map(\.problem) == [.rowTooLong(limit: 100)])
        // One row that is too long is one fault: those after it are read, on their lines.
        let between = read("a,b\n1,2\n" + long.dropFirst(4) + "3,4\n", chunk: chunk, limits: .init(row: 100))
        #expect(between.rows == [["1", "2"], ["3", "4"]] && between.lines == [2, 4])
        #expect(between.errors.map(\.line) == [3] && between.errors.map(\.isFinal) == [false])
        let file = read(long, chunk: chunk, limits: .init(file: 50))
        #expect(file.errors.map(\.problem) == [.fileTooLong(limit: 50)])
    }

    @Test("A source that fails is told as an error of the file")
    func source() {
        struct Broken: Error {}
        #expect(throws: CSVError(file: "t.csv", line: 0, problem: .unreadable("Broken()"))) {
            _ = try CSVReader(name: "t.csv", columns: ["a"]) { throw Broken() }
        }
    }

    @Test("The last row needs no line end, and a reader may be asked again at the end")
    func end() throws {
        var reader = try CSVReader(name: "t.csv", columns: ["a"], bytes: Array("a\n1".utf8))
        #expect(try reader.next()?.texts == ["1"])
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }
}
