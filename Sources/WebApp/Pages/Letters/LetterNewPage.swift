import Accounts
import ContactCentre
import Correspondence
import Hummingbird
import Journal
import Markup

/// A new letter about a case: `/letters/new?case=onboarding/…&kind=request`.
struct LetterNewPage: Page {
    let about: StreamID
    var form: StepForm

    var section: NavigationSection? { .letters }
    func title(_ view: View) -> String { view.t("letters.new") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.letters"), .letters)], view)
        html.pageHeader(title(view), lead: view.t("letters.newLead"))
        if form.fields.allSatisfy({ $0.name != "case" }), let path = about.casePath(view) {
            html.facts([Fact(view.t("letters.case")) { $0.a(.href(path.path), text: about.id) }])
        }
        html.stepForm(form, view)
    }
}

extension LetterNewPage {
    /// The page with a form for the case that led here; where none did, or it was wrong, with a field for it.
    private init(about case: String, kind: String, asksForCase: Bool, _ view: View) {
        about = StreamID(`case`)
        let kinds = Self.kinds(about)
        var fields = [
            StepField(
                name: "kind", kind: .radios(kinds.map { ($0.rawValue, view.name("letterKind", $0)) }),
                label: view.t("letters.kind"), preset: kinds.count == 1 ? kinds[0].rawValue : kind)
        ]
        let path = about.casePath(view)
        let asksForCase = asksForCase || path == nil
        if asksForCase {
            fields.insert(
                StepField(
                    name: "case", kind: .line(type: "text"), label: view.t("letters.case"),
                    hint: view.t("letters.caseHint"), preset: `case`), at: 0)
        }
        form = StepForm(
            step: "letter", path: .letters, fields: fields, hidden: asksForCase ? [] : [("case", `case`)],
            submit: view.t("letters.begin"), back: path ?? .letters)
    }

    /// The kinds of letters that there are about such a case.
    private static func kinds(_ about: StreamID) -> [LetterKind] {
        switch about.kind {
        case "onboarding": [.request, .reminder, .protocolOfAcceptance]
        case "refusal-notice": [.notice]
        // The letters with a complaint, about cards and about a form are begun on the pages of these.
        default: LetterKind.allCases.filter { ![.complaint, .cards, .filings].contains($0) }
        }
    }

    static func show(_ site: WebRequest) async throws -> Response {
        site.page(
            LetterNewPage(
                about: site.query("case") ?? "", kind: site.query("kind") ?? "", asksForCase: false, site.reader))
    }

    static func create(_ site: WebRequest) async throws -> Response {
        var page = LetterNewPage(
            about: site.form["case"], kind: site.form["kind"], asksForCase: false, site.reader)
        var reader = StepReader(page.form, site)
        do {
            let about = reader.text("case")
            if let kind = reader.chosen("kind", LetterKind.self), reader.isRight {
                if kind == .complaint { try site.authority.require(.manageComplaints) }
                let id = try await site.environment.centre.letters.draft(
                    kind, about: StreamID(about), by: try site.authority.actor, at: site.environment.now(),
                    once: try reader.key)
                return site.redirect(to: .letter(.value(id)))
            }
        } catch let error as LetterTemplateError {
            reader.form.problem = error.description
        } catch {
            // A case that led here and is none has to be put right by hand.
            if try site.problem(error).field == "case" {
                page = LetterNewPage(
                    about: site.form["case"], kind: site.form["kind"], asksForCase: true, site.reader)
                reader = StepReader(page.form, site)
            }
            try reader.take(error)
        }
        page.form = reader.form
        return site.page(page, status: reader.status)
    }
}
