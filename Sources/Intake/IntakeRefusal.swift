import Casework

/// Why a command on what came in is refused; each has its words in the string tables.
package enum IntakeRefusal: String, RefusalCode {
    case answerChanged = "intake.answerChanged"
    case done = "intake.done"
    case duplicateOf = "intake.duplicateOf"
    case erased = "intake.erased"
    case exists = "intake.exists"
    case inFuture = "intake.inFuture"
    case nothing = "intake.nothing"
    case purpose = "intake.purpose"
    case unknown = "intake.unknown"
    case words = "intake.words"

    /// What is not there.
    package static let missing: Set<Self> = [.unknown]
}
