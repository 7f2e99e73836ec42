import Accounts
import Complaints
import ContactCentre
import Hummingbird
import Markup

/// The choices of the list that an officer keeps, as links above it; what he looks at can be kept under a name.
struct ComplaintViewBar: Sendable {
    /// What he keeps, by name.
    let views: [ComplaintView]
    /// What the list shows now, by the names of its address.
    let now: [String: String]
    /// The name that was typed and refused.
    var typed = ""
    /// Why it was refused.
    var problem: String?

    init(_ views: [ComplaintView], _ place: ListPlace) {
        self.views = views.sorted(byText: \.name)
        now = Self.choice(place.choice.map { ($0.name, $0.value) } + [("sort", place.sort)])
    }

    /// What of a choice is kept: what says something.
    private static func choice(_ parts: [(String, String?)]) -> [String: String] {
        parts.reduce(into: [:]) { choice, part in
            if let value = part.1, !value.isEmpty { choice[part.0] = value }
        }
    }

    /// Whether anything narrows the list; an order alone is no choice.
    private var isChoice: Bool { now.keys.contains { $0 != "sort" } }

    func draw(into html: inout HTML, _ view: View) {
        guard !views.isEmpty || isChoice || problem != nil else { return }
        html.div(.class("view-bar")) { html in
            if !views.isEmpty {
                html.nav(.ariaLabel(view.t("views.title"))) { html in
                    html.ul(.class("view-links")) { html in
                        for one in views { html.li { $0.viewLink(one, isHere: one.choice == now) } }
                    }
                }
            }
            html.details(.class("view-tools"), Attribute("open", flag: problem != nil)) { html in
                html.summary { html in
                    html.icon(.chevron)
                    html.text(view.t(views.isEmpty ? "views.keep" : "views.change"))
                }
                html.div(.class("view-forms")) { html in
                    if isChoice || problem != nil { keepForm(into: &html, view) }
                    for one in views { dropForm(one, into: &html, view) }
                }
            }
        }
    }

    private func keepForm(into html: inout HTML, _ view: View) {
        html.postForm(to: .complaintViews, view, .class("form")) { html in
            html.input(.type("hidden"), .name("act"), .value("keep"))
            hidden(into: &html)
            html.textField(
                Field(
                    "view", label: view.t("views.name"),
                    hint: view.t("views.hint", ["n": "\(ComplaintView.most)"]), error: problem), view, value: typed,
                Attribute("maxlength", ComplaintView.longestName))
            html.formButtons(submit: view.t("views.keep"), view)
        }
    }

    private func dropForm(_ one: ComplaintView, into html: inout HTML, _ view: View) {
        html.postForm(to: .complaintViews, view) { html in
            html.input(.type("hidden"), .name("act"), .value("drop"))
            html.input(.type("hidden"), .name("view"), .value(one.name))
            hidden(into: &html)
            html.button(
                .type("submit"), .class("button is-small is-quiet"), text: view.t("views.drop", ["name": one.name]))
        }
    }

    /// What the list shows now, so that it is shown again afterwards.
    private func hidden(into html: inout HTML) {
        for (name, value) in now.sorted(by: { $0.key < $1.key }) {
            html.input(.type("hidden"), .name(name), .value(value))
        }
    }
}

extension HTML {
    fileprivate mutating func viewLink(_ one: ComplaintView, isHere: Bool) {
        let choice = one.choice.sorted { $0.key < $1.key }.map { (name: $0.key, value: Optional($0.value)) }
        a(
            .class("view-link"), .href(SitePath.complaints.with(choice)),
            Attribute("aria-current", "true").when(isHere), text: one.name)
    }
}

extension ComplaintsPage {
    /// Keeps what the officer looks at under a name, or forgets a name: `POST /complaints/views`.
    static func changeViews(_ site: WebRequest) async throws -> Response {
        guard let account = site.user?.number else { throw SiteError(.unauthorized, "Sign in first.") }
        let form = site.form
        func value(_ name: String) -> String? { form[name].isEmpty ? nil : form[name] }
        let choice = ComplaintChoice(reader: account, value)
        var page = try await list(choice, sort: value("sort") ?? "", site)
        let now = page.views?.now ?? [:]
        let (actor, key) = (try site.authority.actor, try site.formKey(of: site.authority.actor))
        let desk = site.environment.centre.complaints
        do {
            switch form["act"] {
            case "keep":
                let isChoice = now.keys.contains { $0 != "sort" }
                try await desk.keepView(
                    form["view"], isChoice ? now : [:], of: account, by: actor, at: site.environment.now(), once: key)
            case "drop":
                try await desk.dropView(form["view"], of: account, by: actor, at: site.environment.now(), once: key)
            default: throw SiteError(.badRequest, "The form does not say what is to be done.")
            }
        } catch {
            let problem = try site.problem(error)
            page.views?.typed = form["view"]
            page.views?.problem = problem.text
            return site.page(page, status: problem.status)
        }
        let shown = now.sorted { $0.key < $1.key }.map { (name: $0.key, value: Optional($0.value)) }
        return site.redirect(to: SitePath.complaints.with(shown), notice: .stepRecorded)
    }
}
