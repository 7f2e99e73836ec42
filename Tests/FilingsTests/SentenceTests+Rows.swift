import Filings
import Forms
import Languages
import Spreadsheets
import Testing
import WorkingDays

/// The sentences of FORMS.md part 3 about rows, cells and filings.
@Suite("Reading the rows of a filed form")
struct RowSentenceTests {
    private func filled(_ code: String = "78-1mk") throws -> FilledForm { try FilledForm(code).filled(5) }

    private func report(
        _ filled: FilledForm, _ layout: SheetLayout = SheetLayout(), _ change: (inout MadeSheet) -> Void
    ) throws
        -> FilingReport
    {
        var sheet = filled.sheet(layout).sheet
        change(&sheet)
        return try filled.report(FilledForm.workbook(sheet))
    }

    @Test(
        "9: the dot behind a number is optional, a number that a spreadsheet made of it is read with its decimals, a day by the label"
    )
    func numbers() throws {
        let filled = try filled()
        for numbers in [SheetLayout.Numbers.dotted, .number, .day] {
            let report = try report(filled, SheetLayout(numbers: numbers)) { _ in }
            #expect(
                report.faults.isEmpty && report.table?.order == filled.table.order,
                "\(numbers): \(report.faults.prefix(3))")
        }
        // In text a day is written out.
        var sheet = filled.sheet().sheet
        for (number, day) in [("1.1", "01.01.2022"), ("3.10", "3.окт"), ("7.2", "2022-02-07 00:00:00")] {
            sheet.cells[try #require(sheet.row(number))]?[0] = .text(day)
        }
        #expect(try filled.report(Array(FilledForm.text(sheet, ";").utf8)).faults.isEmpty)
    }

    @Test(
        "9: a day whose label is another row's, 3.10 that became 3.1, and a number with the label of another row are faults of one cell"
    )
    func labels() throws {
        let filled = try filled()
        let ten = try report(filled) { sheet in
            if let row = sheet.row("3.10") { sheet.cells[row]?[0] = .number(3.1) }
        }
        #expect(ten.faults.map(\.name) == [.rowLabel] && ten.faults[0].found == "3.1" && ten.faults[0].wanted == "3.10")
        let label = try report(filled) { sheet in
            if let row = sheet.row("7.2") { sheet.cells[row]?[1] = .text("строгий выговор") }
        }
        #expect(label.faults.map(\.name) == [.rowLabel] && label.faults[0].row == "7.2")
        #expect(label.faults[0].cell.map { $0.hasPrefix("B") } == true && label.faults[0].wanted == "выговор")
        let day = try report(filled) { sheet in
            // 44,621 is 1 March 2022.
            if let row = sheet.row("1.1") { sheet.cells[row]?[0] = .number(44_621, format: "d.m") }
        }
        #expect(day.faults.map(\.name) == [.rowLabel] && day.faults[0].row == "1.1")
        let unknown = try report(filled) { sheet in
            if let row = sheet.row("7.2") { sheet.cells[row]?[0] = .text("7.9") }
        }
        #expect(unknown.faults.map(\.name) == [.rowUnknown] && unknown.faults[0].found == "7.9")
    }

    @Test("9: a row that is missing, stands twice, has lost its number or its place is one fault")
    func rows() throws {
        let filled = try filled()
        func changed(_ change: (inout MadeSheet, Int) -> Void) throws -> [FilingFault] {
            try report(filled) { sheet in if let row = sheet.row("7.2") { change(&sheet, row) } }.faults
        }
        let missing = try changed { sheet, row in sheet.cells[row] = nil }
        #expect(missing.map(\.name) == [.rowMissing] && missing[0].row == "7.2")
        let twice = try changed { sheet, row in sheet.insert(sheet.cells[row] ?? [:], below: row) }
        #expect(twice.map(\.name) == [.rowTwice] && twice[0].row == "7.2")
        let lost = try changed { sheet, row in sheet.cells[row]?[0] = nil }
        #expect(lost.map(\.name) == [.rowMissing] && lost[0].row == "7.2")
        let moved = try changed { sheet, row in
            (sheet.cells[row], sheet.cells[row + 1]) = (sheet.cells[row + 1], sheet.cells[row])
        }
        #expect(moved.map(\.name) == [.rowMissing] && moved[0].rule == "rows")
        let more = try changed { sheet, row in
            sheet.insert(
                [
                    0: .text("7.7"), 1: .text("прочие взыскания"), 2: .number(0), 3: .number(0), 4: .number(0),
                    5: .number(0),
                ], below: row)
        }
        #expect(more.map(\.name) == [.rowUnknown] && more[0].row == "7.7")
    }

    @Test("10: a heading has number and words in one cell and no numbers behind it", arguments: ["78-1mk", "78-2mk"])
    func headings(code: String) throws {
        let filled = try filled(code)
        for isMerged in [true, false] {
            #expect(try report(filled, SheetLayout(isMerged: isMerged)) { _ in }.faults.isEmpty)
        }
        let behind = try report(filled) { sheet in
            if let row = sheet.cells.first(where: { $0.value[0]?.shown.hasPrefix("2.3. ") == true })?.key {
                sheet.cells[row]?[2] = .number(4)
            }
        }
        #expect(behind.faults.map(\.name) == [.shifted])
    }

    @Test("11: lines without a number below a row are its breakdown, and one below a row that has none is unknown")
    func lines() throws {
        let filled = try filled()
        let report = try report(filled) { _ in }
        let names = filled.lines["12.3"]?.map(\.name) ?? []
        #expect(report.table?.lines(below: "12.3").map(\.name) == names && names.count == 2)
        let odd = try self.report(filled) { sheet in
            if let row = sheet.row("7.6") {
                sheet.insert(
                    [1: .text("иное"), 2: .number(0), 3: .number(0), 4: .number(0), 5: .number(0)], below: row)
            }
        }
        #expect(odd.faults.map(\.name) == [.rowUnknown] && odd.faults[0].found == "иное")
        // The words of the form in the place of the names are no line.
        let printed = try self.report(filled) { sheet in
            if let row = sheet.row("16.2") {
                sheet.insert([1: .text("Наименование государственной услуги")], below: row)
            }
        }
        #expect(printed.faults.isEmpty)
    }

    @Test(
        "11: in 3-мк and 4-мк a line that names a provider opens a block, and the lines after it are its services",
        arguments: ["78-3mk", "78-4mk"])
    func providers(code: String) throws {
        let filled = try filled(code)
        let report = try report(filled) { _ in }
        #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
        let lines = report.table?.lines(below: "1") ?? []
        #expect(lines.map { $0.lines.count } == [1, 1])
        let text = filled.text(";")
        #expect(try filled.report(Array(text.utf8)).faults.isEmpty)
    }

    @Test("12: labels are compared without case, spaces, quotation marks and final punctuation")
    func folding() throws {
        let filled = try filled()
        let report = try report(filled) { sheet in
            for (row, cells) in sheet.cells {
                guard case .text(let text) = cells[1], cells[0] != nil, cells[2] != nil, row > 12 else { continue }
                let other = text.uppercased().replacing("\"", with: "»").replacing(" ", with: "\u{A0} ")
                sheet.cells[row]?[1] = .text(other.hasSuffix(":") ? String(other.dropLast()) + "." : other + ";")
            }
        }
        #expect(report.faults.isEmpty, "\(report.faults.prefix(3))")
    }

    @Test(
        "13: a count is digits, or digits in groups of three set apart by a space; dashes are the sign of nothing",
        arguments: ["12345", "12 345", "12\u{A0}345", "12\u{202F}345", "12\u{2009}345"])
    func counts(text: String) throws {
        var filled = try FilledForm("78-1mk")
        for column in ["1", "4"] { filled["21", [], column] = .other(text) }
        (filled["21", [], "2"], filled["21", [], "3"]) = (.other("–"), .other("—"))
        #expect(try report(filled) { _ in }.faults.isEmpty)
        #expect(try report(filled) { _ in }.table?["21", "1"] == .count(12345))
    }

    @Test("13: all else is a fault and never guessed")
    func others() throws {
        let filled = try FilledForm("78-1mk")
        let odd: [(MadeCell, String)] = [
            (.text("1,5"), "1,5"), (.text("1.234"), "1.234"), (.text("12 345,0"), "12 345,0"),
            (.text("около 5000"), "около 5000"),
            (.text("нет"), "нет"), (.number(-4), "-4"), (.number(2.5), "2.5"), (.error("#DIV/0!"), "#DIV/0!"),
            (.boolean(true), "TRUE"), (.formula("SUM(C1:C2)", value: nil), "=SUM(C1:C2)"),
            (.number(44_562, format: "dd.mm.yyyy"), "01.01.2022"),
            (.number(0.5, format: "0%"), "50%"),
        ]
        for (cell, found) in odd {
            let report = try report(filled) { sheet in if let row = sheet.row("5") { sheet.cells[row]?[3] = cell } }
            #expect(report.faults.map(\.name) == [.notACount], "\(cell): \(report.faults)")
            #expect(report.faults.first?.found == found && report.faults.first?.cell?.hasPrefix("D") == true)
        }
        // The value that a formula left in the file is read.
        let kept = try report(filled) { sheet in
            if let row = sheet.row("5") { sheet.cells[row]?[3] = .formula("0+0", value: "0") }
        }
        #expect(kept.faults.isEmpty)
    }

    @Test(
        "14: empty is not 0 and not \"-\": a fault in 1-мк and 2-мк, in the other forms a doubt",
        arguments: FilledForm.all)
    func empty(code: String) throws {
        var filled = try FilledForm(code)
        let row = code == "78-4mk" ? "total" : code == "78-3mk" ? "1" : "4"
        let column = code.hasPrefix("106") ? "02" : "2"
        filled[row, [], column] = .empty
        let report = try report(filled) { _ in }
        #expect(
            report.faults.map(\.name) == [.empty] && report.isTaken == !["78-1mk", "78-2mk"].contains(code),
            "\(report.faults)")
        // One "-" over merged cells stands in each of them.
        var nothing = try FilledForm("78-1mk")
        for column in ["1", "2", "3", "4"] { nothing["5", [], column] = .empty }
        let merged = try self.report(nothing) { sheet in
            guard let row = sheet.row("5") else { return }
            sheet.cells[row]?[2] = .text("-")
            sheet.merges.append("C\(row + 1):F\(row + 1)")
        }
        #expect(merged.faults.isEmpty)
    }

    @Test("15: all faults are listed at once, each with sheet, cell, row, column, what stands there and what to do")
    func whole() throws {
        var filled = try FilledForm("78-1mk")
        filled["5", [], "1"] = .empty
        filled["6", [], "2"] = .other("нет")
        filled["1", [], "3"] = .count(2)
        let report = try report(filled) { sheet in
            sheet.cells[sheet.row("20") ?? 0] = nil
            sheet.replace("1-мк", by: "1-мk")
        }
        let names = Set(report.faults.map(\.name))
        #expect(names == [.empty, .notACount, .sum, .total, .rowMissing, .formCode] && !report.isTaken, "\(names)")
        for fault in report.faults where ![.rowMissing, .formCode].contains(fault.name) {
            #expect(
                fault.sheet == "Лист1" && fault.cell != nil && fault.row != nil && fault.column != nil
                    && fault.found != nil)
        }
        for fault in report.faults {
            #expect(!fault.text.kk.isEmpty && !fault.text.ru.isEmpty && fault.text[.en] != fault.text.ru)
        }
    }

    @Test("16, 17: the same bytes again change nothing; a second filing of 1-мк and 2-мк is held once one was taken")
    func second() throws {
        let filled = try filled()
        let first = FilledForm.workbook(filled.sheet().sheet)
        #expect(try filled.report(first, after: first).faults.isEmpty)
        let second = FilledForm.workbook(try FilledForm("78-1mk").filled(9).sheet().sheet)
        let held = try filled.report(second, after: first)
        #expect(held.faults.map(\.name) == [.changed] && held.faults[0].rule == "correction" && !held.isTaken)
        // A filing that was returned was never taken.
        var wrong = filled
        wrong["1", [], "1"] = .count(999)
        #expect(try filled.report(second, after: FilledForm.workbook(wrong.sheet().sheet)).faults.isEmpty)
    }

    @Test("17: of 106 a later month may not tell less than an earlier filing, and what was told before is told again")
    func after() throws {
        let february = try FilledForm("106-1mq", "2014-02").filled(4)
        var march = try FilledForm("106-1mq", "2014-03")
        for (place, cell) in february.cells { march.cells[place] = cell }
        for place in march.cells.keys where place.column == "03" {
            march.cells[place] = february[place.row, place.line, "02"]
        }
        let earlier = FilledForm.workbook(february.sheet().sheet)
        #expect(try march.report(FilledForm.workbook(march.sheet().sheet), after: earlier).faults.isEmpty)
        var less = march
        less["13", [], "02"] = .count(0)
        less["13", [], "01"] = .count(0)
        var told = february
        (told["13", [], "01"], told["13", [], "02"]) = (.count(0), .count(8))
        (less["13", [], "03"]) = .count(3)
        let report = try less.report(
            FilledForm.workbook(less.sheet().sheet), after: FilledForm.workbook(told.sheet().sheet))
        #expect(report.faults.map(\.rule) == ["cumulative-filings", "as-filed"], "\(report.faults)")
        #expect(report.faults.map(\.name) == [.fell, .changed] && report.faults.map(\.level) == [.fault, .doubt])
        #expect(report.faults[0].column == "03" && report.faults[1].column == "02" && report.faults[1].wanted == "8")
    }

    @Test("17: a total that goes on from last year's is asked about once")
    func year() throws {
        var december = try FilledForm("106-2mq", "2013-12")
        var january = try FilledForm("106-2mq", "2014-01")
        for place in december.cells.keys where place.row == "13" { december.cells[place] = .count(40) }
        january["13", [], "01"] = .count(44)
        let earlier = FilledForm.workbook(december.sheet().sheet)
        let report = try january.report(FilledForm.workbook(january.sheet().sheet), after: earlier)
        #expect(report.faults.map(\.rule) == ["year"] && report.isTaken, "\(report.faults)")
        january["13", [], "01"] = .count(4)
        #expect(try january.report(FilledForm.workbook(january.sheet().sheet), after: earlier).faults.isEmpty)
    }
}

extension MadeSheet {
    /// Puts a row below another; those below move down.
    mutating func insert(_ cells: [Int: MadeCell], below row: Int) {
        for place in self.cells.keys.sorted(by: >) where place > row {
            self.cells[place + 1] = self.cells.removeValue(forKey: place)
        }
        self.cells[row + 1] = cells
    }
}
