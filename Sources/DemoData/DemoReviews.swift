import Complaints
import Rulebook
import WorkingDays

/// What became of a demo complaint.
struct DemoReview {
    var answeredAt: Moment?
    var outcome: String?
    var `extension`: (days: Int, at: Moment)?
    var toldAt: Moment?
    var transfer: (body: String, at: Moment)?
    var withdrawnAt: Moment?
}

/// Reviews as bodies do them: most in time, some late, a few bodies late often. All terms come from the rulebook.
struct DemoReviews {
    let rulebooks: RulebookSet
    let calendar: WorkingCalendar
    let zone: CivilZone
    let seed: UInt64

    /// How often a body is late; one in six is late often.
    func lateness(of body: String) -> Double {
        let code = body.utf8.reduce(UInt64(7)) { $0 &* 131 &+ UInt64($1) }
        var random = DemoRandom(seed: seed, 3, code)
        return random.happens(0.16) ? 0.22 + 0.25 * random.fraction() : 0.015 + 0.06 * random.fraction()
    }

    /// The review of a complaint.
    /// - Parameter other: names a body to which it might be transferred.
    func review(
        filedAt: Moment, body: DemoRegistry.Body, asOf: Moment, _ random: inout DemoRandom,
        other: (inout DemoRandom) -> String
    ) throws -> DemoReview {
        var review = DemoReview()
        let filed = zone.civilDate(of: filedAt)
        guard let procedure = rulebooks.procedure("complaint-review", on: filed),
            let edition = rulebooks.edition(procedure.edition)
        else { return review }
        var zero =
            try edition.registration?.registrationDate(filedAt: filedAt, calendar: calendar, zone: zone) ?? filed
        var reviewer = body
        if !body.kind.hasPrefix("agency"), random.happens(0.04) {
            let to = other(&random)
            let day = try calendar.date(adding: 1 + random.below(2), to: zero)
            let at = officeTime(day, &random)
            if to != body.code, at < asOf {
                review.transfer = (to, at)
                zero = day
                reviewer = DemoRegistry.Body(code: to, kind: "local", level: "", region: "", from: nil, to: nil)
            }
        }
        let name = body.kind.hasPrefix("agency") ? "review-by-agency" : "review-by-body"
        guard let rule = procedure.rule(name), case .workingDays(let term)? = rule.term(on: zero) else { return review }
        var days = term
        if let allowed = rule.extension, random.happens(0.05),
            allowed.allowed.contains(Extender(bodyKind: reviewer.kind).rawValue)
        {
            let at = officeTime(try calendar.date(adding: 1 + random.below(max(1, term - 1)), to: zero), &random)
            if at < asOf {
                let more = 1 + random.below(allowed.limit)
                review.extension = (more, at)
                // Most applicants are told the same evening.
                let told = at.adding(milliseconds: 3_600_000)
                if random.happens(0.9), told < asOf { review.toldAt = told }
                days += more
            }
        }
        let earliest =
            try review.extension.map { try calendar.workingDays(after: zero, through: zone.civilDate(of: $0.at)) } ?? 0
        if random.happens(0.03) {
            let at = officeTime(try calendar.date(adding: min(days, earliest + 1 + random.below(2)), to: zero), &random)
            if at > filedAt, at < asOf { review.withdrawnAt = at }
            return review
        }
        var day: CivilDate
        if random.happens(lateness(of: reviewer.code)) {
            var late = 1
            while late < 15, random.happens(0.6) { late += 1 }
            day = try calendar.date(adding: days + late, to: zero)
        } else {
            // Most answers come near the end of the term.
            let used = 1 - random.fraction() * random.fraction()
            day = try calendar.date(
                adding: min(days, max(earliest + 1, Int((Double(days) * used).rounded(.up)))), to: zero)
            let dayBefore = day.adding(days: -1)
            // Some are sent on a day off.
            if random.happens(0.05), dayBefore > zero, earliest == 0, !(try calendar.isWorkingDay(dayBefore)) {
                day = dayBefore
            }
        }
        let at = officeTime(day, &random)
        guard at < asOf else { return review }
        review.answeredAt = at
        review.outcome = ["satisfied", "partly", "rejected", "explained"][random.place(bySums: Self.outcomes)]
        return review
    }

    private static let outcomes = sums(of: [34, 18, 20, 28])

    private func officeTime(_ date: CivilDate, _ random: inout DemoRandom) -> Moment {
        zone.start(of: date).adding(milliseconds: Int64((9 * 3_600 + random.below(9 * 3_600)) * 1_000))
    }
}
