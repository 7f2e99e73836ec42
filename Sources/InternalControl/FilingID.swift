import Forms
import WorkingDays

/// Which filing is meant: the form, the period, the body; `78-1mk_2022-Q1_MJ` in the names of streams and in addresses.
package struct FilingID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The code of the form.
    package let form: String
    /// The period that it is for.
    package let period: ReportPeriod
    /// The code of the body.
    package let body: String

    /// An identity from its parts.
    package init(form: String, period: ReportPeriod, body: String) {
        self.form = form
        self.period = period
        self.body = body
    }

    /// An identity from its text; nil for anything else.
    package init?(_ text: String) {
        // The code of a body may hold the separator, those of forms and periods never do.
        let parts = text.split(separator: "_", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts[0].isEmpty, !parts[2].isEmpty, let period = ReportPeriod(parts[1]) else {
            return nil
        }
        self.init(form: parts[0], period: period, body: parts[2])
    }

    package var description: String { "\(form)_\(period)_\(body)" }

    package static func < (left: FilingID, right: FilingID) -> Bool {
        (left.form, "\(left.period)", left.body) < (right.form, "\(right.period)", right.body)
    }
}
