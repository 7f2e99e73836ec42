import Accounts
import Casework
import Delivery
import Forms
import Hummingbird
import Journal
import Languages
import Markup
import Registry
import Reporting
import Signatures
import WorkingDays

/// One report: every number of its form opens what is behind it; seal, delivery, receipt.
struct ReportPage: Page {
    let form: StatutoryForm
    /// What it is called in addresses.
    let name: String
    let period: ReportPeriod
    /// The numbers that were sealed last; of a period that is not sealed, those of now.
    let figures: FormFigures
    /// The numbers of now, and the revision shown, where the period is sealed.
    let sealed: (revision: Int, now: FormFigures)?
    let state: ReportState
    let names: ReportNames
    let attempts: [DeliveryAttempt]
    let parts: CaseParts?
    /// The signatures of each revision that was sent with one.
    let signatures: [Int: DeliverySignatures]
    /// How the pair that signs stands now; nil where reports are not signed.
    let signing: SigningStanding?
    /// Why it was not sealed.
    var problem: String?
    /// Why a revision cannot be taken out with its proofs.
    var containerProblem: (revision: Int, words: String)?
    /// Why it was not sealed by itself.
    var hindrance: String?
    /// The sealed reports of the periods before, the latest first.
    var earlier: [Earlier] = []

    var section: NavigationSection? { .reports }
    func title(_ view: View) -> String { form.name(of: period, view.texts, view.language, view.dates) }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.reports"), .reports)], view)
        html.pageHeader(title(view), lead: form.lead(view))
        if let hindrance {
            html.alert(.danger, title: view.t("report.notSealed")) { $0.p(text: hindrance) }
        }
        if let sealed { html.p(.class("note"), text: standing(sealed, view)) }
        for (heading, rows) in form.sections {
            html.panel(heading?.label[view.language] ?? view.t("report.items"), id: heading?.code ?? "items") { html in
                if heading?.isTable == true {
                    return matrix(rows, title: heading?.label[view.language] ?? title(view), into: &html, view)
                }
                html.tiles(rows.filter { $0.made?.path.isEmpty == false }.map { tile($0, view) })
                for row in rows { groups(of: row, into: &html, view) }
            }
        }
        beside(into: &html, view)
        seals(into: &html, view)
        if let parts {
            html.clocks(parts, view)
            html.history(parts, view)
        }
    }

    /// Which revision is shown, and whether the Agency has it.
    private func standing(_ sealed: (revision: Int, now: FormFigures), _ view: View) -> String {
        let receipt = state.receipts.last { $0.revision == sealed.revision }
        return view.t(
            sealed.now == figures ? "report.sealedSame" : "report.sealedOther",
            ["revision": NumberText.whole(sealed.revision)])
            + " "
            + (receipt.map {
                view.t("report.receipt", ["number": $0.number, "time": view.dates.short($0.receivedAt)])
            } ?? view.t("report.notReceived"))
    }

    /// A number as it was sent; where it is another now, that stands below it.
    private func tile(_ row: FormRow, _ view: View) -> Tile {
        let count = figures[row.code]
        let now = sealed.flatMap { sealed in
            sealed.now[row.code] == count
                ? nil : view.t("report.now", ["n": row.value(sealed.now[row.code], view.language)])
        }
        let note = [row.explanation?[view.language], now].compactMap(\.self).joined(separator: " · ")
        let opens = row.made?.behind != nil
        return Tile(
            value: row.value(count, view.language), label: row.label[view.language], note: note.isEmpty ? nil : note,
            address: opens ? address(ReportNumber(row.code)) : nil,
            state: row.made?.blames == true && count ?? 0 > 0 ? .breached : nil)
    }

    /// The subtotals of the four kinds that 797 §18 names, where the number is told by kind of body: the Agency and the body of
    /// informatization are central state bodies.
    private func fourKinds(
        _ group: FormNumber.Group, _ parts: [FormFigures.Part], into html: inout HTML, _ view: View
    ) {
        guard let place = group.keys.firstIndex(of: "bodyKind") else { return }
        let totals = parts.reduce(into: [String: Int]()) { totals, part in
            let kind = part.keys[place]
            totals[["local", "psc", "provider"].contains(kind) ? kind : "central", default: 0] += part.count
        }
        let words = ["central", "local", "psc", "provider"].map { ($0, NumberText.whole(totals[$0] ?? 0)) }
        html.p(
            .class("hint"),
            text: view.t("report.fourKinds", Dictionary(words, uniquingKeysWith: { first, _ in first })))
    }

    /// The parts of a number by its finest group, as a table in which each opens.
    private func groups(of row: FormRow, into html: inout HTML, _ view: View) {
        let parts = figures.parts(of: row.code)
        guard let made = row.made, let group = made.finest, !parts.isEmpty else { return }
        let label = row.label[view.language]
        fourKinds(group, parts, into: &html, view)
        let columns = [Column(group.keys.last.map { names.dimension($0, view) } ?? ""), Column(label, isNumeric: true)]
        html.dataTable(caption: label, columns: columns, rows: parts) { table, html, part in
            table.cell(&html) { html in
                if group.keys.last == "body", let body = part.keys.last {
                    html.bodyName(body, names.bodies[body], view)
                } else {
                    html.text(names.text(part, of: group, view))
                }
            }
            table.cell(&html) { html in
                let text = NumberText.whole(part.count)
                guard made.behind != nil else { return html.text(text) }
                html.a(.href(address(ReportNumber(row.code, keys: part.keys))), text: text)
            }
        }
    }

    private func seals(into html: inout HTML, _ view: View) {
        html.panel(view.t("report.seals"), id: "seals") { html in
            for sealed in state.sealed {
                let receipt = state.receipts.first { $0.revision == sealed.revision }
                let facts = [
                    Fact(view.t("report.revision"), NumberText.whole(sealed.revision)),
                    Fact(view.t("report.digest"), sealed.digest),
                    Fact(view.t("report.position"), NumberText.whole(Int(sealed.position))),
                    Fact(
                        view.t("reports.receipt"),
                        receipt.map { "\($0.number), \(view.dates.short($0.receivedAt))" } ?? "–"),
                ]
                html.facts(facts + signers(of: sealed, view) + proofFacts(of: sealed, view))
                signature(of: sealed, into: &html, view)
                if receipt?.isBeforeSeal == true {
                    html.alert(.warning, title: view.t("report.receiptBeforeSeal"))
                }
                if let count = sealed.unreadable {
                    html.alert(.danger, title: view.t("report.unreadable", ["n": NumberText.whole(count)])) { html in
                        html.p(text: view.t("report.unreadableText"))
                    }
                }
                workbookLink(of: sealed, into: &html, view)
                containerForm(of: sealed, into: &html, view)
                // It lists every complaint of the month.
                guard view.may(form.namesComplaints ? .readComplaints : .readReports) else { continue }
                html.p { html in
                    html.a(
                        .href(SitePath.api("reports/\(name)/revisions/\(sealed.revision)").path),
                        text: view.t("report.document"))
                }
            }
            if !attempts.isEmpty {
                html.h3(text: view.t("report.attempts"))
                html.ul(.class("bullets")) { html in for attempt in attempts { html.li(text: attempt.line(view)) } }
            }
            if let signing { html.signingWarning(signing, view) }
            guard view.may(.sealReports) else { return }
            html.postForm(to: .reportSeal(.value(name)), view, .class("form")) { html in
                if !state.sealed.isEmpty {
                    html.textField(
                        Field(
                            "reason", label: view.t("report.reason"), hint: view.t("report.reasonHint"), error: problem),
                        view)
                } else if let problem {
                    html.alert(.danger, title: problem)
                }
                html.formButtons(submit: view.t(state.sealed.isEmpty ? "report.seal" : "report.correct"), view)
            }
        }
    }

    func address(_ number: ReportNumber) -> String {
        Self.address(number, of: form, name, revision: sealed?.revision)
    }

    /// The list of what stands behind a number of a report: complaints, or applications.
    static func address(_ number: ReportNumber, of form: StatutoryForm, _ name: String, revision: Int?) -> String {
        let list: SitePath = form.row(number.row)?.made?.behind == .applications ? .applications : .complaints
        return list.with(["number": number.name, "period": name, "revision": revision.map { "\($0)" }])
    }
}

extension DeliveryAttempt {
    /// The attempt in one line: when, what came of it.
    fileprivate func line(_ view: View) -> String {
        [view.dates.short(startedAt), result(view), status.map { "HTTP \($0)" }].compactMap { $0 }.joined(
            separator: " · ")
    }
}
