import CSV
import Languages
import Onboarding
import Registry
import WorkingDays

/// The plan-schedule of the demonstration, laid around its day: most lines were accepted long ago, some requests are on
/// their way, at every step and some of them late, the others lie ahead. But for its dates it is the same on every day.
package struct DemoPlan: Sendable {
    /// One line: what it plans, and what has happened by today.
    package struct Line: Sendable {
        /// Its number in the plan.
        package let number: String
        /// The code of the service; its card has the same.
        package let service: String
        /// The code of the body.
        package let body: String
        /// The unit of the centre.
        package let unit: String
        /// The planned day of the request.
        package let requestOn: CivilDate
        /// The planned day of the acceptance.
        package let acceptanceOn: CivilDate
        /// What has happened, in its order.
        package let steps: [InformationRequestCommand]
    }

    /// The lines by the day of their request.
    package let lines: [Line]
    /// When the plan was approved: before its first request.
    package let approvedAt: Moment

    /// The requests that lie ahead, in working days after today.
    private static let ahead = [0, 2, 5, 8, 11, 15, 20, 26, 33]
    /// Working days between the requests of long ago, and from the last of them until today.
    private static let (step, since) = (5, 32)
    /// Working days from a request to its planned acceptance; a choice of the demonstration, not a term of law.
    private static let acceptance = 20

    /// Lays the services of a table, in its order, around a day.
    /// - Parameters:
    ///   - table: a plan-schedule; its dates are not used.
    ///   - calendar: it reaches a year back and into the next year.
    /// - Throws: `CSVError`, `CalendarError`.
    package init(table: [UInt8], calendar: WorkingCalendar, zone: CivilZone, today: CivilDate) throws {
        let rows = try OnboardingDesk.planRows(of: table, named: "the plan of the demonstration")
        let recent = DemoRequest.onTheirWay + Self.ahead.map { DemoRequest(-$0) }
        let old = max(0, rows.count - recent.count)
        let requests =
            (0..<old).map { DemoRequest.accepted(Self.since + (old - 1 - $0) * Self.step, line: $0 + 1) } + recent
        func day(_ ago: Int) throws -> CivilDate { try calendar.date(adding: -ago, to: today) }
        lines = try zip(rows, requests).enumerated().map { index, pair in
            let (row, request) = pair
            let service = String(row["service"])
            let requestOn = try day(request.planned)
            return Line(
                number: "\(index + 1)", service: service, body: String(row["body"]),
                unit: String(row["responsible_unit"]), requestOn: requestOn,
                acceptanceOn: try calendar.date(adding: Self.acceptance, to: requestOn),
                steps: try request.commands(line: "\(index + 1)", card: service, zone: zone, day: day))
        }
        let first = lines.map(\.requestOn).min() ?? today
        approvedAt = zone.moment(of: try calendar.date(adding: -10, to: first), hour: 11, minute: 0)
    }

    /// The plan as the table that is handed in.
    package var table: [UInt8] {
        let rows = lines.map {
            [
                $0.number, $0.service, $0.body, "\($0.requestOn)", "\($0.acceptanceOn)",
                "\"" + $0.unit.replacing("\"", with: "\"\"") + "\"",
            ]
        }
        return Array(([OnboardingDesk.planColumns] + rows).map { $0.joined(separator: ",") + "\n" }.joined().utf8)
    }

    /// Who answers for a body in the demonstration; the same at every start.
    package static func responsiblePerson(of body: String) -> ResponsiblePersonDetails {
        let number = body.utf8.reduce(7) { ($0 * 31 + Int($1)) % 1_000_003 }
        let person = DemoPerson(number: number, seed: 1_414, language: .kk, region: Localized(kk: "", ru: ""))
        return ResponsiblePersonDetails(name: person.name, position: "ДЕМО", phone: person.phone, email: person.email)
    }
}
