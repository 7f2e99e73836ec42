import WorkingDays

/// What stands in a cell of a workbook that we write.
package enum WorkbookValue: Hashable, Sendable {
    /// Nothing; the cell has its style all the same.
    case blank
    /// Words, whatever they begin with: never a formula.
    case text(String)
    /// A whole number.
    case count(Int)
    /// A number.
    case number(Double)
    /// A day.
    case day(CivilDate)
    /// A day and the minutes since its midnight.
    case time(CivilDate, minutes: Int)
    /// Yes or no.
    case boolean(Bool)
}

/// A cell of a workbook that we write.
package struct WorkbookCell: Hashable, Sendable {
    /// The row, from 0.
    package let row: Int
    /// The column, from 0.
    package let column: Int
    /// What stands there.
    package let value: WorkbookValue
    /// How it looks.
    package let style: WorkbookStyle
}

/// A block of cells.
package struct WorkbookBlock: Hashable, Sendable {
    /// The rows, from 0.
    package let rows: ClosedRange<Int>
    /// The columns, from 0.
    package let columns: ClosedRange<Int>

    /// A block of cells.
    package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
        self.rows = rows
        self.columns = columns
    }
}

/// A note that opens over a cell.
package struct WorkbookComment: Hashable, Sendable {
    /// The row, from 0.
    package let row: Int
    /// The column, from 0.
    package let column: Int
    /// What it says.
    package let text: String
}

/// What may be typed into a block of cells.
package struct WorkbookEntry: Hashable, Sendable {
    /// The kinds of what is typed.
    package enum Kind: Hashable, Sendable {
        /// A whole number from 0 up, or the sign of nothing, "-".
        case countOrNothing
        /// A day, not before this one.
        case day(from: CivilDate)
        /// One of the texts in a column of a sheet, which are offered; another one may be typed too.
        case offered(sheet: String, column: Int, count: Int)
    }

    /// The cells.
    package let block: WorkbookBlock
    /// What may be typed.
    package let kind: Kind
    /// What is told to somebody who types something else; at most 255 letters.
    package let refusal: String
}
