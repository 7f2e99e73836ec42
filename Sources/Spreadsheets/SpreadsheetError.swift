import Languages

/// Why a file does not become a table.
package enum SpreadsheetError: Error, Hashable, Sendable {
    /// It cannot be opened.
    case unreadable(String)
    /// A workbook under a password.
    case encrypted
    /// It is something else than a workbook or a text table.
    case notATable(FileNature)
    /// A workbook, but a part of it is broken; which, and how.
    case damaged(part: String, reason: String)
    /// More than is read; what, and the limit.
    case tooLarge(what: String, limit: Int)
    /// A part declares a document type, which no workbook needs and which could name files of this computer.
    case documentType(part: String)
}

extension SpreadsheetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let why): "The file cannot be read: \(why)."
        case .encrypted: "The workbook is under a password: save it without one."
        case .notATable(let nature): "The file is \(nature.label[.en]): save it as XLSX or CSV."
        case .damaged(let part, let reason): "The workbook is damaged in \(part): \(reason). Save it anew."
        case .tooLarge(let what, let limit): "The file holds too much (\(what); at most \(limit) are read)."
        case .documentType(let part):
            "The workbook declares a document type in \(part): save it anew with a spreadsheet program."
        }
    }
}
