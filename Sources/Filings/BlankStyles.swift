import Workbooks

/// How the cells of a blank look: what is filled in is pale yellow, what is not asked is grey.
enum BlankStyles {
    static let plain = WorkbookStyle().with {
        $0.isWrapped = true
        $0.size = 10
    }
    static let title = plain.with {
        $0.isBold = true
        $0.size = 12
        $0.alignment = .centre
    }
    static let caption = plain.with { $0.isTop = true }
    static let value = caption.with { $0.isBold = true }
    static let head = plain.with {
        $0.isBold = true
        $0.alignment = .centre
        $0.hasBorder = true
        $0.fill = 0xDDE6EE
    }
    static let section = plain.with {
        $0.isBold = true
        $0.hasBorder = true
        $0.fill = 0xEEF2F6
    }
    static let number = plain.with {
        $0.hasBorder = true
        $0.alignment = .centre
        $0.shape = .text
    }
    static let label = plain.with { $0.hasBorder = true }
    /// A label that stands on no page of the act that we have.
    static let readLabel = label.with { $0.isItalic = true }
    static let note = label.with {
        $0.isItalic = true
        $0.ink = 0x606060
    }
    static let closed = plain.with {
        $0.hasBorder = true
        $0.fill = 0xE6E6E6
    }
    static let count = plain.with {
        $0.hasBorder = true
        $0.isLocked = false
        $0.fill = 0xFFF8DC
        $0.alignment = .right
    }
    static let name = label.with {
        $0.isLocked = false
        $0.fill = 0xFFF8DC
    }
    static let words = plain.with {
        $0.isLocked = false
        $0.fill = 0xFFF8DC
        $0.isTop = true
    }
    static let day = words.with {
        $0.shape = .day
        $0.alignment = .left
    }
}
