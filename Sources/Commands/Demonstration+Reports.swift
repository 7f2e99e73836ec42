import Casework
import ContactCentre
import Delivery
import Forms
import Journal
import Logging
import Reporting
import Rulebook
import WorkingDays

extension Demonstration {
    /// The months before a day whose reports a demonstration has, the earliest first.
    static func reportedMonths(before today: CivilDate) -> [CivilMonth] {
        let last = CivilMonth(today).previous
        return [last.previous.previous, last.previous, last]
    }

    /// The reports of the last months, made at the hour at which the timer would have made them.
    ///
    /// Where the law's day is over, a receipt that says it is demo data stands for the Agency's: a centre that has worked
    /// for a year would not have been late with all of them. What is due later goes its real way.
    func recordReports(_ centre: ContactCentre, today: CivilDate) async throws {
        let (calendar, zone) = (try await calendar(centre), centre.casework.zone)
        let rule = centre.casework.rulebooks.procedure("monthly-report", on: today)?.rule(
            centre.reports.monthly.form.making.clock)
        guard let term = rule?.term(on: today) else { return }
        for month in Self.reportedMonths(before: today) {
            let due = try calendar.due(term, from: month.last)
            let made = try ReportTimetable().start(
                of: .month(month), target: due.target ?? due.date, calendar: calendar, zone: zone)
            guard made <= centre.now() else { continue }
            _ = try await centre.reports.monthly.seal(.month(month), by: .timer, at: made)
            guard due.date < today else { continue }
            try await deliver(month, at: made.adding(milliseconds: 60_000), centre)
        }
    }

    private func deliver(_ month: CivilMonth, at moment: Moment, _ centre: ContactCentre) async throws {
        let waiting = try await centre.journal.read { db in
            try DeliveryRecord.fetchAll(kind: MonthlyReport.streamKind, subject: "\(month)/1", in: db)
        }
        var logger = Logger(label: "bailanys.demo")
        logger.logLevel = .warning
        let service = DeliveryService(
            journal: centre.journal, outbox: centre.outbox,
            destinations: [ContactCentre.agencyDestination: DemoAgency(month: month, now: moment)],
            subjects: [centre.reports.monthly], environment: .init(now: { moment }, fraction: { 0 }), logger: logger)
        for delivery in waiting { try await service.attempt(delivery) }
    }
}

/// Stands for the Agency of the past in a demonstration: takes everything, and says on the receipt what it is.
private struct DemoAgency: Transport {
    let month: CivilMonth
    let now: Moment

    func deliver(_ parcel: Parcel) async -> AttemptOutcome {
        .received(DeliveryReceipt(number: "ДЕМО-\(month)", receivedAt: now, digest: parcel.digest))
    }
}
