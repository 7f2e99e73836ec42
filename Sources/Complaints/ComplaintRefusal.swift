import Casework

/// Why a command on complaints is refused; each has its words in the string tables.
package enum ComplaintRefusal: String, RefusalCode {
    case afterStep = "complaint.afterStep"
    case alreadyAssigned = "complaint.alreadyAssigned"
    case annulled = "complaint.annulled"
    case beforeFiling = "complaint.beforeFiling"
    case closed = "complaint.closed"
    case duplicateOf = "complaint.duplicateOf"
    case exists = "complaint.exists"
    case field = "complaint.field"
    case formerBody = "complaint.formerBody"
    case inFuture = "complaint.inFuture"
    case inOtherHands = "complaint.inOtherHands"
    case noDays = "complaint.noDays"
    case cannotContinue = "complaint.cannotContinue"
    case notAnswered = "complaint.notAnswered"
    case notAssigned = "complaint.notAssigned"
    case notClosed = "complaint.notClosed"
    case notExtended = "complaint.notExtended"
    case notOfficer = "complaint.notOfficer"
    case notReturned = "complaint.notReturned"
    case notWithBody = "complaint.notWithBody"
    case nothingAdded = "complaint.nothingAdded"
    case order = "complaint.order"
    case ownMatter = "complaint.ownMatter"
    case reasonMissing = "complaint.reasonMissing"
    case sameBody = "complaint.sameBody"
    case unknown = "complaint.unknown"
    case unknownBody = "complaint.unknownBody"
    case unknownEdition = "complaint.unknownEdition"
    case unknownUnit = "complaint.unknownUnit"
    case viewEmpty = "complaint.viewEmpty"
    case viewName = "complaint.viewName"
    case viewsFull = "complaint.viewsFull"

    /// What is not there.
    package static let missing: Set<Self> = [.unknown]
}
