import Languages
import Onboarding
import WorkingDays

/// A line of the plan and how it stands against its dates.
struct PlanLineStanding: Sendable {
    let line: PlanBoardLine
    /// The day on which the last request of the line is accepted, done or by forecast.
    let acceptance: CivilDate
    /// By how many working days that is after the planned day; 0 where it is not.
    let slip: Int
    /// Whether a term of it ends within the horizon of the board.
    let isSoon: Bool

    var isAcceptedLate: Bool { line.acceptedOn != nil && slip > 0 }
    var path: String { SitePath.planLine(.value(line.plan), .value(line.line)).path }

    var state: ClockState {
        // The plan's dates are our own (797 §3 gives no term): a line that is late misses a target.
        if line.acceptedOn != nil { return slip > 0 ? .missed : .met }
        if line.requests.allSatisfy({ $0.state == "cancelled" }) { return .waiting }
        if line.overdue > 0 { return .breached }
        if line.missed > 0 { return .missed }
        return slip > 0 ? .dueToday : .running
    }

    func note(_ view: View) -> String {
        if line.requests.allSatisfy({ $0.state == "cancelled" }) {
            return view.name("requestState", RequestStateName.cancelled)
        }
        let date = DateText.short(acceptance)
        if line.acceptedOn != nil {
            return slip > 0 ? view.t("plan.acceptedLate", count: slip) : view.t("plan.acceptedOn", ["date": date])
        }
        if slip > 0 { return view.t("plan.forecastLate", count: slip, ["date": date]) }
        return view.t("plan.forecast", ["date": date])
    }

    func bodies(_ names: [String: Localized], _ view: View) -> String {
        guard line.requests.count == 1, let only = line.requests.first else {
            return view.t("plan.bodies", count: line.requests.count)
        }
        return names[only.body]?[view.language] ?? only.body
    }

    /// The states of the requests, the most frequent first.
    func states(_ view: View) -> String {
        let states = line.states.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        return states.map { state, count in
            let name = RequestStateName(rawValue: state).map { view.name("requestState", $0) } ?? state
            return line.requests.count == 1 ? name : "\(name): \(count)"
        }.joined(separator: ", ")
    }

    init(_ line: PlanBoardLine, forecast: OnboardingForecast, calendar: WorkingCalendar, today: CivilDate) {
        self.line = line
        let open = line.requests.filter { $0.state != "cancelled" }
        // A year without a calendar has no forecast: the plan's own day is shown.
        let days = open.compactMap { request in (try? forecast.days(of: request))?.accepted }
        acceptance = days.max() ?? line.acceptanceOn ?? line.requestOn
        slip = line.acceptanceOn.flatMap { try? calendar.workingDays(after: $0, through: days.max() ?? $0) } ?? 0
        let horizon = (try? calendar.date(adding: PlanPage.horizon, to: today)) ?? today
        isSoon = line.next.map { $0.due <= horizon } ?? false
    }
}
