import Accounts
import Casework
import ContactCentre
import Hummingbird
import KnowledgeBase
import Languages
import Markup

/// A new edition of a card, as the text of its file; each fault is named with its line.
struct CardEditPage: Page {
    let record: CardRecord
    var text: String
    var reason = ""
    var isSubmission = false
    var renews = false
    var edition: Int
    var problems: [CardFileProblem] = []
    var problem: String?

    var section: NavigationSection? { .knowledge }
    func title(_ view: View) -> String { view.t("cardEdit.title", ["code": record.card.code]) }

    func draw(into html: inout HTML, _ view: View) {
        let code = record.card.code
        let history = SitePath.cardHistory(.value(code))
        html.breadcrumbs([(view.t("knowledge.cards"), .knowledgeCards), (code, history)], view)
        html.pageHeader(title(view), lead: record.card.title.text(view.language)?.text) { html in
            html.a(.class("button"), .href(SitePath.cardForm(.value(code)).path), text: view.t("cardEdit.form"))
        }
        if let problem { html.alert(.danger, title: problem) }
        if !problems.isEmpty {
            html.alert(.danger, title: view.t("cardEdit.faults", count: problems.count)) { html in
                html.ul(.lang(.en)) { html in
                    for fault in problems {
                        html.li(text: view.t("cardEdit.line", ["line": "\(fault.line)"]) + " " + fault.message)
                    }
                }
            }
        }
        html.postForm(to: .cardEdit(.value(code)), view, .class("form is-wide")) { html in
            html.input(.type("hidden"), .name("edition"), .value("\(edition)"))
            html.div(.class("code-field")) { html in
                html.textArea(
                    Field("text", label: view.t("cardEdit.text"), hint: view.t("cardEdit.textHint")), view,
                    rows: min(40, max(16, text.split(separator: "\n").count + 2)), value: text)
            }
            html.textField(
                Field("reason", label: view.t("cardEdit.reason"), hint: view.t("cardEdit.reasonHint")), view,
                value: reason, Attribute("maxlength", 300))
            html.checkbox(
                Field("submission", label: view.t("cardEdit.submission"), isRequired: false), isTicked: isSubmission)
            if record.outdated != nil {
                html.checkbox(Field("renews", label: view.t("cardEdit.renews"), isRequired: false), isTicked: renews)
            }
            html.p(.class("note"), text: view.t("cardEdit.note"))
            html.formButtons(submit: view.t("cardEdit.save"), view, back: history)
        }
    }
}

extension CardEditPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let record = try await record(site)
        return site.page(
            CardEditPage(record: record, text: CardFile.write(record.card), edition: record.edition))
    }

    private static func record(_ site: WebRequest) async throws -> CardRecord {
        let code = try site.parameter("code")
        guard let record = try await site.environment.centre.cards.card(code) else {
            throw SiteError(.notFound, "There is no card \(code).")
        }
        return record
    }

    static func edit(_ site: WebRequest) async throws -> Response {
        let record = try await record(site)
        let form = site.form
        var page = CardEditPage(
            record: record, text: form.exactly("text").withoutDeceivingCharacters.replacing("\r\n", with: "\n"),
            reason: String(form["reason"].prefix(300)), isSubmission: form["submission"] == "yes",
            renews: form["renews"] == "yes", edition: Int(form["edition"]) ?? 0)
        let actor = try site.authority.actor
        do {
            try await site.environment.centre.cards.edit(
                record.card.code, yaml: Array(page.text.utf8), source: page.reason,
                origin: page.isSubmission ? .submission : .coordinator, expecting: page.edition, renews: page.renews,
                by: actor, at: site.environment.now(), once: try site.formKey(of: actor))
            return site.redirect(to: .cardHistory(.value(record.card.code)), notice: .knowledgeChanged)
        } catch let faults as CardFileProblems {
            page.problems = faults.problems
        } catch {
            let problem = try site.problem(error)
            page.problem = problem.text
            return site.page(page, status: problem.status)
        }
        return site.page(page, status: .unprocessableContent)
    }
}
