import Casework

/// Why a command on a filing or a discrepancy is refused; each has its words in the string tables.
package enum InternalControlRefusal: String, RefusalCode {
    case future = "internalControl.future"
    case periodNotOver = "internalControl.periodNotOver"
    case order = "internalControl.order"
    case secondFiling = "internalControl.secondFiling"
    case reasonMissing = "internalControl.reasonMissing"
    case nothingTaken = "internalControl.nothingTaken"
    case textMissing = "internalControl.textMissing"
    case formUnknown = "internalControl.formUnknown"
    case periodWrong = "internalControl.periodWrong"
    case bodyUnknown = "internalControl.bodyUnknown"
    case notTheirs = "internalControl.notTheirs"
    case fileUnreadable = "internalControl.fileUnreadable"
    case exists = "internalControl.exists"
    case unknown = "internalControl.unknown"
    case closed = "internalControl.closed"
    case causeUnknown = "internalControl.causeUnknown"
    case causeSide = "internalControl.causeSide"
    case unitsWrong = "internalControl.unitsWrong"
    case tooMany = "internalControl.tooMany"
    case caseUnknown = "internalControl.caseUnknown"
    case entryUnknown = "internalControl.entryUnknown"
    case unchanged = "internalControl.unchanged"
    case underway = "internalControl.underway"
    case notExplained = "internalControl.notExplained"
    case unexplained = "internalControl.unexplained"
    case faulty = "internalControl.faulty"
    case answersFull = "internalControl.answersFull"
    case notYours = "internalControl.notYours"
    case listsFull = "internalControl.listsFull"
    case listMissing = "internalControl.listMissing"
    case casesMissing = "internalControl.casesMissing"
    case caseExplained = "internalControl.caseExplained"
    case caseGone = "internalControl.caseGone"
    case casesOpen = "internalControl.casesOpen"
    case casesTooMany = "internalControl.casesTooMany"

    /// What says that there is no such thing.
    package static let missing: Set<Self> = [.unknown, .formUnknown, .bodyUnknown]
}
