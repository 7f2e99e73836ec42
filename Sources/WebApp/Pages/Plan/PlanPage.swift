import Accounts
import Casework
import Hummingbird
import Journal
import Languages
import Markup
import Onboarding
import Registry
import Rulebook
import WorkingDays

/// The plan-schedule as a board: its lines by month, where each stands, and what would be late if nothing moves.
struct PlanPage: Page {
    let plans: [PlanRecord]
    let plan: String?
    let lines: [PlanLineStanding]
    let services: [String: Localized]
    let bodies: [String: Localized]
    let titles: [String: Localized]
    let importing: StepForm
    let approving: StepForm?
    /// What came of a table that was handed in.
    var report: PlanReport?

    /// Which lines are shown; nil for all of them.
    var show: Show?

    /// A choice of lines that a number of the page opens.
    enum Show: String, CaseIterable, Sendable {
        case accepted, late, behind

        func holds(_ standing: PlanLineStanding) -> Bool {
            switch self {
            case .accepted: standing.state == .met || standing.isAcceptedLate
            case .late: standing.line.overdue > 0
            case .behind: standing.isLate && !standing.isAcceptedLate
            }
        }

        var label: TextKey {
            switch self {
            case .accepted: "plan.accepted"
            case .late: "plan.late"
            case .behind: "plan.behind"
            }
        }

        var state: ClockState {
            switch self {
            case .accepted: .met
            case .late: .breached
            case .behind: .dueToday
            }
        }
    }

    /// How many working days ahead the board looks for what would be late.
    static let horizon = 5

    var section: NavigationSection? { .plan }
    func title(_ view: View) -> String { view.t("nav.plan") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("plan.lead"))
        choice(into: &html, view)
        if let report { html.planReport(report, view) }
        if view.may(.manageRequests) { approval(into: &html, view) }
        if lines.isEmpty {
            html.emptyState(title: view.t("plan.none"), text: view.t("plan.noneText"))
        } else {
            html.missingCalendars(Set(lines.compactMap(\.missingYear)), view)
            tiles(into: &html, view)
            soon(into: &html, view)
            months(into: &html, view)
        }
        if view.may(.manageRequests) {
            html.panel(view.t("plan.import"), id: "import") { html in
                html.div(.class("step-body")) { html in
                    html.div { $0.stepForm(importing, view) }
                    html.aside(.class("law")) { html in
                        html.p(.class("law-cite"), text: view.t("step.cite", ["paragraph": "§3"]))
                        html.p(text: view.t("plan.law"))
                        html.p(.class("hint")) { $0.code(text: OnboardingDesk.planColumns.joined(separator: ", ")) }
                    }
                }
            }
        }
    }

    private func choice(into html: inout HTML, _ view: View) {
        guard plans.count > 1 else { return }
        html.nav(.class("filters"), .ariaLabel(view.t("plan.choose"))) { html in
            for record in plans {
                html.a(
                    .href(SitePath.plan.with(["plan": record.plan])),
                    Attribute.ariaCurrentPage.when(record.plan == plan), text: record.plan)
            }
        }
    }

    private func approval(into html: inout HTML, _ view: View) {
        guard let approving, let record = plans.first(where: { $0.plan == plan }) else { return }
        html.panel(view.t("plan.waiting", count: record.draftLines), id: "approve") { html in
            html.p(text: view.t("plan.waitingText", ["file": record.draftSource ?? "–"]))
            html.stepForm(approving, view)
        }
    }

    private func tiles(into html: inout HTML, _ view: View) {
        func address(_ show: Show?) -> String { SitePath.plan.with(["plan": plan, "show": show?.rawValue]) + "#lines" }
        html.tiles(
            [Tile(value: NumberText.whole(lines.count), label: view.t("plan.lines"), address: address(nil))]
                + Show.allCases.map { show in
                    let count = lines.count { show.holds($0) }
                    return Tile(
                        value: NumberText.whole(count), label: view.t(show.label), address: address(show),
                        state: count > 0 ? show.state : nil)
                })
    }

    /// What is late first if nobody does anything.
    private func soon(into html: inout HTML, _ view: View) {
        let soon = lines.filter { $0.isSoon == true }.sorted {
            ($0.line.next?.due ?? view.today) < ($1.line.next?.due ?? view.today)
        }
        guard !soon.isEmpty else { return }
        html.panel(view.t("plan.soon", ["count": "\(Self.horizon)"]), id: "soon") { html in
            html.ul(.class("links")) { html in
                for standing in soon {
                    guard let next = standing.line.next else { continue }
                    html.li { html in
                        html.a(
                            .href(standing.path),
                            text: services[standing.line.service]?[view.language] ?? standing.line.service)
                        html.p(.class("hint")) { html in
                            html.badge(
                                next.due == view.today ? .dueToday : .running, view,
                                text: view.t("plan.lateAfter", ["date": DateText.short(next.due)]))
                            html.text(" " + (titles[next.rule]?[view.language] ?? next.rule))
                        }
                    }
                }
            }
        }
    }

    private func months(into html: inout HTML, _ view: View) {
        let shown = show.map { show in lines.filter { show.holds($0) } } ?? lines
        html.section(.id("lines"), .class("plan-months"), .ariaLabel(view.t(show?.label ?? "plan.lines"))) { html in
            if let show {
                html.p(.class("note")) { html in
                    html.text(
                        view.t("plan.shown", ["what": view.t(show.label), "count": NumberText.whole(shown.count)]) + " "
                    )
                    html.a(.href(SitePath.plan.with(["plan": plan]) + "#lines"), text: view.t("plan.showAll"))
                }
            }
            let groups = Dictionary(grouping: shown) { CivilMonth($0.line.requestOn) }
            for month in groups.keys.sorted() { self.month(month, groups[month] ?? [], into: &html, view) }
        }
    }

    private func month(
        _ month: CivilMonth, _ lines: [PlanLineStanding], into html: inout HTML, _ view: View
    ) {
        let isDone = lines.allSatisfy { $0.line.acceptedOn != nil }
        let accepted = lines.count { $0.line.acceptedOn != nil }
        let late = lines.count { $0.line.overdue > 0 }
        html.section(.class("panel plan-month"), .ariaLabelledBy("month-\(month)")) { html in
            html.details(.class("step"), Attribute("open", flag: !isDone || show != nil)) { html in
                html.summary { html in
                    html.icon(.chevron)
                    html.h2(.id("month-\(month)"), text: view.dates.month(month))
                    html.span(
                        .class("hint"),
                        text: view.t(
                            "plan.monthCount",
                            ["done": NumberText.whole(accepted), "total": NumberText.whole(lines.count)]))
                    if late > 0 {
                        html.badge(.breached, view, text: view.t("plan.monthLate", ["count": NumberText.whole(late)]))
                    }
                }
                table(lines, month, into: &html, view)
            }
        }
    }

    private func table(_ lines: [PlanLineStanding], _ month: CivilMonth, into html: inout HTML, _ view: View) {
        let columns = [
            Column(view.t("requests.service")), Column(view.t("clocks.body")), Column(view.t("plan.requestOn")),
            Column(view.t("plan.acceptanceOn")), Column(view.t("requests.state")), Column(view.t("plan.slip")),
        ]
        html.dataTable(caption: view.dates.month(month), columns: columns, rows: lines) { row, html, standing in
            let line = standing.line
            row.cell(&html) { html in
                html.a(.href(standing.path), text: services[line.service]?[view.language] ?? line.service)
                html.small(.class("basis"), text: view.t("plan.number") + " " + line.line)
            }
            row.cell(&html) { html in
                if standing.line.requests.count == 1, let only = standing.line.requests.first {
                    html.bodyName(only.body, bodies[only.body], view)
                } else {
                    html.text(standing.bodies(bodies, view))
                }
            }
            row.cell(&html) { $0.date(line.requestOn, view) }
            row.cell(&html) { html in
                if let date = line.acceptanceOn { html.date(date, view) } else { html.text("–") }
            }
            row.cell(&html, standing.states(view))
            row.cell(&html) { html in html.badge(standing.state, view, text: standing.note(view)) }
        }
    }
}
