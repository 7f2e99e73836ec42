import Accounts
import Casework
import Complaints
import ContactCentre
import Contacts
import Correspondence
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import Rulebook
import WorkingDays

/// What a supervisor looks at once a morning: calls, answers, terms, complaints; every share with its base.
struct StatisticsPage: Page {
    let figures: StatisticsFigures

    /// A share of fewer cases than this says more about chance than about work, and is not shown.
    static let smallestBase = 5

    var section: NavigationSection? { .statistics }
    func title(_ view: View) -> String { view.t("nav.statistics") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("statistics.lead", ["n": "\(Self.smallestBase)"])) { html in
            step(to: figures.month.previous, into: &html, view)
            html.strong(text: view.dates.month(figures.month))
            if figures.month < CivilMonth(view.today) { step(to: figures.month.next, into: &html, view) }
            if view.may(.exportLists) {
                html.a(
                    .class("button is-quiet"),
                    .href(SitePath.statistics.with(["month": "\(figures.month)", "format": "xlsx"]))
                ) { html in
                    html.icon(.download)
                    html.text(view.t("list.exportWorkbook"))
                }
            }
        }
        figures.surges.draw(into: &html, view)
        calls(into: &html, view)
        gaps(into: &html, view)
        terms(into: &html, view)
        html.panel(view.t("statistics.complaints"), id: "complaints") { html in
            html.barChart(complaintChart(view), view)
        }
    }

    private func step(to month: CivilMonth, into html: inout HTML, _ view: View) {
        html.a(
            .class("button is-quiet"), .href(SitePath.statistics.with(["month": "\(month)"])),
            text: view.dates.month(month))
    }

    // MARK: Calls

    private func calls(into html: inout HTML, _ view: View) {
        let total = figures.contacts.total
        html.panel(view.t("statistics.calls"), id: "calls") { html in
            html.tiles([
                Tile(value: NumberText.whole(total.contacts), label: view.t("statistics.contacts")),
                tile(view.t("statistics.answered"), total.answered, of: total.contacts, view),
                tile(view.t("statistics.byCard"), total.byCard, of: total.contacts, view),
                Tile(
                    value: total.averageSeconds.map(Self.minutes) ?? "–", label: view.t("statistics.length"),
                    note: view.t("statistics.base", ["n": NumberText.whole(total.contacts)])),
            ])
            guard total.contacts > 0 else {
                return html.emptyState(title: view.t("statistics.noCalls"), text: view.t("statistics.noCallsText"))
            }
            let days = (0..<figures.month.last.day).map { figures.month.first.adding(days: $0) }
            html.barChart(
                chart(
                    view.t("statistics.byDay"), view.t("proof.date"),
                    days.map { (DateText.short($0), $0.day % 5 == 0 || $0.day == 1 ? "\($0.day)" : "") },
                    days.map { figures.contacts.byDay[$0] ?? ContactStatistics.Count() }, view), view)
            html.barChart(
                chart(
                    view.t("statistics.byHour"), view.t("statistics.hour"),
                    (0..<24).map { ("\($0):00", $0 % 3 == 0 ? "\($0)" : "") }, figures.contacts.byHour, view), view)
            services(into: &html, view)
        }
    }

    private func chart(
        _ title: String, _ categoryName: String, _ categories: [(name: String, mark: String)],
        _ counts: [ContactStatistics.Count], _ view: View
    ) -> BarChart {
        BarChart(
            title: title, categoryName: categoryName, categories: categories,
            series: [
                .init(view.t("statistics.byCard"), className: "is-met", values: counts.map(\.byCard)),
                .init(
                    view.t("statistics.withoutCard"), className: "is-running",
                    values: counts.map { $0.answered - $0.byCard }),
                .init(
                    view.t("statistics.unanswered"), className: "is-waiting",
                    values: counts.map { $0.contacts - $0.answered }),
            ])
    }

    private func services(into html: inout HTML, _ view: View) {
        guard !figures.contacts.services.isEmpty else { return }
        let columns = [
            Column(view.t("requests.service")), Column(view.t("statistics.contacts"), isNumeric: true),
            Column(view.t("statistics.answered"), isNumeric: true),
        ]
        html.h3(text: view.t("statistics.services"))
        html.dataTable(caption: view.t("statistics.services"), columns: columns, rows: figures.contacts.services) {
            row, html, service in
            row.cell(&html) { html in
                html.serviceName(service.service, figures.serviceNames[service.service], view)
            }
            row.bar(
                &html, service.contacts, of: figures.contacts.services[0].contacts,
                address: SitePath.contacts.with([
                    "service": service.service, "from": figures.month.first.description,
                    "through": figures.month.last.description,
                ]))
            row.cell(&html, share(service.answered, of: service.contacts, view))
        }
    }

    // MARK: Gaps

    /// The words that were asked most often while no card answered them: a graph and its table in one.
    private func gaps(into html: inout HTML, _ view: View) {
        html.panel(view.t("statistics.gaps"), id: "gaps") { html in
            guard !figures.gaps.isEmpty else { return html.p(.class("note"), text: view.t("statistics.noGaps")) }
            html.p(
                .class("note"),
                text: view.t(
                    "statistics.gapsBase",
                    ["gaps": NumberText.whole(figures.allGaps.gaps), "n": NumberText.whole(figures.allGaps.times)]))
            let columns = [
                Column(view.t("statistics.gapWords")), Column(view.t("statistics.gapTimes"), isNumeric: true),
                Column(view.t("requests.state")), Column(view.t("statistics.gapLast")),
            ]
            html.dataTable(caption: view.t("statistics.gaps"), columns: columns, rows: figures.gaps) {
                row, html, gap in
                row.cell(&html) { html in
                    let language = Attribute.lang(gap.language).when(gap.language != view.language)
                    if view.may(.manageCards) {
                        html.a(
                            .class("plain-link"), .href(SitePath.knowledgeGap(.value(gap.id)).path), language,
                            text: gap.words)
                    } else {
                        html.span(language, text: gap.words)
                    }
                }
                row.bar(&html, gap.times, of: figures.gaps[0].times, address: nil)
                row.cell(&html, view.name("gapState", gap.state))
                row.cell(&html) { $0.moment(gap.lastAt, view) }
            }
        }
    }

    // MARK: Terms

    private func terms(into html: inout HTML, _ view: View) {
        html.panel(view.t("statistics.terms"), id: "terms") { html in
            let counts = figures.months.map { month in
                figures.timeliness.reduce(ClockStatistics.Count()) { $0 + ($1.months[month] ?? .init()) }
            }
            html.barChart(
                BarChart(
                    title: view.t("statistics.termsByMonth"), categoryName: view.t("reports.month"),
                    categories: monthNames(view),
                    series: [
                        .init(view.t("statistics.met"), className: "is-met", values: counts.map(\.met)),
                        .init(view.t("statistics.breached"), className: "is-breached", values: counts.map(\.breached)),
                        .init(view.t("statistics.open"), className: "is-waiting", values: counts.map(\.open)),
                    ]), view)
            let columns = [
                Column(view.t("statistics.bodyKind")), Column(view.t("statistics.met"), isNumeric: true),
                Column(view.t("statistics.breached"), isNumeric: true),
                Column(view.t("statistics.inTime"), isNumeric: true),
                Column(view.t("statistics.open"), isNumeric: true),
            ]
            html.dataTable(caption: view.t("statistics.byKind"), columns: columns, rows: figures.timeliness) {
                row, html, line in
                let count = line.total
                row.cell(&html, line.kind.map { $0.label[view.language] } ?? view.t("statistics.ours"))
                row.cell(&html, NumberText.whole(count.met))
                row.cell(&html, NumberText.whole(count.breached))
                row.cell(&html, share(count.met, of: count.decided, view))
                row.cell(&html, NumberText.whole(count.open))
            }
            html.p(
                .class("note"), .id("targets"),
                text: view.t(
                    "statistics.targets",
                    [
                        "met": NumberText.whole(figures.targets.met),
                        "missed": NumberText.whole(figures.targets.breached),
                    ]))
        }
    }

    private func complaintChart(_ view: View) -> BarChart {
        let classes: [ComplaintKind: String] = [
            .order: "is-running", .standard: "is-suspended", .employees: "is-due", .other: "is-waiting",
        ]
        return BarChart(
            title: view.t("statistics.complaintsByMonth"), categoryName: view.t("reports.month"),
            categories: monthNames(view),
            series: ComplaintKind.allCases.map { kind in
                .init(
                    view.name("complaintKind", kind), className: classes[kind] ?? "is-waiting",
                    values: figures.months.map { figures.complaints.counts[$0]?[kind] ?? 0 })
            })
    }

    private func monthNames(_ view: View) -> [(name: String, mark: String)] {
        figures.months.map { month in
            let number = month.month < 10 ? "0\(month.month)" : "\(month.month)"
            return (view.dates.month(month), "\(number).\(month.year % 100)")
        }
    }

    // MARK: Shares

    private func tile(_ label: String, _ part: Int, of whole: Int, _ view: View) -> Tile {
        Tile(
            value: share(part, of: whole, view), label: label,
            note: view.t("statistics.base", ["n": NumberText.whole(whole)]))
    }

    private func share(_ part: Int, of whole: Int, _ view: View) -> String { Self.share(part, of: whole) }

    /// A share, or that there are too few cases for one.
    static func share(_ part: Int, of whole: Int) -> String {
        guard whole >= smallestBase else { return "n < \(smallestBase)" }
        return NumberText.percent(part, of: whole) ?? "–"
    }

    /// A length as minutes and seconds.
    static func minutes(_ seconds: Int) -> String {
        "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    }
}

extension StatisticsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let month = min(site.query("month").flatMap(CivilMonth.init) ?? CivilMonth(today), CivilMonth(today))
        let surge = site.environment.centre.violations.rules.surge
        let figures = try await site.environment.centre.journal.read { db in
            try StatisticsFigures.fetch(month, on: today, surge: surge, in: db)
        }
        let page = StatisticsPage(figures: figures)
        return site.listFormat == .xlsx ? try await page.workbook(site) : site.page(page)
    }
}
