/// The cells of one sheet, or of a text: only those that hold something.
package struct SheetGrid: Sendable {
    /// A row with its cells from left to right.
    package struct Row: Sendable {
        /// Its number as the spreadsheet shows it, from 1.
        package let number: Int
        /// The cells: the column from 0, and what it holds.
        package var cells: [(column: Int, cell: SheetCell)]

        /// What stands in a column; nil where nothing does.
        package subscript(column: Int) -> SheetCell? { cells.first { $0.column == column }?.cell }
    }

    /// A block of cells that are one on the screen.
    package struct Range: Hashable, Sendable {
        /// The rows, from 1.
        package let rows: ClosedRange<Int>
        /// The columns, from 0.
        package let columns: ClosedRange<Int>

        /// A block of cells.
        package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
            self.rows = rows
            self.columns = columns
        }

        /// A block as a workbook writes it: `B2:D4`; nil for anything else.
        package init?(_ text: String) {
            let parts = text.split(separator: ":").compactMap { SheetGrid.place(String($0)) }
            guard let first = parts.first, let last = parts.last, first.row <= last.row, first.column <= last.column
            else { return nil }
            self.init(rows: first.row...last.row, columns: first.column...last.column)
        }
    }

    /// The name of the sheet; nil for a text.
    package let name: String?
    /// The rows that hold something, from the top.
    package let rows: [Row]
    /// The merged blocks.
    package let merges: [Range]
    /// Whether there was more than is read: then only its beginning is here.
    package let isCut: Bool
    /// The widths of columns, in letters, by the column from 0, where the file has its own.
    package let widths: [Int: Double]

    /// A grid.
    package init(
        name: String?, rows: [Row], merges: [Range] = [], isCut: Bool = false, widths: [Int: Double] = [:]
    ) {
        self.name = name
        self.rows = rows
        self.merges = merges
        self.isCut = isCut
        self.widths = widths
    }

    /// The address of a cell as a spreadsheet shows it: `B7` for row 7, column 1.
    package static func address(row: Int, column: Int) -> String {
        var (letters, rest) = ("", column)
        repeat {
            letters = String(UnicodeScalar(UInt8(65 + rest % 26))) + letters
            rest = rest / 26 - 1
        } while rest >= 0
        return letters + "\(row)"
    }

    /// The row and column of an address; nil where it is none.
    package static func place(_ address: String) -> (row: Int, column: Int)? {
        var (row, column) = (0, 0)
        for byte in address.utf8 where byte != 0x24 {
            switch byte {
            case 65...90 where row == 0: column = column * 26 + Int(byte) - 64
            case 97...122 where row == 0: column = column * 26 + Int(byte) - 96
            case 48...57: row = row * 10 + Int(byte) - 48
            default: return nil
            }
            guard row <= 1_048_576, column <= 16_384 else { return nil }
        }
        return row > 0 && column > 0 ? (row, column - 1) : nil
    }
}
