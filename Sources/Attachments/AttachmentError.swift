/// Why a file cannot be kept or given out.
package enum AttachmentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is larger than the limit, in bytes.
    case tooLarge(limit: Int)
    /// It has no content.
    case empty
    /// Its content is of no type that is taken.
    case unknownType
    /// It is not the digest of a file: 64 hexadecimal digits.
    case badDigest(String)
    /// The disk has less free space than is kept for the rest of the centre.
    case noSpace
    /// No file of this digest is kept.
    case missing(String)
    /// The file on the disk is not what was saved.
    case damaged(String)
    /// A call of the system failed.
    case system(call: String, path: String, reason: String)

    package var description: String {
        switch self {
        case .tooLarge(let limit):
            "The file is larger than \(limit) bytes: make it smaller, or split it."
        case .empty:
            "The file is empty: choose the file again."
        case .unknownType:
            "The content of the file is none of PDF, PNG, JPEG, an office document (docx, xlsx, pptx, odt, ods, odp) or text in UTF-8: save it as one of them."
        case .badDigest(let text):
            "“\(text)” is no digest of a file: give the 64 hexadecimal digits of its SHA-256."
        case .noSpace:
            "The disk is nearly full and takes no files: tell the administrator, then send the file again."
        case .missing(let digest):
            "No file with the digest \(digest) is kept here: attach it again, or bring it back from a backup."
        case .damaged(let digest):
            "The file \(digest) is not what was saved: bring it back from a backup."
        case .system(let call, let path, let reason):
            "\(call) of \(path) failed (\(reason)): check the disk and the rights of the data folder."
        }
    }
}
