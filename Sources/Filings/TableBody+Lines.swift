import Forms
import Languages
import Spreadsheets

/// The lines without a number below a row.
extension TableBody {
    /// A line without a number: a row that has none, or a part of the row above it.
    mutating func unnumbered(_ name: String, _ row: SheetGrid.Row) {
        let values = values(row)
        if let heading = RowMatch.heading(name), isSection(heading) || (isLostSection(heading.number) && values.isEmpty)
        {
            return self.heading(heading, row)
        }
        let labelled = match.rows(labelled: name)
        if let code = labelled.first(where: { form.row($0)?.number == nil }) { return begin(code, row) }
        if values.isEmpty,
            form.rows.contains(where: { $0.isSection && Folding.fold($0.label[form.language]) == Folding.fold(name) })
        {
            return finish()
        }
        // A row that lost its number.
        if let code = labelled.first(where: { !seen.contains($0) }), values.contains(where: { isValue($0.cell) }) {
            faults.append(fault(.rowMissing, row: code, at: row, head.numberColumn, found: name, wanted: code))
            return begin(code, row)
        }
        let takesLines = current.map { !$0.row.lines.isEmpty || (form.allowsLines && $0.row.source != .table) } ?? false
        guard takesLines, let known = current?.row else {
            if values.contains(where: { isValue($0.cell) }) {
                faults.append(fault(.rowUnknown, row: current?.row.code, at: row, head.labelColumn, found: name))
            }
            return
        }
        let label = Folding.fold(name)
        let isPlaceholder =
            known.lineLabels.contains { $0.values.contains { Folding.fold($0) == label } }
            || ["соныңішінде", "оныңішінде", "втомчисле", "изних", "олардыңішінде"].contains(label)
        if isPlaceholder, !values.contains(where: { isAmount($0.cell) }) { return }
        // A note below the last row.
        if values.isEmpty, known.lines.isEmpty || known.code == order.last { return }
        current?.lines.append((name, row, 0))
    }

    func isAmount(_ cell: SheetCell) -> Bool {
        if case .count(let count) = Self.count(cell) { count > 0 } else { false }
    }

    mutating func provider(_ name: String, _ row: FormRow, _ grid: SheetGrid.Row) {
        if current?.row.code != row.code {
            finish()
            if !seen.contains(row.code) { seen.append(row.code) }
            current = Current(row: row, grid: grid)
        }
        current?.lines.append((name, grid, -1))
    }

    /// Puts the row that was being read into the table.
    mutating func finish() {
        guard let current else { return }
        self.current = nil
        let columns = current.row.columns.flatMap { head.columns[$0] } ?? [:]
        func cells(_ grid: SheetGrid.Row, _ way: [Int]) -> [String: FormCell] {
            var cells: [String: FormCell] = [:]
            for (code, column) in columns {
                cells[code] = Self.count(sheet.cell(grid, column))
                places[FormPlace(row: current.row.code, line: way, column: code)] = sheet.address(grid, column)
            }
            return cells
        }
        let nested = ProviderBlocks(
            lines: current.lines.map { line in
                (line.name, columns.mapValues { Self.count(sheet.cell(line.grid, $0)) }, line.depth == -1)
            }, depth: current.row.lines.count + (current.row.repeats ? 1 : 0))
        var lines: [FormTable.Line] = []
        for (index, block) in nested.blocks.enumerated() {
            let line = current.lines[block.line]
            var parts: [FormTable.Line] = []
            for (place, part) in block.parts.enumerated() {
                let below = current.lines[part]
                parts.append(FormTable.Line(name: below.name, cells: cells(below.grid, [index, place])))
            }
            lines.append(FormTable.Line(name: line.name, cells: cells(line.grid, [index]), lines: parts))
        }
        if current.row.repeats || current.row.lines.count > 1 { tellTwice(lines, current) }
        table.add(row: current.row.code, cells: current.row.repeats ? [:] : cells(current.grid, []), lines: lines)
    }

    /// A provider stands once in each group.
    mutating func tellTwice(_ lines: [FormTable.Line], _ current: Current) {
        var names: Set<String> = []
        for (index, line) in lines.enumerated() where !names.insert(Folding.fold(line.name)).inserted {
            let column = current.row.columns.flatMap { head.columns[$0]?.values.min() } ?? 0
            let cell = places.first { $0.key.row == current.row.code && $0.key.line == [index] }?.value
            let row = cell.flatMap { SheetGrid.place($0)?.row }
            var fault = fault(.rowTwice, row: current.row.code, at: nil, column, found: line.name)
            fault.cell = row.map { SheetGrid.address(row: $0, column: head.labelColumn) }
            faults.append(fault)
        }
    }
}
