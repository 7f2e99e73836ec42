import Complaints
import ContactCentre
import Hummingbird
import Intake
import Journal
import Languages
import Markup
import WorkingDays

/// How often proposals were taken as they stood, by field and week, by rule, and which corrections repeat.
struct LearningPage: Page {
    /// How many weeks are shown, and how many corrections.
    static let weeks = 12
    static let corrections = 40

    let figures: LearningFigures
    /// How many decisions are heeded; nil where learning is switched off.
    let heeded: Int?
    let names: IntakeNames

    var section: NavigationSection? { .complaints }
    func title(_ view: View) -> String { view.t("learning.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.complaints"), .complaints), (view.t("incoming.title"), .incoming)], view)
        html.pageHeader(title(view), lead: view.t("learning.lead", ["date": view.dates.long(figures.from)]))
        html.p(
            .class("hint"),
            text: heeded.map { view.t("learning.known", ["n": NumberText.whole($0)]) } ?? view.t("learning.off"))
        guard !figures.fields.isEmpty else {
            return html.emptyState(title: view.t("learning.none"), text: view.t("learning.noneHelp"))
        }
        let fields = IntakeField.allCases.filter { figures.fields[$0] != nil }
        html.h2(text: view.t("learning.byField"))
        html.dataTable(
            caption: view.t("learning.byField"),
            columns: [
                Column(view.t("learning.field")), Column(view.t("learning.decided"), isNumeric: true),
                Column(view.t("learning.taken"), isNumeric: true), Column(view.t("learning.sure"), isNumeric: true),
            ], rows: fields
        ) { row, html, field in
            let share = figures.fields[field] ?? .init()
            row.cell(&html, view.name("intakeField", field))
            row.cell(&html, NumberText.whole(share.decided))
            row.cell(&html, Self.percent(share.share))
            row.cell(&html, Self.percent(share.confidence))
        }
        html.h2(text: view.t("learning.byWeek"))
        html.dataTable(
            caption: view.t("learning.byWeek"),
            columns: [Column(view.t("learning.week"))]
                + fields.map { Column(view.name("intakeField", $0), isNumeric: true) },
            rows: figures.weeks.keys.sorted(by: >)
        ) { row, html, week in
            row.cell(&html) { $0.date(week, view) }
            for field in fields {
                let share = figures.weeks[week]?[field]
                row.cell(&html, share.map { "\(Self.percent($0.share)) (\($0.decided))" } ?? "–")
            }
        }
        html.h2(text: view.t("learning.byRule"))
        html.dataTable(
            caption: view.t("learning.byRule"),
            columns: [
                Column(view.t("intake.rule")), Column(view.t("learning.decided"), isNumeric: true),
                Column(view.t("learning.taken"), isNumeric: true), Column(view.t("learning.sure"), isNumeric: true),
            ], rows: figures.rules.keys.sorted()
        ) { row, html, rule in
            let share = figures.rules[rule] ?? .init()
            row.cell(&html) { $0.code(text: rule) }
            row.cell(&html, NumberText.whole(share.decided))
            row.cell(&html, Self.percent(share.share))
            row.cell(&html, Self.percent(share.confidence))
        }
        guard !figures.corrections.isEmpty else { return }
        html.h2(text: view.t("learning.corrections"))
        html.dataTable(
            caption: view.t("learning.corrections"),
            columns: [
                Column(view.t("learning.field")), Column(view.t("learning.proposed")),
                Column(view.t("learning.corrected")), Column(view.t("learning.times"), isNumeric: true),
            ], rows: Array(figures.corrections.prefix(Self.corrections))
        ) { row, html, correction in
            row.cell(&html, view.name("intakeField", correction.field))
            row.cell(&html, words(correction.proposed, of: correction.field, view))
            row.cell(&html, words(correction.taken, of: correction.field, view))
            row.cell(&html, NumberText.whole(correction.times))
        }
    }

    private static func percent(_ share: Double?) -> String {
        share.map { "\(Int(($0 * 100).rounded())) %" } ?? "–"
    }

    /// What a code of a field means.
    private func words(_ code: String?, of field: IntakeField, _ view: View) -> String {
        guard let code else { return "–" }
        switch field {
        case .nature: return IntakeNature(rawValue: code).map { view.name("intakeNature", $0) } ?? code
        case .kind: return ComplaintKind(rawValue: code).map { view.name("complaintKind", $0) } ?? code
        case .service: return "\(code) · \(names.services[code]?[view.language] ?? "")"
        case .region: return names.regions.first { $0.code == code }?.name[view.language] ?? code
        case .place: return FilingPlace(rawValue: code).map { view.name("place", $0) } ?? code
        case .named, .body: return names.bodies[code]?[view.language] ?? code
        }
    }
}

extension LearningPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        let since = today.adding(days: -7 * (weeks - 1))
        let figures = try await site.environment.centre.journal.read { try LearningFigures(since: since, in: $0) }
        return site.page(
            LearningPage(
                figures: figures, heeded: try await site.environment.centre.readings.heededDecisions(),
                names: try await IntakeWork.names(site)))
    }
}
