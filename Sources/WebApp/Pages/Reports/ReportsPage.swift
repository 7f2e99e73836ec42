import Hummingbird
import Markup
import Reporting
import Rulebook
import WorkingDays

/// The monthly reports: due, sealed, received.
struct ReportsPage: Page {
    /// One month.
    struct Row: Sendable {
        let month: CivilMonth
        let due: Clock?
        let revisions: Int
        let receipt: ReportReceipt?
    }

    let rows: [Row]

    var section: NavigationSection? { .reports }
    func title(_ view: View) -> String { view.t("nav.reports") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("reports.lead"))
        guard !rows.isEmpty else { return html.emptyState(title: title(view), text: view.t("reports.none")) }
        let columns = [
            Column(view.t("reports.month")), Column(view.t("clocks.due")),
            Column(view.t("reports.revisions"), isNumeric: true),
            Column(view.t("reports.receipt")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: rows) { row, html, report in
            row.cell(&html) { html in
                html.a(.href(SitePath.report(.value("\(report.month)")).path), text: view.dates.month(report.month))
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
        let reports = site.environment.centre.reports
        var rows: [Row] = []
        for month in try await reports.months() {
            let report = try await reports.report(month)
            rows.append(
                Row(
                    month: month, due: report.clocks[ReportDesk.clock], revisions: report.state.sealed.count,
                    receipt: report.state.receipts.last))
        }
        return site.page(ReportsPage(rows: rows))
    }
}
