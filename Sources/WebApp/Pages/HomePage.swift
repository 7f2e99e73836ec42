import Accounts
import Casework
import Complaints
import Delivery
import GRDB
import Hummingbird
import Markup
import Onboarding
import Reporting
import Rulebook
import WorkingDays

/// The first page of the day: what is due, what is late, what waits for us; every number opens its list.
struct HomePage: Page {
    let user: SignedInUser
    let figures: HomeFigures

    var section: NavigationSection? { .home }
    func title(_ view: View) -> String { view.t("nav.home") }

    func draw(into html: inout HTML, _ view: View) {
        let weekday = view.dates.weekday(view.today)
        html.pageHeader(
            view.t("home.greeting", ["name": user.displayName]), lead: "\(view.dates.long(view.today)), \(weekday)"
        ) { html in
            if view.may(.readCards) {
                html.a(.class("button is-primary"), .href(SitePath.search.path), text: view.t("nav.search"))
            }
        }
        if let year = figures.missingYear, view.may(.readCalendar) {
            html.missingCalendars([year], view)
        }
        if figures.deadDeliveries > 0, view.may(.manageSystem) {
            html.alert(.danger, title: view.t("deliveries.alarm", count: figures.deadDeliveries)) { html in
                html.p { $0.a(.href(SitePath.deliveries.path), text: view.t("nav.deliveries")) }
            }
        }
        if view.may(.readRequests) { terms(into: &html, view) }
        if view.may(.readRequests) { waiting(into: &html, view) }
        if view.may(.readComplaints) { complaints(into: &html, view) }
        if view.may(.readReports), let report = figures.report { self.report(report, into: &html, view) }
        html.panel(view.t("home.roles"), id: "roles") { html in
            html.facts(
                Role.allCases.filter(user.roles.contains).map { role in
                    Fact(view.name("role", role), view.name("roleText", role))
                })
        }
    }

    private func terms(into html: inout HTML, _ view: View) {
        html.h2(text: view.t("home.terms"))
        html.tiles(
            ClocksPage.List.tiled.map { list in
                let count = figures.clocks[list] ?? 0
                return Tile(
                    value: NumberText.whole(count), label: ClocksPage.label(list, view),
                    address: SitePath.clocks.with(["list": list.rawValue]), state: count == 0 ? nil : list.state)
            })
    }

    private func waiting(into html: inout HTML, _ view: View) {
        html.h2(text: view.t("home.waiting"))
        html.tiles(
            HomeFigures.Waiting.allCases.map { state in
                Tile(
                    value: NumberText.whole(figures.requests[state] ?? 0), label: view.name("homeWaiting", state),
                    address: SitePath.requests.with(["state": state.rawValue]))
            })
    }

    private func complaints(into html: inout HTML, _ view: View) {
        html.h2(text: view.t("nav.complaints"))
        html.tiles([
            Tile(
                value: NumberText.whole(figures.openComplaints),
                label: view.t("home.openComplaints"),
                address: SitePath.complaints.with(["status": ComplaintStatus.open.rawValue])),
            Tile(
                value: NumberText.whole(figures.overdueComplaints), label: view.t("home.overdueComplaints"),
                address: SitePath.complaints.with(["status": ComplaintStanding.overdue.rawValue]),
                state: figures.overdueComplaints == 0 ? nil : .breached),
        ])
    }

    private func report(_ report: HomeFigures.Report, into html: inout HTML, _ view: View) {
        html.panel(view.t("home.report"), id: "report") { html in
            html.p { html in
                html.a(
                    .href(SitePath.report(.value("\(report.month)")).path), text: view.dates.month(report.month))
                html.text(" · ")
                html.badge(report.state, view)
                html.text(" ")
                html.date(report.due, view)
                if report.isOpen, report.workingDaysLeft >= 0 {
                    html.text(" · " + view.t("home.workingDaysLeft", count: report.workingDaysLeft))
                }
            }
        }
    }
}

/// The numbers of the first page, read in one look.
struct HomeFigures: Sendable {
    /// The report that comes next, or the last one.
    struct Report: Sendable {
        let month: CivilMonth
        let due: CivilDate
        let state: ClockState
        let isOpen: Bool
        let workingDaysLeft: Int
    }

    /// The states of a request in which the next step is ours.
    enum Waiting: String, CaseIterable, Sendable {
        case sent, submitted, entered, trained
    }

    var clocks: [ClocksPage.List: Int] = [:]
    var requests: [Waiting: Int] = [:]
    var openComplaints = 0
    var overdueComplaints = 0
    var report: Report?
    var deadDeliveries = 0
    var missingYear: Int?

    init(today: CivilDate, keeper: CalendarKeeper, in db: Database) throws {
        for list in ClocksPage.List.tiled { clocks[list] = try ClockRow.count(list.filter(today), in: db) }
        for state in Waiting.allCases {
            var filter = InformationRequestRecord.Filter()
            filter.state = state.rawValue
            requests[state] = try InformationRequestRecord.count(filter, in: db)
        }
        var open = ComplaintFilter()
        open.statuses = [.open]
        openComplaints = try ComplaintRecord.count(open, in: db)
        var overdue = open
        overdue.overdueOn = today
        overdueComplaints = try ComplaintRecord.count(overdue, in: db)
        deadDeliveries = try DeliveryRecord.counts(in: db)[.dead] ?? 0
        let calendar = try keeper.edition(in: db) == nil ? nil : keeper.calendar(in: db)
        missingYear = calendar?.missingNextYear(asOf: today)
        let newest = try ReportDesk.clocks(limit: 1, in: db).first
        if let newest, let month = CivilMonth(newest.stream.id) {
            let isOpen = newest.endedOn == nil
            report = Report(
                month: month, due: newest.due, state: newest.state(on: today), isOpen: isOpen,
                workingDaysLeft: newest.due > today
                    ? try calendar?.workingDays(after: today, through: newest.due) ?? 0 : newest.due == today ? 0 : -1)
        }
    }
}

extension HomePage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard let user = site.user else { return site.redirect(to: .signIn) }
        let casework = site.environment.centre.casework
        let today = casework.today(site.environment.now())
        let figures = try await casework.journal.read { db in
            try HomeFigures(today: today, keeper: casework.calendars, in: db)
        }
        return site.page(HomePage(user: user, figures: figures))
    }
}
