import Forms
import Languages
import Reporting
import Workbooks
import WorkingDays

/// The parts of a form that are one table each, as the page shows them: a column a row of the form, a line each body and service.
extension ReportSheets {
    /// Whether a row stands in such a table.
    func isInTable(_ row: FormRow) -> Bool {
        form.sections.contains { heading, rows in heading?.isTable == true && rows.contains { $0.code == row.code } }
    }

    /// The sheets of these tables.
    func tables(_ language: Language) -> [WorkbookSheet] {
        form.sections.compactMap { heading, rows in
            guard let heading, heading.isTable, let matrix = FormMatrix(rows, figures) else { return nil }
            return table(matrix, heading.label[language], rows, language)
        }
    }

    private static let number = SheetStyles.cell.with {
        $0.alignment = .right
        $0.shape = .whole
    }
    private static let total = number.with { $0.isBold = true }
    private static let whole = SheetStyles.cell.with { $0.isBold = true }

    private func table(
        _ matrix: FormMatrix, _ label: String, _ rows: [FormRow], _ language: Language
    ) -> WorkbookSheet {
        var sheet = WorkbookSheet("\(label) (\(language.rawValue))")
        let last = matrix.columns.count
        sheet.widths = [0: 44]
        for column in 1...max(1, last) { sheet.widths[column] = 13 }
        let width = 44.0 + 13.0 * Double(last)
        var row = 0
        func line(_ text: String, _ style: WorkbookStyle = SheetStyles.plain) {
            sheet.put(WorkbookBlock(rows: row...row, columns: 0...last), .text(text), style)
            sheet.heights[row] = max(16, WorkbookSheet.height(of: text, width: width, size: style.size))
            row += 1
        }
        line(title(language), SheetStyles.heading)
        line(label, SheetStyles.part)
        let head = row
        let labels = [t("report.part", language)] + matrix.columns.map { $0.head(language) }
        for (column, text) in labels.enumerated() { sheet.put(row, column, .text(text), SheetStyles.head) }
        sheet.fit(row, labels.enumerated().map { ($0.offset, $0.element) })
        row += 1
        for entry in matrix.lines {
            let isWhole = entry.keys.count < matrix.keys.count
            let name =
                String(repeating: "    ", count: max(0, entry.keys.count - 1))
                + names.line(entry, of: matrix, maker.texts, language)
            sheet.put(row, 0, .text(name), isWhole ? Self.whole : SheetStyles.cell)
            sheet.fit(row, [(0, name)])
            for (column, count) in entry.counts.enumerated() {
                let style = isWhole ? Self.total : Self.number
                let isHundredths = matrix.columns[column].unit == "hundredths"
                let value: WorkbookValue =
                    count.map { isHundredths ? .number(Double($0) / 100) : .count($0) } ?? .text("–")
                sheet.put(row, column + 1, value, isHundredths ? style.with { $0.shape = .decimals(1) } : style)
            }
            row += 1
        }
        if form.hasReading(rows) { line(t("report.reading", language)) }
        sheet.print.isLandscape = true
        sheet.print.repeated = head...head
        sheet.print.footer = footer
        return sheet
    }
}
