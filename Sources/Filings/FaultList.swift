import Forms
import Languages
import Workbooks

/// The sheet that lists everything that was found in a filing.
struct FaultList {
    private let report: FilingReport
    private let language: Language
    private let sheets: [String]
    /// The sheets of the file that are not in the workbook.
    var leftOut: [String] = []

    init(_ report: FilingReport, _ language: Language, sheets: [String]) {
        self.report = report
        self.language = language
        self.sheets = sheets
    }

    private static let head = WorkbookStyle().with {
        $0.isBold = true
        $0.isWrapped = true
        $0.hasBorder = true
        $0.fill = 0xDDE6EE
    }
    private static let cell = WorkbookStyle().with {
        $0.isWrapped = true
        $0.isTop = true
        $0.hasBorder = true
    }

    var sheet: WorkbookSheet {
        var sheet = WorkbookSheet(FilingTexts.listSheet[language])
        // A sheet of the file keeps its name.
        var number = 2
        while sheets.contains(where: { $0.lowercased() == sheet.name.lowercased() }) {
            sheet.name = "\(FilingTexts.listSheet[language]) \(number)"
            number += 1
        }
        sheet.tab = report.isTaken ? 0x2E7D32 : 0xC00000
        sheet.widths = [0: 11, 1: 16, 2: 8, 3: 30, 4: 22, 5: 22, 6: 70]
        var row = 0
        func line(_ text: String, _ style: WorkbookStyle = WorkbookStyle()) {
            let block = WorkbookBlock(rows: row...row, columns: 0...6)
            sheet.put(
                block, .text(text),
                style.with {
                    $0.isWrapped = true; $0.isTop = true
                })
            sheet.heights[row] = max(16, WorkbookSheet.height(of: text, width: 175, size: style.size))
            row += 1
        }
        line(
            MarkedFiling.sign + FilingTexts.listTitle[language],
            WorkbookStyle().with {
                $0.isBold = true
                $0.size = 13
            })
        let faults = report.faults.count { $0.level == .fault }
        line(FilingTexts.summary(faults: faults, doubts: report.faults.count - faults)[language])
        for level in [CellMarks.Level.fault, .doubt, .repair] {
            line(FilingTexts.legend(level)[language], MarkedSheet.style(level))
        }
        if !leftOut.isEmpty { line(FilingTexts.leftOut(leftOut.joined(separator: ", "))[language]) }
        row += 1
        let first = row
        for (column, head) in FilingTexts.listHeads.enumerated() {
            sheet.put(row, column, .text(head[language]), Self.head)
        }
        row += 1
        for fault in report.faults {
            put(fault, row, &sheet)
            row += 1
        }
        if row > first + 1 {
            sheet.filter = WorkbookBlock(rows: first...(row - 1), columns: 0...6)
            sheet.print.repeated = first...first
        }
        if !report.repairs.isEmpty {
            row += 1
            line(FilingTexts.repairsHead[language], WorkbookStyle().with { $0.isBold = true })
            for repair in report.repairs {
                line(repair.changes.map { $0.text[language] }.joined(separator: "; "), MarkedSheet.repair)
            }
        }
        sheet.print.isLandscape = true
        sheet.print.footer = FilingTexts.listTitle[language]
        return sheet
    }

    private func put(_ fault: FilingFault, _ row: Int, _ sheet: inout WorkbookSheet) {
        let level = MarkedSheet.style(fault.level == .fault ? .fault : .doubt)
        let place = [fault.row, fault.line, fault.column.map { "[\($0)]" }].compactMap(\.self).joined(separator: " · ")
        var text = fault.text[language]
        if let ground = fault.ground, let founded = fault.founded {
            text += "\n\(FilingTexts.founded(founded)[language]): \(ground[language])"
        }
        let texts = [
            FilingTexts.level(fault.level)[language],
            fault.sheet ?? (fault.cell == nil ? "" : FilingTexts.textSheet[language]), fault.cell ?? "", place,
            fault.found ?? "", fault.wanted ?? "", text,
        ]
        sheet.fit(row, texts.enumerated().map { ($0.offset, $0.element) })
        for (column, text) in texts.enumerated() {
            var style = Self.cell
            if column == 0 { (style.fill, style.ink) = (level.fill, level.ink) }
            sheet.put(row, column, text.isEmpty ? .blank : .text(text), style)
        }
    }
}
