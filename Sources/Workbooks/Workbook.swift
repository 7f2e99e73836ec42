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

    /// The bytes of the file. Blocks: the library writes files only, so one is made in a temporary folder that nobody else on the
    /// machine may open, and taken away with it.
    /// - Throws: `WorkbookError`.
    package func bytes() throws(WorkbookError) -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bailanys-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .unwritable(path: folder.path, reason: error.localizedDescription)
        }
        defer {
            // Nothing depends on the removal of a temporary folder.
            try? FileManager.default.removeItem(at: folder)
        }
        let file = folder.appendingPathComponent("workbook.xlsx")
        try write(to: file.path)
        do {
            return [UInt8](try Data(contentsOf: file))
        } catch {
            throw .unwritable(path: file.path, reason: error.localizedDescription)
        }
    }
}
