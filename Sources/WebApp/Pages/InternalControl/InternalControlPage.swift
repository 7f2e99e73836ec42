import Accounts
import ContactCentre
import Forms
import Hummingbird
import InternalControl
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// How the filing of a body stands on a day.
enum FilingStanding: String, CaseIterable, Sendable {
    case waiting, missing, returned, taken, takenLate

    init(_ record: FilingRecord?, due: CivilDate, on today: CivilDate) {
        if let taken = record?.takenOn {
            self = taken > due ? .takenLate : .taken
        } else if record?.returnedOn != nil {
            self = .returned
        } else {
            self = today > due ? .missing : .waiting
        }
    }

    /// For its badge. The bodies file with the Agency and not with the centre: what is not here is shown, and blames nobody.
    var state: ClockState {
        switch self {
        case .waiting: .waiting
        case .missing: .missed
        case .returned: .dueToday
        case .taken: .met
        case .takenLate: .missed
        }
    }
}

/// The board of the bodies' reports on internal control: who owes which form for a period, what came, what disagrees.
struct InternalControlPage: Page {
    /// One body.
    struct Line: Sendable {
        let body: PublicBody
        let record: FilingRecord?
        let standing: FilingStanding
        /// How many of its numbers disagree and are not settled.
        let open: Int
        /// When it was asked for the form last, or reminded of it.
        let askedAt: Moment?
    }

    let forms: [StatutoryForm]
    let form: StatutoryForm
    let periods: [ReportPeriod]
    let period: ReportPeriod
    let standing: FilingStanding?
    let place: ListPlace
    let lines: [Line]
    /// How many bodies there are, whatever is chosen.
    let total: Int
    /// How many of them have neither filed nor been asked.
    let waiting: Int

    /// The form of a list knows no other order.
    enum Order: String, CaseIterable { case body }

    /// How many periods can be chosen.
    static let shownPeriods = 24

    var section: NavigationSection? { .reports }
    func title(_ view: View) -> String { view.t("internalControl.title") }

    /// The last day on which the form is in time.
    private var due: CivilDate { form.submission?.lastDay(of: period) ?? period.last }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.reports"), .reports)], view)
        html.pageHeader(title(view), lead: form.title[view.language])
        html.p { $0.a(.href(SitePath.discrepancies.path), text: view.t("discrepancies.title")) }
        html.filterForm(
            place, view,
            [
                .choice(
                    "form", label: view.t("internalControl.form"), any: nil,
                    forms.map { ($0.code, $0.shortName) }, chosen: form.code),
                .choice(
                    "period", label: view.t("reports.period"), any: nil,
                    periods.map { ("\($0)", view.shortPeriod($0)) }, chosen: "\(period)"),
                .choice(
                    "state", label: view.t("requests.state"), any: view.t("list.all"),
                    FilingStanding.allCases.map { ($0.rawValue, view.name("filingStanding", $0)) },
                    chosen: standing?.rawValue ?? ""),
            ])
        html.p(.class("note")) { html in
            html.text(
                view.t("internalControl.due", ["date": DateText.short(due)]) + " ")
            html.text(view.t("internalControl.blame"))
        }
        asking(into: &html, view)
        guard !lines.isEmpty else {
            return html.emptyState(title: view.t("internalControl.none"), text: view.t("list.noneHelp"))
        }
        let columns = [
            Column(view.t("clocks.body")), Column(view.t("requests.state")), Column(view.t("internalControl.takenOn")),
            Column(view.t("internalControl.asked")),
            Column(view.t("internalControl.questions"), isNumeric: true),
            Column(view.t("discrepancies.title"), isNumeric: true),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: lines) { row, html, line in
            let id = FilingID(form: form.code, period: period, body: line.body.code)
            row.cell(&html) { html in
                html.a(.href(SitePath.filing(.value(id.description)).path)) { $0.localized(line.body.name, view) }
            }
            row.cell(&html) { $0.badge(line.standing.state, view, text: view.name("filingStanding", line.standing)) }
            row.cell(&html) { html in
                if let day = line.record?.takenOn ?? line.record?.returnedOn {
                    html.date(day, view)
                } else {
                    html.text("–")
                }
            }
            row.cell(&html) { html in
                if let at = line.askedAt { html.moment(at, view) } else { html.text("–") }
            }
            row.cell(&html, line.record.map { NumberText.whole(max(0, $0.doubts - $0.answers)) } ?? "–")
            row.cell(&html, line.record?.takenOn == nil ? "–" : NumberText.whole(line.open))
        }
        html.p(
            .class("hint"),
            text: view.t("internalControl.shown", ["n": NumberText.whole(lines.count), "of": NumberText.whole(total)]))
    }

    /// One press asks all that have not filed; who was asked before is not asked again.
    private func asking(into html: inout HTML, _ view: View) {
        guard view.may(.manageRequests), waiting > 0 else { return }
        html.postForm(to: .internalControl, view) { html in
            html.input(.type("hidden"), .name("form"), .value(form.code))
            html.input(.type("hidden"), .name("period"), .value("\(period)"))
            html.div(.class("actions")) { html in
                html.button(
                    .type("submit"), .class("button"), text: view.t("internalControl.askAll", count: waiting))
                html.span(.class("hint"), text: view.t("internalControl.askHelp"))
            }
        }
    }

    private func file(_ view: View) -> ListDownload {
        var file = ListDownload(
            name: "filings-\(form.code)-\(period)", title: title(view),
            headings: [
                view.t("internalControl.code"), view.t("clocks.body"), view.t("clocks.due"), view.t("requests.state"),
                view.t("internalControl.takenOn"), view.t("internalControl.questions"), view.t("discrepancies.title"),
            ])
        file.rows = lines.map { line in
            [
                .text(line.body.code), .text(line.body.name[view.language]), .day(due),
                .text(view.name("filingStanding", line.standing)), .day(line.record?.takenOn),
                line.record.map { .count(max(0, $0.doubts - $0.answers)) } ?? .text(""), .count(line.open),
            ]
        }
        return file
    }
}

extension View {
    /// A period in few letters, for a narrow control.
    fileprivate func shortPeriod(_ period: ReportPeriod) -> String {
        guard case .quarter(let quarter) = period else { return dates.period(period) }
        return t("internalControl.quarter", ["quarter": "\(quarter.quarter)", "year": "\(quarter.year)"])
    }
}

extension StatutoryForm {
    /// What people call it: its index where it has one.
    var shortName: String { index ?? code }
}

extension InternalControlPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let desk = site.environment.centre.internalControl
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let forms = desk.filed
        // The form that is in force and comes first, unless one was chosen.
        let current = forms.first { ($0.to ?? today) >= today } ?? forms.last
        guard let form = forms.first(where: { $0.code == site.query("form") }) ?? current else {
            throw SiteError(.notFound, "schedules/reports holds no form that bodies file.")
        }
        let periods = FilingDuty.periods(of: form, before: today, limit: shownPeriods)
        let asked = site.query("period").flatMap { form.period($0) }
        guard let period = asked.flatMap({ periods.contains($0) ? $0 : nil }) ?? periods.first else {
            throw SiteError(.notFound, "The form \(form.code) has no period that is over.")
        }
        let standing = site.query("state").flatMap { FilingStanding(rawValue: $0) }
        var place = ListPlace(.internalControl, orders: Order.self, site)
        place.choose("form", form.code)
        place.choose("period", "\(period)")
        place.choose("state", standing?.rawValue)
        let due = form.submission?.lastDay(of: period) ?? period.last
        let language = site.context.language
        let lines = try await site.environment.centre.journal.read { db in
            let records = try FilingRecord.fetch(form: form.code, period: period, in: db)
            let open = try DiscrepancyRecord.open(form: form.code, period: period, in: db)
            let asked = try FilingNoticeRecord.asked(form: form.code, period: period, in: db)
            return try FilingDuty.bodies(of: form, for: period, in: db).map { body in
                Line(
                    body: body, record: records[body.code],
                    standing: FilingStanding(records[body.code], due: due, on: today), open: open[body.code] ?? 0,
                    askedAt: asked[body.code])
            }
        }.sorted(byText: { $0.body.name[language] })
        let chosen = lines.filter { standing == nil || $0.standing == standing }
        let page = InternalControlPage(
            forms: forms, form: form, periods: periods, period: period, standing: standing, place: place,
            lines: chosen, total: lines.count,
            waiting: lines.count { $0.record?.takenOn == nil && $0.askedAt == nil })
        return site.wantsFile ? try await page.file(site.reader).response(site) : site.page(page)
    }
    /// Asks all bodies that owe a form for a period: `POST /internal-control`.
    static func ask(_ site: WebRequest) async throws -> Response {
        let (centre, code) = (site.environment.centre, site.form["form"])
        guard let form = centre.internalControl.filed.first(where: { $0.code == code }),
            let period = form.period(site.form["period"]),
            period.last < site.environment.zone.civilDate(of: site.environment.now())
        else { throw SiteError(.badRequest, "The form does not say which form is asked for, or for which period.") }
        let actor = try site.authority.actor
        _ = try await centre.filingNotices.ask(
            form: code, for: period, by: actor, at: site.environment.now(), once: try site.formKey(of: actor))
        return site.redirect(
            to: SitePath.internalControl.with(["form": code, "period": "\(period)"]), notice: .stepRecorded)
    }
}
