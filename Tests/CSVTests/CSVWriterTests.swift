import CSV
import Testing

@Suite("Writing tables")
struct CSVWriterTests {
    @Test(
        "What a table program would run gets a mark, which the reader takes away again; nothing else changes",
        arguments: [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+7 701", "'+7 701"), ("-x", "'-x"), ("@a", "'@a"),
            ("\tx", "'\tx"), ("-5", "-5"), ("+77011234567", "+77011234567"), ("'=1", "''=1"), ("'x", "'x"),
            ("", ""), ("'", "'"), ("мәтін", "мәтін"), ("''+1", "'''+1"),
        ])
    func defused(_ text: String, _ written: String) {
        #expect(CSVWriter.defused(text) == written)
        #expect(CSVWriter.restored(written) == text)
    }

    @Test("A row is read again as it was written, whatever stands in it")
    func readAgain() throws {
        let rows = [["a", "b"], ["x;y", "1,5"], ["\"q\"", "two\r\nlines"], ["", "\t"], ["Қ", "'=1"]]
        for separator in [CSVWriter.Separator.comma, .semicolon] {
            for lineEnd in [CSVWriter.LineEnd.windows, .unix] {
                let writer = CSVWriter(separator: separator, lineEnd: lineEnd, defuses: false)
                var bytes: [UInt8] = []
                for row in rows { writer.append(row, to: &bytes) }
                var reader = try CSVReader(name: "t.csv", columns: ["a", "b"], bytes: bytes)
                var read: [[String]] = []
                while let row = try reader.next() { read.append(row.texts) }
                #expect(read == Array(rows.dropFirst()))
            }
        }
        #expect(CSVWriter(defuses: true).row(["=1", "b;c"]) == Array("'=1,\"b;c\"\r\n".utf8))
    }
}
