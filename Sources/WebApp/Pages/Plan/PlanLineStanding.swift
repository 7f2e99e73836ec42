import Languages
import Onboarding
import WorkingDays

/// A line of the plan and how it stands against its dates.
struct PlanLineStanding: Sendable {
    let line: PlanBoardLine
    /// The day on which the last request of the line is accepted, done or by forecast; nil where no calendar tells it.
    let acceptance: CivilDate?
    /// By how many working days that is after the planned day, 0 where it is not; nil where no calendar tells it.
    let slip: Int?
    /// Whether a term of it ends within the horizon of the board; nil where no calendar tells it.
    let isSoon: Bool?
    /// The year without a calendar because of which something above is nil: it is said, never guessed.
    let missingYear: Int?

    var isLate: Bool { slip.map { $0 > 0 } ?? false }
    var isAcceptedLate: Bool { line.acceptedOn != nil && isLate }
    var path: String { SitePath.planLine(.value(line.plan), .value(line.line)).path }

    var state: ClockState {
        // The plan's dates are our own (797 §3 gives no term): a line that is late misses a target.
        if let accepted = line.acceptedOn {
            return line.acceptanceOn.map { accepted > $0 } ?? false ? .missed : .met
        }
        if line.requests.allSatisfy({ $0.state == "cancelled" }) { return .waiting }
        if line.overdue > 0 { return .breached }
        if line.missed > 0 { return .missed }
        if slip == nil { return .waiting }
        return isLate ? .dueToday : .running
    }

    func note(_ view: View) -> String {
        if line.requests.allSatisfy({ $0.state == "cancelled" }) {
            return view.name("requestState", RequestStateName.cancelled)
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
        let states = line.states.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        return states.map { state, count in
            let name = RequestStateName(rawValue: state).map { view.name("requestState", $0) } ?? state
            return line.requests.count == 1 ? name : "\(name): \(count)"
        }.joined(separator: ", ")
    }

    /// - Throws: an error other than a missing year, which is kept to be shown.
    init(_ line: PlanBoardLine, forecast: OnboardingForecast, calendar: WorkingCalendar, today: CivilDate) throws {
        self.line = line
        var missing: Int?
        func known<Value>(_ count: () throws -> Value) throws -> Value? {
            do {
                return try count()
            } catch CalendarError.missingYear(let year) {
                missing = missing ?? year
                return nil
            }
        }
        let open = line.requests.filter { $0.state != "cancelled" }
        let planned = line.acceptanceOn ?? line.requestOn
        let acceptance = try known {
            try line.acceptedOn ?? open.map { try forecast.days(of: $0).accepted }.max() ?? planned
        }
        self.acceptance = acceptance
        slip = try acceptance.flatMap { day in
            guard let planned = line.acceptanceOn, day > planned else { return 0 }
            return try known { try calendar.workingDays(after: planned, through: day) }
        }
        isSoon =
            try line.next.map { next in
                try known { try next.due <= calendar.date(adding: PlanPage.horizon, to: today) }
            } ?? false
        missingYear = missing
    }
}
