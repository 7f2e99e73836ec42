/// A part of a form that is one table: a column for each of its rows, a line for each thing by which they are told, from the whole
/// to the finest part; the page, the workbook, the PDF and the table of a program are drawn from it, so that they say the same.
package struct FormMatrix: Sendable {
    /// A line of the table.
    package struct Line: Hashable, Sendable {
        /// What it is about, the outermost first; empty for the whole.
        package let keys: [String]
        /// The number of each column; nil where nothing can be said (an average of nothing).
        package let counts: [Int?]
    }

    /// The columns.
    package let columns: [FormRow]
    /// The dimensions, the outermost first.
    package let keys: [String]
    /// The lines: the whole, then each thing, and what it is made of below it.
    package let lines: [Line]

    /// The table of rows; nil where they are not told by anything, or not by the same.
    /// - Parameter rows: those below a heading.
    package init?(_ rows: [FormRow], _ figures: FormFigures) {
        let columns = rows.filter { $0.made?.path.isEmpty == false }
        guard let keys = columns.lazy.compactMap({ $0.made?.finest?.keys }).first,
            columns.allSatisfy({ $0.made?.average != nil || $0.made?.finest?.keys == keys })
        else {
            return nil
        }
        self.columns = columns
        self.keys = keys
        var counts: [[String]: [Int?]] = [:]
        for depth in 0...keys.count {
            for (place, row) in columns.enumerated() where row.made?.average == nil {
                let parts =
                    depth == 0
                    ? [FormFigures.Part(keys: [], count: figures[row.code] ?? 0)]
                    : figures.parts(of: row.code, depth: depth)
                for part in parts {
                    counts[part.keys, default: Array(repeating: 0, count: columns.count)][place] = part.count
                }
            }
        }
        for (keys, values) in counts {
            for (place, row) in columns.enumerated() {
                guard let average = row.made?.average else { continue }
                func value(_ code: String) -> Int? {
                    columns.firstIndex { $0.code == code }.flatMap { values[$0] }
                }
                counts[keys]?[place] = FormFigures.average(value(average.sum), value(average.count))
            }
        }
        lines = counts.map { Line(keys: $0.key, counts: $0.value) }.sorted {
            $0.keys.lexicographicallyPrecedes($1.keys)
        }
    }

    /// Whether there is nothing but the whole.
    package var isEmpty: Bool { lines.count < 2 }
}
