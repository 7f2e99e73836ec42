import Accounts
import Applications
import ContactCentre
import Forms
import Hummingbird
import Journal
import Languages
import Markup
import Reporting
import WorkingDays

/// The applications behind a number of a report, as they were known when it was sealed: by their numbers, and nobody's name.
struct ApplicationsPage: Page {
    let origin: NumberOrigin
    /// What the report is called in addresses.
    let name: String
    let place: ListPlace
    let rows: [ApplicationRow]
    let total: Int

    /// The list has one order: by number.
    enum Order: String, CaseIterable { case number }

    var section: NavigationSection? { .reports }
    func title(_ view: View) -> String { origin.title(view) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [
                (view.t("nav.reports"), .reports),
                (origin.form.name(of: origin.period, view.texts, view.language, view.dates), .report(.value(name))),
            ], view)
        html.pageHeader(title(view), lead: origin.leadOfApplications(view))
        guard !rows.isEmpty else {
            return html.emptyState(title: view.t("report.behindNone"), text: view.t("applications.none"))
        }
        let columns = [
            Column(view.t("applications.number")), Column(view.t("requests.service")),
            Column(view.t("clocks.body")), Column(view.t("applications.accepted")), Column(view.t("clocks.due")),
            Column(view.t("applications.finished")), Column(view.t("applications.late"), isNumeric: true),
            Column(view.t("applications.cause")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: rows) { cells, html, row in
            cells.cell(&html, row.number)
            cells.cell(&html, origin.names.services[row.service]?[view.language] ?? row.service)
            cells.cell(&html) { $0.bodyName(row.body, origin.names.bodies[row.body], view) }
            cells.cell(&html) { $0.date(row.acceptedOn, view) }
            cells.cell(&html) { $0.date(row.dueOn, view) }
            cells.cell(&html) { html in
                guard let finished = row.finishedOn else { return html.text("–") }
                html.date(finished, view)
                if let result = row.result { html.p(.class("hint"), text: view.name("applicationResult", result)) }
            }
            cells.cell(
                &html, row.late.map { view.t(TextKey(family: "lateBy", member: row.unit.rawValue), count: $0) } ?? "–")
            cells.cell(&html) { html in
                guard let cause = row.cause else { return html.text("–") }
                html.text(view.name("lateCause", cause))
                if row.isTechnical { html.p(.class("hint"), text: view.t("applications.technical")) }
                if !row.isProven { html.p(.class("hint"), text: view.t("applications.withoutAct")) }
            }
        }
        html.pager(place.pager(rows.count, of: total), view)
    }

    private func file(_ view: View) -> ListDownload {
        var file = ListDownload(
            name: "applications-\(name)", title: title(view),
            headings: [
                view.t("applications.number"), view.t("requests.service"), view.t("clocks.body"),
                view.t("applications.accepted"), view.t("clocks.due"), view.t("applications.finished"),
                view.t("applications.late"), view.t("applications.cause"), view.t("applications.act"),
            ])
        file.rows = rows.map { row in
            [
                .text(row.number), .text(origin.names.services[row.service]?[view.language] ?? row.service),
                .text(origin.names.bodies[row.body]?[view.language] ?? row.body), .day(row.acceptedOn),
                .day(row.dueOn), .day(row.finishedOn), row.late.map { .count($0) } ?? .text(""),
                .text(row.cause.map { view.name("lateCause", $0) } ?? ""),
                .text(
                    row.cause == nil ? "" : view.t(row.isProven ? "applications.withAct" : "applications.withoutAct")),
            ]
        }
        return file
    }
}

extension NumberOrigin {
    /// As of when a list of applications is.
    func leadOfApplications(_ view: View) -> String? {
        sealed.map {
            view.t(
                "applications.behindSealed",
                ["revision": NumberText.whole($0.revision), "position": NumberText.whole(Int($0.position))])
        }
    }
}

extension ApplicationsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard let name = site.query("period"), let (period, desk) = site.environment.centre.reports.named(name),
            let text = site.query("number"), let number = ReportNumber(name: text, in: desk.form.form),
            desk.form.form.row(number.row)?.made?.behind == .applications
        else { throw SiteError(.notFound, "no such number") }
        var sealed: ReportSealed?
        if let revision = site.query("revision").flatMap({ Int($0) }) {
            sealed = try await desk.report(period).state.sealed.first { $0.revision == revision }
            guard sealed != nil else { throw SiteError(.notFound, "no revision \(revision) of \(name)") }
        }
        let isExport = site.wantsFile
        if isExport { try site.authority.require(.exportLists) }
        var place = ListPlace(.applications, orders: Order.self, site)
        place.choose("number", text)
        place.choose("period", name)
        place.choose("revision", sealed.map { "\($0.revision)" })
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let (listed, position, form, known) = (place, sealed?.position, desk.form, sealed)
        let page = try await site.environment.centre.journal.read { db in
            ApplicationsPage(
                origin: NumberOrigin(
                    number: number, form: form.form, period: period, sealed: known,
                    names: try ReportNames(on: known == nil ? today : period.last, in: db)), name: name, place: listed,
                rows: try form.rows(
                    ApplicationRow.columns, behind: number, period, asOf: known == nil ? today : nil, at: position,
                    limit: listed.limit(isExport: isExport), offset: listed.start(isExport: isExport), in: db
                ).compactMap { ApplicationRow($0) },
                total: try form.count(number, period, asOf: known == nil ? today : nil, at: position, in: db))
        }
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
    }
}
