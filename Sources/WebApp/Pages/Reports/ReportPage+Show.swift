import Accounts
import Casework
import ContactCentre
import Delivery
import Forms
import Hummingbird
import Journal
import Registry
import Reporting
import WorkingDays

extension ReportPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    static func seal(_ site: WebRequest) async throws -> Response {
        let (period, desk) = try report(site)
        guard let user = site.user else { throw SiteError(.notFound, "no such report") }
        let reason = site.form["reason"]
        do {
            _ = try await desk.seal(
                period, reason: reason.isEmpty ? nil : reason, by: .user(user.number), at: site.environment.now(),
                once: nil)
        } catch let refusal as Refusal {
            var page = try await page(site)
            page.problem = site.words(of: refusal)
            return site.page(page, status: .unprocessableContent)
        }
        return site.redirect(to: .report(.value(desk.name(of: period))))
    }

    static func report(_ site: WebRequest) throws -> (ReportPeriod, any PeriodDesk) {
        guard let named = site.environment.centre.reports.named(try site.parameter("period")) else {
            throw SiteError(.notFound, "no such report")
        }
        return named
    }

    static func page(_ site: WebRequest) async throws -> ReportPage {
        let (period, desk) = try report(site)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let report = try await desk.report(period)
        let (names, attempts, signatures) = try await site.environment.centre.journal.read { db in
            let deliveries = try report.state.sealed.flatMap { sealed in
                try DeliveryRecord.fetchAll(kind: desk.kind, subject: "\(period)/\(sealed.revision)", in: db)
            }
            return (
                try ReportNames(on: today, in: db),
                try deliveries.flatMap { try DeliveryRecord.attempts(of: $0.id, in: db) },
                try keptSignatures(of: report.state, period, desk, in: db)
            )
        }
        let now = try await desk.figures(period, asOf: today)
        let last = report.state.sealed.last
        var sent: FormFigures?
        if let last { sent = try await desk.figures(of: last) }
        return ReportPage(
            form: desk.form.form, name: desk.name(of: period), period: period, figures: sent ?? now,
            sealed: last.flatMap { sent == nil ? nil : ($0.revision, now) }, state: report.state, names: names,
            attempts: attempts, parts: try await CaseParts(report.stream, site), signatures: signatures,
            signing: site.environment.centre.signingStanding(),
            hindrance: report.state.problem.map { site.words(of: $0.refusal) },
            earlier: try await Earlier.fetch(before: period, of: desk))
    }
}
