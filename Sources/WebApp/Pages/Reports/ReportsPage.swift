import Accounts
import Casework
import ContactCentre
import Forms
import Hummingbird
import Languages
import Markup
import Reporting
import Rulebook
import WorkingDays

/// The reports of all forms: due, sealed, received.
struct ReportsPage: Page {
    /// The reports of one form.
    struct Section: Sendable {
        let form: StatutoryForm
        let rows: [Row]
        /// The last period that is over and has no report yet; whoever may seal makes it from here.
        let missing: (name: String, period: ReportPeriod)?
    }

    /// One period.
    struct Row: Sendable {
        let name: String
        let period: ReportPeriod
        let due: Clock?
        let revisions: Int
        let receipt: ReportReceipt?
        /// Why it was not sealed by itself.
        let hindrance: String?
    }

    let sections: [Section]
    /// Why the machine's clock is in doubt.
    let hold: ClockHold?

    var section: NavigationSection? { .reports }
    func title(_ view: View) -> String { view.t("nav.reports") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("reports.lead"))
        if let hold { html.clockAlarm(hold, view) }
        html.p(.class("buttons")) { html in
            html.a(
                .class("button is-quiet"), .href(SitePath.internalControl.path), text: view.t("internalControl.title"))
            html.a(.class("button is-quiet"), .href(SitePath.discrepancies.path), text: view.t("discrepancies.title"))
        }
        for section in sections { draw(section, into: &html, view) }
    }

    private func draw(_ section: Section, into html: inout HTML, _ view: View) {
        html.panel(section.form.title[view.language], id: section.form.code) { html in
            html.p(.class("note"), text: section.form.lead(view))
            if section.rows.isEmpty { html.p(text: view.t("reports.none")) }
            for report in section.rows {
                guard let hindrance = report.hindrance else { continue }
                html.alert(
                    .danger, title: "\(view.dates.period(report.period)): \(view.t("report.notSealed"))"
                ) { $0.p(text: hindrance) }
            }
            if !section.rows.isEmpty { table(section, into: &html, view) }
            if let missing = section.missing, view.may(.sealReports) {
                html.p { html in
                    html.a(
                        .href(SitePath.report(.value(missing.name)).path),
                        text: view.t("reports.make", ["period": view.dates.period(missing.period)]))
                }
            }
        }
    }

    private func table(_ section: Section, into html: inout HTML, _ view: View) {
        let columns = [
            Column(view.t("reports.period")), Column(view.t("clocks.due")),
            Column(view.t("reports.revisions"), isNumeric: true),
            Column(view.t("reports.receipt")),
        ]
        html.dataTable(caption: section.form.title[view.language], columns: columns, rows: section.rows) {
            row, html, report in
            row.cell(&html) { html in
                html.a(
                    .href(SitePath.report(.value(report.name)).path), text: view.dates.period(report.period))
            }
            row.cell(&html) { html in
                guard let due = report.due else { return }
                html.badge(due.state(on: view.today), view)
                html.text(" ")
                html.date(due.due, view)
            }
            row.cell(&html, NumberText.whole(report.revisions))
            row.cell(&html, report.receipt.map { "\($0.number), \(view.dates.short($0.receivedAt))" } ?? "–")
        }
    }
}

extension ReportsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        var sections: [Section] = []
        for desk in site.environment.centre.reports.desks {
            var rows: [Row] = []
            for standing in try await desk.standings() {
                let report = try await desk.report(standing.period)
                rows.append(
                    Row(
                        name: desk.name(of: standing.period), period: standing.period, due: report.due,
                        revisions: report.state.sealed.count,
                        receipt: report.state.receipts.last,
                        hindrance: report.state.problem.map { site.words(of: $0.refusal) }))
            }
            let last = desk.form.form.period(containing: today).previous
            sections.append(
                Section(
                    form: desk.form.form, rows: rows,
                    missing: rows.contains { $0.period == last && $0.revisions > 0 }
                        ? nil : (desk.name(of: last), last)))
        }
        return site.page(ReportsPage(sections: sections, hold: site.environment.time().hold))
    }
}
