import Forms
import Languages
import Spreadsheets
import Workbooks
import WorkingDays

/// The table of a blank: its heads, its rows, the lines below them.
extension BlankSheet {
    /// The heads: merged as the form has them, above them on every page that is printed.
    mutating func head() {
        let first = row
        let isDouble = !form.head.overMonths.isEmpty || columns.contains { !$0.under.isEmpty }
        let rows = isDouble ? row...(row + 1) : row...row
        sheet.put(
            WorkbookBlock(rows: rows, columns: 0...0),
            .text(text(form.head.number).isEmpty ? "№" : text(form.head.number)),
            BlankStyles.head)
        let name = text(form.head.name)
        sheet.put(
            WorkbookBlock(rows: rows, columns: 1...1), .text(name.isEmpty ? FilingTexts.nameHead[language] : name),
            BlankStyles.head)
        if isDouble { overhead() }
        for (place, column) in columns.enumerated() {
            let isTall = isDouble && isWhole(column)
            let block = WorkbookBlock(
                rows: isTall ? rows : rows.upperBound...rows.upperBound, columns: cells(place))
            sheet.put(block, .text(head(of: column)), BlankStyles.head)
        }
        let longest = columns.map { head(of: $0) }.max { $0.count < $1.count } ?? ""
        sheet.heights[rows.upperBound] = max(
            30, WorkbookSheet.height(of: longest, width: cellWidth * Double(width)))
        row = rows.upperBound + 1
        if !form.head.columnNumbers.isEmpty {
            for (column, number) in form.head.columnNumbers.prefix(2).enumerated() {
                sheet.put(row, column, number.isEmpty ? .blank : .text(number), BlankStyles.head)
            }
            for (place, column) in columns.enumerated() {
                sheet.put(WorkbookBlock(rows: row...row, columns: cells(place)), .text(column.code), BlankStyles.head)
            }
            row += 1
        }
        sheet.print.repeated = first...(row - 1)
    }

    /// The upper heads: the quarters, or the name of the months.
    private mutating func overhead() {
        var start = 0
        while start < columns.count {
            var end = start
            if isWhole(columns[start]) {
                start += 1
                continue
            }
            while end + 1 < columns.count, columns[end + 1].under == columns[start].under, !isWhole(columns[end + 1]) {
                end += 1
            }
            let words = columns[start].under.isEmpty ? form.head.overMonths : columns[start].under
            sheet.put(
                WorkbookBlock(rows: row...row, columns: cells(start).lowerBound...cells(end).upperBound),
                .text(text(words)), BlankStyles.head)
            start = end + 1
        }
    }

    /// Whether a column is about the whole period, so that its head goes over both rows.
    private func isWhole(_ column: FormColumn) -> Bool { column.part == .total && column.under.isEmpty }

    /// The cells of a column under the heads.
    private func cells(_ place: Int) -> ClosedRange<Int> { (2 + place * width)...(1 + (place + 1) * width) }

    /// The rows in the order of the form.
    mutating func rows() {
        var hasSplit = false
        for known in form.rows {
            if known.isSection {
                let words = text(known.label)
                line("\(known.code). \(words.isEmpty ? FilingTexts.lostHeading[language] : words)", BlankStyles.section)
                continue
            }
            let own = form.columns(of: known)
            if own.count > columns.count, !hasSplit {
                hasSplit = true
                subheads(own)
            }
            let label = text(known.label)
            sheet.put(row, 0, known.number.map { .text($0) } ?? .blank, BlankStyles.number)
            // Words that are lost with their page are written by whoever has the whole act.
            sheet.put(
                row, 1, label.isEmpty ? .blank : .text(label),
                label.isEmpty ? BlankStyles.name : known.source == .table ? BlankStyles.label : BlankStyles.readLabel)
            sheet.heights[row] = max(16, WorkbookSheet.height(of: label, width: Self.labelWidth))
            values(known, own, way: [])
            guardCells(own, rows: row...row)
            row += 1
            lines(below: known, own)
        }
    }

    /// The words of a label in the language of the blank, else of the act; empty where they are on a lost page.
    private func text(_ label: Localized) -> String {
        [language, form.language].lazy.compactMap { label.exactly($0) }.first { !$0.isEmpty } ?? ""
    }

    /// The second head, above the first row that is split.
    private mutating func subheads(_ own: [FormColumn]) {
        for column in 0...1 { sheet.put(row, column, .blank, BlankStyles.head) }
        for (place, column) in own.enumerated() {
            let words = text(column.label).split(separator: ", ").last.map(String.init) ?? ""
            sheet.put(row, 2 + place, .text(words), BlankStyles.head.with { $0.size = 8 })
        }
        sheet.heights[row] = 26
        row += 1
    }

    /// The cells of a row or a line that are filled in; those after the month of a cumulative filing are closed.
    private mutating func values(_ known: FormRow, _ own: [FormColumn], way: [Int]) {
        let step = own.count == columns.count ? width : 1
        for (index, column) in own.enumerated() {
            let start = 2 + index * step
            let place = FormPlace(row: known.code, line: way, column: column.code)
            places[place] = SheetGrid.address(row: row + 1, column: start)
            let isOpen = column.month.map { $0 <= period.last.month } ?? true
            let value: WorkbookValue =
                switch filled[place] {
                case .count(let count): .count(count)
                case .nothing: .text("-")
                case .other(let text): .text(text)
                case .empty: .blank
                }
            sheet.put(
                WorkbookBlock(rows: row...row, columns: start...(start + step - 1)), isOpen ? value : .blank,
                isOpen ? BlankStyles.count : BlankStyles.closed)
        }
    }

    /// Guards the open cells of rows with the same columns.
    private mutating func guardCells(_ own: [FormColumn], rows: ClosedRange<Int>) {
        let step = own.count == columns.count ? width : 1
        let open = own.count { $0.month.map { $0 <= period.last.month } ?? true }
        guard open > 0 else { return }
        sheet.entry(
            WorkbookBlock(rows: rows, columns: 2...(1 + open * step)), .countOrNothing,
            refusal: FilingTexts.notACount[language])
    }

    /// Open lines below a row that asks for names, under the words that the form prints there.
    private mutating func lines(below known: FormRow, _ own: [FormColumn]) {
        let ways = filled.ways(below: known.code)
        guard !known.lines.isEmpty || !ways.isEmpty else { return }
        let words = known.lineLabels.compactMap { $0[language] ?? $0[form.language] }
        let isOfServices = known.lines.contains { $0.hasPrefix("service") }
        if !words.isEmpty || form.isCumulative {
            sheet.put(row, 0, .blank, BlankStyles.number)
            let note = words.isEmpty ? FilingTexts.amongThem[language] : words.joined(separator: " / ")
            sheet.put(row, 1, .text(note), BlankStyles.note)
            sheet.put(WorkbookBlock(rows: row...row, columns: 2...last), .blank, BlankStyles.closed)
            row += 1
        }
        let start = row
        let count = max(lines, ways.count)
        guard count > 0 else { return }
        for index in 0..<count {
            let way = ways.indices.contains(index) ? ways[index] : [index]
            let name = ways.indices.contains(index) ? filled.line(known.code, way)?.name : nil
            sheet.put(row, 0, .blank, BlankStyles.number)
            sheet.put(row, 1, name.map { .text($0) } ?? .blank, BlankStyles.name)
            values(known, own, way: way)
            row += 1
        }
        guardCells(own, rows: start...(row - 1))
        if isOfServices, let offered {
            sheet.entry(
                WorkbookBlock(rows: start...(row - 1), columns: 1...1),
                .offered(sheet: offered.name, column: 0, count: body.services.count), refusal: "")
        }
    }
}
