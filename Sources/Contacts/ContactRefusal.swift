import Casework

/// Why a command on the records of calls, drafts and letters to callers is refused; each has its words in the string tables.
package enum ContactRefusal: String, RefusalCode {
    case closed = "contact.closed"
    case exists = "contact.exists"
    case noCard = "contact.noCard"
    case notYours = "contact.notYours"
    case unknown = "contact.unknown"
    case draftDone = "draft.done"
    case draftEmpty = "draft.empty"
    case draftExists = "draft.exists"
    case draftReasonMissing = "draft.reasonMissing"
    case draftUnknown = "draft.unknown"
    case draftUnknownCode = "draft.unknownCode"
    case mailAddress = "mail.address"

    /// What is not there.
    package static let missing: Set<Self> = [.unknown, .draftUnknown]
}
