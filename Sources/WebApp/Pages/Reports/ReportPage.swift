import Casework
import Delivery
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import Reporting
import WorkingDays

/// One monthly report: every number opens its complaints; seal, delivery, receipt.
struct ReportPage: Page {
    let month: CivilMonth
    /// The numbers that were sealed last; of a month that is not sealed, those of now.
    let figures: MonthlyFigures
    /// The numbers of now, and the revision shown, where the month is sealed.
    let sealed: (revision: Int, now: MonthlyFigures)?
    let state: MonthlyReportState
    let bodies: [String: Localized]
    let attempts: [DeliveryAttempt]
    let parts: CaseParts?
    /// Why it was not sealed.
    var problem: String?

    var section: NavigationSection? { .reports }
    func title(_ view: View) -> String { view.t("report.title", ["month": view.dates.month(month)]) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.reports"), .reports)], view)
        html.pageHeader(title(view), lead: view.t("reports.lead"))
        if let sealed {
            let receipt = state.receipts.last { $0.revision == sealed.revision }
            let isSame = sealed.now == figures
            html.p(
                .class("note"),
                text: view.t(
                    isSame ? "report.sealedSame" : "report.sealedOther",
                    ["revision": NumberText.whole(sealed.revision)])
                    + " "
                    + (receipt.map {
                        view.t("report.receipt", ["number": $0.number, "time": view.dates.short($0.receivedAt)])
                    } ?? view.t("report.notReceived")))
        }
        html.tiles([
            tile(.opening, \.opening, view.t("report.opening"), view),
            tile(.received, \.received, view.t("report.received"), view),
            tile(.closed, \.closed, view.t("report.closed"), view),
            tile(.closing, \.closing, view.t("report.closing"), view),
        ])
        html.panel(view.t("report.items"), id: "items") { html in
            let average = figures.averageHundredths.map { NumberText.tenths(ofThousandths: $0 * 10, view.language) }
            html.tiles([
                tile(.forum, \.forum, view.t("report.item1"), view),
                tile(.withinTerm, \.withinTerm, view.t("report.within"), view),
                tile(.pastTerm, \.pastTerm, view.t("report.past"), view, .breached),
                Tile(
                    value: average ?? "–", label: view.t("report.average"),
                    note: figures.longest.map { view.t("report.longest", ["days": NumberText.whole($0)]) }),
                tile(.violations(), \.violations, view.t("report.item3"), view, .breached),
                tile(.overdueFromEarlier, \.overdueFromEarlier, view.t("report.earlier"), view, .breached),
                tile(.orderAndStandard(), \.orderAndStandard, view.t("report.item4"), view),
                tile(.employees(), \.employees, view.t("report.item5"), view),
            ])
        }
        if !figures.violationsByBody.isEmpty {
            let columns = [Column(view.t("clocks.body")), Column(view.t("report.item3"), isNumeric: true)]
            html.dataTable(
                caption: view.t("report.item3"), columns: columns, rows: figures.violationsByBody
            ) { row, html, entry in
                row.cell(&html) { $0.bodyName(entry.body, bodies[entry.body], view) }
                row.cell(&html) { html in
                    html.a(
                        .href(address(.violations(bodyKind: entry.kind, body: entry.body))),
                        text: NumberText.whole(entry.count))
                }
            }
        }
        seals(into: &html, view)
        if let parts {
            html.clocks(parts, view)
            html.history(parts, view)
        }
    }

    private func seals(into html: inout HTML, _ view: View) {
        html.panel(view.t("report.seals"), id: "seals") { html in
            for sealed in state.sealed {
                let receipt = state.receipts.first { $0.revision == sealed.revision }
                html.facts([
                    Fact(view.t("report.revision"), NumberText.whole(sealed.revision)),
                    Fact(view.t("report.digest"), sealed.digest),
                    Fact(view.t("report.position"), NumberText.whole(Int(sealed.position))),
                    Fact(
                        view.t("reports.receipt"),
                        receipt.map { "\($0.number), \(view.dates.short($0.receivedAt))" } ?? "–"),
                ])
                html.p { html in
                    html.a(
                        .href(SitePath.api("reports/\(month)/revisions/\(sealed.revision)").path),
                        text: view.t("report.document"))
                }
            }
            if !attempts.isEmpty {
                html.h3(text: view.t("report.attempts"))
                html.ul(.class("bullets")) { html in for attempt in attempts { html.li(text: attempt.line(view)) } }
            }
            guard view.may(.sealReports) else { return }
            html.postForm(to: .reportSeal(.value("\(month)")), view, .class("form")) { html in
                if !state.sealed.isEmpty {
                    html.textField(
                        Field(
                            "reason", label: view.t("report.reason"), hint: view.t("report.reasonHint"), error: problem),
                        view)
                } else if let problem {
                    html.alert(.danger, title: problem)
                }
                html.formButtons(submit: view.t(state.sealed.isEmpty ? "report.seal" : "report.correct"), view)
            }
        }
    }

    private func address(_ number: ReportNumber) -> String {
        SitePath.complaints.with([
            "number": number.name, "period": "\(month)", "revision": sealed.map { "\($0.revision)" },
        ])
    }

    /// A number as it was sent; where it is another now, that stands below it.
    private func tile(
        _ number: ReportNumber, _ figure: KeyPath<MonthlyFigures, Int>, _ label: String, _ view: View,
        _ state: ClockState? = nil
    ) -> Tile {
        let count = figures[keyPath: figure]
        let now = sealed?.now[keyPath: figure]
        return Tile(
            value: NumberText.whole(count), label: label,
            note: now.flatMap { $0 == count ? nil : view.t("report.now", ["n": NumberText.whole($0)]) },
            address: address(number), state: count == 0 ? nil : state)
    }
}

extension ReportPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    private static func page(_ site: WebRequest) async throws -> ReportPage {
        guard let month = CivilMonth(try site.parameter("period")) else { throw SiteError(.notFound, "no such month") }
        let centre = site.environment.centre
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let report = try await centre.reports.report(month)
        let (bodies, attempts) = try await centre.journal.read { db in
            let attempts = try report.state.sealed.flatMap { sealed in
                try DeliveryRecord.attempts(
                    of: DeliveryID("\(ReportDesk.deliveryKind)-\(month)-\(sealed.revision)"), in: db)

            }
            return (try Registry.bodyNames(on: today, in: db), attempts)
        }
        let now = try await centre.reports.figures(month, asOf: today)
        var sent: (document: SealedDocument, revision: Int)?
        if let last = report.state.sealed.last, let bytes = try await centre.reports.document(last) {
            sent = SealedDocument(bytes).map { ($0, last.revision) }
        }
        return ReportPage(
            month: month, figures: sent?.document.figures ?? now,
            sealed: sent.map { ($0.revision, now) }, state: report.state, bodies: bodies,
            attempts: attempts, parts: try await CaseParts(report.stream, site))
    }

    static func seal(_ site: WebRequest) async throws -> Response {
        guard let month = CivilMonth(try site.parameter("period")), let user = site.user else {
            throw SiteError(.notFound, "no such month")
        }
        let reason = site.form["reason"]
        do {
            _ = try await site.environment.centre.reports.seal(
                month, reason: reason.isEmpty ? nil : reason, by: .user(user.number), at: site.environment.now())
        } catch let refusal as Refusal {
            var page = try await page(site)
            page.problem = site.words(of: refusal)
            return site.page(page, status: .unprocessableContent)
        }
        return site.redirect(to: .report(.value("\(month)")))
    }
}

extension DeliveryAttempt {
    /// The attempt in one line: when, what came of it.
    fileprivate func line(_ view: View) -> String {
        [view.dates.short(startedAt), result(view), status.map { "HTTP \($0)" }].compactMap { $0 }.joined(
            separator: " · ")
    }
}
