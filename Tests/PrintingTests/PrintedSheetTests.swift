import Foundation
import Printing
import Testing
import Workbooks
import WorkingDays

@Suite("Workbooks on pages")
struct PrintedSheetTests {
    private static func book(rows: Int) throws -> Workbook {
        var sheet = WorkbookSheet("Сандар")
        sheet.widths = [0: 6, 1: 60, 2: 16]
        let bordered = WorkbookStyle().with {
            $0.hasBorder = true
            $0.isWrapped = true
        }
        sheet.put(WorkbookBlock(rows: 0...0, columns: 0...2), .text("ӘҒҚҢӨҰҮҺІ есебі"), bordered)
        for (column, head) in ["№", "Көрсеткіш", "Мәні"].enumerated() { sheet.put(1, column, .text(head), bordered) }
        for row in 0..<rows {
            sheet.put(row + 2, 0, .count(row + 1), bordered)
            sheet.put(row + 2, 1, .text("Жол нөмірі \(row + 1)"), bordered)
            sheet.put(row + 2, 2, .count(1_234_567), bordered)
        }
        sheet.put(rows + 2, 2, .number(-2.345), bordered.with { $0.shape = .decimals(1) })
        sheet.put(rows + 3, 2, .day(try #require(CivilDate("2026-03-19"))), bordered)
        sheet.print.repeated = 1...1
        sheet.print.footer = "SHA-256 abc"
        return Workbook(
            title: "Есеп", language: "kk", day: try #require(CivilDate("2026-03-31")), sheets: [sheet, sheet])
    }

    private static func text(of bytes: [UInt8]) throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appending(path: "printed-\(UUID().uuidString).pdf")
        try Data(bytes).write(to: file)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: file) } }
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/pdftotext")
        process.arguments = ["-layout", file.path, "-"]
        process.standardOutput = pipe
        try process.run()
        let said = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        // Pages end with a form feed.
        return String(decoding: said, as: UTF8.self).replacing("\u{A0}", with: " ").split(separator: "\u{0C}")
            .map(String.init)
    }

    @Test("each sheet begins a page, heads stand on every page, no row is lost, and the same book is the same bytes")
    func pages() throws {
        let book = try Self.book(rows: 120)
        let bytes = try book.pdf(author: "1414")
        #expect(bytes.starts(with: Array("%PDF-".utf8)))
        #expect(try book.pdf(author: "1414") == bytes)
        let pages = try Self.text(of: bytes)
        #expect(pages.count >= 6 && pages.count.isMultiple(of: 2))
        for (place, page) in pages.enumerated() {
            #expect(page.contains("Көрсеткіш") && page.contains("SHA-256 abc · \(place + 1) / \(pages.count)"))
        }
        let half = pages.prefix(pages.count / 2).joined()
        for row in 1...120 { #expect(half.contains("Жол нөмірі \(row) "), "\(row)") }
        #expect(half.contains("ӘҒҚҢӨҰҮҺІ есебі"))
        #expect(half.contains("1 234 567") && half.contains("−2,3") && half.contains("19.03.2026"))
    }

    @Test("a row higher than a page goes over pages and loses no word; heads stand above each part")
    func long() throws {
        var book = try Self.book(rows: 1)
        let words = (1...4_000).map { "F\($0)" }
        var sheet = book.sheets[0]
        let wrapped = WorkbookStyle().with { $0.isWrapped = true }
        sheet.put(6, 0, .count(7), wrapped)
        sheet.put(6, 1, .text(words.joined(separator: ", ")), wrapped)
        sheet.put(7, 1, .text("соңы"), wrapped)
        book.sheets = [sheet]
        let pages = try Self.text(of: try book.pdf(author: "1414"))
        #expect(pages.count > 3)
        for page in pages { #expect(page.contains("Көрсеткіш") && page.contains("SHA-256 abc")) }
        let read = Set(pages.joined(separator: " ").split { $0 == " " || $0 == "\n" || $0 == "," }.map(String.init))
        #expect(words.allSatisfy(read.contains) && read.contains("соңы"))
    }

    @Test("an empty sheet and hidden sheets print nothing and fail nothing")
    func nothing() throws {
        var book = try Self.book(rows: 1)
        book.sheets[1].isHidden = true
        book.sheets.append(WorkbookSheet("бос"))
        #expect(try Self.text(of: try book.pdf(author: "1414")).count == 2)
    }
}
