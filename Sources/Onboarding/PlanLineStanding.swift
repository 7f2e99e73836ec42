import WorkingDays

/// A line of the plan and how it stands against its dates.
package struct PlanLineStanding: Sendable {
    /// The line.
    package let line: PlanBoardLine
    /// The day on which the last request of the line is accepted, done or by forecast; nil where no calendar tells it.
    package let acceptance: CivilDate?
    /// By how many working days that is after the planned day, 0 where it is not; nil where no calendar tells it.
    package let slip: Int?
    /// Whether a term of it ends within the horizon of the board; nil where no calendar tells it.
    package let isSoon: Bool?
    /// The year without a calendar because of which something above is nil: it is said, never guessed.
    package let missingYear: Int?

    /// Whether it is accepted, or would be, after the planned day.
    package var isLate: Bool { slip.map { $0 > 0 } ?? false }
    /// Whether it was accepted after the planned day.
    package var isAcceptedLate: Bool { line.acceptedOn != nil && isLate }

    /// How a line stands on a day.
    /// - Parameter horizon: how many working days ahead a term ends soon.
    /// - Throws: an error other than a missing year, which is kept to be shown.
    package init(
        _ line: PlanBoardLine, forecast: OnboardingForecast, calendar: WorkingCalendar, today: CivilDate,
        horizon: Int
    ) throws {
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
        let open = line.requests.filter { $0.state != .cancelled }
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
                try known { try next.due <= calendar.date(adding: horizon, to: today) }
            } ?? false
        missingYear = missing
    }
}
