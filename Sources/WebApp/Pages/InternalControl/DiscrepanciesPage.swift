import ContactCentre
import Forms
import Hummingbird
import InternalControl
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// The discrepancies between the bodies' numbers and ours (797 §20): chosen, paged, taken out as a file.
struct DiscrepanciesPage: Page {
    let standing: DiscrepancyStanding?
    let isOpen: Bool
    let place: ListPlace
    let records: [DiscrepancyRecord]
    let total: Int
    let bodies: [String: Localized]
    /// The indexes of the forms, by code.
    let indexes: [String: String]

    /// The list has one order: the latest found first.
    enum Order: String, CaseIterable { case found }

    var section: NavigationSection? { .reports }
    func title(_ view: View) -> String { view.t("discrepancies.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [(view.t("nav.reports"), .reports), (view.t("internalControl.title"), .internalControl)], view)
        html.pageHeader(title(view), lead: view.t("discrepancies.lead"))
        html.filterForm(
            place, view,
            [
                .choice(
                    "state", label: view.t("requests.state"), any: view.t("list.all"),
                    DiscrepancyStanding.allCases.map { ($0.rawValue, view.name("discrepancyStanding", $0)) },
                    chosen: standing?.rawValue ?? ""),
                .code(
                    "body", label: view.t("internalControl.code"), value: place.chosen("body"), list: ""),
                .tick("open", label: view.t("discrepancies.onlyOpen"), isTicked: isOpen),
            ])
        guard !records.isEmpty else {
            return html.emptyState(title: view.t("discrepancies.none"), text: view.t("discrepancies.noneText"))
        }
        let columns = [
            Column(view.t("discrepancies.number")), Column(view.t("clocks.body")),
            Column(view.t("internalControl.theirs"), isNumeric: true),
            Column(view.t("internalControl.ours"), isNumeric: true),
            Column(view.t("discrepancies.unexplained"), isNumeric: true), Column(view.t("discrepancies.foundOn")),
            Column(view.t("requests.state")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: records) { row, html, record in
            row.cell(&html) { html in
                html.a(.href(SitePath.discrepancy(.value(record.id)).path), text: name(record, view))
            }
            row.cell(&html) { $0.bodyName(record.filing.body, bodies[record.filing.body], view) }
            row.cell(&html, record.theirs.map { NumberText.whole($0) } ?? "–")
            row.cell(&html, NumberText.whole(record.ours))
            row.cell(&html, NumberText.whole(record.unexplained))
            row.cell(&html) { $0.date(record.foundOn, view) }
            row.cell(&html) {
                $0.badge(record.standing.state, view, text: view.name("discrepancyStanding", record.standing))
                guard let stance = record.stance else { return }
                $0.p(.class("hint"), text: view.name("bodyStance", stance))
            }
        }
        html.pager(place.pager(records.count, of: total), view)
    }

    private func name(_ record: DiscrepancyRecord, _ view: View) -> String {
        view.t(
            "discrepancies.name",
            [
                "form": indexes[record.filing.form] ?? record.filing.form,
                "period": view.dates.period(record.filing.period), "row": record.row,
            ])
    }

    private func file(_ view: View) -> ListDownload {
        var file = ListDownload(
            name: "discrepancies-\(view.today)", title: title(view),
            headings: [
                view.t("discrepancies.number"), view.t("clocks.body"), view.t("internalControl.theirs"),
                view.t("internalControl.ours"), view.t("internalControl.difference"),
                view.t("discrepancies.unexplained"), view.t("discrepancies.foundOn"), view.t("discrepancies.sentOn"),
                view.t("discrepancies.settledOn"), view.t("requests.state"),
            ])
        file.rows = records.map { record in
            [
                .text(record.id), .text(bodies[record.filing.body]?[view.language] ?? record.filing.body),
                record.theirs.map { .count($0) } ?? .text(""), .count(record.ours), .count(record.difference),
                .count(record.unexplained), .day(record.foundOn), .day(record.sentOn),
                .day(record.settledOn), .text(view.name("discrepancyStanding", record.standing)),
            ]
        }
        return file
    }
}

extension DiscrepanciesPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let standing = site.query("state").flatMap { DiscrepancyStanding(rawValue: $0) }
        let isOpen = site.query("open") == "yes"
        var filter = DiscrepancyRecord.Filter()
        filter.standing = standing
        filter.isOpen = isOpen
        if let body = site.query("body"), !body.isEmpty { filter.body = String(body.prefix(40)) }
        var place = ListPlace(.discrepancies, orders: Order.self, site)
        place.choose("state", standing?.rawValue)
        place.choose("body", filter.body)
        place.choose("open", isOpen ? "yes" : nil)
        let (chosen, listed, isExport) = (filter, place, site.wantsFile)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let centre = site.environment.centre
        let indexes = Dictionary(
            centre.internalControl.filed.map { ($0.code, $0.shortName) }, uniquingKeysWith: { first, _ in first })
        let page = try await centre.journal.read { db in
            DiscrepanciesPage(
                standing: standing, isOpen: isOpen, place: listed,
                records: try DiscrepancyRecord.fetch(
                    chosen, limit: listed.limit(isExport: isExport), offset: listed.start(isExport: isExport), in: db),
                total: try DiscrepancyRecord.count(chosen, in: db),
                bodies: try Registry.bodyNames(on: today, in: db), indexes: indexes)
        }
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
    }
}
