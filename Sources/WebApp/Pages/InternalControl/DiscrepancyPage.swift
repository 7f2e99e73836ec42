import Accounts
import ContactCentre
import Correspondence
import Forms
import InternalControl
import Journal
import Languages
import Markup
import Reporting
import WorkingDays

/// One discrepancy (797 §20): both numbers, our complaints behind ours, the causes, the explanation and its way to the Agency.
struct DiscrepancyPage: Page {
    let number: String
    let id: FilingID
    let form: StatutoryForm
    let body: Localized
    let figures: DiscrepancyFigures
    let state: DiscrepancyState
    let standing: DiscrepancyStanding
    let parts: CaseParts
    /// The numbers of our complaints behind our number, as far as they are shown.
    let complaints: [String]
    let proposals: [CauseProposal]
    let rules: ReconciliationRules
    /// How the body was asked about the discrepancies of this form last; nil where it was not.
    let asked: FilingNoticeRecord?
    /// The explanations that all proofs are there of, by revision.
    var provable: Set<Int> = []
    var forms: [StepForm] = []
    var sent: StepForm?

    /// How many of our complaints are shown.
    static let shown = 100

    var section: NavigationSection? { .reports }
    var path: SitePath { .discrepancy(.value(number)) }
    func title(_ view: View) -> String {
        view.t(
            "discrepancies.name",
            ["form": form.shortName, "period": view.dates.period(id.period), "row": figures.row])
    }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [
                (view.t("nav.reports"), .reports), (view.t("internalControl.title"), .internalControl),
                (view.t("discrepancies.title"), .discrepancies),
            ], view)
        html.pageHeader(title(view), lead: body[view.language])
        html.facts([
            Fact(view.t("requests.state")) {
                $0.badge(standing.state, view, text: view.name("discrepancyStanding", standing))
            },
            Fact(view.t("clocks.body")) { $0.bodyName(id.body, body, view) },
            Fact(view.t("discrepancies.row"), form.row(figures.row)?.label[view.language] ?? figures.row),
            Fact(view.t("internalControl.filing")) { html in
                html.a(
                    .href(SitePath.filing(.value(id.description)).path),
                    text: "\(form.shortName), \(view.dates.period(id.period))")
                if let cell = figures.cell { html.text(" · \(view.t("discrepancies.cell", ["cell": cell]))") }
            },
            Fact(view.t("discrepancies.unexplained")) { [state, figures] html in
                html.strong(
                    text: "\(NumberText.whole(state.unexplained)) / \(NumberText.whole(abs(figures.difference)))")
            },
        ])
        html.panel(view.t("internalControl.comparison"), id: "numbers") { html in
            html.figures(figures.figures, form: form, row: figures.row, view)
            if let pair = rules.pair(of: form.code, row: figures.row) {
                html.p(.class("hint"), text: view.t("internalControl.partly") + ": " + pair.why[view.language])
            }
            ours(into: &html, view)
        }
        html.panel(view.t("cases.title"), id: "case-by-case") { html in
            html.p(
                text: state.list.map { view.t("cases.listTaken", count: $0.cases) } ?? view.t("cases.noListYet"))
            html.p(.class("actions")) { html in
                html.a(
                    .class("button"), .href(SitePath.discrepancyCases(.value(number)).path), text: view.t("cases.open"))
            }
        }
        html.div(.class("columns")) { html in
            html.div(.class("stack")) { html in
                causes(into: &html, view)
                answers(into: &html, view)
                explanations(into: &html, view)
            }
            html.div(.class("stack")) { html in steps(into: &html, view) }
        }
        html.clocks(parts, view)
        html.history(parts, view) { [number, rules] entry, html in
            Self.entry(entry, of: number, rules, into: &html, view)
        }
    }

    private func ours(into html: inout HTML, _ view: View) {
        guard !complaints.isEmpty else { return }
        html.details { html in
            html.summary(text: view.t("discrepancies.ours", count: complaints.count))
            html.p(.class("note"), text: view.t("discrepancies.oursNow"))
            html.ul(.class("inline-list")) { html in
                for complaint in complaints {
                    html.li { html in
                        if view.may(.readComplaints) {
                            html.a(.href(SitePath.complaint(.value(complaint)).path), text: complaint)
                        } else {
                            html.text(complaint)
                        }
                    }
                }
            }
        }
    }

    private func causes(into html: inout HTML, _ view: View) {
        html.panel(view.t("discrepancies.causes"), id: "causes") { html in
            if state.causes.isEmpty { html.p(text: view.t("discrepancies.noCauses")) }
            for (entry, cause) in state.causes.sorted(by: { $0.key < $1.key }) {
                html.div(.class("cause")) { html in
                    html.p { html in
                        html.strong(
                            text:
                                "\(NumberText.whole(cause.units)) · \(rules.cause(cause.cause)?.words[view.language] ?? cause.cause)"
                        )
                    }
                    if let side = cause.side { html.p(.class("hint"), text: view.name("caseSide", side)) }
                    html.p(text: cause.shownText(rules, view))
                    let numbers = cause.cases?.compactMap { $0.theirs ?? $0.ours } ?? cause.complaints
                    if !numbers.isEmpty {
                        html.p(
                            .class("hint"),
                            text: numbers.prefix(50).joined(separator: ", ") + (numbers.count > 50 ? " …" : ""))
                    }
                    guard view.may(.sealReports), state.settled == nil,
                        let form = forms.first(where: { $0.step == DiscrepancyStep.withdraw.rawValue + "-\(entry)" })
                    else { return }
                    let drawn = form.step == sent?.step ? sent ?? form : form
                    html.foldedStep(form, title: view.t("discrepancyStep.withdraw"), isOpen: sent?.step == form.step) {
                        $0.stepForm(drawn, view)
                    }
                }
            }
            guard !proposals.isEmpty else { return }
            html.h3(text: view.t("discrepancies.proposed"))
            html.ul(.class("bullets")) { html in
                for proposal in proposals {
                    html.li { html in
                        html.strong(
                            text:
                                "\(NumberText.whole(proposal.units)) · \(rules.cause(proposal.cause)?.words[view.language] ?? proposal.cause)"
                        )
                        if !proposal.complaints.isEmpty {
                            html.text(": " + proposal.complaints.prefix(10).joined(separator: ", "))
                        }
                        if let settles = rules.cause(proposal.cause)?.settles[view.language] {
                            html.p(.class("hint"), text: view.t("discrepancies.settles") + ": " + settles)
                        }
                        guard view.may(.sealReports) else { return }
                        html.a(
                            .href(
                                path.with([
                                    "cause": proposal.cause, "units": "\(proposal.units)",
                                    "complaints": proposal.complaints.joined(separator: ", "),
                                ]) + "#step-confirm"), text: view.t("discrepancies.take"))
                    }
                }
            }
        }
    }

    /// The body's side, as it told it by its link or another way.
    private func answers(into html: inout HTML, _ view: View) {
        guard !state.answers.isEmpty || asked != nil else { return }
        html.panel(view.t("discrepancies.answer"), id: "body") { html in
            if let asked {
                let way = view.t(asked.way == .mail ? "discrepancies.askedByMail" : "discrepancies.askedByHand")
                html.p(.class("hint"), text: "\(view.dates.short(asked.madeAt)) · \(way)")
            }
            if state.answers.isEmpty { html.p(text: view.t("discrepancies.noAnswer")) }
            for note in state.answers { html.bodyAnswer(note, view) }
        }
    }

    private func explanations(into html: inout HTML, _ view: View) {
        guard !state.sealed.isEmpty else { return }
        html.panel(view.t("discrepancies.explanations"), id: "explanations") { html in
            let columns = [
                Column(view.t("reports.revisions"), isNumeric: true), Column(view.t("report.digest")),
                Column(view.t("discrepancies.unexplained"), isNumeric: true), Column(view.t("reports.receipt")),
            ]
            html.dataTable(caption: view.t("discrepancies.explanations"), columns: columns, rows: state.sealed) {
                row, html, sealed in
                row.cell(&html) { html in
                    html.a(
                        .href(SitePath.explanation(.value(number), .value("\(sealed.revision)")).path),
                        text: "\(sealed.revision)")
                }
                row.cell(&html) { html in
                    html.code(text: String(sealed.digest.prefix(12)))
                    html.text(" ")
                    html.a(
                        .href(SitePath.explanationPages(.value(number), .value("\(sealed.revision)")).path),
                        text: "PDF")
                    guard view.may(.exportLists), provable.contains(sealed.revision) else { return }
                    html.text(" ")
                    html.a(
                        .href(SitePath.explanationContainer(.value(number), .value("\(sealed.revision)")).path),
                        text: "ASiC-E")
                }
                row.cell(&html, NumberText.whole(sealed.unexplained))
                row.cell(&html, receipt(of: sealed, view))
            }
        }
    }

    private func receipt(of sealed: ExplanationSealed, _ view: View) -> String {
        if let receipt = state.receipts.first(where: { $0.revision == sealed.revision }) {
            return "\(receipt.number), \(view.dates.short(receipt.receivedAt))"
        }
        return state.undelivered.last { $0.revision == sealed.revision }?.reason ?? view.t("discrepancies.underway")
    }

    private func steps(into html: inout HTML, _ view: View) {
        let shown = forms.filter { !$0.step.hasPrefix(DiscrepancyStep.withdraw.rawValue) }
        guard view.may(.sealReports), !shown.isEmpty else { return }
        html.panel(view.t("request.next"), id: "next") { html in
            for (index, form) in shown.enumerated() {
                let drawn = form.step == sent?.step ? sent ?? form : form
                let isOpen = sent == nil ? index == 0 : form.step == sent?.step
                html.foldedStep(form, title: view.t(DiscrepancyStep.title(form.step)), isOpen: isOpen) { html in
                    html.div { $0.stepForm(drawn, view) }
                }
            }
        }
    }

    private static func entry(
        _ entry: CaseParts.Entry, of number: String, _ rules: ReconciliationRules, into html: inout HTML, _ view: View
    ) {
        func files(_ digests: [String]) {
            for digest in digests {
                html.p(.class("entry-links")) { html in
                    html.a(
                        .href(
                            SitePath.file(.value(digest)).with(["case": "\(Discrepancy.streamKind)/\(number)"]))
                    ) { html in
                        html.icon(.download)
                        html.text(view.t("entry.document"))
                    }
                }
            }
        }
        switch entry.content as? DiscrepancyEvent {
        case .discrepancyFound(let figures), .discrepancyRestated(let figures):
            let theirs = figures.figures.last?.theirs.map { NumberText.whole($0) } ?? "–"
            let ours = NumberText.whole(figures.figures.last?.ours ?? 0)
            html.p(text: view.t("discrepancies.numbers", ["theirs": theirs, "ours": ours]))
            files([figures.file])
        case .discrepancyListed(let list):
            html.p(
                text: view.t("cases.listTaken", count: list.cases) + " · "
                    + view.name("bodyFilingChannel", list.channel))
            html.p(.class("hint")) { html in
                html.text("SHA-256 ")
                html.code(text: list.file)
            }
        case .discrepancyCauseConfirmed(let cause):
            html.p(
                text:
                    "\(cause.units) · \(rules.cause(cause.cause)?.words[view.language] ?? cause.cause): \(cause.shownText(rules, view))"
            )
            files(cause.documents)
        case .discrepancyBodyAnswered(let note):
            html.bodyAnswer(note, view)
            files(note.documents)
        case .discrepancyCauseWithdrawn(let note), .discrepancySettled(let note):
            html.p(text: note.text.isEmpty ? view.t("discrepancies.agreeNow") : note.text)
            files(note.documents)
        case .explanationSealed(let sealed):
            html.p(text: view.t("discrepancies.left", ["n": NumberText.whole(sealed.unexplained)]))
        case .explanationSent(let receipt): html.p(text: receipt.number)
        case .explanationUndelivered(let undelivered): html.p(.lang(.en), text: undelivered.reason)
        case nil: return
        }
    }
}

extension DiscrepancyCause {
    /// What settles it: the words of the person, or where he left that to the cases what settles such a cause.
    func shownText(_ rules: ReconciliationRules, _ view: View) -> String {
        text.isEmpty ? rules.cause(cause)?.settles[view.language] ?? "" : text
    }
}
