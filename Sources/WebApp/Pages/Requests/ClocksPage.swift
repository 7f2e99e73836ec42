import Accounts
import Casework
import ContactCentre
import Hummingbird
import Journal
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
    /// How many there are; counted no further than the list goes.
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
            column("clocks.due", .due, view), column("clocks.duty", .duty, view), column("clocks.body", .body, view),
            column("clocks.case", .number, view),
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
        if total > ClockRow.listed {
            html.p(.class("hint"), text: view.t("clocks.longer", ["n": NumberText.whole(ClockRow.listed)]))
        }
        html.pager(
            place.pager(clocks.count, of: min(total, ClockRow.listed), isMore: total > ClockRow.listed), view)
    }

    /// What is many is only walked along the index of its dates, never sorted.
    private func column(_ label: TextKey, _ order: Order, _ view: View) -> Column {
        guard order == .due || total <= ClockRow.listed else { return Column(view.t(label)) }
        return place.column(
            view.t(label), order, isUsual: order == .due, startsDescending: order == .due && list.isOver)
    }

    private func form(into html: inout HTML, _ view: View) {
        let any = view.t("list.all")
        html.filterForm(
            place, view,
            [
                .choice(
                    "list", label: view.t("clocks.list"), any: nil,
                    List.allCases.map { ($0.rawValue, Self.label($0, view)) }, chosen: list.rawValue),
                .choice(
                    "rule", label: view.t("clocks.duty"), any: any,
                    titles.sorted(in: view.language).map { ($0.code, $0.name) }, chosen: place.chosen("rule")),
                .choice(
                    "body", label: view.t("clocks.body"), any: any,
                    bodies.sorted(in: view.language).map { ($0.code, $0.name) }, chosen: place.chosen("body")),
                .choice(
                    "owner", label: view.t("clocks.owner"), any: any,
                    ClockOwner.allCases.map { ($0.rawValue, view.name("owner", $0)) }, chosen: place.chosen("owner")),
            ])
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
    private func file(_ view: View) -> ListDownload {
        var file = ListDownload(
            name: "clocks-\(list.rawValue)-\(view.today)", title: title(view),
            headings: [
                view.t("clocks.due"), view.t("requests.state"), view.t("clocks.duty"), view.t("clocks.owner"),
                view.t("clocks.body"), view.t("requests.service"), view.t("clocks.case"),
            ])
        file.rows = clocks.map { clock in
            [
                .day(clock.due), .text(view.name("state", clock.state(on: view.today))),
                .text(titles[clock.rule]?[view.language] ?? clock.rule), .text(view.name("owner", clock.owner)),
                .text(clock.body.map { bodies[$0]?[view.language] ?? $0 } ?? ""),
                .text(clock.service.map { services[$0]?[view.language] ?? $0 } ?? ""), .text(clock.stream.rawValue),
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
        let kinds = PermittedClocks.kinds(for: try site.authority.permissions)
        filter.caseKinds = kinds
        filter.body = site.query("body")
        filter.rule = site.query("rule")
        let owner = site.query("owner").flatMap(ClockOwner.init(rawValue:))
        if let owner { filter.owners = [owner] }
        var place = ListPlace(.clocks, orders: Order.self, site)
        place.choose("list", site.query("list") == nil ? nil : list.rawValue)
        place.choose("rule", filter.rule)
        place.choose("body", filter.body)
        place.choose("owner", owner?.rawValue)
        place.stop(at: ClockRow.listed)
        let order: ClockOrder =
            switch place.order(Order.self) {
            case .due, nil: .due
            case .duty: .rules(titles.sorted(in: language).map(\.code))
            case .body: .body(language)
            case .number: .stream
            }
        let (chosen, listed, isExport) = (filter, place, site.wantsFile)
        let page = try await casework.journal.read { db in
            let total = try ClockRow.countListed(chosen, in: db)
            let isSorted = listed.sortedBy != nil && (order == .due || total <= ClockRow.listed)
            return ClocksPage(
                list: list, place: listed,
                counts: try Dictionary(
                    uniqueKeysWithValues: List.tiled.map { list in
                        var tile = list.filter(today)
                        tile.caseKinds = kinds
                        return (list, try ClockRow.count(tile, in: db))
                    }),
                total: total,
                clocks: try ClockRow.fetch(
                    chosen, by: isSorted ? order : .due,
                    isDescending: isSorted ? listed.isDescending : list.isOver,
                    limit: listed.limit(isExport: isExport), offset: listed.start(isExport: isExport), in: db),
                titles: titles, bodies: try Registry.bodyNames(on: today, in: db),
                services: try Registry.serviceNames(in: db))
        }
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
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
            // What was met has ended.
            filter.isOpen = nil
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
