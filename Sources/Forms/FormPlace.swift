/// A cell of a filled form: its row, or a line below it, and its column.
package struct FormPlace: Hashable, Sendable {
    /// The code of the row.
    package let row: String
    /// The way to the line below the row, from the outermost in; empty for the row itself.
    package let line: [Int]
    /// The code of the column.
    package let column: String

    /// A cell.
    package init(row: String, line: [Int] = [], column: String) {
        self.row = row
        self.line = line
        self.column = column
    }
}

extension FormTable {
    /// What stands in a cell; empty where there is no such row or line.
    package subscript(place: FormPlace) -> FormCell {
        guard !place.line.isEmpty else { return self[place.row, place.column] }
        return line(place.row, place.line)?.cells[place.column] ?? .empty
    }

    /// The line on this way below a row; nil where there is none.
    package func line(_ row: String, _ way: [Int]) -> Line? {
        var lines = lines(below: row)
        var found: Line?
        for step in way {
            guard lines.indices.contains(step) else { return nil }
            found = lines[step]
            lines = lines[step].lines
        }
        return found
    }

    /// The ways to all lines below a row, each before the lines below it.
    package func ways(below row: String) -> [[Int]] {
        func ways(_ lines: [Line], _ start: [Int]) -> [[Int]] {
            lines.indices.flatMap { [start + [$0]] + ways(lines[$0].lines, start + [$0]) }
        }
        return ways(lines(below: row), [])
    }
}
