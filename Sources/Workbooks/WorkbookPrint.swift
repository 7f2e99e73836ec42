/// How a sheet is printed: always A4, as wide as the page, over as many pages as it takes.
package struct WorkbookPrint: Hashable, Sendable {
    /// Whether the page lies on its long side.
    package var isLandscape = false
    /// The rows, from 0, that stand at the top of every page; nil for none.
    package var repeated: ClosedRange<Int>?
    /// What stands at the foot of every page, left of its number; at most 180 letters of it.
    package var footer = ""

    /// A sheet on upright pages.
    package init() {}
}
