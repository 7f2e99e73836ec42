import Accounts
import ContactCentre
import Hummingbird
import Intake
import Journal
import Languages
import Markup
import WorkingDays

/// The officer's queue: what came in and is no complaint yet, urgent ones first, then the surest. No words stand here.
struct IncomingPage: Page {
    /// How many are listed.
    static let listed = 100

    let records: [SubmissionRecord]
    let waiting: Int
    let names: IntakeNames
    /// How the pull of the forum stands; nil where none is set.
    let forum: ForumState?

    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { view.t("incoming.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.complaints"), .complaints)], view)
        html.pageHeader(title(view), lead: view.t("incoming.lead")) { html in
            html.a(.class("button"), .href(SitePath.intakeLearning.path), text: view.t("learning.title"))
            if let first = records.first, view.may(.manageComplaints) {
                html.a(
                    .class("button is-primary"), .href(SitePath.incomingOne(.value(first.id)).path),
                    text: view.t("incoming.next"))
            }
        }
        if let forum { pulled(forum, &html, view) }
        guard !records.isEmpty else {
            return html.emptyState(title: view.t("incoming.none"), text: view.t("incoming.noneHelp"))
        }
        html.p(text: view.t("incoming.waiting", count: waiting))
        let columns = [
            Column(view.t("incoming.number")), Column(view.t("incoming.received")), Column(view.t("incoming.sure")),
            Column(view.name("intakeField", IntakeField.nature)), Column(view.name("intakeField", IntakeField.service)),
            Column(view.name("intakeField", IntakeField.body)),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: records) { row, html, record in
            row.cell(&html) { html in
                guard view.may(.manageComplaints) else { return html.span(.class("whole"), text: record.id) }
                html.a(.class("whole"), .href(SitePath.incomingOne(.value(record.id)).path), text: record.id)
            }
            row.cell(&html) { html in
                html.moment(record.receivedAt, view)
                html.text(" ")
                html.span(.class("hint"), text: view.channel(record.channel))
            }
            row.cell(&html) { html in
                if record.urgent {
                    html.badge(.breached, view, text: view.t("intake.urgent"))
                    html.text(" ")
                }
                html.sureness(Double(record.sure) / 1_000, view)
            }
            row.cell(&html, record.nature.map { view.name("intakeNature", $0) } ?? "–")
            row.cell(&html, record.service.map { names.services[$0]?[view.language] ?? $0 } ?? "–")
            row.cell(&html, record.body.map { names.bodies[$0]?[view.language] ?? $0 } ?? "–")
        }
    }
}

extension IncomingPage {
    /// When the forum was asked last, and what did not come from it.
    private func pulled(_ forum: ForumState, _ html: inout HTML, _ view: View) {
        if forum.fault != nil {
            html.alert(
                .warning,
                title: view.t(
                    "forum.failed", ["moment": forum.answeredAt.map(view.dates.short) ?? view.t("forum.never")]))
        } else if let moment = forum.answeredAt {
            html.p(.class("hint"), text: view.t("forum.asked", ["moment": view.dates.short(moment)]))
        }
        if !forum.refused.isEmpty {
            html.alert(
                .warning,
                title: view.t(
                    "forum.refused", count: forum.refused.count,
                    ["list": forum.refused.suffix(10).map(\.number).joined(separator: ", ")]))
        }
    }
}

extension View {
    /// By which way something came, in words; the code of a way that only programs know.
    func channel(_ code: String) -> String {
        FilingChannel(rawValue: code).map { name("filingChannel", $0) } ?? code
    }
}

extension IncomingPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let (records, waiting) = try await site.environment.centre.journal.read { db in
            (try SubmissionRecord.queue(limit: listed, in: db), try SubmissionRecord.waiting(in: db))
        }
        return site.page(
            IncomingPage(
                records: records, waiting: waiting, names: try await IntakeWork.names(site),
                forum: site.environment.centre.forum?.state()))
    }
}
