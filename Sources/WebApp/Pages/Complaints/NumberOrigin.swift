import Forms
import Languages
import Reporting
import WorkingDays

/// Which number of which report a list of complaints is behind.
struct NumberOrigin: Sendable {
    let number: ReportNumber
    let form: StatutoryForm
    let period: ReportPeriod
    /// The revision that was sealed; nil for the numbers of now.
    let sealed: ReportSealed?
    let names: ReportNames

    /// What the number is called on the report; what it is narrowed to after it.
    func title(_ view: View) -> String {
        guard let row = form.row(number.row) else { return number.name }
        let label = row.label[view.language]
        guard let key = number.keys.last, let keys = row.made?.finest?.keys, keys.count >= number.keys.count else {
            return label
        }
        return "\(label): \(names.text(key, of: keys[number.keys.count - 1], view))"
    }

    /// As of when the list is.
    func lead(_ view: View) -> String? {
        sealed.map {
            view.t(
                "report.behindSealed",
                [
                    "revision": NumberText.whole($0.revision), "position": NumberText.whole(Int($0.position)),
                    "date": view.dates.long(period.last),
                ])
        }
    }
}
