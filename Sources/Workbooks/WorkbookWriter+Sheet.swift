import CXlsxWriter
import Foundation
import WorkingDays

extension WorkbookWriter {
    typealias Pointer = UnsafeMutablePointer<lxw_worksheet>

    /// Puts a sheet into the workbook.
    /// - Parameter names: the names of the sheets as they are written, by their wished ones.
    func put(_ sheet: WorkbookSheet, into pointer: Pointer, names: [String: String]) throws(WorkbookError) {
        for (column, width) in sheet.widths.sorted(by: { $0.key < $1.key }) {
            try check(
                worksheet_set_column(pointer, lxw_col_t(column), lxw_col_t(column), width, nil),
                "a width of “\(sheet.name)”")
        }
        for (row, height) in sheet.heights.sorted(by: { $0.key < $1.key }) {
            // No row is higher in any program.
            try check(worksheet_set_row(pointer, lxw_row_t(row), min(height, 409), nil), "a height of “\(sheet.name)”")
        }
        for cell in sheet.cells { try put(cell, into: pointer, sheet.name) }
        let anchors = sheet.anchors
        for merge in sheet.merges {
            let place = WorkbookSheet.Place(row: merge.rows.lowerBound, column: merge.columns.lowerBound)
            try self.merge(merge, in: pointer, sheet.name, first: anchors[place])
        }
        for entry in sheet.entries { try put(entry, into: pointer, sheet.name, names) }
        for comment in sheet.comments { try put(comment, into: pointer, sheet.name) }
        try setUp(sheet, pointer)
    }

    private func put(_ cell: WorkbookCell, into pointer: Pointer, _ name: String) throws(WorkbookError) {
        guard (0..<1_048_576).contains(cell.row), (0..<16_384).contains(cell.column) else {
            throw .refused(
                what: "row \(cell.row + 1), column \(cell.column + 1) of “\(name)”", reason: "no sheet is so large")
        }
        let (row, column) = (lxw_row_t(cell.row), lxw_col_t(cell.column))
        func shaped(_ shape: WorkbookStyle.Shape) -> UnsafeMutablePointer<lxw_format>? {
            format(cell.style.shape == .general ? cell.style.with { $0.shape = shape } : cell.style)
        }
        let status: lxw_error
        switch cell.value {
        case .blank: status = worksheet_write_blank(pointer, row, column, format(cell.style))
        case .text(let text):
            // What begins as a formula does stays a text also where somebody opens the cell and leaves it again.
            let isLikeFormula = text.unicodeScalars.first.map { "=+-@".unicodeScalars.contains($0) } ?? false
            let format = isLikeFormula && text.count > 1 ? shaped(.text) : format(cell.style)
            let kept = WorkbookText.cell(text)
            status =
                kept.isEmpty
                ? worksheet_write_blank(pointer, row, column, format)
                : worksheet_write_string(pointer, row, column, kept, format)
        case .count(let count):
            status = worksheet_write_number(pointer, row, column, Double(count), format(cell.style))
        case .number(let number):
            status = worksheet_write_number(pointer, row, column, number.isFinite ? number : 0, format(cell.style))
        case .day(let day):
            status = worksheet_write_number(pointer, row, column, Double(Self.days(day)), shaped(.day))
        case .time(let day, let minutes):
            let number = Double(Self.days(day)) + Double(minutes) / 1440
            status = worksheet_write_number(pointer, row, column, number, shaped(.time))
        case .boolean(let value):
            status = worksheet_write_boolean(pointer, row, column, value ? 1 : 0, format(cell.style))
        }
        try check(status, "row \(cell.row + 1), column \(cell.column + 1) of “\(name)”")
    }

    /// The library writes a merged block with a text; what stands in its first cell is written again after it.
    private func merge(
        _ block: WorkbookBlock, in pointer: Pointer, _ name: String, first: WorkbookCell?
    ) throws(WorkbookError) {
        guard block.rows.count > 1 || block.columns.count > 1 else { return }
        try check(
            worksheet_merge_range(
                pointer, lxw_row_t(block.rows.lowerBound), lxw_col_t(block.columns.lowerBound),
                lxw_row_t(block.rows.upperBound), lxw_col_t(block.columns.upperBound), "",
                format(first?.style ?? WorkbookStyle())),
            "a merged block of “\(name)”")
        if let first { try put(first, into: pointer, name) }
    }

    private func put(
        _ entry: WorkbookEntry, into pointer: Pointer, _ name: String, _ names: [String: String]
    ) throws(WorkbookError) {
        var validation = lxw_data_validation()
        validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.show_error = UInt8(LXW_VALIDATION_ON.rawValue)
        validation.show_input = UInt8(LXW_VALIDATION_ON.rawValue)
        var formula = ""
        switch entry.kind {
        case .countOrNothing:
            let cell = Self.address(entry.block.rows.lowerBound, entry.block.columns.lowerBound)
            validation.validate = UInt8(LXW_VALIDATION_TYPE_CUSTOM_FORMULA.rawValue)
            formula =
                "=IF(ISNUMBER(\(cell)),AND(\(cell)>=0,\(cell)=INT(\(cell)),\(cell)<1000000000000000),\(cell)=\"-\")"
        case .day(let from):
            validation.validate = UInt8(LXW_VALIDATION_TYPE_DATE_NUMBER.rawValue)
            validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO.rawValue)
            validation.value_number = Double(Self.days(from))
        case .offered(let sheet, let column, let count):
            validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
            validation.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
            validation.show_error = UInt8(LXW_VALIDATION_OFF.rawValue)
            let quoted = (names[sheet] ?? sheet).replacing("'", with: "''")
            let letters = Self.letters(column)
            formula = "='\(quoted)'!$\(letters)$1:$\(letters)$\(max(count, 1))"
        }
        // The library copies the texts.
        let (rule, words) = (strdup(formula), strdup(WorkbookText.cell(entry.refusal, limit: 255)))
        defer {
            free(rule)
            free(words)
        }
        if !formula.isEmpty { validation.value_formula = rule }
        if !entry.refusal.isEmpty { validation.error_message = words }
        let block = entry.block
        try check(
            worksheet_data_validation_range(
                pointer, lxw_row_t(block.rows.lowerBound), lxw_col_t(block.columns.lowerBound),
                lxw_row_t(block.rows.upperBound), lxw_col_t(block.columns.upperBound), &validation),
            "what may be typed in “\(name)”")
    }

    private func put(_ comment: WorkbookComment, into pointer: Pointer, _ name: String) throws(WorkbookError) {
        let text = WorkbookText.cell(comment.text)
        guard !text.isEmpty else { return }
        var options = lxw_comment_options()
        options.width = 320
        options.height = UInt16(min(max(WorkbookSheet.height(of: text, width: 44, size: 9) * 1.5, 60), 600))
        options.font_size = 9
        let author = strdup("Bailanys")
        defer { free(author) }
        options.author = author
        try check(
            worksheet_write_comment_opt(pointer, lxw_row_t(comment.row), lxw_col_t(comment.column), text, &options),
            "a note of “\(name)”")
    }

    private func setUp(_ sheet: WorkbookSheet, _ pointer: Pointer) throws(WorkbookError) {
        let print = sheet.print
        worksheet_set_paper(pointer, 9)
        if print.isLandscape { worksheet_set_landscape(pointer) }
        worksheet_set_margins(pointer, 0.5, 0.5, 0.6, 0.75)
        worksheet_fit_to_pages(pointer, 1, 0)
        if let rows = print.repeated {
            try check(
                worksheet_repeat_rows(pointer, lxw_row_t(rows.lowerBound), lxw_row_t(rows.upperBound)),
                "the repeated rows of “\(sheet.name)”")
        }
        // A space keeps a number that the words begin with apart from the size of the letters.
        let words = WorkbookText.cell(print.footer, limit: 180).replacing("&", with: "&&")
        try check(worksheet_set_footer(pointer, "&L&8 \(words)&R&8 &P / &N"), "the foot of “\(sheet.name)”")
        if sheet.frozen.rows > 0 || sheet.frozen.columns > 0 {
            worksheet_freeze_panes(pointer, lxw_row_t(sheet.frozen.rows), lxw_col_t(sheet.frozen.columns))
        }
        if let filter = sheet.filter {
            try check(
                worksheet_autofilter(
                    pointer, lxw_row_t(filter.rows.lowerBound), lxw_col_t(filter.columns.lowerBound),
                    lxw_row_t(filter.rows.upperBound), lxw_col_t(filter.columns.upperBound)),
                "the filter of “\(sheet.name)”")
        }
        if let tab = sheet.tab { worksheet_set_tab_color(pointer, tab) }
        if sheet.isHidden { worksheet_hide(pointer) }
        if sheet.isProtected {
            var options = lxw_protection()
            options.format_columns = 1
            options.format_rows = 1
            options.insert_rows = 1
            worksheet_protect(pointer, nil, &options)
        }
    }

    private static func letters(_ column: Int) -> String {
        var (letters, rest) = ("", column)
        repeat {
            letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
            rest = rest / 26 - 1
        } while rest >= 0
        return letters
    }

    private static func address(_ row: Int, _ column: Int) -> String { letters(column) + "\(row + 1)" }
}

extension WorkbookSheet {
    /// A place on a sheet, from 0.
    struct Place: Hashable {
        let row: Int
        let column: Int
    }

    /// The first cells of the merged blocks by their places.
    var anchors: [Place: WorkbookCell] {
        let places = Set(merges.map { Place(row: $0.rows.lowerBound, column: $0.columns.lowerBound) })
        guard !places.isEmpty else { return [:] }
        var anchors: [Place: WorkbookCell] = [:]
        for cell in cells {
            let place = Place(row: cell.row, column: cell.column)
            if places.contains(place) { anchors[place] = cell }
        }
        return anchors
    }
}
