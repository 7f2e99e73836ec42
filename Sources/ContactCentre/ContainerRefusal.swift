import Casework

/// Why no container of proofs can be made of a report; each has its words in the string tables.
package enum ContainerRefusal: String, RefusalCode {
    case unknown = "container.unknown"
    case notReceived = "container.notReceived"
    case unsigned = "container.unsigned"
    case receiptUnsigned = "container.receiptUnsigned"
    case headUntold = "container.headUntold"
    case changed = "container.changed"
    case reasonMissing = "container.reasonMissing"
    case signing = "container.signing"

    /// What is not there.
    package static let missing: Set<Self> = [.unknown]
}
