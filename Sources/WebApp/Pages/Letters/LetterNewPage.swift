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
            caseField(into: &html, view)
            html.radios(
                Field(
                    "kind", label: view.t("letters.kind"),
                    error: problem.flatMap { $0.field == "kind" ? $0.text : nil }), view,
                options: kinds.map { ($0.rawValue, view.name("letterKind", $0)) },
                chosen: (kinds.count == 1 ? kinds[0] : kind)?.rawValue)
            html.formButtons(submit: view.t("letters.begin"), view, back: StreamID(about).casePath(view) ?? .letters)
        }
    }

    /// The kinds of letters that there are about such a case.
    private var kinds: [LetterKind] {
        switch StreamID(about).kind {
        case "onboarding": LetterKind.allCases.filter { $0 != .notice }
        case "refusal-notice": [.notice]
        default: LetterKind.allCases
        }
    }

    /// The case where a page of it led here; where nothing did, or it was wrong, a field for it.
    private func caseField(into html: inout HTML, _ view: View) {
        let error = problem.flatMap { $0.field == "case" ? $0.text : nil }
        if error == nil, let path = StreamID(about).casePath(view) {
            html.input(.type("hidden"), .name("case"), .value(about))
            return html.facts([
                Fact(view.t("letters.case")) { $0.a(.href(path.path), text: StreamID(about).id) }
            ])
        }
        html.textField(
            Field("case", label: view.t("letters.case"), hint: view.t("letters.caseHint"), error: error), view,
            value: about)
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
