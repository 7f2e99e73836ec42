import Accounts
import Casework
import ContactCentre
import Foundation
import Hummingbird
import Journal
import Languages
import Markup
import Onboarding
import Registry
import Rulebook
import WorkingDays

/// One line of the plan: its requests to all bodies, sending them at once, changing the line.
struct PlanLinePage: Page {
    let line: PlanBoardLine
    let service: Localized
    let bodies: [String: Localized]
    let acts: [String]
    let rules: [ClockRule]
    var sending: StepForm?
    var amending: StepForm?
    /// What came of the last sending.
    var report: SendingReport?

    /// How many requests one click sends, so that the answer comes soon; the next click goes on.
    static let batch = 50

    var section: NavigationSection? { .plan }
    func title(_ view: View) -> String { view.t("plan.lineOf", ["line": line.line, "plan": line.plan]) }

    private var unsent: Int { line.requests.count { $0.state.isUnsent } }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.plan"), .plan)], view)
        html.pageHeader(service[view.language], lead: title(view))
        if let report { outcome(report, into: &html, view) }
        html.div(.class("columns")) { html in
            html.div(.class("stack")) { html in
                progress(into: &html, view)
                requests(into: &html, view)
            }
            html.div(.class("stack")) { html in
                html.panel(view.t("request.facts"), id: "facts") { html in
                    html.facts([
                        Fact(view.t("plan.requestOn"), DateText.short(line.requestOn)),
                        Fact(view.t("plan.acceptanceOn"), line.acceptanceOn.map(DateText.short) ?? "–"),
                        Fact(view.t("plan.unit"), line.unit ?? "–"),
                        Fact(view.t("plan.approval"), acts.joined(separator: "; ")),
                    ])
                }
                if let amending, view.may(.manageRequests) {
                    html.panel(view.t("plan.amend"), id: "amend") { html in html.stepForm(amending, view) }
                }
            }
        }
    }

    private func progress(into html: inout HTML, _ view: View) {
        let done = line.requests.count - unsent
        html.panel(view.t("plan.sending"), id: "sending") { html in
            html.p { html in
                html.element(
                    "progress",
                    [
                        Attribute("max", line.requests.count), .value("\(done)"),
                        .ariaLabel(view.t("plan.sending")),
                    ], text: "")
                html.text(" " + view.t("plan.sent", ["done": "\(done)", "total": "\(line.requests.count)"]))
            }
            guard let sending, view.may(.manageRequests), unsent > 0 else { return }
            html.div(.class("step-body")) { html in
                html.div { $0.stepForm(sending, view) }
                html.law(rules, view)
            }
        }
    }

    private func outcome(_ report: SendingReport, into html: inout HTML, _ view: View) {
        let title = view.t(
            "plan.outcome",
            [
                "sent": "\(report.sent.count)", "already": "\(report.already.count)",
                "refused": "\(report.refused.count)",
            ])
        html.alert(report.refused.isEmpty ? report.left > 0 ? .info : .success : .warning, title: title) { html in
            if report.left > 0 { html.p(text: view.t("plan.left", count: report.left)) }
            guard !report.refused.isEmpty else { return }
            html.ul { html in
                for (id, reason) in report.refused.sorted(by: { $0.key < $1.key }).prefix(50) {
                    html.li { html in
                        html.a(.href(SitePath.request(.value(id)).path), text: id)
                        html.text(": ")
                        html.text(report.codes?[id].map(view.words(ofRefusal:)) ?? reason)
                    }
                }
            }
        }
    }

    private func requests(into html: inout HTML, _ view: View) {
        html.panel(view.t("nav.requests"), id: "requests") { html in
            let columns = [
                Column(view.t("clocks.body")), Column(view.t("request.outgoing")), Column(view.t("plan.sentOn")),
                Column(view.t("requests.state")),
            ]
            html.dataTable(caption: view.t("nav.requests"), columns: columns, rows: line.requests) {
                row, html, record in
                row.cell(&html) { html in
                    html.a(
                        .href(SitePath.request(.value(record.id)).path),
                        text: bodies[record.body]?[view.language] ?? record.body)
                }
                row.cell(&html, record.number ?? "–")
                row.cell(&html) { html in
                    if let date = record.days[.sent] {
                        html.date(date, view)
                    } else {
                        html.text("–")
                    }
                }
                row.cell(&html) { $0.stateTag(record.state, view) }
            }
        }
    }
}

extension PlanLinePage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await load(site)) }

    /// Sends the requests of the line, or changes the line.
    static func submit(_ site: WebRequest) async throws -> Response {
        var page = try await load(site)
        let isSending = site.form["step"] == "send"
        let path = SitePath.planLine(.value(page.line.plan), .value(page.line.line))
        guard let form = isSending ? page.sending : page.amendForm(site) else {
            // All are sent, each with its number and its day below.
            return site.redirect(to: path, notice: .stepDone)
        }
        var reader = StepReader(form, site)
        do {
            if isSending {
                if let report = try await send(page.line, &reader) {
                    page = try await load(site)
                    page.report = report
                    // What was typed stays for the rest.
                    page.sending?.values = site.form
                    page.sending?.kept = reader.form.kept
                    return site.page(page)
                }
            } else if page.amending == nil {
                if try await reader.wasRecorded() { return site.redirect(to: path, notice: .stepDone) }
            } else if try await amend(page.line, &reader) {
                return site.redirect(to: path, notice: .stepRecorded)
            }
        } catch {
            try reader.take(error)
        }
        if isSending { page.sending = reader.form } else { page.amending = reader.form }
        return site.page(page, status: reader.status)
    }

    private static func send(_ line: PlanBoardLine, _ reader: inout StepReader) async throws -> SendingReport? {
        let at = reader.moment()
        reader.checkDocument()
        let pattern = reader.text("number")
        if !pattern.isEmpty, line.requests.count > 1, !pattern.contains("{n}") {
            reader.fail("number", reader.site.reader.t("plan.numberPattern"))
        }
        let start = reader.number("start")
        guard reader.isRight, let start else { return nil }
        // Numbers follow the order of the bodies, so that a sending that goes on gives the same ones.
        let places = Dictionary(
            line.requests.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        return try await reader.site.environment.centre.onboarding.sendAll(
            plan: line.plan, line: line.line, channel: reader.text("channel"), document: reader.document,
            number: { pattern.replacingOccurrences(of: "{n}", with: "\(start + (places[$0.id] ?? 0))") },
            limit: batch, sentAt: at, by: try reader.site.authority.actor, at: reader.site.environment.now())
    }

    private static func amend(_ line: PlanBoardLine, _ reader: inout StepReader) async throws -> Bool {
        let now = reader.site.environment.now()
        reader.checkDocument()
        let requestOn = reader.day("request_date") ?? line.requestOn
        let amended = PlanLineAmended(
            requestOn: requestOn, acceptanceOn: reader.day("acceptance_date"), unit: reader.optional("unit"),
            approval: reader.text("approval"), reason: reader.text("reason"), document: reader.document)
        guard reader.isRight else { return false }
        _ = try await reader.site.environment.centre.onboarding.amendLine(
            plan: line.plan, line: line.line, amended, amendedAt: now, by: try reader.site.authority.actor, at: now,
            once: try reader.key)
        return true
    }

    private static func load(_ site: WebRequest) async throws -> PlanLinePage {
        let (plan, number) = (try site.parameter("plan"), try site.parameter("line"))
        let casework = site.environment.centre.casework
        let today = site.reader.today
        let found = try await casework.journal.read { db in
            try PlanBoardLine.fetch(plan: plan, line: number, in: db).first.map { line in
                (
                    line, try Registry.service(line.service, in: db)?.name, try Registry.bodyNames(on: today, in: db),
                    try PlanRecord.fetch(in: db).first { $0.plan == plan }?.act
                )
            }
        }
        guard let (line, service, bodies, act) = found else {
            throw SiteError(.notFound, "no line \(number) in the plan \(plan)")
        }
        let rules = casework.rulebooks.procedure("onboarding", on: today)?.rules ?? []
        var page = PlanLinePage(
            line: line, service: service ?? Localized(kk: line.service, ru: line.service), bodies: bodies,
            acts: act.map { [$0] } ?? [],
            rules: rules.filter { rule in rule.stops.contains { $0.event == "requestSent" } })
        if page.unsent > 0 { page.sending = page.sendForm(site) }
        let isOpen = line.requests.contains { $0.days[.completed] == nil && $0.state != .cancelled }
        if isOpen { page.amending = page.amendForm(site) }
        return page
    }

    private var path: SitePath { .planLine(.value(line.plan), .value(line.line)) }

    private func sendForm(_ site: WebRequest) -> StepForm {
        let view = site.reader
        return StepForm(
            step: "send", path: path,
            fields: [
                StepField(name: "at", kind: .moment(now: true), label: view.t("step.at")),
                StepField(
                    name: "number", kind: .line(type: "text"), label: view.t("request.outgoing"),
                    hint: view.t("plan.numberHint", ["n": "{n}"]),
                    preset: line.requests.count > 1 ? "\(line.line)/{n}" : ""),
                StepField(name: "start", kind: .line(type: "number"), label: view.t("plan.start"), preset: "1"),
                StepField(
                    name: "channel", kind: .choice(view.options("sendChannel", RequestChannel.self)),
                    label: view.t("step.channel")),
                StepField(name: "document", kind: .document, label: view.t("step.documentRequest"), isRequired: false),
            ], submit: view.t("plan.sendSubmit", count: min(unsent, Self.batch)))
    }

    private func amendForm(_ site: WebRequest) -> StepForm {
        let view = site.reader
        return StepForm(
            step: "amend", path: path,
            fields: [
                StepField(
                    name: "request_date", kind: .day, label: view.t("plan.requestOn"),
                    preset: line.requestOn.description),
                StepField(
                    name: "acceptance_date", kind: .day, label: view.t("plan.acceptanceOn"), isRequired: false,
                    preset: line.acceptanceOn?.description ?? ""),
                StepField(
                    name: "unit", kind: .line(type: "text"), label: view.t("plan.unit"), isRequired: false,
                    preset: line.unit ?? ""),
                StepField(name: "approval", kind: .line(type: "text"), label: view.t("plan.approval")),
                StepField(name: "reason", kind: .area, label: view.t("step.reason")),
                StepField(name: "document", kind: .document, label: view.t("step.documentAct"), isRequired: false),
            ])
    }
}
