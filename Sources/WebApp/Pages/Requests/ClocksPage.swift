import Casework
import Hummingbird
import Languages
import Markup
import Registry
import Rulebook
import WorkingDays

/// The worklist of terms: breached, due today, due this week.
struct ClocksPage: Page {
    /// One list of clocks.
    enum List: String, CaseIterable {
        case breached, today, week
    }

    let list: List
    let counts: [List: Int]
    let clocks: [ClockRow]
    let titles: [String: Localized]
    let bodies: [String: Localized]

    var section: NavigationSection? { .clocks }
    func title(_ view: View) -> String { view.t("nav.clocks") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.dates.long(view.today))
        html.tiles(
            List.allCases.map { list in
                let count = counts[list] ?? 0
                return Tile(
                    value: NumberText.whole(count), label: Self.label(list, view),
                    address: SitePath.clocks.with(["list": list.rawValue]), state: count == 0 ? nil : list.state)
            })
        guard !clocks.isEmpty else {
            return html.emptyState(title: Self.label(list, view), text: view.t("clocks.none"))
        }
        let columns = [
            Column(view.t("clocks.due")), Column(view.t("clocks.duty")), Column(view.t("clocks.body")),
            Column(view.t("clocks.case")),
        ]
        html.dataTable(caption: Self.label(list, view), columns: columns, rows: clocks) { row, html, clock in
            row.cell(&html) { html in
                html.badge(clock.state(on: view.today), view)
                html.text(" ")
                html.date(clock.due, view)
            }
            row.cell(&html, titles[clock.rule]?[view.language] ?? clock.rule)
            row.cell(&html, clock.body.map { bodies[$0]?[view.language] ?? $0 } ?? view.name("owner", clock.owner))
            row.cell(&html) { html in
                html.a(.href(address(clock).path), text: clock.stream.id)
            }
        }
    }

    static func label(_ list: List, _ view: View) -> String {
        switch list {
        case .breached: view.t("clocks.breached")
        case .today: view.t("clocks.today")
        case .week: view.t("clocks.week")
        }
    }

    private func address(_ clock: ClockRow) -> SitePath {
        switch clock.stream.kind {
        case "onboarding": .request(.value(clock.stream.id))
        case "complaint": .complaint(.value(clock.stream.id))
        case "monthly-report": .report(.value(clock.stream.id))
        default: .clocks
        }
    }
}

extension ClocksPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let list = List(rawValue: site.query("list") ?? "") ?? .breached
        let casework = site.environment.centre.casework
        let today = casework.today(site.environment.now())
        let (counts, clocks, bodies) = try await casework.journal.read { db in
            let counts = try Dictionary(
                uniqueKeysWithValues: List.allCases.map { ($0, try ClockRow.count($0.filter(today), in: db)) })
            return (
                counts, try ClockRow.fetch(list.filter(today), limit: 200, in: db),
                try Registry.bodyNames(on: today, in: db)
            )
        }
        return site.page(
            ClocksPage(
                list: list, counts: counts, clocks: clocks, titles: CaseParts.titles(casework.rulebooks), bodies: bodies
            ))
    }
}

extension ClocksPage.List {
    /// The colour of the list.
    var state: ClockState {
        switch self {
        case .breached: .breached
        case .today: .dueToday
        case .week: .running
        }
    }

    /// The clocks of this list on a day.
    func filter(_ today: CivilDate) -> ClockFilter {
        var filter = ClockFilter()
        filter.isOpen = true
        switch self {
        case .breached: filter.statuses = [.breached]
        case .today:
            filter.statuses = [.running]
            (filter.dueFrom, filter.dueThrough) = (today, today)
        case .week:
            filter.statuses = [.running]
            (filter.dueFrom, filter.dueThrough) = (today, today.adding(days: 7))
        }
        return filter
    }
}
