import Accounts
import Blocking
import ContactCentre
import Filings
import Forms
import Hummingbird
import InternalControl
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// The filing of a body: what came, what is wrong with it, what stands in it beside our numbers, what can be recorded.
struct FilingPage: Page {
    let id: FilingID
    let form: StatutoryForm
    let body: Localized
    let state: FilingState
    /// The filing as its list knows it; nil where nothing came yet, as the parts of its case.
    let record: FilingRecord?
    let parts: CaseParts?
    /// What the check says to the last file; nil where none came, or where it is gone.
    let report: FilingReport?
    let comparison: [RowComparison]
    let discrepancies: [DiscrepancyRecord]
    let rules: ReconciliationRules
    /// How the body is told of it.
    let way: FilingWay
    var forms: [StepForm] = []
    var sent: StepForm?

    var section: NavigationSection? { .reports }
    var path: SitePath { .filing(.value(id.description)) }
    func title(_ view: View) -> String { "\(form.shortName), \(view.dates.period(id.period))" }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [(view.t("nav.reports"), .reports), (view.t("internalControl.title"), .internalControl)], view)
        html.pageHeader(title(view), lead: body[view.language])
        html.facts(facts(view))
        if hasBlank {
            html.p(.class("entry-links")) { html in
                for language in FilingBlank.languages {
                    html.a(.href(SitePath.filingBlank(.value(id.description)).with(["language": language.rawValue]))) {
                        html in
                        html.icon(.download)
                        html.text(view.t("internalControl.blank", ["language": view.name("languageName", language)]))
                    }
                }
            }
        }
        html.div(.class("columns")) { html in
            html.div(.class("stack")) { html in
                findings(into: &html, view)
                html.comparison(comparison, of: self, view)
                if let parts {
                    html.history(parts, view) { [id] entry, html in Self.entry(entry, of: id, into: &html, view) }
                }
            }
            html.div(.class("stack")) { html in
                steps(into: &html, view)
                way.draw(into: &html, view)
            }
        }
    }

    private func facts(_ view: View) -> [Fact] {
        let due = form.submission?.lastDay(of: id.period) ?? id.period.last
        let standing = FilingStanding(record, due: due, on: view.today)
        var facts = [
            Fact(view.t("clocks.body")) { $0.bodyName(id.body, body, view) },
            Fact(view.t("internalControl.formTitle"), form.title[view.language]),
            Fact(view.t("internalControl.edition"), DateText.short(form.from)),
            Fact(view.t("internalControl.lastDay")) { $0.date(due, view) },
            Fact(view.t("requests.state")) {
                $0.badge(standing.state, view, text: view.name("filingStanding", standing))
            },
        ]
        if let taken = state.taken {
            facts.append(Fact(view.t("internalControl.takenOn"), view.dates.short(taken.at)))
        }
        return facts
    }

    /// What the check found in the last file that came.
    private func findings(into html: inout HTML, _ view: View) {
        guard let last = state.last else {
            return html.emptyState(
                title: view.t("internalControl.nothing"), text: view.t("internalControl.nothingText"))
        }
        html.panel(view.t("internalControl.findings"), id: "findings") { html in
            guard let report else {
                return html.alert(.warning, title: view.t("internalControl.fileGone"))
            }
            if last.isTaken {
                html.alert(.success, title: view.t("internalControl.taken"))
            } else {
                html.alert(.danger, title: view.t("internalControl.returned", count: last.note.faults))
            }
            html.p { html in
                html.a(.href(SitePath.filingMarked(.value(id.description)).path)) { html in
                    html.icon(.download)
                    html.text(view.t("internalControl.marked"))
                }
            }
            html.faults(report.faults, answers: last.isTaken ? state.answered : [:], view)
            guard !report.repairs.isEmpty else { return }
            html.h3(text: view.t("internalControl.repairs"))
            html.ul(.class("bullets")) { html in
                for repair in report.repairs {
                    html.li(text: repair.changes.map { $0.text[view.language] }.joined(separator: "; "))
                }
            }
        }
    }

    private func steps(into html: inout HTML, _ view: View) {
        guard view.may(.sealReports), !forms.isEmpty else { return }
        html.panel(view.t("request.next"), id: "next") { html in
            for (index, form) in forms.enumerated() {
                let drawn = form.step == sent?.step ? sent ?? form : form
                let isOpen = sent == nil ? index == 0 && state.taken == nil : form.step == sent?.step
                html.foldedStep(form, title: view.t(FilingStep.title(form.step)), isOpen: isOpen) { html in
                    html.div { $0.stepForm(drawn, view) }
                }
            }
        }
    }

    private static func entry(
        _ entry: CaseParts.Entry, of id: FilingID, into html: inout HTML, _ view: View
    ) {
        let stream = "\(Filing.streamKind)/\(id)"
        func file(_ digest: String) {
            html.p(.class("entry-links")) { html in
                html.a(.href(SitePath.file(.value(digest)).with(["case": stream]))) { html in
                    html.icon(.download)
                    html.text(view.t("entry.document"))
                }
            }
        }
        switch entry.content as? FilingEvent {
        case .filingTaken(let note), .filingReturned(let note):
            html.p(text: view.name("bodyFilingChannel", note.channel) + (note.reference.map { ", " + $0 } ?? ""))
            if note.faults > 0 { html.p(text: view.t("internalControl.faults", count: note.faults)) }
            if note.doubts > 0 { html.p(text: view.t("internalControl.doubts", count: note.doubts)) }
            if let reason = note.reason { html.p(text: reason) }
            file(note.file)
        case .filingAnswered(let answer, _):
            let place = [answer.rule, answer.row, answer.column].compactMap { $0 }.joined(separator: " · ")
            html.p(.class("hint"), text: place)
            html.p(text: answer.text)
            for digest in answer.documents { file(digest) }
        case nil: return
        }
    }
}

extension HTML {
    /// What is wrong with a filing, one line each: where, what stands there, what would be right, on what that rests, what the body
    /// answered.
    mutating func faults(
        _ faults: [FilingFault], answers: [String: FilingAnswer], _ view: View
    ) {
        guard !faults.isEmpty else { return }
        let columns = [
            Column(view.t("internalControl.place")), Column(view.t("internalControl.found")),
            Column(view.t("internalControl.wanted")), Column(view.t("internalControl.what")),
        ]
        dataTable(caption: view.t("internalControl.findings"), columns: columns, rows: faults) { row, html, fault in
            row.cell(&html) { html in
                html.badge(
                    fault.level == .fault ? .breached : .dueToday, view, text: view.name("faultLevel", fault.level))
                html.text(" " + ([fault.sheet, fault.cell].compactMap { $0 }.joined(separator: "!")))
                let place = [
                    fault.row.map { view.t("internalControl.row", ["row": $0]) },
                    fault.column.map { view.t("internalControl.column", ["column": $0]) },
                ].compactMap { $0 }.joined(separator: ", ")
                if !place.isEmpty { html.p(.class("hint"), text: place) }
            }
            row.cell(&html, fault.found ?? "–")
            row.cell(&html, fault.wanted ?? "–")
            row.cell(&html) { html in
                html.text(fault.text[view.language])
                if let ground = fault.ground, let founded = fault.founded {
                    html.p(
                        .class("hint"), text: "\(view.name("ruleGround", founded)): \(ground[view.language])")
                }
                guard let answer = answers[fault.question] else { return }
                html.div(.class("quote")) { html in
                    html.p(.class("hint"), text: view.t("internalControl.answer"))
                    html.p(text: answer.text)
                }
            }
        }
    }
}
