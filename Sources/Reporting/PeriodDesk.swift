import Casework
import Complaints
import Delivery
import Forms
import GRDB
import Journal
import Rulebook
import WorkingDays

/// The reports of one form, whatever its period: what edges and timers ask for.
package protocol PeriodDesk: Sendable {
    /// The loop of all cases.
    var casework: Casework { get }
    /// The form with its measures.
    var form: ReportForm { get }
    /// The kind of its cases and deliveries: `monthly-report`.
    var kind: String { get }

    /// What stands before the period in the name of a report.
    var prefix: String { get }
    /// What its reports hand over to the outbox.
    var subject: any DeliverySubject { get }

    /// The report of a period: its revisions and receipts.
    func report(_ period: ReportPeriod) async throws -> ReportRecord
    /// How the report of each period stands, the latest first.
    func standings() async throws -> [ReportStanding]
    /// The numbers of a period as they stand now, sealed or not.
    func figures(_ period: ReportPeriod, asOf today: CivilDate?) async throws -> FormFigures
    /// The numbers of a sealed report as they were sent; nil where its document is not kept.
    func figures(of sealed: ReportSealed) async throws -> FormFigures?
    /// A sealed document at rest, nil where there is none of that digest.
    func document(_ sealed: ReportSealed) async throws -> [UInt8]?
    /// What the clock is worth that says it is now.
    func standing(at now: Moment) -> TimeStanding
    /// Whether a period is over whatever the machine's clock says.
    func isCertainlyOver(_ period: ReportPeriod, _ standing: TimeStanding) -> Bool
    /// Notes the end of a period, once.
    func end(_ period: ReportPeriod, by actor: Actor, at now: Moment) async throws
    /// Makes the report of a period, seals it and puts it into the outbox, in one transaction.
    func seal(
        _ period: ReportPeriod, reason: String?, by actor: Actor, at now: Moment, once key: CommandKey?
    ) async throws -> ReportSealed
    /// Makes a sealed revision again from its events alone.
    func remake(
        _ period: ReportPeriod, revision: Int, in folder: String, projections: [any Projection]
    ) async throws -> ReportRemake
    /// The complaints behind a number of a sealed report, as they were known then.
    func complaints(
        behind number: ReportNumber, of period: ReportPeriod, _ sealed: ReportSealed, limit: Int, offset: Int
    ) async throws -> (records: [ComplaintRecord], total: Int)?
    /// Notes that the report of a period should have been sealed by itself and could not be, once for each reason.
    func hinder(_ period: ReportPeriod, _ problem: ReportNotSealed, by actor: Actor, at now: Moment) async throws
    /// The first period that is reported by itself where none is set; nil where there is nothing to report.
    func firstPeriod(in db: Database) throws -> ReportPeriod?
}

extension PeriodDesk {
    /// The name of the report of a period, in addresses, commands and names of files: `2026-03`, `violations-2026-03`.
    package func name(of period: ReportPeriod) -> String { "\(prefix)\(period)" }
}

/// What is known of the report of one period.
package struct ReportRecord: Sendable {
    /// Its stream.
    package let stream: StreamID
    /// How many events it has.
    package let version: Int
    /// What was sealed, received and given up.
    package let state: ReportState
    /// The clock of its delivery; nil before the period's end is recorded.
    package let due: Clock?
}

/// The reports of all forms that the centre makes.
package struct Reports: Sendable {
    /// The report of a month to the Agency (797 §18).
    package let monthly: ReportDesk<MonthlyReport>
    /// The report of a quarter to the IT body (797 §13-14).
    package let quarterly: ReportDesk<QuarterlyReport>
    /// The report of a month on violations of the terms of services (452, point 12).
    package let violations: ReportDesk<ViolationReport>
    /// Form 3-мк of a quarter (order 78, §62).
    package let corporation: ReportDesk<CorporationReport>
    /// Form 4-мк of a quarter (order 78, §62).
    package let electronic: ReportDesk<ElectronicReport>

    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [ReportEvent.self]

    /// The tables of the reports.
    package static func projections(_ catalogue: EventCatalogue) -> [any Projection] {
        [ReportBook(catalogue: catalogue)]
    }

    /// The desks of all forms.
    package init(
        monthly: ReportDesk<MonthlyReport>, quarterly: ReportDesk<QuarterlyReport>,
        violations: ReportDesk<ViolationReport>, corporation: ReportDesk<CorporationReport>,
        electronic: ReportDesk<ElectronicReport>
    ) {
        self.monthly = monthly
        self.quarterly = quarterly
        self.violations = violations
        self.corporation = corporation
        self.electronic = electronic
    }

    /// All desks, the monthly one first.
    package var desks: [any PeriodDesk] { [monthly, quarterly, violations, corporation, electronic] }

    /// The kinds of all reports.
    package static let kinds = [
        MonthlyReport.streamKind, QuarterlyReport.streamKind, ViolationReport.streamKind, CorporationReport.streamKind,
        ElectronicReport.streamKind,
    ]

    /// The codes of their forms.
    package static let forms = [
        MonthlyReport.form, QuarterlyReport.form, ViolationReport.form, CorporationReport.form, ElectronicReport.form,
    ]

    /// The report of a name, `2026-03` or `violations-2026-03`: its period and its desk; nil where no report is called so.
    package func named(_ name: String) -> (period: ReportPeriod, desk: any PeriodDesk)? {
        for desk in desks where name.hasPrefix(desk.prefix) {
            if let period = desk.form.form.period(String(name.dropFirst(desk.prefix.count))) { return (period, desk) }
        }
        return nil
    }

    /// The desk of a kind of reports; nil where it is of none.
    package func desk(ofKind kind: String) -> (any PeriodDesk)? { desks.first { $0.kind == kind } }
}
