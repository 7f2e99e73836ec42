import CSV
import Languages
import Workbooks
import WorkingDays

/// A list as a table that somebody takes along: the same cells become a text or a sheet of a workbook.
struct ListTable: Sendable {
    /// What a cell holds.
    enum Cell: Hashable, Sendable {
        /// Words.
        case text(String)
        /// A number.
        case count(Int)
        /// A day; an empty cell for none.
        case day(CivilDate?)
        /// A day and the minutes since its midnight.
        case time(CivilDate, minutes: Int)

        /// As it is written in a text.
        var words: String {
            switch self {
            case .text(let text): text
            case .count(let count): "\(count)"
            case .day(let day): day.map { DateText.short($0) } ?? ""
            case .time(let day, let minutes):
                DateText.short(day) + " \(Self.two(minutes / 60)):\(Self.two(minutes % 60))"
            }
        }

        /// As it stands in a workbook.
        var value: WorkbookValue {
            switch self {
            case .text(let text): text.isEmpty ? .blank : .text(text)
            case .count(let count): .count(count)
            case .day(let day): day.map { .day($0) } ?? .blank
            case .time(let day, let minutes): .time(day, minutes: minutes)
            }
        }

        private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    }

    /// What it is called before a person.
    let title: String
    /// What stands above the columns.
    let headings: [String]
    /// The cells, row by row.
    var rows: [[Cell]] = []

    init(title: String, headings: [String], rows: [[Cell]] = []) {
        self.title = title
        self.headings = headings
        self.rows = rows
    }

    /// The table as text: UTF-8 with its mark, semicolons, as Excel opens it in Kazakh and Russian. A cell that a spreadsheet would
    /// take for a formula gets an apostrophe before it.
    var csv: String {
        let writer = CSVWriter(separator: .semicolon, defuses: true)
        var bytes: [UInt8] = []
        writer.append(headings, to: &bytes)
        for row in rows { writer.append(row.map(\.words), to: &bytes) }
        return "\u{FEFF}" + String(decoding: bytes, as: UTF8.self)
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
    private static let count = cell.with { $0.shape = .whole }

    /// The table as a sheet: typed cells, its heads stay in sight and stand on every printed page, its columns can be chosen from.
    var sheet: WorkbookSheet {
        var sheet = WorkbookSheet(title)
        var longest = headings.map { min($0.count, 24) }
        for (column, heading) in headings.enumerated() { sheet.put(0, column, .text(heading), Self.head) }
        for (row, cells) in rows.enumerated() {
            for (column, cell) in cells.enumerated() {
                if case .count = cell {
                    sheet.put(row + 1, column, cell.value, Self.count)
                } else {
                    sheet.put(row + 1, column, cell.value, Self.cell)
                }
                if longest.indices.contains(column) { longest[column] = max(longest[column], cell.words.count) }
            }
        }
        for (column, length) in longest.enumerated() { sheet.widths[column] = Double(min(max(length + 3, 9), 60)) }
        sheet.fit(0, headings.enumerated().map { ($0.offset, $0.element) })
        for (row, cells) in rows.enumerated() {
            sheet.fit(row + 1, cells.enumerated().map { ($0.offset, $0.element.words) })
        }
        sheet.frozen = (1, 0)
        if !headings.isEmpty {
            sheet.filter = WorkbookBlock(rows: 0...rows.count, columns: 0...(headings.count - 1))
        }
        sheet.print.isLandscape = true
        sheet.print.repeated = 0...0
        sheet.print.footer = title
        return sheet
    }
}

extension DateText {
    /// A moment as a cell of a table, on the clock of the zone.
    func cell(_ moment: Moment) -> ListTable.Cell {
        let (hour, minute) = zone.wallClock(of: moment)
        return .time(zone.civilDate(of: moment), minutes: hour * 60 + minute)
    }
}
