import Accounts
import Casework
import ContactCentre
import Hummingbird
import Journal
import Languages
import Markup
import WorkingDays

/// A year of working days: twelve months, what differs from the plain week and why, who changed it and when.
struct CalendarPage: Page {
    let year: Int
    let calendar: WorkingCalendar
    let editions: [CalendarEdition]
    /// What was typed for a change, and the field that is wrong.
    var typed = Form()
    var problem: CalendarProposal.Problem?

    var section: NavigationSection? { .calendar }
    func title(_ view: View) -> String { view.t("calendar.title", ["year": "\(year)"]) }

    private var exceptions: [CalendarException] { calendar.exceptions.filter { $0.date.year == year } }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("calendar.lead")) { html in
            for other in [year - 1, year + 1] where calendar.years.contains(other) {
                html.a(
                    .class("button is-quiet"), .href(SitePath.calendar.with(["year": "\(other)"])), text: "\(other)")
            }
        }
        if let missing = calendar.missingNextYear(asOf: view.today) {
            html.missingCalendars([missing], view)
        }
        if calendar.provisionalYears.contains(year) {
            html.alert(.info, title: view.t("proof.provisional"))
        }
        html.div(.class("year")) { html in
            for month in 1...12 { html.month(CivilMonth(year: year, month: month), calendar, view) }
        }
        html.panel(view.t("calendar.exceptions"), id: "exceptions") { html in list(into: &html, view) }
        if view.may(.changeCalendar) { change(into: &html, view) }
        html.panel(view.t("calendar.editions"), id: "editions") { html in history(into: &html, view) }
    }

    private func list(into html: inout HTML, _ view: View) {
        let columns = [
            Column(view.t("proof.date")), Column(view.t("calendar.kind")), Column(view.t("calendar.name")),
            Column(view.t("calendar.basis")),
        ]
        html.dataTable(caption: view.t("calendar.exceptions"), columns: columns, rows: exceptions) { row, html, day in
            row.cell(&html) { html in
                html.date(day.date, view)
                html.text(" " + view.dates.shortWeekday(day.date))
            }
            row.cell(&html) { html in
                html.text(view.t(day.kind.label))
                if day.isProvisional { html.tag(view.name("state", ClockState.provisional)) }
            }
            let language: Language = view.language == .kk ? .kk : .ru
            row.cell(&html) { $0.span(.lang(language), text: Localized(kk: day.nameKK, ru: day.nameRU)[language]) }
            row.cell(&html) { $0.span(.lang(language), text: Localized(kk: day.basisKK, ru: day.basisRU)[language]) }
        }
    }

    private func change(into html: inout HTML, _ view: View) {
        func field(_ name: String, _ label: TextKey, _ wrong: CalendarProposal.Problem, isRequired: Bool = true)
            -> Field
        {
            Field(
                name, label: view.t(label), error: problem == wrong ? view.name("calendarProblem", wrong) : nil,
                isRequired: isRequired)
        }
        html.panel(view.t("calendar.change"), id: "change") { html in
            html.p(text: view.t("calendar.changeNote"))
            html.postForm(to: .calendarPreview, view, .class("form")) { html in
                html.input(.type("hidden"), .name("edition"), .value("\(editions.first?.edition ?? 0)"))
                html.textField(field("date", "proof.date", .date), view, type: "date", value: typed["date"])
                html.selectField(
                    field("kind", "calendar.kind", .kind), view,
                    options: [("", view.t("form.choose"))]
                        + CalendarProposal.DayKind.allCases.map { ($0.rawValue, view.name("dayKind", $0)) },
                    chosen: typed["kind"])
                html.textField(
                    field("nameKK", "calendar.nameKK", .nameKK, isRequired: false), view, value: typed["nameKK"])
                html.textField(
                    field("nameRU", "calendar.nameRU", .nameRU, isRequired: false), view, value: typed["nameRU"])
                html.textField(
                    field("basisKK", "calendar.basisKK", .basisKK, isRequired: false), view, value: typed["basisKK"])
                html.textField(
                    field("basisRU", "calendar.basisRU", .basisRU, isRequired: false), view, value: typed["basisRU"])
                html.checkbox(
                    Field("provisional", label: view.t("calendar.provisional"), isRequired: false),
                    isTicked: typed["provisional"] == "yes")
                html.formButtons(submit: view.t("calendar.preview"), view)
            }
        }
    }

    private func history(into html: inout HTML, _ view: View) {
        let columns = [
            Column(view.t("card.edition"), isNumeric: true), Column(view.t("calendar.adopted")),
            Column(view.t("complaintField.reason")),
        ]
        html.dataTable(caption: view.t("calendar.editions"), columns: columns, rows: editions) { row, html, edition in
            row.cell(&html, "\(edition.edition)")
            row.cell(&html, view.dates.short(edition.adoptedAt))
            row.cell(
                &html,
                edition.reason == ContactCentre.firstCalendarReason ? view.t("calendar.firstStart") : edition.reason)
        }
        guard view.may(.changeCalendar), let last = editions.first, last.edition > 1 else { return }
        html.postForm(to: .calendarPreview, view) { html in
            html.input(.type("hidden"), .name("edition"), .value("\(last.edition)"))
            html.button(.type("submit"), .class("button"), .name("act"), .value("undo"), text: view.t("calendar.undo"))
        }
    }
}

extension CalendarException.Kind {
    /// What the kind is called.
    var label: TextKey {
        switch self {
        case .holiday: "dayKind.holiday"
        case .transferredDayOff: "dayKind.transferredDayOff"
        case .workingDay: "dayKind.workingDay"
        }
    }

    fileprivate var className: String {
        switch self {
        case .holiday: "is-holiday"
        case .transferredDayOff: "is-moved"
        case .workingDay: "is-worked"
        }
    }
}

extension HTML {
    /// One month as a table of weeks; what a day is stands in its name too, not in its colour alone.
    fileprivate mutating func month(_ month: CivilMonth?, _ calendar: WorkingCalendar, _ view: View) {
        guard let month else { return }
        table(.class("month")) { html in
            html.caption(text: view.dates.month(month))
            html.thead { html in
                html.tr { html in
                    for weekday in Weekday.allCases {
                        let name = view.dates.shortWeekday(
                            month.first.adding(days: weekday.rawValue - month.first.weekday.rawValue))
                        html.th(.scope("col"), text: name)
                    }
                }
            }
            html.tbody { html in
                var day = month.first.adding(days: 1 - month.first.weekday.rawValue)
                while day <= month.last {
                    html.tr { html in
                        for _ in 1...7 {
                            html.day(day, in: month, calendar, view)
                            day = day.adding(days: 1)
                        }
                    }
                }
            }
        }
    }

    private mutating func day(_ day: CivilDate, in month: CivilMonth, _ calendar: WorkingCalendar, _ view: View) {
        guard month.contains(day) else { return td(text: "") }
        let exception = calendar.exception(on: day)
        let kind = exception?.kind.className ?? (day.weekday.isWeekend ? "is-weekend" : "")
        let classes = kind + (day == view.today ? " is-today" : "")
        td(.class(classes).when(!classes.isEmpty)) { html in
            html.text("\(day.day)")
            if let exception { html.span(.class("visually-hidden"), text: " " + view.t(exception.kind.label)) }
        }
    }
}

extension CalendarPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    static func page(_ site: WebRequest) async throws -> CalendarPage {
        let keeper = site.environment.centre.casework.calendars
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let (calendar, editions) = try await site.environment.centre.journal.read { db in
            (try keeper.calendar(in: db), try keeper.editions(in: db))
        }
        let year = (site.query("year").flatMap { Int($0) } ?? today.year).clamped(to: calendar.years)
        return CalendarPage(year: year, calendar: calendar, editions: editions)
    }
}
