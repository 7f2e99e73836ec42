import Casework

/// Why a command on monthly reports is refused; each has its words in the string tables.
package enum ReportRefusal: String, RefusalCode {
    case clockHeld = "report.clockHeld"
    case failed = "report.failed"
    case monthNotOver = "report.monthNotOver"
    case noCalendar = "report.noCalendar"
    case reasonMissing = "report.reasonMissing"
    case sealed = "report.sealed"
    case unbalanced = "report.unbalanced"
    case unchanged = "report.unchanged"
    case unknown = "report.unknown"

    /// What is not there.
    package static let missing: Set<Self> = [.unknown]
}
