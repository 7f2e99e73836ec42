import Forms
import Languages
import Spreadsheets

/// The rows of a table and the lines below them.
struct TableBody {
    /// The numbers of the form.
    var table = FormTable()
    /// Where each cell stands.
    var places: [FormPlace: String] = [:]
    /// What is wrong with the rows.
    var faults: [FilingFault] = []
    /// The first cell that stands beside a row that is not its own; nil where none does.
    var shifted: (cell: String, found: String)?

    let sheet: FilingSheet
    let form: StatutoryForm
    let match: RowMatch
    var head: TableHead
    let rule: FormRule?
    let order: [String]
    var current: Current?
    var seen: [String] = []
    var headings: Set<String> = []

    /// The row that is being read, with the lines below it.
    struct Current {
        let row: FormRow
        let grid: SheetGrid.Row
        var lines: [(name: String, grid: SheetGrid.Row, depth: Int)] = []
    }

    init(_ sheet: FilingSheet, _ form: StatutoryForm, _ head: TableHead) {
        self.sheet = sheet
        self.form = form
        self.head = head
        match = RowMatch(form)
        rule = form.rules.first { $0.kind == .everyRowOnce }
        order = form.numbers.map(\.code)
        readSecondHeads()
        lookAboveTheBody()
        for index in sheet.rows.indices[head.bodyIndex...] {
            if shifted != nil { break }
            let row = sheet.rows[index]
            if isFooter(row) { break }
            read(row)
        }
        finish()
        tellMissing()
    }

    var firstColumn: Int { head.firstColumn }

    /// The cells of a row behind its name.
    func values(_ row: SheetGrid.Row) -> [(column: Int, cell: SheetCell)] {
        row.cells.filter { $0.column >= firstColumn }
    }

    /// What a cell is as a number of a form.
    static func count(_ cell: SheetCell?) -> FormCell {
        switch cell {
        case nil: return .empty
        case .text(let text): return FormCell(text)
        case .number(let value, .general), .number(let value, .decimals):
            guard value >= 0, value == value.rounded(), value < 1e15 else { return .other(cell?.shown ?? "") }
            return .count(Int(value))
        case .number, .boolean, .error, .formula: return .other(cell?.shown ?? "")
        }
    }

    func fault(
        _ name: FilingFault.Name, row: String?, at grid: SheetGrid.Row?, _ column: Int, found: String?,
        wanted: String? = nil
    ) -> FilingFault {
        var fault = FilingFault(
            name, rule: rule?.name, level: rule?.level ?? .fault, row: row, sheet: sheet.grid.name,
            cell: grid.map { sheet.address($0, column) }, found: found, wanted: wanted,
            text: FilingTexts.row(name, row, found: found ?? "", wanted: wanted))
        fault.ground = rule?.cite
        fault.founded = rule?.ground
        return fault
    }

    /// A second head above rows that are split: where it stands, its cells say which column is which.
    mutating func readSecondHeads() {
        for row in sheet.rows[head.bodyIndex...] where row[head.numberColumn].flatMap({ RowNumber($0) }) == nil {
            let cells = values(row).filter { PersonWords.kind($0.cell) != nil }
            for (name, columns) in form.columns
            where columns.contains(where: { $0.of != nil }) && cells.count == columns.count {
                var places: [String: Int] = [:]
                for kind in ["person", "entity"] {
                    let here = cells.filter { PersonWords.kind($0.cell) == kind }.map(\.column)
                    for (column, place) in zip(columns.filter { $0.of == kind }, here) { places[column.code] = place }
                }
                if places.count == columns.count { head.set(name, places) }
            }
        }
    }

    /// Counts between the names of the months and the first row, or names of months in the body, are cells that were shifted.
    mutating func lookAboveTheBody() {
        guard let months = head.monthsIndex else { return }
        if months >= head.bodyIndex {
            shift(sheet.rows[months], values(sheet.rows[months]))
            return
        }
        for row in sheet.rows[(months + 1)..<head.bodyIndex] {
            let counts = values(row).compactMap { item -> (Int, Int)? in
                if case .count(let count) = Self.count(item.cell) { (item.column, count) } else { nil }
            }
            let numbers = counts.map(\.1).sorted()
            let isNumbering = zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 1 }
            if counts.count >= 2, !isNumbering { shift(row, values(row)) }
        }
    }

    mutating func shift(_ row: SheetGrid.Row, _ cells: [(column: Int, cell: SheetCell)]) {
        guard shifted == nil, let cell = cells.first else { return }
        shifted = (sheet.address(row, cell.column), cell.cell.shown)
    }

    /// Whether a row is one of the lines below the table.
    func isFooter(_ row: SheetGrid.Row) -> Bool {
        guard let first = row.cells.first, case .text(let text) = first.cell, RowNumber(first.cell) == nil else {
            return false
        }
        let lowered = text.trimmedSpaces.lowercased()
        let folded = Folding.fold(text)
        return form.footer.contains { field in
            field.label.values.contains { label in
                let label = label.lowercased().trimmedSpaces
                let words = label.hasSuffix(":") ? String(label.dropLast()) : label
                if folded == Folding.fold(words) { return true }
                guard lowered.hasPrefix(words), words.count > 3 else { return false }
                let next = lowered.dropFirst(words.count).first
                return next == ":" || (next.map { !$0.isLetter } ?? true) && seen.count * 2 > order.count
            }
        }
    }
}
