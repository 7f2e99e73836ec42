import Spreadsheets

/// A sheet as the reader of a filing looks at it.
struct FilingSheet {
    let grid: SheetGrid
    /// The places in `grid.rows` by the number of the row.
    private let places: [Int: Int]

    init(_ grid: SheetGrid) {
        self.grid = grid
        places = Dictionary(
            grid.rows.indices.map { (grid.rows[$0].number, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var rows: [SheetGrid.Row] { grid.rows }

    /// The heads that begin a table.
    private static let heads: Set<String> = [
        "№", "№п/п", "№пп", "№п.п", "п/п№", "п/п", "р/с№", "№р/с", "р/с", "рет№", "nп/п",
    ]

    /// The place of the first row of the table: the one with «№»; nil where there is none.
    var headIndex: Int? {
        rows.firstIndex { row in row.cells.contains { Self.heads.contains(Folding.fold($0.cell.shown)) } }
    }

    /// The column under «№» in a row.
    func headColumn(_ index: Int) -> Int? {
        rows[index].cells.first { Self.heads.contains(Folding.fold($0.cell.shown)) }?.column
    }

    /// The rows above the table; of a sheet without a table its first hundred.
    var above: ArraySlice<SheetGrid.Row> { rows.prefix(headIndex ?? 100) }

    /// What stands in a cell; a sign of nothing that stands in several cells made one stands in each of them.
    func cell(_ row: SheetGrid.Row, _ column: Int) -> SheetCell? {
        if let cell = row[column] { return cell }
        guard
            let merge = grid.merges.first(where: {
                $0.rows.contains(row.number) && $0.columns.contains(column) && $0.columns.count > 1
            }), merge.rows.lowerBound == row.number, let anchor = row[merge.columns.lowerBound],
            ["-", "–", "—"].contains(anchor.shown.filter { !$0.isWhitespace })
        else { return nil }
        return anchor
    }

    func address(_ row: SheetGrid.Row, _ column: Int) -> String {
        SheetGrid.address(row: row.number, column: column)
    }

    /// The value behind a label in the rows above the table: what stands behind the colon, else in the next filled cell.
    /// - Parameter isMeant: what it must be like; a form may print a blank for it behind the label, and the value beside that.
    func value(_ label: String, where isMeant: (String) -> Bool = { _ in true }) -> (text: String, address: String)? {
        let wanted = Folding.fold(label)
        guard !wanted.isEmpty else { return nil }
        for (index, row) in above.enumerated() {
            for (place, item) in row.cells.enumerated() {
                let text = item.cell.shown
                guard Folding.fold(text).hasPrefix(wanted) else { continue }
                let behind = Self.behind(text, wanted)
                if !behind.isEmpty, isMeant(behind) { return (behind, address(row, item.column)) }
                let rest = row.cells.dropFirst(place + 1)
                let joined = rest.map(\.cell.shown).joined(separator: " ")
                if let next = rest.first, isMeant(joined), !isMeant(next.cell.shown) {
                    return (joined, address(row, next.column))
                }
                if !behind.isEmpty, !isMeant(joined) { return (behind, address(row, item.column)) }
                if let next = rest.first {
                    return (next.cell.shown, address(row, next.column))
                }
                let below = above.dropFirst(index + 1).first
                if let below, let next = below.cells.first, !next.cell.shown.contains(":") {
                    return (next.cell.shown, address(below, next.column))
                }
                return ("", address(row, item.column))
            }
        }
        return nil
    }

    /// What stands behind a label in its own cell: behind the colon, or behind its last letter.
    private static func behind(_ text: String, _ label: String) -> String {
        if let colon = text.firstIndex(of: ":") { return text[text.index(after: colon)...].trimmedSpaces }
        var rest = text[...]
        while !rest.isEmpty, Folding.fold(String(text[..<rest.startIndex])) != label { rest = rest.dropFirst() }
        return rest.trimmedSpaces
    }
}

extension StringProtocol {
    /// Without spaces at its ends.
    var trimmedSpaces: String {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}
