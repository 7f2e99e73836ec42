import Accounts
import Casework
import ContactCentre
import Hummingbird
import Journal
import Languages
import Markup
import Rulebook
import WorkingDays

/// What a change of the calendar would move, before anything moves; confirmed with a reason.
struct CalendarPreviewPage: Page {
    let proposal: CalendarProposal
    let preview: CalendarPreview
    let titles: [String: Localized]
    /// Whether the reason was left out.
    var isReasonMissing = false

    /// How many moved dates are listed; their number is always told.
    static let limit = 200

    var section: NavigationSection? { .calendar }
    func title(_ view: View) -> String { view.t("calendar.previewTitle") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.calendar"), .calendar)], view)
        html.pageHeader(title(view), lead: view.t("calendar.previewLead"))
        html.tiles([
            Tile(value: NumberText.whole(preview.differences.count), label: view.t("calendar.days")),
            Tile(value: NumberText.whole(preview.moves), label: view.t("calendar.moves")),
            Tile(
                value: NumberText.whole(preview.appearing), label: view.t("calendar.appearing"),
                state: preview.appearing > 0 ? .breached : nil),
            Tile(
                value: NumberText.whole(preview.vanishing), label: view.t("calendar.vanishing"),
                state: preview.vanishing > 0 ? .dueToday : nil),
            Tile(
                value: NumberText.whole(preview.targets), label: view.t("calendar.targets"),
                state: preview.targets > 0 ? .missed : nil),
        ])
        days(into: &html, view)
        moves(into: &html, view)
        guard !preview.differences.isEmpty else {
            return html.emptyState(title: view.t("calendar.nothing"), text: view.t("calendar.nothingText"))
        }
        let reason = Field(
            "reason", label: view.t("calendar.reason"), hint: view.t("calendar.reasonHint"),
            error: isReasonMissing ? view.t("form.missing") : nil)
        html.panel(view.t("calendar.confirm"), id: "confirm") { html in
            html.postForm(to: .calendarAdopt, view, .class("form")) { html in
                for field in proposal.fields { html.input(.type("hidden"), .name(field.name), .value(field.value)) }
                html.textField(reason, view)
                html.formButtons(submit: view.t("calendar.adopt"), view, back: .calendar)
            }
        }
    }

    private func days(into html: inout HTML, _ view: View) {
        let columns = [
            Column(view.t("proof.date")), Column(view.t("calendar.before")), Column(view.t("calendar.after")),
        ]
        guard !preview.differences.isEmpty else { return }
        html.dataTable(caption: view.t("calendar.days"), columns: columns, rows: preview.differences) {
            row, html, change in
            func words(_ exception: CalendarException?) -> String {
                guard let exception else { return view.t("dayKind.ordinary") }
                return view.t(exception.kind.label) + ": "
                    + (view.language == .kk ? exception.nameKK : exception.nameRU)
            }
            row.cell(&html) { $0.date(change.date, view) }
            row.cell(&html, words(change.old))
            row.cell(&html, words(change.new))
        }
    }

    private func moves(into html: inout HTML, _ view: View) {
        let rows = preview.cases.flatMap { entry in entry.recalculation.moves.map { (entry.stream, $0) } }
        guard !rows.isEmpty else { return }
        let columns = [
            Column(view.t("clocks.case")), Column(view.t("clocks.duty")), Column(view.t("calendar.before")),
            Column(view.t("calendar.after")),
        ]
        html.h2(text: view.t("calendar.moves"))
        html.dataTable(caption: view.t("calendar.moves"), columns: columns, rows: Array(rows.prefix(Self.limit))) {
            row, html, entry in
            row.cell(&html) { html in
                guard let path = entry.0.casePath(view) else { return html.text(entry.0.id) }
                html.a(.class("whole"), .href(path.path), text: entry.0.id)
            }
            row.cell(&html, titles[entry.1.clock]?[view.language] ?? entry.1.clock)
            row.cell(&html) { $0.date(entry.1.from, view) }
            row.cell(&html) { $0.date(entry.1.to, view) }
        }
    }
}

extension CalendarPreviewPage {
    /// Shows what would move; nothing is recorded.
    static func show(_ site: WebRequest) async throws -> Response {
        try site.authority.require(.changeCalendar)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        do {
            return site.page(try await page(of: try CalendarProposal(site.form, today: today), site))
        } catch let problem as CalendarProposal.Problem {
            return try await again(site, problem)
        } catch is CalendarError {
            return try await again(site, .date)
        }
    }

    /// Adopts what was previewed, with its reason.
    static func adopt(_ site: WebRequest) async throws -> Response {
        let authority = try site.authority
        try authority.require(.changeCalendar)
        let (casework, now) = (site.environment.centre.casework, site.environment.now())
        do {
            let proposal = try CalendarProposal(site.form, today: site.environment.zone.civilDate(of: now))
            guard !site.form["reason"].isEmpty else {
                var page = try await page(of: proposal, site)
                page.isReasonMissing = true
                return site.page(page, status: .unprocessableContent)
            }
            let calendar = try await casework.journal.read { try proposal.calendar(casework.calendars, in: $0) }
            _ = try await casework.adopt(
                calendar, reason: site.form["reason"], expecting: proposal.edition, by: authority.actor, at: now,
                once: try site.formKey(of: authority.actor))
            return site.redirect(to: .calendar, notice: .calendarChanged)
        } catch let problem as CalendarProposal.Problem {
            return try await again(site, problem)
        } catch is CalendarError {
            return try await again(site, .date)
        } catch CaseworkError.calendarHasMoved {
            throw SiteError(.conflict, "Another calendar was adopted since the preview was made.")
        }
    }

    private static func page(of proposal: CalendarProposal, _ site: WebRequest) async throws -> CalendarPreviewPage {
        let casework = site.environment.centre.casework
        let calendar = try await casework.journal.read { try proposal.calendar(casework.calendars, in: $0) }
        return CalendarPreviewPage(
            proposal: proposal, preview: try await casework.preview(calendar, at: site.environment.now()),
            titles: casework.rulebooks.ruleTitles)
    }

    private static func again(_ site: WebRequest, _ problem: CalendarProposal.Problem) async throws -> Response {
        var page = try await CalendarPage.page(site)
        page.typed = site.form
        page.problem = problem
        return site.page(page, status: .unprocessableContent)
    }
}
