/// Workbooks that we write: XLSX, by libxlsxwriter.
///
/// Decides: what a workbook of ours may hold (typed cells, styles, merged blocks, comments, what may be typed into a cell, how it is
/// printed), that the same workbook is the same bytes, and that no text of anybody ever becomes a formula.
/// Refuses to know: what the cells mean.
///
/// A workbook is a value; it becomes a file at once. That blocks for milliseconds, or seconds for a long list: whoever answers
/// people calls it on a thread that may (`Blocking`).
///
/// - `Workbook.swift` — the workbook and how it becomes bytes.
/// - `WorkbookSheet.swift`, `WorkbookCell.swift`, `WorkbookStyle.swift`, `WorkbookPrint.swift` — what is in it.
/// - `WorkbookWriter.swift`, `WorkbookWriter+Sheet.swift` — the calls of the library; nothing else makes any.
/// - `WorkbookText.swift` — what a name of a sheet and a text may be.
