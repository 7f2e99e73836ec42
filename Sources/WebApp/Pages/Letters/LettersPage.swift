import Correspondence
import Hummingbird
import Languages
import Markup
import Registry
import WorkingDays

/// The letters that were written, the latest first.
struct LettersPage: Page {
    let stage: LetterStage?
    let records: [LetterRecord]
    let total: Int
    let offset: Int
    let bodies: [String: Localized]

    static let size = 50

    var section: NavigationSection? { .letters }
    func title(_ view: View) -> String { view.t("nav.letters") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("letters.lead"))
        html.nav(.class("filters"), .ariaLabel(view.t("letters.stage"))) { html in
            html.a(
                .href(SitePath.letters.path), Attribute.ariaCurrentPage.when(stage == nil), text: view.t("list.all"))
            for other in LetterStage.allCases {
                html.a(
                    .href(SitePath.letters.with(["stage": other.rawValue])),
                    Attribute.ariaCurrentPage.when(stage == other), text: view.name("letterStage", other))
            }
        }
        guard !records.isEmpty else {
            return html.emptyState(title: view.t("letters.none"), text: view.t("letters.noneHelp"))
        }
        let columns = [
            Column(view.t("letters.subject")), Column(view.t("letters.kind")), Column(view.t("clocks.body")),
            Column(view.t("letters.outgoing")), Column(view.t("letters.stage")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: records) { row, html, record in
            row.cell(&html) { html in
                let subject = view.language == .kk ? record.subject.kk : record.subject.ru
                html.a(
                    .href(SitePath.letter(.value(record.id)).path), .lang(view.language == .kk ? .kk : .ru),
                    text: subject)
            }
            row.cell(&html, view.name("letterKind", record.kind))
            row.cell(&html, bodies[record.body]?[view.language] ?? record.body)
            row.cell(
                &html,
                record.outgoing.map { "№ \($0)" + (record.date.map { " · " + DateText.short($0) } ?? "") } ?? "–")
            row.cell(&html, view.name("letterStage", record.stage))
        }
        func address(_ offset: Int) -> String {
            SitePath.letters.with(["stage": stage?.rawValue, "from": offset == 0 ? nil : "\(offset)"])
        }
        html.pager(
            Pager(
                summary: "\(offset + 1)–\(offset + records.count) / \(total)",
                previous: offset > 0 ? address(max(0, offset - Self.size)) : nil,
                next: offset + records.count < total ? address(offset + Self.size) : nil), view)
    }
}

extension LettersPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let stage = LetterStage(rawValue: site.query("stage") ?? "")
        let offset = max(0, Int(site.query("from") ?? "") ?? 0)
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let (records, total, bodies) = try await site.environment.centre.journal.read { db in
            (
                try LetterRecord.fetch(stage, limit: size, offset: offset, in: db),
                try LetterRecord.count(stage, in: db), try Registry.bodyNames(on: today, in: db)
            )
        }
        return site.page(
            LettersPage(stage: stage, records: records, total: total, offset: offset, bodies: bodies))
    }
}
