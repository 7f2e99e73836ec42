import Accounts
import ContactCentre
import GRDB
import Hummingbird
import Journal
import Languages
import Markup
import Onboarding
import Registry
import WorkingDays

/// The bodies of 797 §2, with what is asked of each and what it is late with.
struct BodiesPage: Page {
    /// By what the list is ordered.
    enum Order: String, CaseIterable {
        case name, code, kind, services, requests, breaches
    }

    let place: ListPlace
    let bodies: [PublicBody]
    let total: Int
    let figures: [String: BodyFigures]
    let regions: [(code: String, name: Localized)]
    /// The body under which the list looks; nil where it looks at all.
    let parent: PublicBody?

    var section: NavigationSection? { .bodies }
    func title(_ view: View) -> String { view.t("nav.bodies") }

    func draw(into html: inout HTML, _ view: View) {
        if let parent {
            html.breadcrumbs(
                [(view.t("nav.bodies"), .bodies), (parent.name[view.language], .body(.value(parent.code)))], view)
        }
        html.pageHeader(
            title(view),
            lead: parent.map { view.t("bodies.under", ["name": $0.name[view.language]]) } ?? view.t("bodies.lead"))
        form(into: &html, view)
        guard !bodies.isEmpty else {
            return html.emptyState(title: view.t("bodies.none"), text: view.t("list.noneHelp")) { html in
                html.a(.class("button"), .href(SitePath.bodies.path), text: view.t("list.reset"))
            }
        }
        table(into: &html, view)
        html.pager(place.pager(bodies.count, of: total), view)
    }

    private func form(into html: inout HTML, _ view: View) {
        html.filterForm(
            place, view,
            [
                .words("text", label: view.t("bodies.text"), value: place.chosen("text")),
                .choice(
                    "kind", label: view.t("bodies.kind"), any: view.t("list.all"),
                    BodyKind.allCases.map { ($0.rawValue, $0.groupLabel[view.language]) },
                    chosen: place.chosen("kind")),
                .choice(
                    "region", label: view.t("bodies.region"), any: view.t("list.all"),
                    [(Region.republic, view.t("bodies.republic"))] + regions.map { ($0.code, $0.name[view.language]) },
                    chosen: place.chosen("region")),
                .tick("closed", label: view.t("bodies.closed"), isTicked: place.chosen("closed") == "yes"),
            ] + (parent.map { [.kept("parent", $0.code)] } ?? []))
    }

    private func table(into html: inout HTML, _ view: View) {
        var columns = [
            place.column(view.t("bodies.name"), Order.name, isUsual: true),
            place.column(view.t("bodies.code"), Order.code),
            place.column(view.t("bodies.kind"), Order.kind),
            place.column(view.t("bodies.services"), Order.services, isNumeric: true, startsDescending: true),
        ]
        let seesWork = view.may(.readRequests)
        if seesWork {
            columns += [
                place.column(view.t("bodies.openRequests"), Order.requests, isNumeric: true, startsDescending: true),
                place.column(view.t("bodies.breaches"), Order.breaches, isNumeric: true, startsDescending: true),
            ]
        }
        html.dataTable(caption: title(view), columns: columns, rows: bodies) { row, html, body in
            let figures = figures[body.code] ?? BodyFigures()
            row.cell(&html) { html in
                html.bodyName(body.code, body.name, view)
                if let region = regions.first(where: { $0.code == body.region }), body.level != .region {
                    html.p(.class("hint")) { $0.localized(region.name, view) }
                }
                if let end = body.validTo, end < view.today {
                    html.text(" ")
                    html.tag(view.t("bodies.closedOn", ["date": DateText.short(end)]))
                }
            }
            row.cell(&html) { $0.element("code", [.class("code")], text: body.code) }
            row.cell(&html, body.kind.shortLabel(view))
            row.number(&html, figures.services, address: nil, view)
            guard seesWork else { return }
            row.number(
                &html, figures.requests, address: SitePath.requests.with(["body": body.code, "open": "yes"]), view)
            row.number(
                &html, figures.breaches,
                address: SitePath.clocks.with(["list": ClocksPage.List.breached.rawValue, "body": body.code]),
                isBad: true, view)
        }
    }
}

extension BodyKind {
    /// The kind in few words, for tables: the long titles of the acts stand on the page of the body.
    func shortLabel(_ view: View) -> String { view.name("bodyKind", self) }
}

extension RowWriter {
    /// A number that leads to its list; a zero leads nowhere and is quiet.
    mutating func number(
        _ html: inout HTML, _ number: Int, address: String?, isBad: Bool = false, _ view: View
    ) {
        cell(&html) { html in
            guard number > 0 else { return html.span(.class("zero"), text: "0") }
            let text = NumberText.whole(number)
            guard let address else { return html.text(text) }
            html.a(.class(isBad ? "plain-link is-bad" : "plain-link"), .href(address), text: text)
        }
    }
}

extension BodiesPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let language = site.context.language
        let today = site.environment.zone.civilDate(of: site.environment.now())
        var place = ListPlace(.bodies, orders: Order.self, site)
        var filter = BodyFilter()
        filter.text = String((site.query("text") ?? "").prefix(200))
        filter.kinds = Set([site.query("kind").flatMap(BodyKind.init(rawValue:))].compactMap { $0 })
        filter.region = site.query("region")
        filter.parent = site.query("parent")
        let showsClosed = site.query("closed") == "yes"
        filter.existsOn = showsClosed ? nil : today
        filter.order = language
        place.choose("text", filter.text)
        place.choose("kind", filter.kinds.first?.rawValue)
        place.choose("region", filter.region)
        place.choose("closed", showsClosed ? "yes" : nil)
        place.choose("parent", filter.parent)
        let (chosen, listed, isExport) = (filter, place, site.wantsFile)
        let page = try await site.environment.centre.journal.read { db in
            let (bodies, figures) = try fetch(chosen, listed, isExport: isExport, in: db)
            return BodiesPage(
                place: listed, bodies: bodies, total: try Registry.bodyCount(chosen, in: db), figures: figures,
                regions: try Registry.regions(on: today, in: db).map { ($0.code, $0.name(on: today)) }
                    .sorted(byText: { $0.1[language] }),
                parent: try chosen.parent.flatMap { try Registry.body($0, in: db) })
        }
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
    }

    /// The bodies of a page in their order; figures are no part of the registry, so their order is made here.
    private static func fetch(
        _ filter: BodyFilter, _ place: ListPlace, isExport: Bool, in db: Database
    ) throws -> ([PublicBody], [String: BodyFigures]) {
        var filter = filter
        let figures = try BodyFigures.fetch(in: db)
        let order = place.order(Order.self) ?? .name
        if order == .code { filter.order = nil }
        filter.limit = ListDownload.limit
        var bodies = try Registry.bodies(filter, in: db)
        func sort(_ figure: (PublicBody) -> Int) {
            // The order by name stays among equals.
            bodies = bodies.enumerated().map { ($0.offset, $0.element, figure($0.element)) }
                .sorted { ($0.2, $0.0) < ($1.2, $1.0) }.map { $0.1 }
        }
        switch order {
        case .name, .code: break
        case .kind: sort { BodyKind.allCases.firstIndex(of: $0.kind) ?? 0 }
        case .services: sort { figures[$0.code]?.services ?? 0 }
        case .requests: sort { figures[$0.code]?.requests ?? 0 }
        case .breaches: sort { figures[$0.code]?.breaches ?? 0 }
        }
        if place.isDescending { bodies.reverse() }
        let start = min(place.start(isExport: isExport), bodies.count)
        return (Array(bodies[start...].prefix(place.limit(isExport: isExport))), figures)
    }

    /// The list as a file, as it is seen.
    private func file(_ view: View) -> ListDownload {
        var headings = [
            view.t("bodies.code"), view.t("bodies.name"), view.t("bodies.kind"), view.t("bodies.region"),
            view.t("bodies.services"),
        ]
        let seesWork = view.may(.readRequests)
        if seesWork { headings += [view.t("bodies.openRequests"), view.t("bodies.breaches")] }
        let regions = Dictionary(regions.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first })
        var file = ListDownload(name: "bodies-\(view.today)", title: title(view), headings: headings)
        file.rows = bodies.map { body in
            let figures = figures[body.code] ?? BodyFigures()
            let row: [ListTable.Cell] = [
                .text(body.code), .text(body.name[view.language]), .text(body.kind.label[view.language]),
                .text(regions[body.region]?[view.language] ?? ""), .count(figures.services),
            ]
            return seesWork ? row + [.count(figures.requests), .count(figures.breaches)] : row
        }
        return file
    }
}
