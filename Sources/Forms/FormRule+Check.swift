extension StatutoryForm {
    /// Where a filled form breaks the rules that its own numbers can show, in the order of the rules; with a moment also those of
    /// a cumulative form, along its months and against what was filed before.
    ///
    /// A rule is asked only where all cells in it are numbers or the sign of nothing: what is no number has its own fault. A cell of
    /// a row that is not there is not empty: the row is missing.
    package func faults(in table: FormTable, at moment: FilingMoment? = nil) -> [FormFault] {
        rules.flatMap { FormCheck(form: self, table: table, rule: $0, moment: moment).faults }
    }

    /// What the rules ask of the numbers that are there, in the order of the rules.
    package func constraints(on table: FormTable, at moment: FilingMoment? = nil) -> [FormConstraint] {
        rules.flatMap { FormCheck(form: self, table: table, rule: $0, moment: moment).constraints }
    }
}

/// One rule held against one table.
struct FormCheck {
    let form: StatutoryForm
    let table: FormTable
    let rule: FormRule
    let moment: FilingMoment?

    var faults: [FormFault] {
        switch rule.kind {
        case .filled:
            return cells.filter { table[$0] == .empty && !isNamedOnly($0) }.map { fault($0, nil) }
        case .wholeNumber:
            return cells.filter { if case .other = table[$0] { true } else { false } }.map { fault($0, nil) }
        case .everyRowOnce: return order
        case .emptyAfter:
            return cells.filter { ![.empty, .nothing].contains(table[$0]) }.map { fault($0, "") }
        default: return broken
        }
    }

    func fault(_ place: FormPlace, _ wanted: String?) -> FormFault {
        FormFault(
            rule: rule.name, level: rule.level, row: place.row, column: place.column, found: "\(table[place])",
            wanted: wanted, line: place.line, kind: rule.kind)
    }

    /// The constraints that do not hold, those of one cell as one fault.
    private var broken: [FormFault] {
        var faults: [FormFault] = []
        var bySubject: [FormPlace: [FormConstraint]] = [:]
        var subjects: [FormPlace] = []
        for constraint in constraints {
            if bySubject[constraint.subject] == nil { subjects.append(constraint.subject) }
            bySubject[constraint.subject, default: []].append(constraint)
        }
        let amount = { (place: FormPlace) in table[place].amount ?? 0 }
        for subject in subjects {
            let asked = bySubject[subject] ?? []
            guard asked.contains(where: { !$0.holds(amount) }) else { continue }
            faults.append(fault(subject, Self.wanted(asked.compactMap { $0.allowed(subject, amount) })))
        }
        return faults
    }

    /// What would be right, of all that is asked of a cell: `= 14`, `≤ 14`, `≥ 14`, `3…9`.
    private static func wanted(_ ranges: [ClosedRange<Int>]) -> String {
        let low = ranges.map(\.lowerBound).max() ?? 0
        let high = ranges.map(\.upperBound).min() ?? 0
        if low == high { return "= \(low)" }
        if low <= 0 { return "≤ \(high)" }
        return high >= Int.max / 4 ? "≥ \(low)" : "\(low)…\(high)"
    }

    /// The rows that the rule is about.
    var rows: [String] {
        switch rule.rows {
        case .all(let counting):
            form.numbers.filter { counting.isEmpty || counting.contains($0.counting) }.map(\.code)
        case .numbered: form.numbers.filter { $0.number != nil }.map(\.code)
        case .these(let rows): rows
        }
    }

    /// The columns of a row that the rule is about.
    func columns(of row: String) -> [FormColumn] {
        let all = form.row(row).map { form.columns(of: $0) } ?? []
        switch rule.columns {
        case []: return all
        case ["total"]: return all.filter { $0.part == .total }
        case ["to-the-month"]: return moment.map { moment in all.filter { ($0.month ?? 0) <= moment.month } } ?? all
        case ["after-the-month"]:
            return moment.map { moment in all.filter { ($0.month ?? 0) > moment.month } } ?? []
        default: return all.filter { rule.columns.contains($0.code) }
        }
    }

    /// The cells of the rows that stand in the table, and of the lines below them.
    private var cells: [FormPlace] {
        let there = Set(table.order)
        return rows.filter(there.contains).flatMap { row -> [FormPlace] in
            let columns = columns(of: row).map(\.code)
            let ways = (form.row(row)?.repeats == true ? [] : [[]]) + table.ways(below: row)
            return ways.flatMap { way in columns.map { FormPlace(row: row, line: way, column: $0) } }
        }
    }

    /// Whether a line only names something, where the rule about its row counts names.
    private func isNamedOnly(_ place: FormPlace) -> Bool {
        guard !place.line.isEmpty, let line = table.line(place.row, place.line) else { return false }
        let isCounted = form.rules.contains { $0.kind == .linesCounted && $0.rows == .these([place.row]) }
        return isCounted && line.cells.values.allSatisfy { $0 == .empty }
    }

    private var order: [FormFault] {
        let wanted = rows
        func fault(_ row: String, _ found: String, _ wanted: String?) -> FormFault {
            FormFault(
                rule: rule.name, level: rule.level, row: row, column: nil, found: found, wanted: wanted, line: [],
                kind: rule.kind)
        }
        let odd = wanted.filter { row in table.order.count { $0 == row } != 1 }
        guard odd.isEmpty else { return odd.map { fault($0, "", "× 1") } }
        // All are there: the first that stands elsewhere than the form has it.
        let order = table.order.filter(Set(wanted).contains)
        return zip(wanted, order).first { $0 != $1 }.map { [fault($0.1, "", nil)] } ?? []
    }
}
