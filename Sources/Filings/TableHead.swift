import Forms
import Languages
import Spreadsheets
import WorkingDays

/// Where the columns of a table stand.
struct TableHead {
    /// The column of the numbers of the rows.
    let numberColumn: Int
    /// The column of their names.
    let labelColumn: Int
    /// The columns that are filled in, by set and code.
    private(set) var columns: [String: [String: Int]] = [:]
    /// The place of the first row below the head.
    let bodyIndex: Int
    /// The place of the row with the names of the months; nil where there is none.
    private(set) var monthsIndex: Int?
    /// What is wrong with the head.
    private(set) var faults: [FilingFault] = []
    /// The first column that is filled in.
    private(set) var firstColumn = 0

    /// What is read of the table; nil where there is none.
    init?(_ sheet: FilingSheet, _ form: StatutoryForm, _ period: ReportPeriod) {
        guard let start = sheet.headIndex ?? Self.named(sheet, form), let shape = Self.shape(sheet, form, from: start)
        else { return nil }
        numberColumn = shape.number
        labelColumn = shape.label
        bodyIndex = shape.body
        let sets = Set(form.numbers.compactMap(\.columns))
        guard let main = form.numbers.compactMap(\.columns).first, let wanted = form.columns[main] else { return nil }
        let numbers = Self.numberLine(sheet, form, wanted, above: shape.body, right: shape.label)
        var found: [String: Int] = [:]
        if wanted.contains(where: { $0.part != nil || $0.month != nil }) {
            found = months(sheet, wanted, period, from: max(0, start - 3))
        }
        found.merge(numbers?.columns ?? [:]) { head, _ in head }
        let missing = wanted.filter { found[$0.code] == nil }
        if let first = missing.first {
            faults.append(
                FilingFault(
                    .shifted, column: first.code, sheet: sheet.grid.name,
                    cell: sheet.address(sheet.rows[start], labelColumn + 1), wanted: first.label.values.sorted().first,
                    text: FilingTexts.noColumn(first)))
        }
        columns[main] = found
        firstColumn = found.values.min() ?? labelColumn + 1
        if !form.head.columnNumbers.isEmpty { line(sheet, numbers, found) }
        for set in sets where set != main { columns[set] = Self.split(form.columns[set] ?? [], wanted, found) }
    }

    /// Puts the columns of a set where a second head says that they stand.
    mutating func set(_ name: String, _ places: [String: Int]) { columns[name] = places }

    /// The line of column numbers stands right above the rows, each number under its head.
    private mutating func line(
        _ sheet: FilingSheet, _ numbers: (index: Int, columns: [String: Int])?, _ found: [String: Int]
    ) {
        let above = sheet.rows[max(0, bodyIndex - 1)]
        guard let numbers, numbers.index == bodyIndex - 1, found.allSatisfy({ numbers.columns[$0.key] == $0.value })
        else {
            faults.append(
                FilingFault(
                    .shifted, sheet: sheet.grid.name, cell: sheet.address(above, max(firstColumn, labelColumn)),
                    found: sheet.cell(above, firstColumn)?.shown ?? "", text: FilingTexts.numberLine))
            return
        }
    }

    /// The row with the head of the names, of a table without «№».
    private static func named(_ sheet: FilingSheet, _ form: StatutoryForm) -> Int? {
        let names = form.head.name.values.map(Folding.fold)
        return sheet.rows.firstIndex { row in row.cells.contains { names.contains(Folding.fold($0.cell.shown)) } }
    }

    /// The columns of numbers and names, and the first row of the body, by the rows whose number and name the form has.
    private static func shape(
        _ sheet: FilingSheet, _ form: StatutoryForm, from start: Int
    ) -> (number: Int, label: Int, body: Int)? {
        let labels = Set(form.numbers.flatMap { [$0.label.kk, $0.label.ru] }.map(Folding.fold).filter { $0.count > 3 })
        var pairs: [Pair: Int] = [:]
        let head = sheet.headColumn(start)
        for row in sheet.rows[start...].prefix(5000) {
            guard let first = row.cells.first, RowNumber(first.cell) != nil,
                let label = row.cells.dropFirst().first(where: { isWords($0.cell) })
            else { continue }
            let pair = Pair(number: first.column, label: label.column)
            pairs[pair, default: 0] +=
                (labels.contains(Folding.fold(label.cell.shown)) ? 4 : 1) + (first.column == head ? 1 : 0)
        }
        guard let pair = pairs.max(by: { ($0.value, $1.key.number) < ($1.value, $0.key.number) })?.key else {
            return nil
        }
        let unnumbered = Set(
            form.numbers.filter { $0.number == nil && $0.parent == nil }.flatMap { [$0.label.kk, $0.label.ru] }.map(
                Folding.fold))
        let body = sheet.rows.indices.dropFirst(start + 1).first { index in
            let row = sheet.rows[index]
            if let label = row[pair.label], unnumbered.contains(Folding.fold(label.shown)) { return true }
            guard let cell = row[pair.number] else { return false }
            if RowNumber(cell) != nil { return row[pair.label].map(isWords) ?? false }
            return RowMatch.heading(cell.shown) != nil
        }
        return body.map { (pair.number, pair.label, $0) }
    }

    private struct Pair: Hashable {
        let number: Int
        let label: Int
    }

    /// Whether a cell holds words.
    static func isWords(_ cell: SheetCell) -> Bool {
        guard case .text(let text) = cell else { return false }
        return text.count(where: \.isLetter) >= 3
    }

    /// The columns by the months above them; a single month that is none of the period is a fault.
    private mutating func months(
        _ sheet: FilingSheet, _ wanted: [FormColumn], _ period: ReportPeriod, from start: Int
    ) -> [String: Int] {
        var best: (row: SheetGrid.Row, columns: [String: Int])?
        // Below the first row of the body heads are looked for only where there are none above: then the cells are shifted.
        for index in sheet.rows.indices[start...].prefix(400) {
            if index >= bodyIndex, best != nil { break }
            let row = sheet.rows[index]
            let columns = Self.matched(row, wanted, right: labelColumn)
            if columns.count > (best?.columns.count ?? 1) {
                best = (row, columns)
                monthsIndex = index
            }
            if columns.count == wanted.count { break }
        }
        guard let best else { return [:] }
        var columns = best.columns
        for column in wanted where column.part == .total && columns[column.code] == nil {
            // «ВСЕГО» may stand a row higher than the months.
            for row in sheet.rows[start...].prefix(while: { $0.number <= best.row.number }) {
                if let cell = row.cells.first(where: { $0.column > labelColumn && PeriodWords.isTotal($0.cell.shown) })
                {
                    columns[column.code] = cell.column
                }
            }
        }
        for (code, place) in columns.sorted(by: { $0.key < $1.key }) {
            guard let column = wanted.first(where: { $0.code == code }) else { continue }
            for row in sheet.rows[start...].prefix(while: { $0.number <= best.row.number }) {
                guard let text = row[place]?.shown, let wanted = Self.otherPeriod(text, column, period) else {
                    continue
                }
                faults.append(
                    FilingFault(
                        .period, column: code, sheet: sheet.grid.name, cell: sheet.address(row, place), found: text,
                        wanted: wanted, text: FilingTexts.headPeriod(text, wanted)))
                break
            }
        }
        return columns
    }

    /// The months, quarter or year that a head should name; nil where it agrees with the period.
    private static func otherPeriod(_ text: String, _ column: FormColumn, _ period: ReportPeriod) -> String? {
        guard case .quarter(let quarter) = period else { return nil }
        switch column.part {
        case .month(let number):
            let month = quarter.months[number - 1]
            let named = PeriodWords.months(in: text)
            if let year = PeriodWords.year(in: text), year != month.year { return "\(month)" }
            return named.isEmpty || named.contains(month.month) ? nil : "\(month)"
        case .total:
            guard PeriodWords.isTotal(text) else { return nil }
            if let named = PeriodWords.quarter(in: text), named != quarter.quarter { return "\(quarter)" }
            if let year = PeriodWords.year(in: text), year != quarter.months[0].year { return "\(quarter)" }
            return nil
        case nil: return nil
        }
    }

    /// Which columns the heads in a row are.
    static func matched(_ row: SheetGrid.Row, _ wanted: [FormColumn], right: Int) -> [String: Int] {
        var columns: [String: Int] = [:]
        for (place, cell) in row.cells where place > right {
            guard case .text(let text) = cell, text.count < 200 else { continue }
            let named = PeriodWords.months(in: text)
            let isTotal = PeriodWords.isTotal(text)
            let column = wanted.first { column in
                guard columns[column.code] == nil else { return false }
                if column.part == .total { return isTotal }
                guard !isTotal, !named.isEmpty else { return false }
                return named.isSubset(of: months(of: column))
            }
            if let column { columns[column.code] = place }
        }
        return columns
    }

    /// The months that the head of a column may name.
    private static func months(of column: FormColumn) -> Set<Int> {
        column.month.map { [$0] } ?? column.label.values.reduce(into: []) { $0.formUnion(PeriodWords.months(in: $1)) }
    }

    /// The line `А 1 2 3 4`: the last one above the body.
    private static func numberLine(
        _ sheet: FilingSheet, _ form: StatutoryForm, _ wanted: [FormColumn], above body: Int, right: Int
    ) -> (index: Int, columns: [String: Int])? {
        guard !form.head.columnNumbers.isEmpty else { return nil }
        for index in sheet.rows.indices[..<body].reversed().prefix(8) {
            let cells = sheet.rows[index].cells.filter { $0.column > right }
            var columns: [String: Int] = [:]
            for column in wanted {
                columns[column.code] = cells.first { RowNumber($0.cell)?.codes.first == column.code }?.column
            }
            if columns.count == wanted.count { return (index, columns) }
        }
        return nil
    }

    /// The columns of a split: two under each head where the heads leave room, else one behind the other from the first.
    private static func split(_ split: [FormColumn], _ main: [FormColumn], _ found: [String: Int]) -> [String: Int] {
        let places = main.compactMap { found[$0.code] }.sorted()
        guard let first = places.first, !split.isEmpty else { return [:] }
        let width = split.count / max(main.count, 1)
        let isRoomy = places.count == main.count && zip(places, places.dropFirst()).allSatisfy { $1 - $0 >= width }
        var columns: [String: Int] = [:]
        for (index, column) in split.enumerated() {
            if isRoomy, let part = main.first(where: { $0.part == column.part }), let start = found[part.code] {
                columns[column.code] = start + index % width
            } else {
                columns[column.code] = first + index
            }
        }
        return columns
    }
}
