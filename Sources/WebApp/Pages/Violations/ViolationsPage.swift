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

/// The ledger of violations: every breached term of law with what was decided on it; chosen, paged by key, taken out as a file,
/// summed up by body and month.
struct ViolationsPage: Page {
    /// By what the list is ordered.
    enum Order: String, CaseIterable {
        case day
    }

    let choice: ViolationChoice
    let place: ListPlace
    let entries: [Violation]
    /// Where the next page begins; nil on the last.
    let next: Violation.Cursor?
    /// Whether this is not the first page.
    let isLater: Bool
    /// How many there are; counted no further than a list goes.
    let total: Int
    let calendar: WorkingCalendar
    let names: ViolationNames
    let summary: ViolationsSummary

    var section: NavigationSection? { .violations }
    func title(_ view: View) -> String { view.t("violations.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("violations.lead"))
        summary.tiles(into: &html, view)
        choice.form(into: &html, place, names, view)
        html.h2(text: view.t("violations.list"))
        if entries.isEmpty {
            html.emptyState(title: view.t("violations.none"), text: view.t("list.noneHelp"))
        } else {
            table(into: &html, view)
            html.pager(pager, view)
        }
        summary.draw(into: &html, names, view)
    }

    private func table(into html: inout HTML, _ view: View) {
        let columns = [
            Column(view.t("violations.duty")), Column(view.t("clocks.body")),
            place.column(view.t("violations.due"), Order.day, isUsual: true, startsDescending: true),
            Column(view.t("violations.late"), isNumeric: true), Column(view.t("requests.state")),
            Column(view.t("violations.reply")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: entries) { row, html, entry in
            row.cell(&html) { html in
                html.a(.href(SitePath.violation(.value("\(entry.id)")).path), text: names.duty(entry.rule, view))
                html.p(.class("hint"), text: entry.stream.id)
            }
            row.cell(&html) { $0.violationBody(entry, names, view) }
            row.cell(&html) { $0.date(entry.due, view) }
            row.cell(&html, entry.late(calendar, view) ?? "–")
            row.cell(&html) { $0.violationState(entry, view) }
            row.cell(&html) { html in
                guard let replied = entry.repliedOn else {
                    guard let by = entry.replyBy else { return html.text("–") }
                    return html.text(view.t("violations.replyBy", ["date": DateText.short(by)]))
                }
                html.date(replied, view)
                if entry.isReplyLate { html.p(.class("hint"), text: view.t("violations.replyLate")) }
            }
        }
    }

    private var pager: Pager {
        func address(_ after: String?) -> String {
            place.path.with(place.choice.map { ($0.name, $0.value) } + [("sort", place.sort), ("after", after)])
        }
        let all = min(total, Violation.listed)
        return Pager(
            summary: "\(NumberText.whole(entries.count)) / \(NumberText.whole(all))"
                + (total > Violation.listed ? "+" : ""),
            previous: isLater ? address(nil) : nil, next: next.map { address($0.text) })
    }

    /// The list as a file, as it is seen.
    private func file(_ view: View) -> ListDownload {
        let headings: [TextKey] = [
            "clocks.case", "violations.duty", "clocks.owner", "clocks.body", "requests.service", "violations.due",
            "violations.doneOn", "violations.late", "requests.state", "violations.ground", "violations.decidedOn",
            "violations.replyUntil", "violations.reply",
        ]
        var file = ListDownload(
            name: "violations-\(view.today)", title: title(view), headings: headings.map { view.t($0) })
        file.rows = entries.map { entry in
            [
                .text(entry.stream.rawValue), .text(names.duty(entry.rule, view)),
                .text(view.name("owner", entry.owner)),
                .text(entry.body.map { names.bodies[$0]?[view.language] ?? $0 } ?? ""),
                .text(entry.service.map { names.services[$0]?[view.language] ?? $0 } ?? ""), .day(entry.due),
                .day(entry.endedOn), .text(entry.late(calendar, view) ?? ""),
                .text(view.name("violationState", entry.state)),
                .text(entry.decision?.ground.map { names.ground($0, view) } ?? ""),
                .day(entry.decision?.decidedOn), .day(entry.replyBy), .day(entry.repliedOn),
            ]
        }
        return file
    }
}

extension ViolationsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let casework = site.environment.centre.casework
        let today = casework.today(site.environment.now())
        let kinds = PermittedClocks.kinds(for: try site.authority.permissions)
        let choice = ViolationChoice(site)
        let filter = choice.filter(kinds: kinds)
        var place = ListPlace(.violations, orders: Order.self, site)
        for (name, value) in choice.inAddress { place.choose(name, value) }
        let after = site.query("after").flatMap { Violation.Cursor($0) }
        let (listed, isExport) = (place, site.wantsFile)
        let isAscending = listed.sortedBy != nil && !listed.isDescending
        let names = try await ViolationNames(on: today, site)
        let limit = listed.limit(isExport: isExport)
        let page = try await casework.journal.read { db in
            let found = try Violation.fetch(
                filter, after: isExport ? nil : after, isAscending: isAscending, limit: isExport ? limit : limit + 1,
                in: db)
            let shown = Array(found.prefix(limit))
            return ViolationsPage(
                choice: choice, place: listed, entries: shown,
                next: found.count > limit ? shown.last.map { Violation.Cursor($0) } : nil, isLater: after != nil,
                total: try Violation.countListed(filter, in: db), calendar: try casework.calendars.calendar(in: db),
                names: names, summary: try ViolationsSummary(choice, kinds: kinds, today: today, in: db))
        }
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
    }
}

/// Which entries a list shows: read from the address, written back into it, and turned into a filter.
struct ViolationChoice: Hashable, Sendable {
    var state: Violation.State?
    /// Whether only what waits for a person is shown.
    var isWaiting: Bool
    var body: String?
    var rule: String?
    var month: CivilMonth?
    var number: String?

    /// What the address says for what waits.
    static let waiting = "waiting"

    init(_ site: WebRequest) {
        isWaiting = site.query("state") == Self.waiting
        state = site.query("state").flatMap(Violation.State.init)
        body = site.query("body")
        rule = site.query("rule")
        month = site.query("month").flatMap { CivilMonth($0) }
        number = site.query("search").map { String($0.prefix(60)) }
    }

    /// What of the choice stands in the address.
    var inAddress: [(String, String?)] {
        [
            ("search", number), ("state", isWaiting ? Self.waiting : state?.rawValue), ("body", body), ("rule", rule),
            ("month", month?.description),
        ]
    }

    /// The filter of the table, within what the reader may see.
    func filter(kinds: Set<String>) -> ViolationFilter {
        var filter = ViolationFilter()
        filter.caseKinds = kinds
        if let state { filter.states = [state] }
        if isWaiting { filter.states = [.drafted, .reopened] }
        (filter.body, filter.rule, filter.number) = (body, rule, number)
        if let month { filter.choose(month) }
        return filter
    }

    /// The form above the list.
    func form(into html: inout HTML, _ place: ListPlace, _ names: ViolationNames, _ view: View) {
        let any = view.t("list.all")
        html.filterForm(
            place, view,
            [
                .words("search", label: view.t("violations.number"), value: number ?? "", limit: 60),
                .choice(
                    "state", label: view.t("requests.state"), any: any,
                    [(Self.waiting, view.t("violations.waiting"))]
                        + Violation.State.allCases.map { ($0.rawValue, view.name("violationState", $0)) },
                    chosen: isWaiting ? Self.waiting : state?.rawValue ?? ""),
                .choice(
                    "body", label: view.t("clocks.body"), any: any,
                    names.bodies.sorted(in: view.language).map { ($0.code, $0.name) }, chosen: body ?? ""),
                .choice(
                    "rule", label: view.t("violations.duty"), any: any,
                    names.duties.sorted(in: view.language).map { ($0.code, $0.name) }, chosen: rule ?? ""),
                .month("month", label: view.t("reports.month"), value: month?.description ?? ""),
            ])
    }
}
