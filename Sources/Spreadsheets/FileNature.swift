/// What a file is, as its bytes tell; its name is never asked.
package enum FileNature: String, CaseIterable, Hashable, Sendable {
    /// Nothing at all.
    case empty
    /// XLSX (or XLSM): the workbook that is read.
    case workbook
    /// A workbook under a password.
    case encryptedWorkbook = "encrypted-workbook"
    /// The binary workbook of Excel 97-2003.
    case oldWorkbook = "xls"
    /// The binary workbook of later Excel.
    case binaryWorkbook = "xlsb"
    /// A spreadsheet of OpenDocument.
    case openDocument = "ods"
    /// A text document of Word or OpenDocument.
    case document
    /// Another archive.
    case archive
    /// PDF.
    case pdf
    /// A page of HTML, whatever its name.
    case html
    /// The XML spreadsheet of Excel 2003, or other XML.
    case xml
    /// RTF.
    case rtf
    /// A picture.
    case picture
    /// Text that may be a table.
    case text
    /// Bytes of no kind that we know.
    case unknown

    private static let openings: [(bytes: [UInt8], nature: FileNature)] = [
        (Array("%PDF".utf8), .pdf), (Array("{\\rtf".utf8), .rtf), ([0x89, 0x50, 0x4E, 0x47], .picture),
        ([0xFF, 0xD8, 0xFF], .picture), (Array("GIF8".utf8), .picture), (Array("II*\0".utf8), .picture),
        (Array("MM\0*".utf8), .picture), (Array("Rar!".utf8), .archive),
        ([0x37, 0x7A, 0xBC, 0xAF], .archive), ([0x1F, 0x8B], .archive),
    ]

    /// The nature of the bytes of a source.
    /// - Throws: `SpreadsheetError.unreadable`.
    package static func of(_ source: ByteSource) throws -> FileNature {
        let head = try source.bytes(at: 0, count: 4096)
        if head.isEmpty { return .empty }
        if head.starts(with: [0x50, 0x4B]) { return packed(source) }
        if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return try compound(source) }
        if let known = openings.first(where: { head.starts(with: $0.bytes) }) {
            return known.nature
        }
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return .text }
        let lowered = String(decoding: head.prefix(1024), as: UTF8.self).lowercased()
        let start = lowered.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if ["<html", "<!doctype html", "<table", "<head", "<body", "<meta"].contains(where: start.hasPrefix) {
            return .html
        }
        if start.hasPrefix("<?xml") || start.hasPrefix("<") { return start.contains("<html") ? .html : .xml }
        return head.contains(0) ? .unknown : .text
    }

    /// What a zip archive is by the names in it.
    private static func packed(_ source: ByteSource) -> FileNature {
        guard let archive = try? ZipArchive(source) else { return .archive }
        if archive.entry("xl/workbook.bin") != nil { return .binaryWorkbook }
        if archive.entries.contains(where: { $0.name.lowercased().hasSuffix("workbook.xml") }) { return .workbook }
        if archive.entry("word/document.xml") != nil { return .document }
        if let type = archive.entry("mimetype"), let bytes = try? archive.bytes(of: type, limit: 200) {
            let text = String(decoding: bytes, as: UTF8.self)
            return text.contains("spreadsheet") ? .openDocument : text.contains("opendocument") ? .document : .archive
        }
        return archive.entry("[Content_Types].xml") != nil ? .workbook : .archive
    }

    /// What a compound file is by the streams in its directory: entries of 128 bytes, each with its name in UTF-16.
    private static func compound(_ source: ByteSource) throws -> FileNature {
        let streams: [(name: String, nature: FileNature)] = [
            ("EncryptedPackage", .encryptedWorkbook), ("Workbook", .oldWorkbook), ("Book", .oldWorkbook),
            ("WordDocument", .document),
        ]
        var found: Set<String> = []
        let (piece, limit) = (1 << 16, 1 << 28)
        var offset = 512
        while offset < min(source.count, limit) {
            let bytes = try source.bytes(at: offset, count: piece)
            for start in stride(from: 0, to: bytes.count - 127, by: 128) where bytes[start + 66] == 2 {
                let length = Int(bytes[start + 64]) | Int(bytes[start + 65]) << 8
                for stream in streams where length == 2 * stream.name.utf16.count + 2 {
                    let name = stream.name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
                    if bytes[start...].starts(with: name) { found.insert(stream.name) }
                }
            }
            offset += piece
        }
        return streams.first { found.contains($0.name) }?.nature ?? .unknown
    }
}
