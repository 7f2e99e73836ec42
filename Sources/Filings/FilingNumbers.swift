import Forms
import Languages

/// The numbers of a filing held against the rules of its form, each fault with its place in the file.
struct FilingNumbers {
    let form: StatutoryForm
    let table: FormTable
    let places: [FormPlace: String]
    let sheet: String?
    let moment: FilingMoment?

    /// The faults, in the order of the rules.
    /// - Parameter withoutEmpty: a column whose cells are empty as a whole, which is told once and not cell by cell.
    func faults(withoutEmpty column: String?) -> [FilingFault] {
        let all = form.faults(in: table, at: moment).filter { $0.kind != .everyRowOnce }
        let rowsWithLines = Set(all.filter { $0.kind == .linesSum && $0.line.isEmpty }.map(\.row))
        return all.compactMap { fault in
            if fault.kind == .filled, fault.column == column { return nil }
            // What breaks the sum of the lines in a row is told there; its line says nothing more.
            if isTotal(fault.kind), !fault.line.isEmpty, rowsWithLines.contains(fault.row) { return nil }
            return told(fault)
        }
    }

    private func isTotal(_ kind: FormRule.Kind) -> Bool { [.totalIsSum, .totalBetween, .totalIsLast].contains(kind) }

    private func name(_ kind: FormRule.Kind) -> FilingFault.Name {
        switch kind {
        case .filled: .empty
        case .wholeNumber: .notACount
        case .everyRowOnce: .rowMissing
        case .sum, .atMost, .atLeast, .equal, .eachAtMost, .linesSum, .linesAtMost, .linesCounted, .columnsSum,
            .columnsAtMost, .totalOfLines:
            .sum
        case .totalIsSum, .totalBetween, .totalIsLast, .startsAnew: .total
        case .notFalling, .notFallingSince: .fell
        case .sameAsFiled: .changed
        case .emptyAfter: .ahead
        }
    }

    private func told(_ fault: FormFault) -> FilingFault {
        let row = form.row(fault.row)
        let rule = form.rules.first { $0.name == fault.rule }
        let column = row.flatMap { row in form.columns(of: row).first { $0.code == fault.column } }
        let line = fault.line.isEmpty ? nil : table.line(fault.row, fault.line)?.name
        // "= 14" is told as the number alone.
        let wanted = fault.wanted.map { $0.hasPrefix("= ") ? String($0.dropFirst(2)) : $0 }
        let place = FilingTexts.place(row, fault.row, line: line, column)
        var told = FilingFault(
            name(fault.kind), rule: fault.rule, level: fault.level, row: fault.row, column: fault.column, sheet: sheet,
            cell: fault.column.flatMap { places[FormPlace(row: fault.row, line: fault.line, column: $0)] },
            found: fault.found, wanted: wanted,
            text: FilingTexts.number(fault, place, wanted: wanted ?? ""))
        told.line = line
        told.ground = rule?.cite
        told.founded = rule?.ground
        return told
    }
}
