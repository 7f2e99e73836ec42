import Casework
import ContactCentre
import Correspondence
import Forms
import Hummingbird
import InternalControl
import Journal
import Languages
import Markup
import Registry
import WorkingDays

/// A discrepancy as its body sees it by its link (797 §20): its number and ours, the causes that were confirmed, what it has said,
/// and the form in which it says what it makes of it. No complaint and nothing of a person.
struct DiscrepancyLinkPage: Page {
    let link: BodyLinkRecord
    let token: String
    let number: String
    let id: FilingID
    let statutory: StatutoryForm
    let body: Localized
    let figures: DiscrepancyFigures
    let state: DiscrepancyState
    let standing: DiscrepancyStanding
    let rules: ReconciliationRules
    /// What it said so far, the first first.
    let answers: [(at: Moment, note: DiscrepancyNote)]
    var form: StepForm?

    var frame: PageFrame { .narrow }
    var path: SitePath { .bodyLinkDiscrepancy(.value(token), .value(number)) }
    func title(_ view: View) -> String {
        view.t(
            "discrepancies.name",
            ["form": statutory.shortName, "period": view.dates.period(id.period), "row": figures.row])
    }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.p(.class("note")) { html in
                html.a(.href(SitePath.bodyLink(.value(token)).path), text: view.t("filingsLink.all"))
                html.text(" · " + body[view.language])
            }
            html.h1(text: title(view))
            html.p(.class("lead"), text: statutory.row(figures.row)?.label[view.language] ?? figures.row)
            html.figures(figures.figures, form: statutory, row: figures.row, isForBody: true, view)
            if let cell = figures.cell {
                html.p(.class("hint"), text: view.t("filingsLink.cell", ["cell": cell]))
            }
            if let pair = rules.pair(of: statutory.code, row: figures.row) {
                html.p(.class("hint"), text: view.t("internalControl.partly") + ": " + pair.why[view.language])
            }
        }
        html.div(.class("sheet"), .id("case-by-case")) { html in
            html.h2(text: view.t("cases.title"))
            html.p(
                text: state.list.map { view.t("cases.listTaken", count: $0.cases) } ?? view.t("cases.linkLead"))
            html.p(.class("actions")) { html in
                html.a(
                    .class("button"), .href(SitePath.bodyLinkCases(.value(token), .value(number)).path),
                    text: view.t("cases.open"))
            }
        }
        causes(into: &html, view)
        said(into: &html, view)
        if let form {
            html.div(.class("sheet"), .id("answer")) { html in
                html.h2(text: view.t("filingsLink.stance"))
                html.p(.class("note"), text: view.t("filingsLink.stanceHelp"))
                html.stepForm(form, view)
            }
        } else {
            html.div(.class("sheet")) { html in
                html.h2(text: view.t("filingsLink.settledTitle"))
                html.p(text: view.t("filingsLink.settledHelp"))
            }
        }
        html.p(.class("note"), text: view.t("bodyLink.until", ["date": view.dates.short(link.expiresAt)]))
    }

    private func causes(into html: inout HTML, _ view: View) {
        html.div(.class("sheet"), .id("causes")) { html in
            html.h2(text: view.t("filingsLink.causes"))
            html.p(
                text: view.t(
                    "filingsLink.left",
                    [
                        "left": NumberText.whole(state.unexplained),
                        "of": NumberText.whole(abs(figures.difference)),
                    ]))
            guard !state.causes.isEmpty else { return }
            html.ul(.class("bullets")) { html in
                for (_, cause) in state.causes.sorted(by: { $0.key < $1.key }) {
                    html.li { html in
                        html.strong(
                            text:
                                "\(NumberText.whole(cause.units)) · \(rules.cause(cause.cause)?.words[view.language] ?? cause.cause)"
                        )
                        if let side = cause.side {
                            html.p(.class("hint"), text: view.t(TextKey(family: "caseSideLink", member: side.rawValue)))
                        }
                        html.p(text: cause.shownText(rules, view))
                    }
                }
            }
        }
    }

    private func said(into html: inout HTML, _ view: View) {
        guard !answers.isEmpty else { return }
        html.div(.class("sheet"), .id("said")) { html in
            html.h2(text: view.t("violationLink.said"))
            for (at, note) in answers {
                html.p(.class("hint")) { $0.moment(at, view) }
                html.bodyAnswer(note, view)
            }
        }
    }
}

extension HTML {
    /// What a body makes of a discrepancy, and its words.
    mutating func bodyAnswer(_ note: DiscrepancyNote, namesCases: Bool = true, _ view: View) {
        div(.class("quote")) { html in
            if let stance = note.stance { html.p { $0.strong(text: view.name("bodyStance", stance)) } }
            if namesCases, let cases = note.cases {
                html.p(
                    .class("hint"),
                    text: view.t("cases.about") + " " + cases.map(OpenCase.number).joined(separator: ", "))
            }
            for line in note.text.split(separator: "\n") { html.p(text: String(line)) }
            if !note.documents.isEmpty { html.p(.class("hint"), text: view.t("filingsLink.withDocument")) }
        }
    }
}

extension DiscrepancyLinkPage {
    /// The step of its form.
    static let step = "answer"

    static func show(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), let page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        try await FilingsLinkPage.looked(link, site)
        return BodyLinkPage.unlisted(site.page(page))
    }

    static func act(_ site: WebRequest) async throws -> Response {
        guard let link = try await FilingsLinkPage.link(site), var page = try await load(link, site) else {
            return try BodyLinkPage.ended(site)
        }
        guard site.form["step"] == step else {
            throw SiteError(.badRequest, "The form does not say what is to be done.")
        }
        var reader = StepReader(
            page.form ?? StepForm(step: step, path: page.path, fields: []), site, keepsDocuments: false)
        let actor = BodyLinkDesk.actor(of: link)
        do {
            let stance = reader.chosen("stance", BodyStance.self)
            let text = reader.text("text")
            if stance == .reason, text.isEmpty { reader.fail("text", site.reader.t("step.missing")) }
            reader.checkDocument()
            if reader.isRight {
                let (number, key) = (page.number, try site.formKey(of: actor))
                let note = DiscrepancyNote(
                    text: text, documents: reader.document.map { [$0] } ?? [], stance: stance)
                _ = try await site.keeping("document", for: actor) {
                    try await site.environment.centre.internalControl.answer(
                        number, note, by: link, at: site.environment.now(), once: key)
                }
                return BodyLinkPage.unlisted(site.redirect(to: page.path.path + "#said", notice: .bodyActDone))
            }
        } catch {
            try reader.take(error)
        }
        // Nothing of the file is left: it has to be chosen again.
        reader.form.kept = nil
        page.form = reader.form
        return BodyLinkPage.unlisted(site.page(page, status: reader.status))
    }

    /// The page of the discrepancy in the address; nil where it is another body's, or there is none.
    private static func load(_ link: BodyLinkRecord, _ site: WebRequest) async throws -> DiscrepancyLinkPage? {
        let centre = site.environment.centre
        let (number, desk) = (try site.parameter("id"), centre.internalControl)
        let found = try await desk.discrepancy(number)
        guard let figures = found.state.figures, figures.body == link.body, let id = FilingID(figures.filing) else {
            return nil
        }
        let (record, body) = try await centre.journal.read { db in
            (
                try DiscrepancyRecord.fetch(number, in: db),
                try Registry.localizedName(of: link.body, on: id.period.last, in: db)
            )
        }
        guard let record else { return nil }
        let answers = try await centre.casework.history(of: found.stream).compactMap {
            recorded, event -> (at: Moment, note: DiscrepancyNote)? in
            guard case .discrepancyBodyAnswered(let note)? = event.content as? DiscrepancyEvent else { return nil }
            return (recorded.occurredAt, note)
        }
        var page = DiscrepancyLinkPage(
            link: link, token: try site.parameter("token"), number: number, id: id, statutory: try desk.form(of: id),
            body: body ?? Localized(kk: link.body, ru: link.body), figures: figures, state: found.state,
            standing: record.standing, rules: desk.rules, answers: answers)
        if found.state.settled == nil { page.form = page.question(site.reader) }
        return page
    }

    private func question(_ view: View) -> StepForm {
        StepForm(
            step: Self.step, path: path,
            fields: [
                StepField(
                    name: "stance",
                    kind: .radios(BodyStance.allCases.map { ($0.rawValue, view.name("bodyStance", $0)) }),
                    label: view.t("filingsLink.stanceLabel")),
                StepField(
                    name: "text", kind: .area, label: view.t("filingsLink.stanceText"), hint: view.t("way.noNames"),
                    isRequired: false),
                StepField(
                    name: "document", kind: .document, label: view.t("discrepancies.proof"), isRequired: false),
            ], submit: view.t("filingsLink.answerSend"))
    }
}
