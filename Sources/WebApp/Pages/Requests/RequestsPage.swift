import ContactCentre
import Hummingbird
import Journal
import Languages
import Markup
import Onboarding
import Registry
import WorkingDays

/// The information requests to bodies: chosen, sorted, paged, taken out as a file.
struct RequestsPage: Page {
    /// By what the list is ordered.
    enum Order: String, CaseIterable {
        case number, service, body, planned, state
    }

    let state: RequestState?
    let place: ListPlace
    let records: [InformationRequestRecord]
    let total: Int
    let services: [String: Localized]
    let bodies: [String: Localized]

    var section: NavigationSection? { .requests }
    func title(_ view: View) -> String { view.t("nav.requests") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("requests.lead"))
        form(into: &html, view)
        guard !records.isEmpty else { return html.emptyState(title: title(view), text: view.t("requests.none")) }
        let columns = [
            place.column(view.t("requests.number"), Order.number),
            place.column(view.t("requests.service"), Order.service),
            place.column(view.t("clocks.body"), Order.body),
            place.column(view.t("requests.planned"), Order.planned, isUsual: true),
            place.column(view.t("requests.state"), Order.state),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: records) { row, html, record in
            row.cell(&html) {
                $0.a(.class("whole"), .href(SitePath.request(.value(record.id)).path), text: record.id)
            }
            row.cell(&html) {
                $0.localized(services[record.service] ?? Localized(kk: record.service, ru: record.service), view)
            }
            row.cell(&html) { $0.bodyName(record.body, bodies[record.body], view) }
            row.cell(&html) { $0.date(record.requestOn, view) }
            row.cell(&html) { $0.stateTag(record.state, view) }
        }
        html.pager(place.pager(records.count, of: total), view)
    }

    private func form(into html: inout HTML, _ view: View) {
        let any = view.t("list.all")
        html.filterForm(
            place, view,
            [
                .words("text", label: view.t("requests.text"), value: place.chosen("text")),
                .choice(
                    "state", label: view.t("requests.state"), any: any,
                    RequestState.allCases.map { ($0.rawValue, view.name("requestState", $0)) },
                    chosen: state?.rawValue ?? ""),
                .choice(
                    "body", label: view.t("clocks.body"), any: any,
                    bodies.sorted(in: view.language).map { ($0.code, $0.name) }, chosen: place.chosen("body")),
                .month("month", label: view.t("requests.month"), value: place.chosen("month")),
                .tick("open", label: view.t("requests.open"), isTicked: place.chosen("open") == "yes"),
            ])
    }

    /// The list as a file, as it is seen.
    private func file(_ view: View) -> ListDownload {
        var file = ListDownload(
            name: "requests-\(view.today)", title: title(view),
            headings: [
                view.t("requests.number"), view.t("requests.service"), view.t("clocks.body"),
                view.t("requests.planned"), view.t("plan.acceptanceOn"), view.t("request.outgoing"),
                view.t("plan.sentOn"), view.t("requests.state"),
            ])
        file.rows = records.map { record in
            [
                .text(record.id), .text(services[record.service]?[view.language] ?? record.service),
                .text(bodies[record.body]?[view.language] ?? record.body), .day(record.requestOn),
                .day(record.acceptanceOn), .text(record.number ?? ""), .day(record.days[.sent]),
                .text(view.name("requestState", record.state)),
            ]
        }
        return file
    }
}

extension RequestsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let state = RequestState(rawValue: site.query("state") ?? "")
        let month = site.query("month").flatMap { CivilMonth($0) }
        let isOpen = site.query("open") == "yes"
        let language = site.context.language
        var filter = InformationRequestRecord.Filter()
        filter.state = state
        filter.body = site.query("body")
        filter.service = site.query("service")
        filter.month = month
        filter.text = site.query("text").map { String($0.prefix(200)) }
        if isOpen { filter.isOpen = true }
        var place = ListPlace(.requests, orders: Order.self, site)
        place.choose("text", filter.text)
        place.choose("state", state?.rawValue)
        place.choose("body", filter.body)
        place.choose("service", filter.service)
        place.choose("month", month?.description)
        place.choose("open", isOpen ? "yes" : nil)
        let order: InformationRequestRecord.Order =
            switch place.order(Order.self) {
            case .planned, nil: .planned
            case .number: .number
            case .service: .service(language)
            case .body: .body(language)
            case .state: .state
            }
        let (chosen, listed, isExport) = (filter, place, site.wantsFile)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let page = try await site.environment.centre.journal.read { db in
            RequestsPage(
                state: state, place: listed,
                records: try InformationRequestRecord.fetch(
                    chosen, by: order, isDescending: listed.isDescending, limit: listed.limit(isExport: isExport),
                    offset: listed.start(isExport: isExport), in: db),
                total: try InformationRequestRecord.count(chosen, in: db),
                services: try Registry.serviceNames(in: db), bodies: try Registry.bodyNames(on: today, in: db))
        }
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
    }
}
