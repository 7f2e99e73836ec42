import ContactCentre
import Correspondence
import Filings
import Forms
import InternalControl
import Languages
import Markup
import Registry
import WorkingDays

/// A form of a body for a period, by its link: the blank, the upload with what is wrong with it at once, the receipt, the
/// questions to its numbers with an answer to each.
struct FilingLinkPage: Page {
    /// A file that was checked a moment ago and not taken; nothing of it is kept.
    struct Refused: Sendable {
        let report: FilingReport
        /// The name that it came with.
        let name: String
        /// The same with its faults marked; nil where no workbook can be made of it, or a page cannot carry it.
        let marked: [UInt8]?
    }

    let link: BodyLinkRecord
    let token: String
    let id: FilingID
    let form: StatutoryForm
    let body: Localized
    let due: CivilDate
    let record: FilingRecord?
    let state: FilingState
    /// The version of the filing that the body sees.
    let version: Int
    /// What the check says to the file that counts, or to the last that was sent back; nil where there is none or it is gone.
    let report: FilingReport?
    let discrepancies: [DiscrepancyRecord]
    var forms: [StepForm] = []
    var sent: StepForm?
    var refused: Refused?

    var frame: PageFrame { .narrow }
    var path: SitePath { .bodyLinkFiling(.value(token), .value(id.description)) }
    func title(_ view: View) -> String { "\(form.shortName), \(view.dates.period(id.period))" }

    /// The questions to the filing that counts.
    var doubts: [FilingFault] {
        guard state.taken != nil else { return [] }
        return report?.faults.filter { $0.level == .doubt } ?? []
    }

    func draw(into html: inout HTML, _ view: View) {
        head(into: &html, view)
        if let refused { back(refused, into: &html, view) }
        receipt(into: &html, view)
        questions(into: &html, view)
        upload(into: &html, view)
        if refused == nil { returned(into: &html, view) }
        if !discrepancies.isEmpty {
            html.div(.class("sheet"), .id("discrepancies")) { html in
                html.h2(text: view.t("discrepancies.title"))
                html.linkDiscrepancies(discrepancies, token: token, indexes: [form.code: form.shortName], view)
            }
        }
        html.p(.class("note"), text: view.t("bodyLink.until", ["date": view.dates.short(link.expiresAt)]))
    }

    private func head(into html: inout HTML, _ view: View) {
        let standing = FilingStanding(record, due: due, on: view.today)
        html.div(.class("sheet")) { html in
            html.p(.class("note")) { html in
                html.a(.href(SitePath.bodyLink(.value(token)).path), text: view.t("filingsLink.all"))
                html.text(" · " + body[view.language])
            }
            html.h1(text: title(view))
            html.p(.class("lead"), text: form.title[view.language])
            html.facts([
                Fact(view.t("requests.state")) {
                    $0.badge(standing.state, view, text: view.name("filingStanding", standing))
                },
                Fact(view.t("internalControl.lastDay")) { [due] html in html.strong { $0.date(due, view) } },
            ])
        }
    }

    /// What is wrong with the file that was sent now.
    private func back(_ refused: Refused, into html: inout HTML, _ view: View) {
        let faults = refused.report.faults.count { $0.level == .fault }
        html.div(.class("sheet"), .id("refused")) { html in
            html.h2(text: view.t("filingsLink.refused"))
            html.alert(.danger, title: view.t("filingsLink.faults", count: faults)) { html in
                html.p(text: view.t("filingsLink.notKept", ["name": refused.name]))
            }
            if let marked = refused.marked {
                // Nothing of the file stays here: the page itself carries it back. No part of the address is anybody's words,
                // and it is saved, not opened.
                html.p { html in
                    html.a(
                        .class("button"),
                        Attribute("href", "data:\(FilingLinkPage.mediaType);base64,\(FilingLinkPage.text(marked))"),
                        Attribute("download", "\(id)-marked.xlsx"), text: view.t("internalControl.marked"))
                }
            }
            html.linkFaults(refused.report, view)
        }
    }

    /// What an officer sent back before, which came another way.
    private func returned(into html: inout HTML, _ view: View) {
        guard state.taken == nil, let last = state.last, !last.isTaken else { return }
        html.div(.class("sheet"), .id("returned")) { html in
            html.h2(text: view.t("filingsLink.returned"))
            html.p(text: "\(view.dates.short(last.at)) · \(view.t("internalControl.faults", count: last.note.faults))")
            guard let report else { return }
            html.p { html in
                html.a(
                    .class("button"),
                    .href(SitePath.bodyLinkMarked(.value(token), .value(id.description)).path),
                    text: view.t("internalControl.marked"))
            }
            html.linkFaults(report, view)
        }
    }

    private func receipt(into html: inout HTML, _ view: View) {
        guard let taken = state.taken else { return }
        html.div(.class("sheet"), .id("receipt")) { html in
            html.h2(text: view.t("filingsLink.receipt"))
            html.alert(.success, title: view.t("internalControl.taken"))
            html.facts([
                Fact(view.t("filingsLink.number"), "\(id)/\(state.revisions)"),
                Fact(view.t("internalControl.takenOn"), view.dates.short(taken.at)),
                Fact(view.t("internalControl.channel"), view.name("bodyFilingChannel", taken.note.channel)),
                Fact("SHA-256") { $0.code(.class("digest"), text: taken.note.file) },
            ])
            if let reason = taken.note.reason {
                html.p(.class("note"), text: view.t("internalControl.reason") + ": " + reason)
            }
        }
    }

    private func questions(into html: inout HTML, _ view: View) {
        guard !doubts.isEmpty else { return }
        let answered = state.answered
        html.div(.class("sheet"), .id("questions")) { html in
            html.h2(text: view.t("internalControl.questions"))
            html.p(.class("note"), text: view.t("filingsLink.questionsHelp"))
            for (index, doubt) in doubts.enumerated() {
                html.div(.class("cause"), .id("question-\(index)")) { html in
                    html.p { html in
                        html.strong(text: doubt.place(view))
                        if let found = doubt.found { html.text(": " + found) }
                    }
                    html.p(text: doubt.text[view.language])
                    let answer = answered[doubt.question]
                    if let answer {
                        html.div(.class("quote")) { html in
                            html.p(.class("hint"), text: view.t("internalControl.answer"))
                            html.p(text: answer.text)
                        }
                    }
                    guard let form = forms.first(where: { $0.step == FilingLinkPage.answer + "\(index)" }) else {
                        return
                    }
                    let drawn = sent?.step == form.step ? sent ?? form : form
                    html.foldedStep(
                        form, title: view.t(answer == nil ? "filingsLink.answer" : "filingsLink.answerAnew"),
                        isOpen: sent?.step == form.step || answer == nil && doubts.count <= 3
                    ) { $0.stepForm(drawn, view) }
                }
            }
        }
    }

    private func upload(into html: inout HTML, _ view: View) {
        let form = forms.first { $0.step == FilingLinkPage.take }
        html.div(.class("sheet"), .id("file")) { html in
            if id.period.last >= view.today {
                html.h2(text: view.t("filingsLink.blank"))
                html.p(
                    text: view.t(
                        "filingsLink.later", ["date": DateText.short(id.period.last.adding(days: 1))]))
            } else if form != nil {
                html.h2(text: view.t(state.taken == nil ? "filingsLink.file" : "filingsLink.fileAgain"))
                html.p(.class("note"), text: view.t("filingsLink.fileHelp"))
            } else {
                html.h2(text: view.t("filingsLink.closed"))
                html.p(text: view.t("refusal.internalControl.secondFiling"))
            }
            if hasBlank, id.period.last >= view.today || form != nil {
                html.ul(.class("plain-list")) { html in
                    for language in FilingBlank.languages {
                        html.li { html in
                            html.a(
                                .href(
                                    SitePath.bodyLinkBlank(.value(token), .value(id.description)).with([
                                        "language": language.rawValue
                                    ])),
                                text: view.t(
                                    "internalControl.blank", ["language": view.name("languageName", language)]))
                        }
                    }
                }
            }
            if form != nil, hasBlank {
                html.p {
                    $0.a(
                        .class("button"),
                        .href(SitePath.bodyLinkScreen(.value(token), .value(id.description)).path),
                        text: view.t("filingsLink.screen"))
                }
            }
            if let form {
                html.stepForm(sent?.step == form.step ? sent ?? form : form, view)
            }
        }
    }

    /// Whether a file can be sent: the period is over, and the form may be filed, or filed again.
    var isOpen: Bool { forms.contains { $0.step == FilingLinkPage.take } }

    var hasBlank: Bool { form.rows.allSatisfy { !$0.repeats } }
}

extension FilingFault {
    /// What tells its question from the others of a filing, as its answer names it.
    var question: String { [rule ?? name.rawValue, row ?? "", column ?? ""].joined(separator: "|") }

    /// Where it is: sheet and cell, row and column.
    func place(_ view: View) -> String {
        [
            [sheet, cell].compactMap { $0 }.joined(separator: "!"),
            row.map { view.t("internalControl.row", ["row": $0]) } ?? "",
            column.map { view.t("internalControl.column", ["column": $0]) } ?? "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension HTML {
    /// What is wrong with a file, one block each, for a narrow page: where, what stands there, what would be right, what to do.
    mutating func linkFaults(_ report: FilingReport, _ view: View) {
        ol(.class("plain-list")) { html in
            for fault in report.faults {
                html.li(.class("cause")) { html in
                    html.p {
                        $0.badge(
                            fault.level == .fault ? .breached : .dueToday, view,
                            text: view.name("faultLevel", fault.level))
                    }
                    let place = fault.place(view)
                    if !place.isEmpty { html.p { $0.strong(text: place) } }
                    html.p(text: fault.text[view.language])
                    let numbers = [
                        fault.found.map { "\(view.t("internalControl.found")): \($0)" },
                        fault.wanted.map { "\(view.t("internalControl.wanted")): \($0)" },
                    ].compactMap { $0 }.joined(separator: " · ")
                    if !numbers.isEmpty { html.p(.class("hint"), text: numbers) }
                }
            }
        }
        guard !report.repairs.isEmpty else { return }
        h3(text: view.t("internalControl.repairs"))
        ul(.class("bullets")) { html in
            for repair in report.repairs {
                html.li(text: repair.changes.map { $0.text[view.language] }.joined(separator: "; "))
            }
        }
    }
}
