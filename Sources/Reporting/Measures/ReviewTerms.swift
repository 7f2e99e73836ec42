import GRDB
import WorkingDays

/// The working days from registration to answer, of all answers of a period.
enum ReviewTerms {
    /// The average in hundredths of a working day, half up; none where nothing was answered.
    static let average = measure("average-review") { terms in
        let (sum, count) = terms.reduce((0, 0)) { ($0.0 + $1.days * $1.times, $0.1 + $1.times) }
        return count > 0 ? (sum * 200 + count) / (count * 2) : nil
    }

    /// The longest, in working days; none where nothing was answered.
    static let longest = measure("longest-review") { terms in terms.map(\.days).max() }

    private static func measure(
        _ name: String, _ sum: @escaping @Sendable ([(days: Int, times: Int)]) -> Int?
    ) -> Measure {
        Measure(
            name: "complaints." + name, dimensions: [:], columns: [:], order: ["id"],
            counting: .number { period, calendar, db in try sum(terms(period, calendar, in: db)) })
    }

    private static func terms(
        _ period: ReportPeriod, _ calendar: WorkingCalendar, in db: Database
    ) throws -> [(days: Int, times: Int)] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT registeredOn, closedOn, count(*) FROM complaint
                    WHERE closedOn BETWEEN ? AND ? AND status = 'answered' GROUP BY registeredOn, closedOn
                    """), arguments: [period.first.description, period.last.description])
        return try rows.map { row in
            let registered = try ComplaintColumns.date(row[0])
            let closed = try ComplaintColumns.date(row[1])
            return (
                days: closed > registered ? try calendar.workingDays(after: registered, through: closed) : 0,
                times: row[2]
            )
        }
    }
}
