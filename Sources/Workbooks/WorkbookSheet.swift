/// A sheet of a workbook that we write.
package struct WorkbookSheet: Sendable {
    /// Its name, as it was wished; what no workbook allows in it is left out when it is written.
    package var name: String
    /// The cells, in the order in which they are written: of two at one place the later one stays.
    package private(set) var cells: [WorkbookCell] = []
    /// The blocks that are one cell on the screen; its value is that of its first cell.
    package private(set) var merges: [WorkbookBlock] = []
    /// The notes over cells.
    package private(set) var comments: [WorkbookComment] = []
    /// What may be typed where.
    package private(set) var entries: [WorkbookEntry] = []
    /// The widths of columns in letters, by the column from 0.
    package var widths: [Int: Double] = [:]
    /// The heights of rows in points, by the row from 0; all others are as high as their words.
    package var heights: [Int: Double] = [:]
    /// Whether only cells that are not locked can be changed. There is no password: it keeps slips away, not people.
    package var isProtected = false
    /// Whether it is there without being seen.
    package var isHidden = false
    /// The rows and columns that stay while the rest moves.
    package var frozen = (rows: 0, columns: 0)
    /// The block whose first row chooses what is seen below it; nil for none.
    package var filter: WorkbookBlock?
    /// The colour of its tab, 0xRRGGBB; nil for none.
    package var tab: UInt32?
    /// How it is printed.
    package var print = WorkbookPrint()

    /// An empty sheet.
    package init(_ name: String) { self.name = name }

    /// Puts a value into a cell.
    package mutating func put(
        _ row: Int, _ column: Int, _ value: WorkbookValue, _ style: WorkbookStyle = WorkbookStyle()
    ) {
        cells.append(WorkbookCell(row: row, column: column, value: value, style: style))
    }

    /// Puts a value into a block of cells that becomes one.
    package mutating func put(_ block: WorkbookBlock, _ value: WorkbookValue, _ style: WorkbookStyle = WorkbookStyle())
    {
        if block.rows.count > 1 || block.columns.count > 1 {
            merges.append(block)
            for row in block.rows {
                for column in block.columns { put(row, column, .blank, style) }
            }
        }
        put(block.rows.lowerBound, block.columns.lowerBound, value, style)
    }

    /// Makes a block one cell; the cells in it have their style already.
    package mutating func merge(_ block: WorkbookBlock) { merges.append(block) }

    /// Puts a note over a cell.
    package mutating func comment(_ row: Int, _ column: Int, _ text: String) {
        comments.append(WorkbookComment(row: row, column: column, text: text))
    }

    /// Says what may be typed into a block.
    package mutating func entry(_ block: WorkbookBlock, _ kind: WorkbookEntry.Kind, refusal: String) {
        entries.append(WorkbookEntry(block: block, kind: kind, refusal: refusal))
    }

    /// Makes a row as high as its words need in columns of the widths that are set: not every program does that by itself.
    package mutating func fit(_ row: Int, _ texts: [(column: Int, text: String)]) {
        let needed = texts.reduce(0) { highest, item in
            let width = widths[item.column] ?? 9
            let isShort = Double(item.text.utf8.count) <= width && !item.text.contains("\n")
            return isShort ? highest : max(highest, Self.height(of: item.text, width: width))
        }
        if needed > max(16, heights[row] ?? 0) { heights[row] = needed }
    }

    /// How high a row must be for words of this length in a block of this width, in points, since merged cells do not grow by themselves.
    /// - Parameters:
    ///   - width: the width of the block in letters of ten points.
    ///   - size: the size of the letters in points.
    package static func height(of text: String, width: Double, size: Double = 10) -> Double {
        let perLine = max(1, width * 11 / size)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { sum, line in
            sum + max(1, Int((Double(line.count) / perLine).rounded(.up)))
        }
        return Double(lines) * size * 1.32 + 3
    }
}
