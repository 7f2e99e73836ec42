import Filings
import Forms
import Languages
import Spreadsheets
import Testing
import WorkingDays

/// The sentences of FORMS.md part 3, one test each, by their numbers there.
@Suite("Reading a filed form")
struct SentenceTests {
    private func filled(_ code: String = "78-1mk") throws -> FilledForm { try FilledForm(code).filled(3) }

    private func names(_ report: FilingReport) -> [FilingFault.Name] { report.faults.map(\.name) }

    // MARK: - 1

    @Test("1: a workbook is known by its bytes, and what is not read is named for what it is")
    func natures() throws {
        let filled = try filled()
        func fault(_ bytes: [UInt8]) throws -> FilingFault? { try filled.report(bytes).faults.first }
        #expect(try filled.report(FilledForm.workbook(filled.sheet().sheet)).faults.isEmpty)
        #expect(try fault(Array("<html><table><tr><td>1-мк</td></tr></table></html>".utf8))?.found == "html")
        #expect(try fault(Array("%PDF-1.7 …".utf8))?.found == "pdf")
        #expect(try fault(Self.compound("Workbook"))?.found == "xls")
        #expect(try fault(Self.compound("EncryptedPackage"))?.name == .encrypted)
        #expect(try fault([])?.found == "empty")
        let openDocument = ZipMaker.archive(
            [
                ("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8))
            ], isPacked: false)
        #expect(try fault(openDocument)?.found == "ods" && fault(openDocument)?.name == .notWhatItSays)
    }

    /// A compound file with one stream in its directory.
    private static func compound(_ name: String) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1536)
        bytes.replaceSubrange(0..<8, with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        let units = name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        bytes.replaceSubrange(1024..<(1024 + units.count), with: units)
        bytes[1024 + 64] = UInt8(units.count + 2)
        bytes[1024 + 66] = 2
        return bytes
    }

    @Test("1: a bomb, a document type, a cut archive and a wrong sum of bytes are refused with their reason")
    func hostile() throws {
        let filled = try filled()
        let bomb = ZipMaker.archive([("xl/workbook.xml", [UInt8](repeating: 32, count: 20 << 20))])
        #expect(bomb.count < 100_000)
        #expect(try names(filled.report(bomb)) == [.notWhatItSays])
        let entity = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><workbook>&a;</workbook>"
        let report = try filled.report(ZipMaker.archive([("xl/workbook.xml", Array(entity.utf8))]))
        #expect(names(report) == [.notWhatItSays] && report.faults[0].text[.en].contains("document type"))
        let good = FilledForm.workbook(filled.sheet().sheet)
        #expect(try names(filled.report(Array(good.prefix(good.count / 2)))) == [.notWhatItSays])
        var broken = good
        broken[good.count / 3] ^= 0xFF
        #expect(try names(filled.report(broken)).contains(.notWhatItSays))
    }

    // MARK: - 2

    @Test(
        "2: text in UTF-8 and Windows-1251 with each separator is read like the workbook", arguments: [";", "\t", ","])
    func texts(separator: String) throws {
        for code in FilledForm.internalControl {
            let filled = try filled(code)
            let text = filled.text(separator)
            #expect(try filled.report(Array(text.utf8)).faults.isEmpty)
            #expect(try filled.report([0xEF, 0xBB, 0xBF] + Array(text.utf8)).faults.isEmpty)
        }
    }

    @Test(
        "2: a Kazakh form that went through Windows-1251 lost its letters, and nothing is guessed back",
        arguments: ["106-1mq", "106-2mq"])
    func lost(code: String) throws {
        let filled = try filled(code)
        let text = filled.text(";")
        let lost = String(text.map { "қөұүңғһәіҚӨҰҮҢҒҺӘІ".contains($0) ? "?" : $0 })
        let report = try filled.report(Array(lost.utf8))
        #expect(names(report) == [.lettersLost] && report.faults[0].found == (code == "106-1mq" ? "1-м?" : "2-м?"))
    }

    @Test("2: a Russian form in Windows-1251 is read")
    func cyrillic() throws {
        let filled = try filled()
        let bytes = filled.text(";").unicodeScalars.map { scalar -> UInt8 in
            switch scalar {
            case "№": 0xB9
            case "«": 0xAB
            case "»": 0xBB
            case "–": 0x96
            case "…": 0x85
            case "ё": 0xB8
            case "\u{410}"..."\u{44F}": UInt8(scalar.value - 0x410 + 0xC0)
            default: scalar.value < 0x80 ? UInt8(scalar.value) : 0x2D
            }
        }
        #expect(try filled.report(bytes).faults.isEmpty)
    }

    // MARK: - 3

    @Test("3: the sheet is the one with the index; hidden sheets are not read, and other sheets do not matter")
    func sheets() throws {
        let filled = try filled()
        let form = filled.sheet().sheet
        var hidden = form
        hidden.isHidden = true
        hidden.name = "черновик"
        hidden.cells[20] = nil
        var note = MadeSheet(name: "Справка")
        note.cells[0] = [0: .text("Аналитическая справка к отчету")]
        let bytes = WorkbookMaker(sheets: [note, hidden, form]).bytes
        #expect(try filled.report(bytes).faults.isEmpty)
        #expect(try names(filled.report(WorkbookMaker(sheets: [note]).bytes)) == [.formUnknown])
    }

    @Test(
        "3: leading empty rows and columns, merged cells and lines of a letterhead do not matter",
        arguments: FilledForm.internalControl)
    func layouts(code: String) throws {
        let filled = try filled(code)
        for layout in [
            SheetLayout(top: 5, left: 3), SheetLayout(isMerged: true, isInLabel: true),
            SheetLayout(isMerged: true, isRoomy: true),
        ] {
            var sheet = filled.sheet(layout).sheet
            if layout.top > 0 {
                sheet.cells[0] = [4: .text("Қазақстан Республикасының Әділет министрлігі")]
                sheet.cells[1] = [4: .text("исх. № 15-2/117 от 08.04.2022")]
            }
            for dialect in WorkbookMaker.Dialect.allCases {
                let report = try filled.report(FilledForm.workbook(sheet, dialect))
                #expect(report.faults.isEmpty, "\(dialect) \(layout) \(report.faults.prefix(3))")
                #expect(report.table?.order == filled.table.order)
            }
        }
    }

    // MARK: - 4, 5

    @Test("4: the value of a line above the table stands behind the colon or in the next filled cell")
    func passport() throws {
        let filled = try filled()
        for isInLabel in [true, false] {
            let sheet = filled.sheet(SheetLayout(isInLabel: isInLabel)).sheet
            #expect(try filled.report(FilledForm.workbook(sheet)).faults.isEmpty)
        }
    }

    @Test(
        "5: the index must have its exact letters; look-alikes hold the filing, and the letter is named with its code",
        arguments: [
            ("78-1mk", "1-мk", "U+006B"), ("78-1mk", "1-mк", "U+006D"), ("78-1mk", "1-мқ", "U+049B"),
            ("106-1mq", "1-мк", "U+043A"), ("78-1mk", "l-мк", "U+006C"), ("78-1mk", "1-МК", "U+041C"),
        ])
    func lookalikes(code: String, index: String, letter: String) throws {
        let filled = try filled(code)
        var sheet = filled.sheet().sheet
        sheet.replace(filled.form.index ?? "", by: index)
        let report = try filled.report(FilledForm.workbook(sheet))
        #expect(names(report) == [.formCode], "\(report.faults)")
        #expect(report.faults[0].found == index && report.faults[0].wanted == filled.form.index)
        #expect(report.faults[0].text[.ru].contains(letter) && report.faults[0].cell != nil)
    }

    @Test("5: title and table tell which form it is; index and title of two forms in one file is a fault")
    func twoForms() throws {
        let filled = try filled()
        var sheet = filled.sheet().sheet
        let other = try #require(FilledForm.set.forms.first { $0.code == "78-2mk" })
        sheet.replace(filled.form.title.ru, by: other.title.ru)
        sheet.replace(filled.form.head.title[.ru] ?? "", by: "")
        #expect(try names(filled.report(FilledForm.workbook(sheet))) == [.formCode])
        // The other form as a whole is one fault and not fifty.
        let second = try FilledForm("78-2mk").filled(3)
        #expect(try names(filled.report(FilledForm.workbook(second.sheet().sheet))) == [.formCode])
        let both = WorkbookMaker(sheets: [filled.sheet().sheet, second.sheet().sheet]).bytes
        #expect(try names(filled.report(both)) == [.formCode])
    }

    // MARK: - 6

    @Test("6: the period must be the one that the filing is for, above the table and in its heads")
    func periods() throws {
        let filled = try filled()
        for (found, put) in [
            ("1 квартал 2022 года", "2 квартал 2022 года"), ("1 квартал 2022 года", "1 квартал 2021 года"),
            ("1 квартал 2022 года", "___ квартал 20__ года"), ("ВСЕГО за 1 квартал", "ВСЕГО за 3 квартал"),
            ("Февраль (май, август, ноябрь)", "Май"),
        ] {
            var sheet = filled.sheet().sheet
            sheet.replace(found, by: put)
            let report = try filled.report(FilledForm.workbook(sheet))
            let told = report.faults.map { "\($0.name) \($0.rule ?? "") \($0.found ?? "")" }
            #expect(names(report) == [.period] && report.faults[0].found == put, "\(put): \(told)")
        }
        for words in ["за I квартал 2022 г.", "первый квартал 2022 года", "2022 жылғы 1-тоқсан"] {
            var sheet = filled.sheet().sheet
            sheet.replace("1 квартал 2022 года", by: words)
            #expect(try filled.report(FilledForm.workbook(sheet)).faults.isEmpty)
        }
        #expect(
            try filled.report(FilledForm.workbook(filled.sheet(SheetLayout(hasOwnMonths: true)).sheet)).faults.isEmpty)
    }

    @Test("6: in 106 it is the year above the table and the month of the last filled column")
    func months() throws {
        let filled = try filled("106-1mq")
        var sheet = filled.sheet().sheet
        sheet.replace("Есептік кезең 2014 ж.", by: "Есептік кезең 2013 ж.")
        #expect(try names(filled.report(FilledForm.workbook(sheet))) == [.period])
        var short = filled
        for place in short.cells.keys where place.column == "03" { short.cells[place] = .empty }
        let report = try short.report(FilledForm.workbook(short.sheet().sheet))
        #expect(names(report) == [.period] && report.faults[0].column == "03", "\(report.faults)")
    }

    // MARK: - 7, 8

    @Test("7: cells shifted against their rows are one fault", arguments: FilledForm.internalControl)
    func shifted(code: String) throws {
        let filled = try filled(code)
        for step in [-1, 1, 2] {
            let report = try filled.report(FilledForm.workbook(filled.sheet().sheet.shifted(by: step)))
            #expect(names(report) == [.shifted], "\(step): \(report.faults.prefix(3))")
            #expect(report.faults.first?.cell != nil)
        }
    }

    @Test("7: in 78 the line of column numbers stands right above the rows", arguments: ["78-1mk", "78-2mk"])
    func numberLine(code: String) throws {
        let filled = try filled(code)
        var sheet = filled.sheet().sheet
        let line = try #require(sheet.cells.first { $0.value[1] == .text("А") }?.key)
        sheet.cells[line] = nil
        #expect(try names(filled.report(FilledForm.workbook(sheet))) == [.shifted])
    }

    @Test(
        "8: the rows that are split have a second head, or eight cells without one, below roomy heads or not",
        arguments: ["78-1mk", "78-2mk"])
    func split(code: String) throws {
        let filled = try filled(code)
        for layout in [SheetLayout(hasSecondHead: true), SheetLayout(), SheetLayout(isRoomy: true)] {
            let report = try filled.report(FilledForm.workbook(filled.sheet(layout).sheet))
            #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
            let row = code == "78-1mk" ? "12" : "11"
            for column in ["1a", "1b", "4a", "4b"] { #expect(report.table?[row, column] == filled[row, [], column]) }
        }
    }

    @Test("8: columns are told by their heads, wherever they stand")
    func swapped() throws {
        let filled = try filled()
        var sheet = filled.sheet().sheet
        // The whole columns of the first and the second month change places, in the rows that have four cells.
        for (row, cells) in sheet.cells where cells.keys.max() ?? 0 <= 5 {
            sheet.cells[row]?[2] = cells[3]
            sheet.cells[row]?[3] = cells[2]
        }
        sheet.swapPassportBack(of: filled)
        let report = try filled.report(FilledForm.workbook(sheet))
        #expect(report.table?["1", "1"] == filled["1", [], "1"] && report.table?["1", "2"] == filled["1", [], "2"])
    }
}

extension MadeSheet {
    /// Replaces a text wherever it stands.
    mutating func replace(_ text: String, by other: String) {
        for (row, cells) in cells {
            for (column, cell) in cells where cell == .text(text) { self.cells[row]?[column] = .text(other) }
        }
    }

    /// The same where the text stands among other words of its cell, as a value behind its label.
    mutating func replaceWithin(_ text: String, by other: String) {
        for (row, cells) in cells {
            for (column, cell) in cells {
                guard case .text(let words) = cell, words.hasSuffix(text) else { continue }
                self.cells[row]?[column] = .text(String(words.dropLast(text.count)) + other)
            }
        }
    }

    /// The cells behind the names, moved down against their rows from the heads on.
    func shifted(by step: Int, from first: Int = 2) -> MadeSheet {
        var moved = self
        let head = cells.first { row in row.value.values.contains { ["№", "№ п/п"].contains($0.shown) } }?.key ?? 0
        for row in cells.keys where row >= head { moved.cells[row] = cells[row]?.filter { $0.key < first } }
        for (row, cells) in cells where row > head {
            for (column, cell) in cells where column >= first { moved.cells[row + step, default: [:]][column] = cell }
        }
        return moved
    }

    /// The values of the lines above the table, back where they were.
    mutating func swapPassportBack(of filled: FilledForm) {
        let before = filled.sheet().sheet
        let head = cells.first { row in row.value.values.contains { ["№", "№ п/п"].contains($0.shown) } }?.key ?? 0
        for row in before.cells.keys where row < head { cells[row] = before.cells[row] }
    }
}
