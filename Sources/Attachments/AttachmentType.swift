/// A type of file that is taken, told by the content.
package enum AttachmentType: String, CaseIterable, Codable, Hashable, Sendable {
    case pdf, png, jpeg, docx, xlsx, pptx, odt, ods, odp, text, csv

    /// The media type for a download.
    package var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .odp: "application/vnd.oasis.opendocument.presentation"
        case .text: "text/plain; charset=utf-8"
        case .csv: "text/csv; charset=utf-8"
        }
    }

    /// The endings that a name of this type may have; the first one is added where it has none of them.
    package var endings: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg"]
        case .text: ["txt", "md", "log", "text"]
        default: [rawValue]
        }
    }

    /// How much of the beginning of a file is looked at.
    static let headLength = 4_096
    /// How much of its end: the list of what an archive holds stands there.
    static let tailLength = 66_000

    /// The type of a file by its content, nil where none is taken.
    ///
    /// - Parameters:
    ///   - head: the first `headLength` bytes.
    ///   - tail: the last `tailLength` bytes.
    ///   - isText: whether all of it is text in UTF-8.
    static func recognise(head: [UInt8], tail: [UInt8], isText: Bool) -> AttachmentType? {
        if head.starts(with: Array("%PDF-".utf8)) { return .pdf }
        if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if head.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return office(head, tail) }
        return isText ? .text : nil
    }

    /// An archive is taken only where it is an office document.
    private static func office(_ head: [UInt8], _ tail: [UInt8]) -> AttachmentType? {
        // An OpenDocument file begins with an entry “mimetype” that is kept as it is.
        for type in [AttachmentType.odt, .ods, .odp]
        where head.prefix(200).contains(Array("mimetype\(type.mediaType)".utf8)) {
            return type
        }
        guard tail.contains(Array("[Content_Types].xml".utf8)) else { return nil }
        let parts: [(AttachmentType, String)] = [
            (.docx, "word/document.xml"), (.xlsx, "xl/workbook.xml"), (.pptx, "ppt/presentation.xml"),
        ]
        // A document with macros carries vbaProject.bin; it is a program and not taken.
        if tail.contains(Array("vbaProject.bin".utf8)) { return nil }
        return parts.first { tail.contains(Array($0.1.utf8)) }?.0
    }
}
