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
        let accepted = lines.count { $0.state == .met || $0.isAcceptedLate }
        let late = lines.count { $0.line.overdue > 0 }
        let behind = lines.count { $0.slip > 0 && !$0.isAcceptedLate }
        html.tiles([
            Tile(value: NumberText.whole(lines.count), label: view.t("plan.lines")),
            Tile(value: NumberText.whole(accepted), label: view.t("plan.accepted"), state: accepted > 0 ? .met : nil),
            Tile(value: NumberText.whole(late), label: view.t("plan.late"), state: late > 0 ? .breached : nil),
            Tile(value: NumberText.whole(behind), label: view.t("plan.behind"), state: behind > 0 ? .dueToday : nil),
        ])
    }

    /// What is late first if nobody does anything.
    private func soon(into html: inout HTML, _ view: View) {
        let soon = lines.filter(\.isSoon).sorted {
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
        let groups = Dictionary(grouping: lines) { CivilMonth($0.line.requestOn) }
        for month in groups.keys.sorted() {
            let lines = groups[month] ?? []
            let isDone = lines.allSatisfy { $0.line.acceptedOn != nil }
            html.section(.class("panel plan-month"), .ariaLabelledBy("month-\(month)")) { html in
                html.details(.class("step"), Attribute("open", flag: !isDone)) { html in
                    html.summary { html in
                        html.icon(.chevron)
                        html.h2(.id("month-\(month)"), text: view.dates.month(month))
                        html.span(.class("hint"), text: NumberText.whole(lines.count))
                    }
                    table(lines, month, into: &html, view)
                }
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

/// A line of the plan and how it stands against its dates.
struct PlanLineStanding: Sendable {
    let line: PlanBoardLine
    /// The day on which the last request of the line is accepted, done or by forecast.
    let acceptance: CivilDate
    /// By how many working days that is after the planned day; 0 where it is not.
    let slip: Int
    /// Whether a term of it ends within the horizon of the board.
    let isSoon: Bool

    var isAcceptedLate: Bool { line.acceptedOn != nil && slip > 0 }
    var path: String { SitePath.planLine(.value(line.plan), .value(line.line)).path }

    var state: ClockState {
        if line.acceptedOn != nil { return slip > 0 ? .breached : .met }
        if line.requests.allSatisfy({ $0.state == "cancelled" }) { return .waiting }
        if line.overdue > 0 { return .breached }
        return slip > 0 ? .dueToday : .running
    }

    func note(_ view: View) -> String {
        if line.requests.allSatisfy({ $0.state == "cancelled" }) {
            return view.name("requestState", RequestStateName.cancelled)
        }
        let date = DateText.short(acceptance)
        if line.acceptedOn != nil {
            return slip > 0 ? view.t("plan.acceptedLate", count: slip) : view.t("plan.acceptedOn", ["date": date])
        }
        if slip > 0 { return view.t("plan.forecastLate", count: slip, ["date": date]) }
        return view.t("plan.forecast", ["date": date])
    }

    func bodies(_ names: [String: Localized], _ view: View) -> String {
        guard line.requests.count == 1, let only = line.requests.first else {
            return view.t("plan.bodies", count: line.requests.count)
        }
        return names[only.body]?[view.language] ?? only.body
    }

    /// The states of the requests, the most frequent first.
    func states(_ view: View) -> String {
        let states = line.states.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
        return states.map { state, count in
            let name = RequestStateName(rawValue: state).map { view.name("requestState", $0) } ?? state
            return line.requests.count == 1 ? name : "\(name): \(count)"
        }.joined(separator: ", ")
    }

    init(_ line: PlanBoardLine, forecast: OnboardingForecast, calendar: WorkingCalendar, today: CivilDate) {
        self.line = line
        let open = line.requests.filter { $0.state != "cancelled" }
        // A year without a calendar has no forecast: the plan's own day is shown.
        let days = open.compactMap { request in (try? forecast.days(of: request))?.accepted }
        acceptance = days.max() ?? line.acceptanceOn ?? line.requestOn
        slip = line.acceptanceOn.flatMap { try? calendar.workingDays(after: $0, through: days.max() ?? $0) } ?? 0
        let horizon = (try? calendar.date(adding: PlanPage.horizon, to: today)) ?? today
        isSoon = line.next.map { $0.due <= horizon } ?? false
    }
}

extension HTML {
    /// What came of a table: how many lines were taken, and each mistake with its line.
    mutating func planReport(_ report: PlanReport, _ view: View) {
        let tone: AlertTone = report.problems.isEmpty ? .success : report.added.isEmpty ? .danger : .warning
        let title = view.t(
            "plan.taken",
            [
                "added": "\(report.added.count)", "unchanged": "\(report.unchanged)",
                "refused": "\(report.problems.count)",
            ])
        alert(tone, title: title) { html in
            guard !report.problems.isEmpty else { return }
            html.ul { html in
                for problem in report.problems.prefix(100) {
                    let text =
                        OnboardingRefusal(rawValue: problem.code).map { view.name("refusal", $0) } ?? problem.reason
                    html.li { html in
                        html.text(
                            view.t("plan.problem", ["line": "\(problem.line)", "field": problem.field]) + " " + text)
                    }
                }
            }
        }
    }
}

extension PlanPage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(try await load(site.query("plan"), site))
    }

    /// Takes in a table, or records the approval of what waits.
    static func submit(_ site: WebRequest) async throws -> Response {
        var page = try await load(site.form["plan"].isEmpty ? nil : site.form["plan"], site)
        let isImport = site.form["step"] == "import"
        guard let form = isImport ? page.importing : page.approving else {
            return site.redirect(to: .plan, notice: .stepDone)
        }
        var reader = StepReader(form, site)
        do {
            if isImport {
                if let report = try await take(&reader) {
                    page = try await load(site.form["name"], site)
                    page.report = report
                    return site.page(page, status: report.problems.isEmpty ? .ok : .unprocessableContent)
                }
            } else if try await approve(page.plan ?? "", &reader) {
                return site.redirect(to: SitePath.plan.with(["plan": page.plan]), notice: .planApproved)
            }
        } catch {
            try reader.take(error)
        }
        return site.page(
            PlanPage(
                plans: page.plans, plan: page.plan, lines: page.lines, services: page.services, bodies: page.bodies,
                titles: page.titles, importing: isImport ? reader.form : page.importing,
                approving: isImport ? page.approving : reader.form), status: .unprocessableContent)
    }

    private static func take(_ reader: inout StepReader) async throws -> PlanReport? {
        reader.checkDocument()
        let name = reader.text("name")
        guard reader.isRight, let digest = reader.document else { return nil }
        var bytes: [UInt8] = []
        for try await piece in try await reader.site.environment.centre.attachments.open(digest) {
            bytes += piece
            if bytes.count > 4 << 20 {
                reader.fail("document", reader.site.reader.t("plan.tooLarge"))
                return nil
            }
        }
        let source = reader.form.kept?.name ?? "plan.csv"
        do {
            let key = try reader.key
            return try await reader.site.environment.centre.onboarding.draftPlan(
                bytes, plan: name, source: source, document: digest, by: try reader.site.authority.actor,
                at: reader.site.environment.now(), once: key)
        } catch let error as PlanTableError {
            reader.fail(
                "document", reader.site.reader.t("plan.noTable", ["line": "\(error.line)", "reason": error.reason]))
            return nil
        }
    }

    private static func approve(_ plan: String, _ reader: inout StepReader) async throws -> Bool {
        let at = reader.moment()
        reader.checkDocument()
        let act = reader.text("approval")
        guard reader.isRight else { return false }
        _ = try await reader.site.environment.centre.onboarding.approvePlan(
            plan, act: act, document: reader.document, approvedAt: at, by: try reader.site.authority.actor,
            at: reader.site.environment.now(), once: try reader.key)
        return true
    }

    private static func load(_ chosen: String?, _ site: WebRequest) async throws -> PlanPage {
        let casework = site.environment.centre.casework
        let view = site.reader
        let today = view.today
        let found = try await casework.journal.read { db in
            let plans = try PlanRecord.fetch(in: db)
            let plan = chosen.flatMap { name in plans.first { $0.plan == name }?.plan } ?? plans.first?.plan
            return (
                plans, plan, try plan.map { try PlanBoardLine.fetch(plan: $0, in: db) } ?? [],
                try Registry.serviceNames(in: db), try Registry.bodyNames(on: today, in: db),
                try casework.calendars.edition(in: db) == nil ? nil : casework.calendars.calendar(in: db)
            )
        }
        let (plans, plan, lines, services, bodies, calendar) = found
        var standings: [PlanLineStanding] = []
        if let procedure = casework.rulebooks.procedure("onboarding", on: today), let calendar {
            let forecast = OnboardingForecast(procedure: procedure, calendar: calendar, today: today)
            standings = lines.map {
                PlanLineStanding($0, forecast: forecast, calendar: calendar, today: today)
            }
        }
        let record = plans.first { $0.plan == plan }
        return PlanPage(
            plans: plans, plan: plan, lines: standings, services: services, bodies: bodies,
            titles: casework.rulebooks.ruleTitles, importing: importForm(plan, site),
            approving: (record?.draftLines ?? 0) > 0 ? approvalForm(plan ?? "", site) : nil)
    }

    private static func importForm(_ plan: String?, _ site: WebRequest) -> StepForm {
        let view = site.reader
        return StepForm(
            step: "import", path: .plan,
            fields: [
                StepField(
                    name: "name", kind: .line(type: "text"), label: view.t("plan.name"), hint: view.t("plan.nameHint"),
                    preset: plan ?? "\(view.today.parts.year)"),
                StepField(name: "document", kind: .document, label: view.t("plan.file"), hint: view.t("plan.fileHint")),
            ],
            key: site.form["step"] == "import" && !site.form["key"].isEmpty ? site.form["key"] : site.newKey,
            submit: view.t("plan.importSubmit"))
    }

    private static func approvalForm(_ plan: String, _ site: WebRequest) -> StepForm {
        let view = site.reader
        return StepForm(
            step: "approve", path: .plan,
            fields: [
                StepField(name: "at", kind: .moment(now: false), label: view.t("plan.approvedAt")),
                StepField(
                    name: "approval", kind: .line(type: "text"), label: view.t("plan.approval"),
                    hint: view.t("plan.approvalHint")),
                StepField(name: "document", kind: .document, label: view.t("step.documentAct"), isRequired: false),
            ],
            key: site.form["step"] == "approve" && !site.form["key"].isEmpty ? site.form["key"] : site.newKey,
            hidden: [("plan", plan)], submit: view.t("plan.approveSubmit"))
    }
}
