import GRDB
import Rulebook
import WorkingDays

/// One line of a plan on the board: all bodies of the line together.
package struct PlanBoardLine: Sendable, Hashable {
    /// A running term.
    package struct Term: Sendable, Hashable {
        /// Its rule.
        package let rule: String
        /// Its last day.
        package let due: CivilDate
    }

    /// The plan.
    package let plan: String
    /// The number of the line.
    package let line: String
    /// The code of the service.
    package let service: String
    /// The unit of the centre.
    package let unit: String?
    /// The planned day of the request.
    package let requestOn: CivilDate
    /// The planned day of the acceptance.
    package let acceptanceOn: CivilDate?
    /// The requests of the line.
    package let requests: [InformationRequestRecord]
    /// The earliest last day among the running terms, and whose rule it is; what is late first if nothing moves.
    package let next: Term?
    /// How many terms of law are past and not done.
    package let overdue: Int
    /// How many internal targets are past and not reached, the acceptance of the line itself left out.
    package let missed: Int

    /// How many requests stand in each state.
    package var states: [RequestState: Int] { requests.reduce(into: [:]) { $0[$1.state, default: 0] += 1 } }

    /// Whether no request of it is left.
    package var isCancelled: Bool { requests.allSatisfy { $0.state == .cancelled } }

    /// The day on which the last body's protocol was completed; nil while one is not.
    package var acceptedOn: CivilDate? {
        let open = requests.filter { $0.state != .cancelled }
        let days = open.compactMap { $0.days[.completed] }
        return days.count == open.count ? days.max() : nil
    }

    /// The lines of a plan, by planned day; requests that were cancelled are counted but wait for nothing.
    package static func fetch(plan: String, line: String? = nil, in db: Database) throws -> [PlanBoardLine] {
        let records = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM informationRequest WHERE plan = ? AND (? IS NULL OR line = ?)
                ORDER BY requestOn, line, body
                """, arguments: [plan, line, line]
        ).map(InformationRequestRecord.init)
        var clocks: [String: (next: PlanBoardLine.Term?, overdue: Int, missed: Int)] = [:]
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT r.line, c.rule, c.due, c.standing FROM informationRequest r
                JOIN clock c ON c.stream = 'onboarding/' || r.id
                WHERE r.plan = ? AND (? IS NULL OR r.line = ?) AND c.endedOn IS NULL
                  AND c.standing IN ('running', 'breached', 'missed') AND c.rule <> 'accept-service' ORDER BY c.due DESC
                """, arguments: [plan, line, line])
        for row in rows {
            var entry = clocks[row["line"]] ?? (nil, 0, 0)
            if row["standing"] == "breached" {
                entry.overdue += 1
            } else if row["standing"] == "missed" {
                entry.missed += 1
            } else if let due = CivilDate(row["due"] as String) {
                entry.next = PlanBoardLine.Term(rule: row["rule"], due: due)
            }
            clocks[row["line"]] = entry
        }
        var lines: [PlanBoardLine] = []
        for (line, group) in Dictionary(grouping: records, by: \.line) {
            guard let first = group.first else { continue }
            lines.append(
                PlanBoardLine(
                    plan: plan, line: line, service: first.service, unit: first.unit, requestOn: first.requestOn,
                    acceptanceOn: first.acceptanceOn, requests: group,
                    next: clocks[line]?.next, overdue: clocks[line]?.overdue ?? 0,
                    missed: clocks[line]?.missed ?? 0))
        }
        return lines.sorted { ($0.requestOn, $0.line.count, $0.line) < ($1.requestOn, $1.line.count, $1.line) }
    }
}

/// A plan-schedule in the list of all.
package struct PlanRecord: Sendable, Hashable {
    /// Its name.
    package let plan: String
    /// How many requests are in force under it.
    package let requests: Int
    /// How many lines wait for approval.
    package let draftLines: Int
    /// The file they came from.
    package let draftSource: String?
    /// The act of the last approval.
    package let act: String?
    /// The ISO date of the last approval.
    package let approvedOn: String?

    /// All plans, the latest first.
    package static func fetch(in db: Database) throws -> [PlanRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT p.plan, p.draftLines, p.draftSource, p.act, p.approvedOn,
                  (SELECT count(*) FROM informationRequest r WHERE r.plan = p.plan) AS requests
                FROM planSchedule p ORDER BY p.plan DESC
                """
        ).map {
            PlanRecord(
                plan: $0["plan"], requests: $0["requests"], draftLines: $0["draftLines"],
                draftSource: $0["draftSource"], act: $0["act"], approvedOn: $0["approvedOn"])
        }
    }
}

/// When a request would be accepted if from now on everybody uses his whole term and no more.
package struct OnboardingForecast: Sendable {
    private let procedure: Procedure
    private let calendar: WorkingCalendar
    private let today: CivilDate

    /// The way of a request, event by event; each step's term is the rulebook's.
    private static let way: [(event: String, day: RequestDay)] = [
        ("requestSent", .sent), ("requestReceived", .received), ("responsiblePersonAppointed", .appointed),
        ("informationSubmitted", .submitted), ("trainingHeld", .trained), ("protocolCompleted", .completed),
        ("wentLive", .live),
    ]

    /// A forecast made on a day.
    package init(procedure: Procedure, calendar: WorkingCalendar, today: CivilDate) {
        self.procedure = procedure
        self.calendar = calendar
        self.today = today
    }

    /// The days on which a request is accepted and on which consulting may start.
    /// - Throws: `CalendarError` where a year is missing.
    package func days(of request: InformationRequestRecord) throws -> (accepted: CivilDate, live: CivilDate) {
        var (before, day) = ("planLineApproved", request.requestOn)
        var accepted = day
        for (event, name) in Self.way {
            if let known = request.days[name] {
                day = known
            } else {
                let rule = procedure.rules.first { rule in
                    rule.stops.contains { $0.event == event } && rule.starts.contains { $0.event == before }
                        && rule.term(on: day) != .onDate
                }
                if let term = rule?.term(on: day) { day = try calendar.dueDate(term, from: day) }
                day = max(day, today)
            }
            if event == "protocolCompleted" { accepted = day }
            before = event
        }
        return (accepted, day)
    }
}
