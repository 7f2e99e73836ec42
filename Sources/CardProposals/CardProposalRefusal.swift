import Casework

/// Why an act on the form of a body is refused; each has its words in the string tables.
package enum CardProposalRefusal: String, RefusalCode {
    case changed = "proposal.changed"
    case noCard = "proposal.noCard"
    case noDraft = "proposal.noDraft"
    case settled = "proposal.settled"
    case noRemark = "proposal.noRemark"
    case unknownField = "proposal.unknownField"

    /// What is not there.
    package static let missing: Set<Self> = [.noCard]
}
