/// Workbooks and text tables as people send them, read into cells.
///
/// Decides: what a file is by its bytes, how a workbook of Excel, LibreOffice or Google is unpacked, what a cell holds and how
/// it is shown, how a text is decoded and split. Refuses to know: what a table means. All reading is bounded: an archive that
/// unpacks to too much, a sheet with more cells than a form can have and XML with a document type are refused.
///
/// - `FileNature.swift` — what a file is.
/// - `ByteSource.swift`, `ZipArchive.swift`, `XMLStream.swift` — bytes, the archive over zlib, XML over Expat.
/// - `WorkbookReader.swift`, `WorkbookParts.swift`, `SheetParser.swift`, `NumberShape.swift` — XLSX.
/// - `TextTable.swift` — text in UTF-8, UTF-16 and Windows-1251 with `;`, tab or `,`.
/// - `SheetGrid.swift`, `SheetCell.swift` — what comes out of both.
/// - `Spreadsheet.swift` — the door: a source becomes grids.
