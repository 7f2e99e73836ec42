/// Why a workbook could not be written.
package enum WorkbookError: Error, Hashable, Sendable {
    /// The file or a temporary one could not be written.
    case unwritable(path: String, reason: String)
    /// The library refused a part of the workbook; which, and why.
    case refused(what: String, reason: String)
}

extension WorkbookError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unwritable(let path, let reason):
            "The workbook \(path) could not be written (\(reason)): see that the folder is there and the disk has room."
        case .refused(let what, let reason): "The workbook could not be made: \(what) (\(reason))."
        }
    }
}
