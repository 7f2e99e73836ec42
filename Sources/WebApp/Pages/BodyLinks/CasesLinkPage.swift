import Casework
import ContactCentre
import Correspondence
import HTTPTypes
import Hummingbird
import InternalControl
import Journal
import Languages
import Markup
import Spreadsheets
import WorkingDays

/// A discrepancy case by case as its body sees it by its link: which cases of its list are none of ours, which of ours are not in its
/// list, each by number, service and day; it gives its list here and says what it makes of single cases. Nothing of a person.
struct CasesLinkPage: Page {
    let link: BodyLinkRecord
    let token: String
    var page: CasesPage
    /// What was wrong with an answer, by its field.
    var answer: StepForm?
    /// The cases that were ticked in a form that comes back.
    var chosen: Set<String> = []

    /// The steps: the list, the answer to cases.
    static let take = "list", answerCases = "cases"
    /// How many cases of a side are shown.
    static let shown = 200
    /// How many cases one answer is about at most.
    static let mostAnswered = 200

    var frame: PageFrame { .narrow }
    var path: SitePath { .bodyLinkCases(.value(token), .value(page.number)) }
    func title(_ view: View) -> String { page.title(view) }

    func draw(into html: inout HTML, _ view: View) {
        let row = view.t(
            "discrepancies.name",
            [
                "form": page.form.shortName, "period": view.dates.period(page.id.period), "row": page.figures.row,
            ])
        html.div(.class("sheet"), .id("list")) { html in
            html.p(.class("note")) { html in
                html.a(.href(SitePath.bodyLinkDiscrepancy(.value(token), .value(page.number)).path), text: row)
                html.text(" · " + page.body[view.language])
            }
            html.h1(text: view.t("cases.title"))
            html.p(text: view.t("cases.linkLead"))
            if let list = page.state.list {
                html.alert(.success, title: view.t("cases.listTaken", count: list.cases)) { html in
                    html.p { html in
                        html.text("SHA-256 ")
                        html.code(text: list.file)
                    }
                }
            }
            html.listFaults(page.refused, view)
            html.listTemplates(.bodyLinkList(.value(token), .value(page.number)), view)
            if let upload = page.upload { html.stepForm(upload, view) }
        }
        if page.isTooMany { html.alert(.warning, title: view.t("cases.tooMany")) }
        if let comparison = page.comparison { cases(comparison, into: &html, view) }
        html.p(.class("note"), text: view.t("bodyLink.until", ["date": view.dates.short(link.expiresAt)]))
    }

    private func cases(_ comparison: CaseComparison, into html: inout HTML, _ view: View) {
        let rows = CaseRows(
            services: page.services, bodies: page.bodies, isForBody: true, answers: page.state.caseAnswers)
        html.div(.class("sheet"), .id("cases")) { html in
            html.h2(text: view.t("cases.open"))
            html.p(text: view.t("cases.agreedCount", count: comparison.agreed.count))
            guard !comparison.open.isEmpty else { return html.p(text: view.t("cases.allAgreed")) }
            guard let answer else { return sides(comparison, rows, boxes: false, into: &html, view) }
            html.postForm(to: path, view, .class("form cases-form")) { html in
                if let problem = answer.problem { html.alert(.danger, title: problem) }
                html.input(.type("hidden"), .name("step"), .value(answer.step))
                sides(comparison, rows, boxes: true, into: &html, view)
                html.h3(text: view.t("cases.answer"))
                html.radios(
                    answer.drawn(answer.fields[0], view), view,
                    options: BodyStance.allCases.map { ($0.rawValue, view.name("bodyStance", $0)) },
                    chosen: answer.value(answer.fields[0]))
                html.textArea(
                    answer.drawn(answer.fields[1], view), view, rows: 3, value: answer.value(answer.fields[1]))
                html.formButtons(submit: view.t("filingsLink.answerSend"), view)
            }
        }
    }

    private func sides(
        _ comparison: CaseComparison, _ rows: CaseRows, boxes: Bool, into html: inout HTML, _ view: View
    ) {
        let entries = page.state.caseEntries
        for side in CaseSide.allCases {
            let cases = comparison.open.filter { $0.side == side }
            guard !cases.isEmpty else { continue }
            html.h3(text: view.t(TextKey(family: "caseSideLink", member: side.rawValue)) + " · \(cases.count)")
            html.dataTable(
                caption: view.t(TextKey(family: "caseSideLink", member: side.rawValue)), columns: rows.columns(view),
                rows: Array(cases.prefix(Self.shown))
            ) { row, html, one in
                rows.cells(one, &row, &html, view) { html in
                    if let entry = entries[one.key], let cause = page.state.causes[entry] {
                        html.tag(page.causeName(cause.cause, view))
                    }
                    guard boxes else { return }
                    html.input(
                        .type("checkbox"), .class("row-box"), .name("case"), .value(one.key),
                        .checked(chosen.contains(one.key)),
                        .ariaLabel(view.t("cases.choose", ["number": OpenCase.number(one.key)])))
                }
            }
            if cases.count > Self.shown {
                html.p(.class("hint"), text: view.t("cases.firstShown", ["n": "\(Self.shown)"]))
            }
        }
    }
}
