/// A file as tables.
package enum Spreadsheet {
    /// The longest text that is read, in bytes.
    package static let textLimit = 32 << 20
    /// The most cells of a sheet that are read.
    package static var cellLimit: Int { SheetParser.cellLimit }

    /// Reads the tables of a file: the visible sheets of a workbook, or the one table of a text.
    /// - Parameter take: takes a table; of a large workbook only what it keeps stays in memory.
    /// - Throws: `SpreadsheetError` where the file is none, or more than is read.
    package static func read(_ source: ByteSource, _ take: (SheetGrid) -> Void) throws {
        switch try FileNature.of(source) {
        case .workbook: try WorkbookReader(source).read(take)
        case .encryptedWorkbook: throw SpreadsheetError.encrypted
        case .text:
            guard source.count <= textLimit else {
                throw SpreadsheetError.tooLarge(what: "text, bytes", limit: textLimit)
            }
            let bytes = try source.bytes(at: 0, count: source.count)
            guard let table = TextTable(bytes) else { throw SpreadsheetError.notATable(.unknown) }
            take(table.grid)
        case let other: throw SpreadsheetError.notATable(other)
        }
    }
}
