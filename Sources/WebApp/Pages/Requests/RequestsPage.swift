import Hummingbird
import Languages
import Markup
import Onboarding
import Registry
import WorkingDays

/// The plan-schedule and the requests sent under it.
struct RequestsPage: Page {
    let state: RequestStateName?
    let records: [InformationRequestRecord]
    let total: Int
    let offset: Int
    let services: [String: Localized]
    let bodies: [String: Localized]

    static let size = 50

    var section: NavigationSection? { .requests }
    func title(_ view: View) -> String { view.t("nav.requests") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("requests.lead"))
        html.nav(.class("filters"), .ariaLabel(view.t("requests.state"))) { html in
            html.a(.href(SitePath.requests.path), text: view.t("list.all"))
            for state in RequestStateName.allCases {
                html.a(.href(SitePath.requests.with(["state": state.rawValue])), text: view.name("requestState", state))
            }
        }
        guard !records.isEmpty else { return html.emptyState(title: title(view), text: view.t("requests.none")) }
        let columns = [
            Column(view.t("requests.number")), Column(view.t("requests.service")), Column(view.t("clocks.body")),
            Column(view.t("requests.planned")), Column(view.t("requests.state")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: records) { row, html, record in
            row.cell(&html) { $0.a(.href(SitePath.request(.value(record.id)).path), text: record.id) }
            row.cell(&html, services[record.service]?[view.language] ?? record.service)
            row.cell(&html, bodies[record.body]?[view.language] ?? record.body)
            row.cell(&html) { html in if let date = CivilDate(record.requestOn) { html.date(date, view) } }
            row.cell(
                &html, RequestStateName(rawValue: record.state).map { view.name("requestState", $0) } ?? record.state)
        }
        func address(_ offset: Int) -> String {
            SitePath.requests.with(["state": state?.rawValue, "from": offset == 0 ? nil : "\(offset)"])
        }
        html.pager(
            Pager(
                summary: "\(offset + 1)–\(offset + records.count) / \(total)",
                previous: offset > 0 ? address(max(0, offset - Self.size)) : nil,
                next: offset + records.count < total ? address(offset + Self.size) : nil), view)
    }
}

extension RequestsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let state = RequestStateName(rawValue: site.query("state") ?? "")
        let offset = max(0, Int(site.query("from") ?? "") ?? 0)
        var filter = InformationRequestRecord.Filter()
        filter.state = state?.rawValue
        let chosen = filter
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let page = try await site.environment.centre.journal.read { db in
            RequestsPage(
                state: state, records: try InformationRequestRecord.fetch(chosen, limit: size, offset: offset, in: db),
                total: try InformationRequestRecord.count(chosen, in: db), offset: offset,
                services: try Registry.serviceNames(in: db), bodies: try Registry.bodyNames(on: today, in: db))
        }
        return site.page(page)
    }
}
