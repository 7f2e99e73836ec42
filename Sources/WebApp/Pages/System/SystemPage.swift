import Casework
import ContactCentre
import Hummingbird
import Languages
import Markup
import WorkingDays

/// How the centre's machine and stores stand, in words, for the administrator: what is at fault first, each with what to do.
///
/// The same figures as `/metrics` and `bailanys doctor`; nothing of any case and nobody's name.
struct SystemPage: Page {
    let figures: CentreFigures
    let today: CivilDate

    var section: NavigationSection? { .system }
    func title(_ view: View) -> String { view.t("nav.system") }

    func draw(into html: inout HTML, _ view: View) {
        let lines = figures.health(on: today)
        html.pageHeader(title(view), lead: view.t("system.lead"))
        let troubles = lines.count { $0.level != .good }
        if lines.first?.level == .fault {
            html.alert(.danger, title: view.t("system.fault"))
        } else if troubles > 0 {
            html.alert(.warning, title: view.t("system.attention", count: troubles))
        } else {
            html.alert(.success, title: view.t("system.good"))
        }
        let columns = [
            Column(view.t("system.subject")), Column(view.t("system.standing")), Column(view.t("system.figure")),
            Column(view.t("system.remedy")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: lines) { row, html, line in
            row.cell(&html, view.name("healthSubject", line.subject))
            row.cell(&html) { $0.badge(line.level.state, view, text: view.name("healthLevel", line.level)) }
            row.cell(&html, figure(line.subject, view))
            row.cell(&html, line.level == .good ? "–" : view.name("healthRemedy", line.subject))
        }
        if !figures.integrity.faults.isEmpty {
            html.panel(view.t("system.faults"), id: "faults") { html in
                html.ul { html in
                    for fault in figures.integrity.faults { html.li { $0.bdi(.lang(.en), text: fault) } }
                }
            }
        }
        html.h2(text: view.t("system.size"))
        html.facts(sizes(view))
    }

    private func figure(_ subject: HealthLine.Subject, _ view: View) -> String {
        switch subject {
        case .writer: figures.writerProblem ?? "–"
        case .disk:
            figures.diskFree.map {
                view.t(
                    "system.free",
                    ["free": Self.size(Int64($0), view), "kept": Self.size(Int64(figures.diskReserve), view)])
            } ?? "–"
        case .integrity:
            figures.integrity.readAt.map { view.t("system.readAt", ["time": view.dates.short($0)]) }
                ?? view.t("system.readingFirst")
        case .clock: view.dates.short(figures.at)
        case .backup: Self.age(figures.backupAge, view)
        case .offsite: Self.age(figures.offsiteAge, view)
        case .drill: Self.age(figures.drillAge, view)
        case .outbox:
            figures.outboxAge == 0 ? view.t("system.nothingWaits") : Self.span(figures.outboxAge, view)
        case .deliveries: view.t("system.dead", count: figures.deliveries["dead"] ?? 0)
        case .calendar: figures.lastCalendarYear.map { view.t("system.until", ["year": "\($0)"]) } ?? "–"
        case .audit: view.t("system.behind", count: Int(figures.auditBehind ?? 0))
        }
    }

    private func sizes(_ view: View) -> [Fact] {
        let stores = figures.storeBytes.sorted { $0.key < $1.key }.map { name, bytes in
            Fact(name, Self.size(bytes, view))
        }
        return [Fact(view.t("system.events"), NumberText.whole(Int(figures.position)))] + stores
            + [Fact(view.t("system.memory"), figures.memory.map { Self.size(Int64($0), view) } ?? "–")]
    }

    private static func size(_ bytes: Int64, _ view: View) -> String {
        view.t("system.mebibytes", ["size": NumberText.whole(Int(bytes >> 20))])
    }

    private static func age(_ seconds: Int64?, _ view: View) -> String {
        guard let seconds else { return view.t("system.never") }
        return view.t("system.ago", ["time": span(seconds, view)])
    }

    /// A length of time by its largest useful unit.
    private static func span(_ seconds: Int64, _ view: View) -> String {
        switch seconds {
        case ..<7_200: view.t("system.minutes", count: Int(max(1, seconds / 60)))
        case ..<259_200: view.t("system.hours", count: Int(seconds / 3_600))
        default: view.t("system.days", count: Int(seconds / 86_400))
        }
    }

    static func show(_ site: WebRequest) async throws -> Response {
        let centre = site.environment.centre
        let figures = try await centre.figures()
        return site.page(SystemPage(figures: figures, today: centre.casework.today(figures.at)))
    }
}

extension HealthLine.Level {
    /// The state whose colour and picture it bears.
    var state: ClockState {
        switch self {
        case .good: .met
        case .attention: .dueToday
        case .fault: .breached
        }
    }
}
