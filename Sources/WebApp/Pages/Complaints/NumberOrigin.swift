import Languages
import Registry
import Reporting
import WorkingDays

/// Which number of which monthly report a list of complaints is behind.
struct NumberOrigin: Sendable {
    let number: ReportNumber
    let period: CivilMonth
    /// The revision that was sealed; nil for the numbers of now.
    let sealed: ReportSealed?

    /// What the number is called on the report; the body or service that it is narrowed to after it.
    func title(_ bodies: [String: Localized], _ view: View) -> String {
        let label = view.t(key)
        return detail(bodies, view).map { "\(label): \($0)" } ?? label
    }

    /// The months, and as of when the list is.
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

    private var key: TextKey {
        switch number {
        case .opening: "report.opening"
        case .received: "report.received"
        case .closed: "report.closed"
        case .closing: "report.closing"
        case .forum: "report.item1"
        case .reviewed: "report.item2"
        case .withinTerm: "report.within"
        case .pastTerm: "report.past"
        case .violations: "report.item3"
        case .overdueFromEarlier: "report.earlier"
        case .orderAndStandard: "report.item4"
        case .employees: "report.item5"
        }
    }

    private static func name(ofKind kind: String, _ view: View) -> String {
        BodyKind(rawValue: kind)?.shortLabel(view) ?? kind
    }

    private func detail(_ bodies: [String: Localized], _ view: View) -> String? {
        switch number {
        case .violations(let kind, let body):
            body.map { bodies[$0]?[view.language] ?? $0 } ?? kind.map { Self.name(ofKind: $0, view) }
        case .employees(let kind): kind.map { Self.name(ofKind: $0, view) }
        case .orderAndStandard(let service): service
        default: nil
        }
    }
}
