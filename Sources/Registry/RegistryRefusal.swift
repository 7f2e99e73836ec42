import Casework

/// Why a command on bodies and their responsible persons is refused; each has its words in the string tables.
package enum RegistryRefusal: String, RefusalCode {
    case bodyUnknown = "body.unknown"
    case responsiblePersonBeforePresent = "responsiblePerson.beforePresent"
    case responsiblePersonEnded = "responsiblePerson.ended"
    case responsiblePersonPurposeMissing = "responsiblePerson.purposeMissing"
    case responsiblePersonUnknown = "responsiblePerson.unknown"

    /// What is not there.
    package static let missing: Set<Self> = [.bodyUnknown, .responsiblePersonUnknown]
}
