import Foundation
import WorkingDays

/// A workbook that we write.
package struct Workbook: Sendable {
    /// Its title, for the properties of the file.
    package var title: String
    /// The language of its words as a tag: `kk-KZ`.
    package var language: String
    /// The day that stands in the file as the one on which it was made: the same workbook is the same bytes.
    package var day: CivilDate
    /// The sheets, in their order; the first one is open.
    package var sheets: [WorkbookSheet] = []

    /// What a workbook is on the way.
    package static let mediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    /// A workbook without sheets.
    package init(title: String, language: String, day: CivilDate, sheets: [WorkbookSheet] = []) {
        self.title = title
        self.language = language
        self.day = day
        self.sheets = sheets
    }

    /// Writes the file; one that is there is replaced. Blocks.
    /// - Throws: `WorkbookError`.
    package func write(to path: String) throws(WorkbookError) {
        let writer = try WorkbookWriter(self, path: path)
        try writer.write(self)
    }

    /// The bytes of the file. Blocks: the library writes files only, so one is made in the folder for temporary ones and taken away.
    /// - Throws: `WorkbookError`.
    package func bytes() throws(WorkbookError) -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("bailanys-\(UUID().uuidString).xlsx")
        defer {
            // It is not there where it could not be written, and that is told already.
            try? FileManager.default.removeItem(at: file)
        }
        try write(to: file.path)
        do {
            return [UInt8](try Data(contentsOf: file))
        } catch {
            throw .unwritable(path: file.path, reason: error.localizedDescription)
        }
    }
}
