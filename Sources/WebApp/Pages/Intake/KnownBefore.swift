import Accounts
import Intake
import Markup
import WorkingDays

/// What came in before and looks like the same matter of the same person, told before anything is registered.
struct KnownBefore: Sendable, Hashable {
    /// The number: of a complaint, or of what waits in the queue.
    let number: String
    /// Whether it is a complaint; otherwise it waits or was closed.
    let isComplaint: Bool
    /// When it arrived.
    let receivedOn: CivilDate
}

extension KnownBefore {
    /// One line for each complaint, or for the words that are none.
    static func lines(_ known: [KnownSubmission], zone: CivilZone) -> [KnownBefore] {
        known.flatMap { one in
            let day = zone.civilDate(of: one.receivedAt)
            guard one.complaints.isEmpty else {
                return one.complaints.map { KnownBefore(number: $0, isComplaint: true, receivedOn: day) }
            }
            return [KnownBefore(number: one.submission, isComplaint: false, receivedOn: day)]
        }
    }
}

extension HTML {
    /// That something like it is here already, and where.
    mutating func knownBefore(_ known: KnownBefore, _ view: View) {
        alert(.warning, title: view.t("intake.known", ["date": view.dates.long(known.receivedOn)])) { html in
            html.p { html in
                if known.isComplaint, view.may(.readComplaints) {
                    html.a(.href(SitePath.complaint(.value(known.number)).path), text: known.number)
                } else if !known.isComplaint, view.may(.manageComplaints) {
                    html.a(.href(SitePath.incomingOne(.value(known.number)).path), text: known.number)
                } else {
                    html.text(known.number)
                }
            }
            html.p(.class("hint"), text: view.t("intake.knownHint"))
        }
    }
}
