/// How a cell of a workbook looks, and whether it may be changed where the sheet is protected.
package struct WorkbookStyle: Hashable, Sendable {
    /// Where the words stand from left to right.
    package enum Alignment: Hashable, Sendable {
        /// Words left, numbers right.
        case usual
        /// At the left.
        case left
        /// In the middle.
        case centre
        /// At the right.
        case right
    }

    /// How a number is shown.
    package enum Shape: Hashable, Sendable {
        /// As it is.
        case general
        /// Whole, in groups of three.
        case whole
        /// With this many decimals.
        case decimals(Int)
        /// As a share of a hundred.
        case percent
        /// As a day: 19.03.2026.
        case day
        /// As a day and a time: 19.03.2026 10:30.
        case time
        /// As a text, whatever is typed.
        case text

        /// The format as a workbook writes it.
        var code: String? {
            switch self {
            case .general: nil
            case .whole: "#,##0"
            case .decimals(let count): count > 0 ? "0." + String(repeating: "0", count: min(count, 15)) : "0"
            case .percent: "0.##%"
            case .day: "dd.mm.yyyy"
            case .time: "dd.mm.yyyy hh:mm"
            case .text: "@"
            }
        }
    }

    /// The size of the letters, in points.
    package var size = 10.0
    /// Bold letters.
    package var isBold = false
    /// Slanted letters.
    package var isItalic = false
    /// Words go on in the next line where the cell is too narrow.
    package var isWrapped = false
    /// Whether it is locked where the sheet is protected.
    package var isLocked = true
    /// Thin lines around it.
    package var hasBorder = false
    /// The colour behind the words, 0xRRGGBB; nil for none.
    package var fill: UInt32?
    /// The colour of the words, 0xRRGGBB; nil for black.
    package var ink: UInt32?
    /// Where the words stand.
    package var alignment = Alignment.usual
    /// Whether they stand at the top of the cell and not in its middle.
    package var isTop = false
    /// How a number is shown.
    package var shape = Shape.general

    /// The plain style.
    package init() {}

    /// This style with something changed.
    package func with(_ change: (inout WorkbookStyle) -> Void) -> WorkbookStyle {
        var style = self
        change(&style)
        return style
    }
}
