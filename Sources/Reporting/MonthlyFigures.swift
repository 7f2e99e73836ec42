import GRDB
import WorkingDays

/// The numbers of one month.
package struct MonthlyFigures: Hashable, Sendable {
    /// The complaints of a body that violated the term.
    package struct BodyCount: Hashable, Sendable {
        /// The kind of the body.
        package let kind: String
        /// The code of the body.
        package let body: String
        /// How many.
        package let count: Int
    }

    /// Open when the month began.
    package var opening = 0
    /// Filed in the month.
    package var received = 0
    /// Answered or withdrawn in the month.
    package var closed = 0
    /// Open when it ended.
    package var closing = 0
    /// Item 1.
    package var forum = 0
    /// Item 2: within the term.
    package var withinTerm = 0
    /// Item 2: past it.
    package var pastTerm = 0
    /// Item 2: the average review in hundredths of a working day; nil where nothing was answered.
    package var averageHundredths: Int?
    /// Item 2: the longest review in working days; nil where nothing was answered.
    package var longest: Int?
    /// Item 3.
    package var violations = 0
    /// Item 3, by kind of body.
    package var violationsByKind: [String: Int] = [:]
    /// Item 3, by body.
    package var violationsByBody: [BodyCount] = []
    /// Item 3: still open from earlier months.
    package var overdueFromEarlier = 0
    /// Item 4.
    package var orderAndStandard = 0
    /// Item 4, by service.
    package var byService: [String: Int] = [:]
    /// Item 5.
    package var employees = 0
    /// Item 5, by kind of body.
    package var employeesByKind: [String: Int] = [:]

    /// Whether what was open and what came and went add up to what is open.
    package var isBalanced: Bool { opening + received - closed == closing }

    /// What they say for a number; nil for the review of item 2, of which the document lists every complaint.
    func count(of number: ReportNumber) -> Int? {
        switch number {
        case .opening: opening
        case .received: received
        case .closed: closed
        case .closing: closing
        case .forum: forum
        case .reviewed: nil
        case .withinTerm: withinTerm
        case .pastTerm: pastTerm
        case .violations(nil, nil): violations
        case .violations(let kind, let body):
            violationsByBody.filter { (kind ?? $0.kind) == $0.kind && (body ?? $0.body) == $0.body }
                .map(\.count).reduce(0, +)
        case .overdueFromEarlier: overdueFromEarlier
        case .orderAndStandard(let service): service.map { byService[$0] ?? 0 } ?? orderAndStandard
        case .employees(let kind): kind.map { employeesByKind[$0] ?? 0 } ?? employees
        }
    }

    /// Numbers of nought.
    init() {}

    /// Reads the numbers of a month in the snapshot of `db`.
    /// - Parameter today: for a month that is not over: what can still be answered in time is no violation yet.
    package init(
        _ month: CivilMonth, asOf today: CivilDate? = nil, calendar: WorkingCalendar, in db: Database
    ) throws {
        opening = try ReportNumber.opening.count(month, in: db)
        received = try ReportNumber.received.count(month, in: db)
        closed = try ReportNumber.closed.count(month, in: db)
        closing = try ReportNumber.closing.count(month, in: db)
        forum = try ReportNumber.forum.count(month, in: db)
        withinTerm = try ReportNumber.withinTerm.count(month, in: db)
        pastTerm = try ReportNumber.pastTerm.count(month, in: db)
        overdueFromEarlier = try ReportNumber.overdueFromEarlier.count(month, in: db)
        try readViolations(month, asOf: today, in: db)
        byService = Self.dictionary(try ReportNumber.orderAndStandard().counts(by: "service", month, in: db))
        orderAndStandard = byService.values.reduce(0, +)
        employeesByKind = Self.dictionary(try ReportNumber.employees().counts(by: "bodyKind", month, in: db))
        employees = employeesByKind.values.reduce(0, +)
        try readDurations(month, calendar: calendar, in: db)
    }

    private static func dictionary(_ counts: [(key: String, count: Int)]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: counts.map { ($0.key, $0.count) })
    }

    private mutating func readViolations(_ month: CivilMonth, asOf today: CivilDate?, in db: Database) throws {
        let (sql, arguments) = ReportNumber.violations().query("bodyKind, body", month, asOf: today)
        violationsByBody = try Row.fetchAll(
            db,
            sql: """
                SELECT bodyKind, body, count(*) FROM (\(sql))
                GROUP BY bodyKind, body ORDER BY bodyKind, count(*) DESC, body
                """, arguments: arguments
        ).map { BodyCount(kind: $0[0], body: $0[1], count: $0[2]) }
        for entry in violationsByBody { violationsByKind[entry.kind, default: 0] += entry.count }
        violations = violationsByKind.values.reduce(0, +)
    }

    /// The working days from registration to answer, of all answers of the month.
    private mutating func readDurations(_ month: CivilMonth, calendar: WorkingCalendar, in db: Database) throws {
        let (sql, arguments) = ReportNumber.closed.query("registeredOn, closedOn, status", month)
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT registeredOn, closedOn, count(*) FROM (\(sql)) WHERE status = 'answered'
                GROUP BY registeredOn, closedOn
                """, arguments: arguments)
        var (sum, count) = (0, 0)
        while let row = try rows.next() {
            guard let registered = CivilDate(row[0] as String), let closed = CivilDate(row[1] as String) else {
                continue
            }
            let days = closed > registered ? try calendar.workingDays(after: registered, through: closed) : 0
            let times: Int = row[2]
            sum += days * times
            count += times
            longest = max(longest ?? 0, days)
        }
        // Half up, in whole hundredths.
        if count > 0 { averageHundredths = (sum * 200 + count) / (count * 2) }
    }
}
