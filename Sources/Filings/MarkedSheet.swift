import Languages
import Spreadsheets
import Workbooks

/// A sheet of a file as it was read, with its marks.
struct MarkedSheet {
    private(set) var sheet: WorkbookSheet

    /// Merged blocks have this many cells together at most; of more the first ones are merged.
    private static let mergedLimit = 50_000

    static let fault = WorkbookStyle().with {
        $0.fill = 0xFFC7CE
        $0.ink = 0x7A0010
    }
    static let doubt = WorkbookStyle().with {
        $0.fill = 0xFFEB9C
        $0.ink = 0x5C4400
    }
    static let repair = WorkbookStyle().with {
        $0.fill = 0xC9E7B8
        $0.ink = 0x1E4D10
    }

    static func style(_ level: CellMarks.Level) -> WorkbookStyle {
        switch level {
        case .fault: fault
        case .doubt: doubt
        case .repair: repair
        }
    }

    init(_ grid: SheetGrid, _ marks: CellMarks, _ language: Language) {
        sheet = WorkbookSheet(grid.name ?? FilingTexts.textSheet[language])
        sheet.print.isLandscape = true
        let lastRow = grid.rows.last?.number ?? 1
        let lastColumn = grid.rows.lazy.map { $0.cells.last?.column ?? 0 }.max() ?? 0
        let merges = Self.merges(grid, lastRow: lastRow, lastColumn: lastColumn)
        sheet.widths = Self.widths(grid, merges)
        var left: [Place: CellMarks.Mark] = [:]
        for (address, mark) in marks[grid.name] {
            guard let place = SheetGrid.place(address) else { continue }
            let anchor = Self.anchor(Place(row: place.row, column: place.column), merges)
            if let other = left[anchor] {
                left[anchor] = CellMarks.Mark(
                    level: max(other.level, mark.level),
                    notes: other.notes + mark.notes.filter { !other.notes.contains($0) })
            } else {
                left[anchor] = mark
            }
        }
        let marked = left
        let blocks = Dictionary(
            merges.map { (Place(row: $0.rows.lowerBound, column: $0.columns.lowerBound), $0) },
            uniquingKeysWith: { first, _ in first })
        // A cell in a merged block has the look of its first cell.
        for merge in merges {
            let mark = left[Place(row: merge.rows.lowerBound, column: merge.columns.lowerBound)]
            let style = Self.look(nil, mark)
            for row in merge.rows {
                for column in merge.columns { sheet.put(row - 1, column, .blank, style) }
            }
            sheet.merge(
                WorkbookBlock(rows: (merge.rows.lowerBound - 1)...(merge.rows.upperBound - 1), columns: merge.columns))
        }
        for row in grid.rows {
            for (index, item) in row.cells.enumerated() {
                let (column, cell) = item
                let mark = left.removeValue(forKey: Place(row: row.number, column: column))
                var style = Self.look(cell, mark)
                let block = blocks[Place(row: row.number, column: column)]
                // Words with nothing behind them go on over the empty cells, all others in the next line.
                let next = index + 1 < row.cells.count ? row.cells[index + 1].column : nil
                style.isWrapped = next == column + 1 || block != nil
                if case .text = cell, !style.isWrapped, mark == nil { style.hasBorder = false }
                sheet.put(row.number - 1, column, Self.value(cell), style)
                guard style.isWrapped, case .text(let text) = cell else { continue }
                let width = (block?.columns ?? column...column).reduce(0) { $0 + (sheet.widths[$1] ?? 9) }
                let height = WorkbookSheet.height(of: text, width: width)
                if height > max(16, sheet.heights[row.number - 1] ?? 0) { sheet.heights[row.number - 1] = height }
            }
        }
        // What is left is empty.
        for (place, mark) in left { sheet.put(place.row - 1, place.column, .blank, Self.look(nil, mark)) }
        let noted = marked.sorted { ($0.key.row, $0.key.column) < ($1.key.row, $1.key.column) }
        for (place, mark) in noted.prefix(MarkedFiling.commentLimit) {
            sheet.comment(place.row - 1, place.column, mark.notes.joined(separator: "\n"))
        }
        if !marked.isEmpty { sheet.tab = 0xC00000 }
    }

    /// A place as spreadsheets count: the row from 1, the column from 0.
    struct Place: Hashable {
        let row: Int
        let column: Int
    }

    private static func look(_ cell: SheetCell?, _ mark: CellMarks.Mark?) -> WorkbookStyle {
        var style = mark.map { Self.style($0.level) } ?? WorkbookStyle()
        style.isTop = true
        style.hasBorder = cell != nil || mark != nil
        style.isWrapped = true
        if case .number(_, let shape) = cell {
            switch shape {
            case .general: break
            case .decimals(let count): style.shape = .decimals(count)
            case .percent: style.shape = .percent
            case .date: style.shape = .day
            }
        }
        return style
    }

    /// What was read, as what it was: a text stays one, whatever it begins with, and a formula without its value is the text that it was.
    private static func value(_ cell: SheetCell) -> WorkbookValue {
        switch cell {
        case .text(let text): .text(text)
        case .number(let value, _): .number(value)
        case .boolean(let value): .boolean(value)
        case .error, .formula: .text(cell.shown)
        }
    }

    /// The merged blocks within what is filled, none over another and none that would hide what stands in it.
    private static func merges(_ grid: SheetGrid, lastRow: Int, lastColumn: Int) -> [SheetGrid.Range] {
        let filled = Set(grid.rows.flatMap { row in row.cells.map { Place(row: row.number, column: $0.column) } })
        var taken: Set<Place> = []
        var kept: [SheetGrid.Range] = []
        for merge in grid.merges {
            guard merge.rows.lowerBound <= lastRow, merge.columns.lowerBound <= lastColumn else { continue }
            let rows = merge.rows.lowerBound...min(merge.rows.upperBound, lastRow)
            let columns =
                merge.columns.lowerBound...min(merge.columns.upperBound, max(lastColumn, merge.columns.lowerBound + 40))
            let size = rows.count * columns.count
            guard size > 1, size <= mergedLimit - taken.count else { continue }
            let places = rows.flatMap { row in columns.map { Place(row: row, column: $0) } }
            guard taken.isDisjoint(with: places), filled.isDisjoint(with: places.dropFirst()) else { continue }
            taken.formUnion(places)
            kept.append(SheetGrid.Range(rows: rows, columns: columns))
        }
        return kept
    }

    private static func anchor(_ place: Place, _ merges: [SheetGrid.Range]) -> Place {
        guard let merge = merges.first(where: { $0.rows.contains(place.row) && $0.columns.contains(place.column) })
        else { return place }
        return Place(row: merge.rows.lowerBound, column: merge.columns.lowerBound)
    }

    /// The widths that the file has; of a file without any, what most of the words in a column take, up to a line of sixty letters.
    private static func widths(_ grid: SheetGrid, _ merges: [SheetGrid.Range]) -> [Int: Double] {
        guard grid.widths.isEmpty else { return grid.widths }
        let wide = Set(
            merges.filter { $0.columns.count > 1 }.map { Place(row: $0.rows.lowerBound, column: $0.columns.lowerBound) }
        )
        var lengths: [Int: [Int]] = [:]
        for row in grid.rows {
            for (column, cell) in row.cells.prefix(256) where !wide.contains(Place(row: row.number, column: column)) {
                lengths[column, default: []].append(cell.shown.count)
            }
        }
        return lengths.mapValues { lengths in
            let sorted = lengths.sorted()
            return Double(min(max(sorted[sorted.count * 4 / 5] + 2, 9), 60))
        }
    }
}
