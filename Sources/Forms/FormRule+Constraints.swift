extension FormCheck {
    /// What the rule asks of the numbers that are there; nothing of a rule that asks no arithmetic.
    var constraints: [FormConstraint] {
        switch rule.kind {
        case .filled, .wholeNumber, .everyRowOnce, .emptyAfter: []
        case .sum, .equal: compared(rows, .equal)
        case .atMost: compared(rows, .atMost)
        case .atLeast: compared(rows, .atMost, isTurned: true)
        case .eachAtMost: rows.flatMap { compared([$0], .atMost) }
        case .linesSum:
            lines { place, below in
                FormConstraint(rule, place, plus: [place], minus: below, .equal, isAboutCells: !below.isEmpty)
            }
        case .linesAtMost:
            lines { place, below in
                FormConstraint(rule, place, plus: below, minus: [place], .atMost)
            }
        case .linesCounted:
            lines(isCounting: true) { place, below in
                FormConstraint(rule, place, plus: [place], minus: [], constant: -below.count, .equal)
            }
        case .totalIsSum:
            totals { total, months in [FormConstraint(rule, total, plus: [total], minus: months, .equal)] }
        case .totalIsLast:
            totals { total, months in [FormConstraint(rule, total, plus: [total], minus: months.suffix(1), .equal)] }
        case .totalBetween:
            totals { total, months in
                months.map { FormConstraint(rule, total, plus: [$0], minus: [total], .atMost) }
                    + [FormConstraint(rule, total, plus: [total], minus: months, .atMost)]
            }
        case .columnsSum: across(.equal)
        case .columnsAtMost: across(.atMost)
        case .totalOfLines: ofProviders
        case .notFalling: notFalling
        case .notFallingSince: notFallingSince
        case .sameAsFiled: sameAsFiled
        case .startsAnew: startsAnew
        }
    }

    private func isNumber(_ place: FormPlace) -> Bool { table[place].amount != nil }

    /// The sum of rows against that of the others, in each column of the first row. Where several rows are held against one, that one
    /// is named, since it is the whole of which they are parts.
    private func compared(
        _ rows: [String], _ relation: FormConstraint.Relation, isTurned: Bool = false
    ) -> [FormConstraint] {
        guard let first = rows.first else { return [] }
        let named = rows.count > 1 && rule.of.count == 1 ? rule.of[0] : first
        return columns(of: first).compactMap { column in
            let left = rows.map { FormPlace(row: $0, column: column.code) }
            let right = rule.of.map { FormPlace(row: $0, column: column.code) }
            guard (left + right).allSatisfy(isNumber) else { return nil }
            return FormConstraint(
                rule, FormPlace(row: named, column: column.code), plus: isTurned ? right : left,
                minus: isTurned ? left : right, relation)
        }
    }

    /// A row, and each line with lines below it, against those lines. Nothing to ask where there are none and the row is nought, and
    /// nothing where the rule asks only about lines that are given.
    private func lines(
        isCounting: Bool = false, _ ask: (FormPlace, [FormPlace]) -> FormConstraint
    ) -> [FormConstraint] {
        rows.flatMap { row -> [FormConstraint] in
            let repeats = form.row(row)?.repeats == true
            let ways = repeats || !isCounting ? [[]] + table.ways(below: row) : [[]]
            return ways.flatMap { way -> [FormConstraint] in
                if way.isEmpty, repeats { return [] }
                let below = way.isEmpty ? table.lines(below: row) : table.line(row, way)?.lines ?? []
                // A line without lines is the last of its kind.
                if below.isEmpty, !way.isEmpty || rule.needsLines { return [] }
                return columns(of: row).compactMap { column in
                    let place = FormPlace(row: row, line: way, column: column.code)
                    guard let amount = table[place].amount, !(below.isEmpty && amount == 0) else { return nil }
                    let cells = below.indices.map { FormPlace(row: row, line: way + [$0], column: column.code) }
                    guard isCounting || cells.allSatisfy(isNumber) else { return nil }
                    return ask(place, cells)
                }
            }
        }
    }

    /// The column of the whole period against its months, for each split of the columns.
    private func totals(_ ask: (FormPlace, [FormPlace]) -> [FormConstraint]) -> [FormConstraint] {
        rows.flatMap { row -> [FormConstraint] in
            let all = columns(of: row)
            let ways = [[]] + (form.row(row)?.lines.isEmpty == false ? table.ways(below: row) : [])
            return ways.flatMap { way in
                all.filter { $0.part == .total }.flatMap { total -> [FormConstraint] in
                    let months = all.filter { if case .month = $0.part { $0.of == total.of } else { false } }
                        .map { FormPlace(row: row, line: way, column: $0.code) }
                    let place = FormPlace(row: row, line: way, column: total.code)
                    guard (months + [place]).allSatisfy(isNumber) else { return [] }
                    return ask(place, months)
                }
            }
        }
    }

    /// Columns against columns, in each row and in each line. Where several columns are held against one, that one is named.
    private func across(_ relation: FormConstraint.Relation) -> [FormConstraint] {
        guard let first = rule.columns.first else { return [] }
        let named = rule.columns.count > 1 && rule.of.count == 1 ? rule.of[0] : first
        return form.numbers.flatMap { row -> [FormConstraint] in
            let ways = (row.repeats ? [] : [[]]) + table.ways(below: row.code)
            return ways.compactMap { way in
                let left = rule.columns.map { FormPlace(row: row.code, line: way, column: $0) }
                let right = rule.of.map { FormPlace(row: row.code, line: way, column: $0) }
                guard (left + right).allSatisfy(isNumber) else { return nil }
                return FormConstraint(
                    rule, FormPlace(row: row.code, line: way, column: named), plus: left, minus: right, relation)
            }
        }
    }

    /// A row against all that its form repeats.
    private var ofProviders: [FormConstraint] {
        guard let row = rows.first, let repeated = form.numbers.first(where: \.repeats) else { return [] }
        return columns(of: row).compactMap { column in
            let place = FormPlace(row: row, column: column.code)
            let cells = table.lines(below: repeated.code).indices.map {
                FormPlace(row: repeated.code, line: [$0], column: column.code)
            }
            guard ([place] + cells).allSatisfy(isNumber) else { return nil }
            return FormConstraint(rule, place, plus: [place], minus: cells, .equal)
        }
    }
}
