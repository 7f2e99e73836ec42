import Accounts
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// The letters that were written, the latest first unless sorted otherwise.
struct LettersPage: Page {
    /// By what the list is ordered.
    enum Order: String, CaseIterable {
        case subject, body, outgoing, stage
    }

    let filter: LetterRecord.Filter
    let place: ListPlace
    let records: [LetterRecord]
    let total: Int
    let bodies: [String: Localized]

    var section: NavigationSection? { .letters }
    func title(_ view: View) -> String { view.t("nav.letters") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("letters.lead"))
        form(into: &html, view)
        guard !records.isEmpty else {
            return html.emptyState(title: view.t("letters.none"), text: view.t("letters.noneHelp"))
        }
        let columns = [
            place.column(view.t("letters.subject"), Order.subject), Column(view.t("letters.kind")),
            place.column(view.t("clocks.body"), Order.body),
            place.column(view.t("letters.outgoing"), Order.outgoing, startsDescending: true),
            place.column(view.t("letters.stage"), Order.stage),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: records) { row, html, record in
            row.cell(&html) { html in
                html.a(
                    .href(SitePath.letter(.value(record.id)).path), .lang(Self.language(view)),
                    text: Self.subject(record, view))
            }
            row.cell(&html, view.name("letterKind", record.kind))
            row.cell(&html) { $0.bodyName(record.body, bodies[record.body], view) }
            row.cell(
                &html,
                record.outgoing.map { "№ \($0)" + (record.date.map { " · " + DateText.short($0) } ?? "") } ?? "–")
            row.cell(&html) { $0.tag(view.name("letterStage", record.stage)) }
        }
        html.pager(place.pager(records.count, of: total), view)
    }

    private func form(into html: inout HTML, _ view: View) {
        let any = view.t("list.all")
        html.filterForm(
            place, view,
            [
                .choice(
                    "stage", label: view.t("letters.stage"), any: any,
                    LetterStage.allCases.map { ($0.rawValue, view.name("letterStage", $0)) },
                    chosen: filter.stage?.rawValue ?? ""),
                .choice(
                    "kind", label: view.t("letters.kind"), any: any,
                    LetterKind.allCases.map { ($0.rawValue, view.name("letterKind", $0)) },
                    chosen: filter.kind?.rawValue ?? ""),
                .choice(
                    "body", label: view.t("clocks.body"), any: any,
                    bodies.sorted(in: view.language).map { ($0.code, $0.name) }, chosen: filter.body ?? ""),
            ])
    }

    /// Letters are written in Kazakh and in Russian.
    private static func language(_ view: View) -> Language { view.language == .kk ? .kk : .ru }

    private static func subject(_ record: LetterRecord, _ view: View) -> String {
        language(view) == .kk ? record.subject.kk : record.subject.ru
    }

    /// The list as a file, as it is seen.
    private func file(_ view: View) -> ListDownload {
        var file = ListDownload(
            name: "letters-\(view.today)", title: title(view),
            headings: [
                view.t("requests.number"), view.t("letters.subject"), view.t("letters.kind"), view.t("clocks.body"),
                view.t("letters.outgoing"), view.t("proof.date"), view.t("letters.stage"),
            ])
        file.rows = records.map { record in
            [
                .text(record.id), .text(Self.subject(record, view)), .text(view.name("letterKind", record.kind)),
                .text(bodies[record.body]?[view.language] ?? record.body), .text(record.outgoing ?? ""),
                .day(record.date), .text(view.name("letterStage", record.stage)),
            ]
        }
        return file
    }
}

extension LettersPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let language = site.context.language
        var filter = LetterRecord.Filter(LetterStage(rawValue: site.query("stage") ?? ""), body: site.query("body"))
        filter.kind = LetterKind(rawValue: site.query("kind") ?? "")
        filter.isWithoutComplaints = !(site.user?.authority.may(.readComplaints) ?? false)
        var place = ListPlace(.letters, orders: Order.self, site)
        place.choose("stage", filter.stage?.rawValue)
        place.choose("kind", filter.kind?.rawValue)
        place.choose("body", filter.body)
        let order: LetterRecord.Order =
            switch place.order(Order.self) {
            case .subject: .subject(language)
            case .body: .body(language)
            case .outgoing: .outgoing
            case .stage: .stage
            case nil: .drafted
            }
        let (chosen, listed, isExport) = (filter, place, site.wantsFile)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let page = try await site.environment.centre.journal.read { db in
            LettersPage(
                filter: chosen, place: listed,
                records: try LetterRecord.fetch(
                    chosen, by: order, isDescending: listed.sortedBy == nil || listed.isDescending,
                    limit: listed.limit(isExport: isExport), offset: listed.start(isExport: isExport), in: db),
                total: try LetterRecord.count(chosen, in: db), bodies: try Registry.bodyNames(on: today, in: db))
        }
        return isExport ? try await page.file(site.reader).response(site) : site.page(page)
    }
}
