import Casework
import Hummingbird
import Languages
import Markup
import Registry
import Rulebook
import WorkingDays

/// The worklist of terms: breached, targets of our own that were missed, due today, due this week, and every other list that a number somewhere leads to.
struct ClocksPage: Page {
    /// One list of clocks.
    enum List: String, CaseIterable {
        case breached, missed, today, week, open, met, late

        /// Those that stand as numbers above the list and on the first page.
        static let tiled: [List] = [.breached, .today, .week, .missed]
    }

    /// By what the list is ordered.
    enum Order: String, CaseIterable {
        case due, duty, body, number
    }

    let list: List
    let place: ListPlace
    let counts: [List: Int]
    let total: Int
    let clocks: [ClockRow]
    let titles: [String: Localized]
    let bodies: [String: Localized]
    let services: [String: Localized]

    var section: NavigationSection? { .clocks }
    func title(_ view: View) -> String { view.t("nav.clocks") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.dates.long(view.today))
        html.tiles(
            List.tiled.map { list in
                let count = counts[list] ?? 0
                return Tile(
                    value: NumberText.whole(count), label: Self.label(list, view),
                    address: SitePath.clocks.with(["list": list.rawValue]), state: count == 0 ? nil : list.state)
            })
        form(into: &html, view)
        html.h2(text: Self.label(list, view))
        guard !clocks.isEmpty else {
            return html.emptyState(title: Self.label(list, view), text: view.t("clocks.none"))
        }
        let columns = [
            place.column(view.t("clocks.due"), Order.due, isUsual: true, startsDescending: list.isOver),
            place.column(view.t("clocks.duty"), Order.duty),
            place.column(view.t("clocks.body"), Order.body), place.column(view.t("clocks.case"), Order.number),
        ]
        html.dataTable(caption: Self.label(list, view), columns: columns, rows: clocks) { row, html, clock in
            row.cell(&html) { html in
                html.badge(clock.state(on: view.today), view)
                html.text(" ")
                html.dueDate(clock, view)
            }
            row.cell(&html, titles[clock.rule]?[view.language] ?? clock.rule)
            row.cell(&html) { html in
                guard let body = clock.body else { return html.text(view.name("owner", clock.owner)) }
                html.bodyName(body, bodies[body], view)
            }
            row.cell(&html) { html in
                if let path = clock.casePath(view) {
                    html.a(.href(path.path), text: clock.stream.id)
                } else {
                    html.text(clock.stream.id)
                }
                guard let service = clock.service.flatMap({ services[$0] }) else { return }
                html.p(.class("hint")) { $0.localized(service, view) }
            }
        }
        html.pager(place.pager(clocks.count, of: total), view)
    }

    private func form(into html: inout HTML, _ view: View) {
        let any = ("", view.t("list.all"))
        html.form(.class("choice-bar"), .method("get"), .action(SitePath.clocks.path)) { html in
            html.selectField(
                Field("list", label: view.t("clocks.list")), view,
                options: List.allCases.map { ($0.rawValue, Self.label($0, view)) }, chosen: list.rawValue)
            html.selectField(
                Field("rule", label: view.t("clocks.duty")), view,
                options: [any] + titles.sorted(in: view.language).map { ($0.code, $0.name) },
                chosen: place.chosen("rule"))
            html.selectField(
                Field("body", label: view.t("clocks.body")), view,
                options: [any] + bodies.sorted(in: view.language).map { ($0.code, $0.name) },
                chosen: place.chosen("body"))
            html.selectField(
                Field("owner", label: view.t("clocks.owner")), view,
                options: [any] + ClockOwner.allCases.map { ($0.rawValue, view.name("owner", $0)) },
                chosen: place.chosen("owner"))
            html.listButtons(place, view)
        }
    }

    static func label(_ list: List, _ view: View) -> String {
        switch list {
        case .breached: view.t("clocks.breached")
        case .missed: view.t("clocks.missed")
        case .today: view.t("clocks.today")
        case .week: view.t("clocks.week")
        case .open: view.t("clocks.open")
        case .met: view.t("clocks.met")
        case .late: view.t("clocks.late")
        }
    }

    /// The list as a file, as it is seen.
    private func file(_ view: View) -> CSVDownload {
        var file = CSVDownload(
            name: "clocks-\(list.rawValue)-\(view.today)",
            headings: [
                view.t("clocks.due"), view.t("requests.state"), view.t("clocks.duty"), view.t("clocks.owner"),
                view.t("clocks.body"), view.t("requests.service"), view.t("clocks.case"),
            ])
        file.rows = clocks.map { clock in
            [
                DateText.short(clock.due), view.name("state", clock.state(on: view.today)),
                titles[clock.rule]?[view.language] ?? clock.rule, view.name("owner", clock.owner),
                clock.body.map { bodies[$0]?[view.language] ?? $0 } ?? "",
                clock.service.map { services[$0]?[view.language] ?? $0 } ?? "", clock.stream.rawValue,
            ]
        }
        return file
    }
}

extension ClocksPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let list = List(rawValue: site.query("list") ?? "") ?? .breached
        let casework = site.environment.centre.casework
        let today = casework.today(site.environment.now())
        let language = site.context.language
        let titles = casework.rulebooks.ruleTitles
        var filter = list.filter(today)
        filter.body = site.query("body")
        filter.rule = site.query("rule")
        let owner = site.query("owner").flatMap(ClockOwner.init(rawValue:))
        if let owner { filter.owners = [owner] }
        var place = ListPlace(.clocks, orders: Order.self, site)
        place.choose("list", site.query("list") == nil ? nil : list.rawValue)
        place.choose("rule", filter.rule)
        place.choose("body", filter.body)
        place.choose("owner", owner?.rawValue)
        let order: ClockOrder =
            switch place.order(Order.self) {
            case .due, nil: .due
            case .duty: .rules(titles.sorted(in: language).map(\.code))
            case .body: .body(language)
            case .number: .stream
            }
        let (chosen, listed, isExport) = (filter, place, site.wantsCSV)
        let page = try await casework.journal.read { db in
            let isOwn = listed.sortedBy == nil && list.isOver
            return ClocksPage(
                list: list, place: listed,
                counts: try Dictionary(
                    uniqueKeysWithValues: List.tiled.map { ($0, try ClockRow.count($0.filter(today), in: db)) }),
                total: try ClockRow.count(chosen, in: db),
                clocks: try ClockRow.fetch(
                    chosen, by: order, isDescending: listed.isDescending || isOwn,
                    limit: listed.limit(isExport: isExport), offset: listed.start(isExport: isExport), in: db),
                titles: titles, bodies: try Registry.bodyNames(on: today, in: db),
                services: try Registry.serviceNames(in: db))
        }
        return isExport ? try page.file(site.reader).response(site) : site.page(page)
    }
}

extension ClocksPage.List {
    /// The colour of the list.
    var state: ClockState {
        switch self {
        case .breached, .late: .breached
        case .missed: .missed
        case .today: .dueToday
        case .week, .open: .running
        case .met: .met
        }
    }

    /// Whether its terms have ended; the latest then stand first.
    var isOver: Bool { self == .met || self == .late }

    /// The clocks of this list on a day.
    func filter(_ today: CivilDate) -> ClockFilter {
        var filter = ClockFilter()
        filter.isOpen = true
        switch self {
        case .breached: filter.standings = [.breached]
        case .missed: filter.standings = [.missed]
        case .today:
            filter.standings = [.running]
            (filter.dueFrom, filter.dueThrough) = (today, today)
        case .week:
            filter.standings = [.running]
            (filter.dueFrom, filter.dueThrough) = (today, today.adding(days: 7))
        case .open:
            filter.standings = [.running, .suspended]
            filter.isLate = false
        case .met:
            filter.isOpen = false
            filter.standings = [.met]
            filter.isLate = false
        case .late:
            filter.isOpen = nil
            filter.standings = [.met, .breached, .running, .suspended]
            filter.forces = [.statutory]
            (filter.isLate, filter.isOverdue) = (true, false)
        }
        return filter
    }
}
