import Casework
import Rulebook
import WorkingDays

/// Why the report of a period could not be sealed by itself.
package struct ReportNotSealed: Codable, Hashable, Sendable {
    /// The refusal's code, by which a page finds its words.
    package var code: String
    /// The English sentence: what is wrong, what to do.
    package var reason: String

    /// A problem that was recorded.
    package init(code: String, reason: String) {
        self.code = code
        self.reason = reason
    }

    /// What an error means for the report of a period.
    package init(_ error: any Error) {
        var calendar = error as? CalendarError
        if case .calendar(let inner)? = error as? ClockError { calendar = inner }
        if let refusal = error as? Refusal {
            self.init(code: refusal.code, reason: refusal.reason)
        } else if let calendar {
            self.init(code: ReportRefusal.noCalendar.rawValue, reason: calendar.description)
        } else {
            self.init(code: ReportRefusal.failed.rawValue, reason: "\(error)")
        }
    }

    /// As a refusal, for whoever tells refusals.
    package var refusal: Refusal { Refusal(recorded: code, reason) }
}
