/// Pages of A4 as PDF: letters, and workbooks as they would be printed.
///
/// Decides: how paragraphs and tables are set on pages, where a page ends, what a line keeps together. Set by Pango over Cairo
/// (the system's libraries): Kazakh letters, line breaks and embedded fonts are their business, the text can be copied and
/// searched. The same content gives the same bytes with the same libraries.
/// Refuses to know: what is printed.
///
/// - `PDFDocument.swift` — a document: drawn twice, so that each page knows how many there are.
/// - `PageCanvas.swift` — paragraphs one below the other; `UnbrokenText.swift` — what a line does not part.
/// - `PrintedSheet.swift` — a sheet of a workbook as a table over pages.
