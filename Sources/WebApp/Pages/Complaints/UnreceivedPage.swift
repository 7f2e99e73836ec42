import Casework
import Complaints
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// The complaints of which nobody knows whether their body has them: told a day ago and not confirmed, or without an address.
struct UnreceivedPage: Page {
    let rows: [(notice: ComplaintNoticeRecord, dueOn: CivilDate)]
    let bodies: [String: Localized]
    /// Whether bodies are told at all: without an address of the site there is no link to send.
    let isSending: Bool

    /// How many are shown.
    static let most = 200

    /// Told before this moment and not confirmed since is somebody's work.
    static func limit(_ now: Moment) -> Moment { now.adding(milliseconds: -86_400_000) }

    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { view.t("unreceived.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.complaints"), .complaints)], view)
        html.pageHeader(title(view), lead: view.t("unreceived.lead"))
        if !isSending {
            html.alert(.warning, title: view.t("unreceived.off")) { $0.p(text: view.t("unreceived.offHint")) }
        }
        guard !rows.isEmpty else { return html.p(text: view.t("unreceived.none")) }
        let columns = [
            Column(view.t("complaints.number")), Column(view.t("clocks.body")), Column(view.t("way.when")),
            Column(view.t("way.how")), Column(view.t("clocks.due")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: rows) { row, html, line in
            row.cell(&html) { html in
                html.a(
                    .class("whole"), .href(SitePath.complaint(.value(line.notice.complaint)).path + "#way"),
                    text: line.notice.complaint)
            }
            row.cell(&html) { html in
                if let body = line.notice.body { html.bodyName(body, bodies[body], view) }
            }
            row.cell(&html) { $0.moment(line.notice.madeAt, view) }
            row.cell(&html, view.t(line.notice.way == .paper ? "way.onPaper" : "way.notReceived"))
            row.cell(&html) { $0.date(line.dueOn, view) }
        }
    }

    static func show(_ site: WebRequest) async throws -> Response {
        let now = site.environment.now()
        let today = site.environment.zone.civilDate(of: now)
        let found = try await site.environment.centre.journal.read { db in
            let notices = try ComplaintNoticeRecord.unreceived(before: limit(now), limit: most, in: db)
            return (
                try notices.map { notice in
                    (notice: notice, dueOn: try ComplaintRecord.fetch(id: notice.complaint, in: db)?.dueOn ?? today)
                },
                try Registry.bodyNames(on: today, in: db)
            )
        }
        return site.page(
            UnreceivedPage(
                rows: found.0, bodies: found.1, isSending: site.environment.centre.settings.publicAddress != nil))
    }
}
