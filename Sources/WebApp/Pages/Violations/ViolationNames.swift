import Casework
import ContactCentre
import Correspondence
import Journal
import Languages
import Markup
import Registry
import Rulebook
import WorkingDays

/// What things are called on the pages of the ledger.
struct ViolationNames: Sendable {
    let bodies: [String: Localized]
    let services: [String: Localized]
    /// The terms of law that can be breached, by their rule.
    let duties: [String: Localized]
    /// The grounds that excuse, in the order of their file.
    let grounds: [ViolationRules.Ground]

    init(on today: CivilDate, _ site: WebRequest) async throws {
        let centre = site.environment.centre
        (bodies, services) = try await centre.journal.read { db in
            (try Registry.bodyNames(on: today, in: db), try Registry.serviceNames(in: db))
        }
        duties = centre.casework.rulebooks.ruleTitles
        grounds = centre.violations.rules.grounds
    }

    func duty(_ rule: String, _ view: View) -> String { duties[rule]?[view.language] ?? rule }

    /// A ground in words; its code where the file has it no more.
    func ground(_ code: String, _ view: View) -> String {
        grounds.first { $0.code == code }?.label[view.language] ?? code
    }
}

extension Violation.State {
    /// The colour and the picture of the state.
    var badge: ClockState {
        switch self {
        case .drafted: .dueToday
        case .confirmed: .breached
        case .excused: .met
        case .reopened: .suspended
        case .closed: .waiting
        }
    }
}

extension Violation {
    /// By how many working days it is late; nil where the calendar does not reach so far, or nothing is late any more.
    func late(_ calendar: WorkingCalendar, _ view: View) -> String? {
        guard ground != .gone, let days = try? daysLate(calendar, asOf: view.today) else {
            // A year without a calendar has no count of days.
            return nil
        }
        return NumberText.whole(days)
    }
}

extension HTML {
    /// Where an entry stands.
    mutating func violationState(_ entry: Violation, _ view: View) {
        badge(entry.state.badge, view, text: view.name("violationState", entry.state))
    }

    /// Whose duty it was.
    mutating func violationBody(_ entry: Violation, _ names: ViolationNames, _ view: View) {
        guard let body = entry.body else { return text(view.name("owner", entry.owner)) }
        bodyName(body, names.bodies[body], view)
    }
}
