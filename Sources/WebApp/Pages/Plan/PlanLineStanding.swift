import Languages
import Onboarding
import WorkingDays

/// How a line of the plan stands, in words.
extension PlanLineStanding {
    var path: String { SitePath.planLine(.value(line.plan), .value(line.line)).path }

    var state: ClockState {
        // The plan's dates are our own (797 §3 gives no term): a line that is late misses a target.
        if let accepted = line.acceptedOn {
            return line.acceptanceOn.map { accepted > $0 } ?? false ? .missed : .met
        }
        if line.isCancelled { return .waiting }
        if line.overdue > 0 { return .breached }
        if line.missed > 0 { return .missed }
        if slip == nil { return .waiting }
        return isLate ? .dueToday : .running
    }

    func note(_ view: View) -> String {
        if line.isCancelled {
            return view.name("requestState", RequestState.cancelled)
        }
        if let accepted = line.acceptedOn {
            guard let slip, slip > 0 else { return view.t("plan.acceptedOn", ["date": DateText.short(accepted)]) }
            return view.t("plan.acceptedLate", count: slip)
        }
        guard let acceptance, let slip else {
            return view.t("plan.noCalendar", ["year": missingYear.map { "\($0)" } ?? "–"])
        }
        let date = DateText.short(acceptance)
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
        let states = line.states.sorted { ($0.value, $1.key.rawValue) > ($1.value, $0.key.rawValue) }
        return states.map { state, count in
            let name = view.name("requestState", state)
            return line.requests.count == 1 ? name : "\(name): \(count)"
        }.joined(separator: ", ")
    }
}
