import Casework
import Correspondence
import Hummingbird
import Journal
import Markup

/// A new letter about a case: `/letters/new?case=onboarding/…&kind=request`.
struct LetterNewPage: Page {
    let about: String
    let kind: LetterKind?
    /// A word for this one sending, so that a double click writes one letter.
    let key: String
    var problem: (field: String?, text: String)?

    var section: NavigationSection? { .letters }
    func title(_ view: View) -> String { view.t("letters.new") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.letters"), .letters)], view)
        html.pageHeader(title(view), lead: view.t("letters.newLead"))
        if let problem, problem.field == nil { html.alert(.danger, title: problem.text) }
        html.postForm(to: .letters, view, .class("form")) { html in
            html.input(.type("hidden"), .name("key"), .value(key))
            html.textField(
                Field(
                    "case", label: view.t("letters.case"), hint: view.t("letters.caseHint"),
                    error: problem.flatMap { $0.field == "case" ? $0.text : nil }), view, value: about)
            html.radios(
                Field(
                    "kind", label: view.t("letters.kind"),
                    error: problem.flatMap { $0.field == "kind" ? $0.text : nil }), view,
                options: LetterKind.allCases.map { ($0.rawValue, view.name("letterKind", $0)) },
                chosen: kind?.rawValue)
            html.formButtons(submit: view.t("letters.begin"), view, back: .letters)
        }
    }
}

extension LetterNewPage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(
            LetterNewPage(
                about: site.query("case") ?? "", kind: LetterKind(rawValue: site.query("kind") ?? ""),
                key: site.freshKey))
    }

    static func create(_ site: WebRequest) async throws -> Response {
        let form = site.form
        let kind = LetterKind(rawValue: form["kind"])
        func again(_ field: String?, _ text: String) -> Response {
            site.page(
                LetterNewPage(about: form["case"], kind: kind, key: site.freshKey, problem: (field, text)),
                status: .unprocessableContent)
        }
        guard let kind else { return again("kind", site.environment.texts.text("form.missing", site.context.language)) }
        do {
            let id = try await site.environment.centre.letters.draft(
                kind, about: StreamID(form["case"]), by: try site.authority.actor, at: site.environment.now(),
                once: form["key"].isEmpty ? nil : CommandKey(form["key"], content: "\(form["case"]) \(kind)".utf8))
            return site.redirect(to: .letter(.value(id)))
        } catch let refusal as Refusal {
            return again(refusal.field, site.words(of: refusal))
        } catch let error as LetterTemplateError {
            return again(nil, error.description)
        }
    }
}

extension WebRequest {
    /// A word for one sending of a form.
    var freshKey: String {
        environment.randomBytes(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
