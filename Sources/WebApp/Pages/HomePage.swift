import Accounts
import Casework
import Complaints
import ContactCentre
import Correspondence
import Delivery
import GRDB
import Hummingbird
import Intake
import Journal
import Markup
import Onboarding
import Reporting
import Rulebook
import WorkingDays

/// The first page of the day: what is due, what is late, what waits for us; every number opens its list.
struct HomePage: Page {
    let user: SignedInUser
    let figures: HomeFigures
    let inbox: HomeInbox
    /// What is complained about far more than is usual; nil where the reader supervises nothing.
    let surges: SurgePanel?
    /// Why the machine's clock is in doubt.
    let hold: ClockHold?
    /// Why it was not confirmed.
    var problem: String?

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
        if let hold { html.clockAlarm(hold, problem: problem, view) }
        if let year = figures.missingYear, view.may(.readCalendar) {
            html.missingCalendars([year], view)
        }
        if figures.deadDeliveries > 0, view.may(.manageSystem) {
            html.alert(.danger, title: view.t("deliveries.alarm", count: figures.deadDeliveries)) { html in
                html.p { $0.a(.href(SitePath.deliveries.path), text: view.t("nav.deliveries")) }
            }
        }
        if let surges, !surges.surges.isEmpty { surges.draw(into: &html, view) }
        inbox.draw(into: &html, view)
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
        // What waits to be registered comes first, as long as something does.
        let incoming = Tile(
            value: NumberText.whole(figures.incoming), label: view.t("home.incoming"),
            address: SitePath.incoming.path, state: .dueToday)
        html.tiles(
            (figures.incoming > 0 ? [incoming] : []) + [
                Tile(
                    value: NumberText.whole(figures.openComplaints),
                    label: view.t("home.openComplaints"),
                    address: SitePath.complaints.with(["status": ComplaintStatus.open.rawValue])),
                Tile(
                    value: NumberText.whole(figures.overdueComplaints), label: view.t("home.overdueComplaints"),
                    address: SitePath.complaints.with(["status": ComplaintStanding.overdue.rawValue]),
                    state: figures.overdueComplaints == 0 ? nil : .breached),
                Tile(
                    value: NumberText.whole(figures.unreceived), label: view.t("home.unreceived"),
                    address: SitePath.complaintsUnreceived.path, state: figures.unreceived == 0 ? nil : .dueToday),
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

        /// The state of the requests that wait so.
        var state: RequestState {
            switch self {
            case .sent: .sent
            case .submitted: .submitted
            case .entered: .entered
            case .trained: .trained
            }
        }
    }

    var clocks: [ClocksPage.List: Int] = [:]
    var requests: [Waiting: Int] = [:]
    /// What came in and is not registered yet.
    var incoming = 0
    var openComplaints = 0
    var overdueComplaints = 0
    /// Complaints whose body has not confirmed within a day that it has them, or has no address.
    var unreceived = 0
    var report: Report?
    var deadDeliveries = 0
    var missingYear: Int?

    /// - Parameters:
    ///   - now: since when a body has not confirmed is told by it.
    ///   - kinds: the kinds of case whose clocks the reader may see.
    ///   - reportTerm: by when the law wants the report of a month.
    init(now: Moment, today: CivilDate, kinds: Set<String>, keeper: CalendarKeeper, reportTerm: Term?, in db: Database)
        throws
    {
        for list in ClocksPage.List.tiled {
            var filter = list.filter(today)
            filter.caseKinds = kinds
            clocks[list] = try ClockRow.count(filter, in: db)
        }
        for state in Waiting.allCases {
            var filter = InformationRequestRecord.Filter()
            filter.state = state.state
            requests[state] = try InformationRequestRecord.count(filter, in: db)
        }
        var open = ComplaintFilter()
        open.statuses = [.open]
        openComplaints = try ComplaintRecord.count(open, in: db)
        incoming = try SubmissionRecord.waiting(in: db)
        var overdue = open
        overdue.overdueOn = today
        overdueComplaints = try ComplaintRecord.count(overdue, in: db)
        unreceived = try ComplaintNoticeRecord.unreceivedCount(before: UnreceivedPage.limit(now), in: db)
        deadDeliveries = try DeliveryRecord.counts(in: db)[.dead] ?? 0
        let calendar = try keeper.edition(in: db) == nil ? nil : keeper.calendar(in: db)
        missingYear = calendar?.missingNextYear(asOf: today)
        let newest = try ReportDesk<MonthlyReport>.clocks(HomePage.reportClock, limit: 1, in: db).first
        if let newest, let month = CivilMonth(newest.stream.id) {
            let isOpen = newest.endedOn == nil
            report = Report(
                month: month, due: newest.due, state: newest.state(on: today), isOpen: isOpen,
                workingDaysLeft: newest.due > today
                    ? try calendar?.workingDays(after: today, through: newest.due) ?? 0 : newest.due == today ? 0 : -1)
        }
        if report?.isOpen != true { report = Self.nextReport(today, reportTerm, calendar) ?? report }
    }
}

extension HomeFigures {
    /// The report of the present month, where that of the last one is done.
    private static func nextReport(_ today: CivilDate, _ term: Term?, _ calendar: WorkingCalendar?) -> Report? {
        let month = CivilMonth(today)
        // Without the calendar of the next year there is no date to show; the page says that the year is missing.
        guard let term, let calendar, let due = try? calendar.dueDate(term, from: month.last),
            let left = try? calendar.workingDays(after: today, through: due)
        else { return nil }
        return Report(month: month, due: due, state: .waiting, isOpen: true, workingDaysLeft: left)
    }
}

extension HomePage {
    /// The clock of the monthly report in the rulebook.
    static let reportClock = "deliver-monthly-report"

    /// Whether there is anything on the first page for somebody.
    static func hasContent(for user: SignedInUser?) -> Bool {
        let permissions: [Permission] = [.readRequests, .readComplaints, .readReports, .manageSystem]
        return permissions.contains { user?.authority.may($0) ?? false }
    }

    static func show(_ site: WebRequest) async throws -> Response {
        // Who only answers callers begins where he works.
        if let user = site.user, !hasContent(for: user), user.authority.may(.readCards) {
            return try await SearchPage.show(site)
        }
        guard let page = try await page(site) else { return site.redirect(to: .signIn) }
        return site.page(page)
    }

    /// Vouches for the machine's clock.
    static func confirmClock(_ site: WebRequest) async throws -> Response {
        let authority = try site.authority
        try authority.require(.manageSystem)
        do {
            try await site.environment.centre.confirmClock(reason: site.form["reason"], by: authority.actor)
        } catch let refusal as Refusal {
            guard var page = try await page(site), page.hold != nil else {
                // Somebody else has confirmed it, or it was set right.
                return site.redirect(to: .home)
            }
            page.problem = site.words(of: refusal)
            return site.page(page, status: .unprocessableContent)
        }
        return site.redirect(to: .home, notice: .clockConfirmed)
    }

    private static func page(_ site: WebRequest) async throws -> HomePage? {
        guard let user = site.user else { return nil }
        let casework = site.environment.centre.casework
        let now = site.environment.now()
        let today = casework.today(now)
        let term = casework.rulebooks.procedure("monthly-report", on: today)?.rule(Self.reportClock)?.term(on: today)
        let kinds = PermittedClocks.kinds(for: user.authority.permissions)
        let titles = casework.rulebooks.ruleTitles
        let permissions = user.authority.permissions
        let surge =
            permissions.isSuperset(of: [.readStatistics, .readComplaints])
            ? site.environment.centre.violations.rules.surge : nil
        let (figures, inbox, surges) = try await casework.journal.read { db in
            (
                try HomeFigures(
                    now: now, today: today, kinds: kinds, keeper: casework.calendars, reportTerm: term, in: db),
                try HomeInbox(
                    today: today, kinds: kinds, permissions: permissions, titles: titles, in: db),
                try surge.map { try SurgePanel(on: today, $0, in: db) }
            )
        }
        return HomePage(user: user, figures: figures, inbox: inbox, surges: surges, hold: site.environment.time().hold)
    }
}
