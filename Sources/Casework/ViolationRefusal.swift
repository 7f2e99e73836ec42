/// Why a command on the ledger of violations is refused; each has its words in the string tables.
package enum ViolationRefusal: String, RefusalCode {
    case decided = "violation.decided"
    case gone = "violation.gone"
    case groundMissing = "violation.groundMissing"
    case groundUnknown = "violation.groundUnknown"
    case noBody = "violation.noBody"
    case notDecided = "violation.notDecided"
    case notReopened = "violation.notReopened"
    case notTold = "violation.notTold"
    case otherBody = "violation.otherBody"
    case reasonMissing = "violation.reasonMissing"
    case textMissing = "violation.textMissing"
    case tooLong = "violation.tooLong"
    case unknown = "violation.unknown"
    case wordsMissing = "violation.wordsMissing"

    /// What is not there.
    package static let missing: Set<Self> = [.unknown]
}
