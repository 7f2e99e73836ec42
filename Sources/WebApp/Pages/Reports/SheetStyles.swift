import Workbooks

/// How the sheets look that are printed as well as read: reports, explanations.
enum SheetStyles {
    /// Words that go on in the next line.
    static let plain = WorkbookStyle().with {
        $0.isWrapped = true
        $0.isTop = true
    }
    /// What a sheet is.
    static let heading = plain.with {
        $0.isBold = true
        $0.size = 14
    }
    /// What a part of a sheet is.
    static let part = plain.with {
        $0.isBold = true
        $0.size = 11
    }
    /// The head of a column.
    static let head = plain.with {
        $0.isBold = true
        $0.hasBorder = true
        $0.fill = 0xDDE6EE
    }
    /// A cell of a table.
    static let cell = plain.with { $0.hasBorder = true }
}
