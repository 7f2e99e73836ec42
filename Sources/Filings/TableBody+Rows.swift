import Forms
import Languages
import Spreadsheets

/// The rows: what a number and a name together are.
extension TableBody {
    mutating func read(_ row: SheetGrid.Row) {
        let number = row[head.numberColumn]
        let label = row[head.labelColumn].flatMap { $0.isBlank ? nil : $0.shown }
        let values = values(row)
        if let number, let read = RowNumber(number), label != nil || head.labelColumn == head.numberColumn {
            return numbered(read, label ?? "", row)
        }
        if let number, case .text(let text) = number, let heading = RowMatch.heading(text),
            label == nil || label == text
        {
            return self.heading(heading, row)
        }
        if let number, RowNumber(number) != nil {
            // A number without a name: a line of column numbers that was printed again, or a row that lost its name.
            if values.allSatisfy({ RowNumber($0.cell) != nil }), values.count > 1, isNumbering(values) { return }
            return numbered(RowNumber(number) ?? .none, "", row)
        }
        let name = label ?? number.flatMap { TableHead.isWords($0) ? $0.shown : nil }
        guard let name else {
            if values.contains(where: { isValue($0.cell) }), !isHead(values), !isNumbering(values) {
                shift(row, values)
            }
            return
        }
        if isNumbering(values), Folding.fold(name).count <= 1 { return }
        if isHead(values) || form.head.name.values.map(Folding.fold).contains(Folding.fold(name)) { return }
        unnumbered(name, row)
    }

    /// Whether a cell holds a count, a sign of nothing, or what should be one.
    func isValue(_ cell: SheetCell) -> Bool {
        switch Self.count(cell) {
        case .count, .nothing: true
        case .empty: false
        case .other: !TableHead.isWords(cell)
        }
    }

    func isNumbering(_ values: [(column: Int, cell: SheetCell)]) -> Bool {
        let counts = values.compactMap { item -> Int? in
            if case .count(let count) = Self.count(item.cell) { count } else { nil }
        }
        return counts.count == values.count && counts.count > 2 && counts.first == 1
            && zip(counts, counts.dropFirst()).allSatisfy { $1 == $0 + 1 }
    }

    /// Whether the cells behind the names are heads: months, the whole period, individuals and legal entities.
    func isHead(_ values: [(column: Int, cell: SheetCell)]) -> Bool {
        values.contains { item in
            guard TableHead.isWords(item.cell) else { return false }
            return !PeriodWords.months(in: item.cell.shown).isEmpty || PeriodWords.isTotal(item.cell.shown)
                || PersonWords.kind(item.cell) != nil
        }
    }

    mutating func heading(_ heading: (number: String, words: String), _ row: SheetGrid.Row) {
        let values = values(row)
        let labelled = match.match(RowNumber(.text(heading.number)) ?? .none, heading.words, expected: next)
        if case .row(let code) = labelled, form.row(code)?.source == .table, !isSection(heading) {
            // Number and name of a row in one cell.
            return begin(code, row)
        }
        if let value = values.first(where: { isValue($0.cell) || isHead([$0]) }) { return shift(row, [value]) }
        finish()
        headings.insert(heading.number)
    }

    func isSection(_ heading: (number: String, words: String)) -> Bool {
        form.rows.contains { row in
            row.isSection && row.code == heading.number
                && [row.label.kk, row.label.ru].contains { Folding.fold($0) == Folding.fold(heading.words) }
        }
    }

    /// Whether the form has a heading with this number whose words are on a lost page.
    func isLostSection(_ number: String) -> Bool {
        form.rows.contains { $0.isSection && $0.code == number && $0.source == .cut } && !headings.contains(number)
    }

    /// The row that comes after the last one that was read.
    var next: String? {
        guard let last = seen.last, let place = order.firstIndex(of: last) else { return order.first }
        let rest = order[(place + 1)...]
        return rest.first { form.row($0)?.number != nil }
    }

    mutating func numbered(_ number: RowNumber, _ label: String, _ row: SheetGrid.Row) {
        let values = values(row)
        if let code = number.codes.first, isSection((code, label)) || (isLostSection(code) && values.isEmpty) {
            return heading((code, label), row)
        }
        if isHead(values) { return shift(row, values) }
        if let repeated = form.numbers.first(where: \.repeats), number.codes.contains(where: { Int($0) != nil }) {
            return provider(label, repeated, row)
        }
        switch match.match(number, label, expected: next) {
        case .row(let code): begin(code, row)
        case .mixed(let code, let isNumberWrong):
            if isNumberWrong {
                faults.append(
                    fault(
                        .rowLabel, row: code, at: row, head.numberColumn, found: row[head.numberColumn]?.shown,
                        wanted: code))
            } else {
                let wanted = form.row(code).map { $0.label[form.language] }
                faults.append(fault(.rowLabel, row: code, at: row, head.labelColumn, found: label, wanted: wanted))
            }
            begin(code, row)
        case .unknown(let meant):
            let shown = row[head.numberColumn]?.shown ?? ""
            faults.append(fault(.rowUnknown, row: shown, at: row, head.numberColumn, found: shown, wanted: meant))
            if let meant, !seen.contains(meant) { begin(meant, row) } else { finish() }
        }
    }

    mutating func begin(_ code: String, _ row: SheetGrid.Row) {
        finish()
        guard let known = form.row(code) else { return }
        if seen.contains(code) {
            faults.append(
                fault(
                    .rowTwice, row: code, at: row, head.numberColumn,
                    found: (row[head.numberColumn] ?? row[head.labelColumn])?.shown, wanted: nil))
            return
        }
        seen.append(code)
        current = Current(row: known, grid: row)
    }
}
