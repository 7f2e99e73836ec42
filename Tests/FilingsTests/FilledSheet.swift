import Filings
import Forms
import Languages
import Spreadsheets
import WorkingDays

/// How a filled form is laid out on a sheet.
struct SheetLayout {
    /// Empty rows and columns before it.
    var top = 0
    var left = 0
    /// Whether heads, headings and passport lines are merged blocks.
    var isMerged = false
    /// How the numbers of the rows are stored.
    enum Numbers { case text, dotted, number, day }
    var numbers = Numbers.text
    /// Whether the values of the lines above the table stand in the cell of their label.
    var isInLabel = false
    /// Whether a second head stands before the rows that are split.
    var hasSecondHead = false
    /// Whether each column is two cells wide, so that the split of a row stands below its head.
    var isRoomy = false
    /// Whether the months are named one by one.
    var hasOwnMonths = false
    /// Whether the counts are texts with spaces between their groups.
    var hasSpaces = false
}

extension FilledForm {
    private var language: Language { form.language }
    private static let months = [
        "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь",
        "Декабрь",
    ]

    /// The sheet with the form, and where each of its cells stands.
    func sheet(_ layout: SheetLayout = SheetLayout()) -> (sheet: MadeSheet, places: [FormPlace: String]) {
        var maker = SheetBuilder(layout: layout)
        passport(&maker)
        maker.row += 1
        let first = form.numbers.compactMap(\.columns).first ?? ""
        let columns = form.columns[first] ?? []
        let width = layout.isRoomy ? 2 : 1
        head(columns, width, &maker)
        var places: [FormPlace: String] = [:]
        var hasSplit = false
        for row in form.rows {
            if row.isSection {
                let words = row.label[language].isEmpty ? "Информация о прочих показателях" : row.label[language]
                maker.put(0, .text("\(row.code). \(words)"))
                if layout.isMerged { maker.merge(0, 1 + columns.count * width) }
                maker.row += 1
                continue
            }
            let own = form.columns(of: row)
            if layout.hasSecondHead, !hasSplit, own.contains(where: { $0.of != nil }) {
                hasSplit = true
                for (index, column) in own.enumerated() {
                    maker.put(2 + index, .text(column.of == "person" ? "физические лица" : "юридические лица"))
                }
                maker.row += 1
            }
            func values(_ way: [Int]) {
                for (index, column) in own.enumerated() {
                    let step = own.count == columns.count ? width : 1
                    let place = FormPlace(row: row.code, line: way, column: column.code)
                    if let cell = cells[place] { maker.put(2 + index * step, Self.made(cell, layout)) }
                    places[place] = maker.address(2 + index * step)
                }
                maker.row += 1
            }
            if !row.repeats {
                if let number = row.number { maker.put(0, Self.number(number, layout)) }
                maker.put(1, .text(label(row)))
                values([])
            }
            for (place, line) in (lines[row.code] ?? []).enumerated() {
                if row.repeats, line.way.count == 1 {
                    maker.put(0, .text("\((lines[row.code] ?? [])[...place].count { $0.way.count == 1 })"))
                }
                maker.put(1, .text(line.name))
                values(line.way)
            }
        }
        maker.row += 1
        for field in form.footer {
            maker.put(0, .text(field.label[language] ?? field.label[.kk] ?? ""))
            if field.must == .text { maker.put(1, .text("Министерство")) }
            maker.row += 1
        }
        return (maker.sheet, places)
    }

    /// The label of a row as a body would have it: of a row on a lost page other words than ours.
    func label(_ row: FormRow) -> String {
        let words = row.label[language].isEmpty ? row.label.ru : row.label[language]
        return words.isEmpty ? "выданных в бумажном виде, в том числе по видам услуг:" : words
    }

    private func passport(_ maker: inout SheetBuilder) {
        for field in form.passport {
            let label = field.label[language] ?? ""
            var value: String?
            switch field.must {
            case .theIndex: value = form.index
            case .theTitle: value = form.title[language]
            case .text: value = "Агентство по делам государственной службы"
            case .period:
                if case .quarter(let quarter) = period { value = "\(quarter.quarter) квартал \(quarter.year) года" }
            default: value = nil
            }
            if field.must == .year {
                maker.put(0, .text(label.replacing("20__", with: "\(period.last.year)")))
            } else if field.must == .theTitle, form.isCumulative {
                maker.put(0, .text(form.title[language]))
            } else if let value, maker.layout.isInLabel {
                maker.put(0, .text("\(label) \(value)"))
            } else {
                maker.put(0, .text(label))
                if let value { maker.put(2, .text(value)) }
            }
            if maker.layout.isMerged, maker.layout.isInLabel { maker.merge(0, 5) }
            maker.row += 1
        }
    }

    private func head(_ columns: [FormColumn], _ width: Int, _ maker: inout SheetBuilder) {
        maker.put(0, .text(form.head.number[language] ?? "№"))
        maker.put(1, .text(form.head.name[language] ?? "Көрсеткіштердің атауы"))
        if maker.layout.isMerged { maker.mergeDown(0); maker.mergeDown(1) }
        maker.row += 1
        for (index, column) in columns.enumerated() {
            var text = column.label[language] ?? ""
            if case .quarter(let quarter) = period {
                if column.part == .total { text = "ВСЕГО за \(quarter.quarter) квартал" }
                if maker.layout.hasOwnMonths, case .month(let number) = column.part {
                    text = Self.months[quarter.months[number - 1].month - 1]
                }
            }
            maker.put(2 + index * width, .text(text))
            if maker.layout.isMerged, width > 1 { maker.merge(2 + index * width, 3 + index * width) }
        }
        maker.row += 1
        guard !form.head.columnNumbers.isEmpty else { return }
        maker.put(1, .text("А"))
        for (index, column) in columns.enumerated() { maker.put(2 + index * width, .text(column.code)) }
        maker.row += 1
    }

    private static func made(_ cell: FormCell, _ layout: SheetLayout) -> MadeCell {
        switch cell {
        case .count(let count):
            guard layout.hasSpaces, count >= 1000 else { return .number(Double(count)) }
            return .text("\(count / 1000)\u{A0}" + String("\(1000 + count % 1000)".dropFirst()))
        case .nothing: return .text("-")
        case .empty: return .text("")
        case .other(let text): return .text(text)
        }
    }

    private static func number(_ number: String, _ layout: SheetLayout) -> MadeCell {
        let parts = number.split(separator: ".")
        switch layout.numbers {
        case .dotted: return .text(number + ".")
        case .number:
            let decimals = parts.count == 2 ? String(repeating: "0", count: parts[1].count) : ""
            return .number(Double(number) ?? 0, format: decimals.isEmpty ? "0" : "0." + decimals)
        case .day:
            guard parts.count == 2, let day = Int(parts[0]), let month = Int(parts[1]), month <= 12 else {
                return .text(number)
            }
            // 2022-01-01 is day 44,562.
            let starts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
            return .number(Double(44_562 + starts[month - 1] + day - 1), format: "dd/mm/yyyy")
        case .text: return .text(number)
        }
    }

    /// The table as text.
    func text(_ separator: String, layout: SheetLayout = SheetLayout()) -> String {
        Self.text(sheet(layout).sheet, separator)
    }

    static func text(_ sheet: MadeSheet, _ separator: String) -> String {
        let last = sheet.cells.keys.max() ?? 0
        let width = (sheet.cells.values.compactMap { $0.keys.max() }.max() ?? 0) + 1
        return (0...last).map { row in
            (0..<width).map { column in
                let text = sheet.cells[row]?[column]?.shown ?? ""
                let isPlain = !text.contains(separator) && !text.contains("\"") && !text.contains("\n")
                return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: separator)
        }.joined(separator: "\r\n") + "\r\n"
    }

    /// What the check says to a file.
    func report(_ bytes: [UInt8], after earlier: [UInt8]? = nil) throws -> FilingReport {
        try FilingCheck(form, period, among: Self.set).report(ByteSource(bytes), after: earlier.map { ByteSource($0) })
    }

    /// A workbook of one sheet.
    static func workbook(_ sheet: MadeSheet, _ dialect: WorkbookMaker.Dialect = .excel) -> [UInt8] {
        WorkbookMaker(dialect: dialect, sheets: [sheet]).bytes
    }
}

/// Puts cells on a sheet.
struct SheetBuilder {
    let layout: SheetLayout
    var sheet = MadeSheet()
    var row = 0

    init(layout: SheetLayout) { self.layout = layout }

    func address(_ column: Int) -> String { WorkbookMaker.address(row + layout.top, column + layout.left) }

    mutating func put(_ column: Int, _ cell: MadeCell) {
        if case .text("") = cell { return }
        sheet.cells[row + layout.top, default: [:]][column + layout.left] = cell
    }

    mutating func merge(_ first: Int, _ last: Int) { sheet.merges.append("\(address(first)):\(address(last))") }

    mutating func mergeDown(_ column: Int) {
        let start = address(column)
        row += 1
        sheet.merges.append("\(start):\(address(column))")
        row -= 1
    }
}
