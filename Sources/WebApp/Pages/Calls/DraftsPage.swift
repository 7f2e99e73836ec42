import Accounts
import Casework
import ContactCentre
import Contacts
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Onboarding
import Registry
import WorkingDays

/// The drafts of requests for additional information that operators wrote; a coordinator sends or drops them (797 §10).
struct DraftsPage: Page {
    let drafts: [RequestDraftRecord]
    let bodies: [String: Localized]
    let services: [String: Localized]
    /// The draft whose form has to be mended.
    var wrong: String?

    var section: NavigationSection? { .requests }
    func title(_ view: View) -> String { view.t("drafts.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("nav.requests"), .requests)], view)
        html.pageHeader(title(view), lead: view.t("drafts.lead"))
        if wrong != nil { html.alert(.danger, title: view.t("drafts.wrong")) }
        guard !drafts.isEmpty else {
            return html.emptyState(title: view.t("drafts.none"), text: view.t("drafts.noneHelp"))
        }
        for draft in drafts {
            // With the number: two drafts to one body are two places on the page.
            let body = bodies[draft.body]?[view.language] ?? draft.body
            html.panel("\(draft.id) · \(body)", id: "draft-" + draft.id) { html in
                html.p(.lang(draft.language), text: draft.text)
                html.facts(
                    [Fact(view.t("drafts.written"), view.dates.short(draft.draftedAt))]
                        + (draft.service.map { [Fact(view.t("gap.service"), services[$0]?[view.language] ?? $0)] } ?? [])
                )
                html.postForm(to: .draft(.value(draft.id)), view, .class("form")) { html in
                    let field = Field(
                        "note-" + draft.id, label: view.t("drafts.note"), hint: view.t("drafts.noteHint"),
                        error: wrong == draft.id ? view.t("drafts.noteWrong") : nil)
                    html.textField(field, view, Attribute("maxlength", 200))
                    html.div(.class("buttons")) { html in
                        html.button(
                            .type("submit"), .class("button is-primary"), .name("act"), .value("send"),
                            text: view.t("drafts.send"))
                        html.button(
                            .type("submit"), .class("button"), .name("act"), .value("drop"), text: view.t("drafts.drop")
                        )
                    }
                }
            }
        }
    }
}

extension DraftsPage {
    static func show(_ site: WebRequest) async throws -> Response { site.page(try await page(site)) }

    /// Sends a draft: the body has it from now, so the clock of §10 begins; or drops it with a reason.
    static func act(_ site: WebRequest) async throws -> Response {
        let id = try site.parameter("id")
        let (centre, actor, now) = (site.environment.centre, try site.authority.actor, site.environment.now())
        let note = site.form["note-" + id]
        guard let draft = try await centre.journal.read({ try RequestDraftRecord.fetch(id, in: $0) }) else {
            throw SiteError(.notFound, "There is no draft \(id).")
        }
        guard !note.isEmpty else {
            var page = try await page(site)
            page.wrong = id
            return site.page(page, status: .unprocessableContent)
        }
        do {
            if site.form["act"] == "drop" {
                try await centre.contacts.perform(.drop(reason: note), onDraft: id, by: actor, at: now)
            } else {
                let request = "draft-" + id
                try await centre.onboarding.begin(
                    AdditionalRequest.self, id: request,
                    DutyNote(body: draft.body, service: draft.service, text: draft.text, reference: note),
                    happenedAt: now, by: actor, at: now)
                try await centre.contacts.perform(.send(request: request), onDraft: id, by: actor, at: now)
                if let gap = draft.gap { _ = try await centre.gaps.link(gap, request: request, by: actor, at: now) }
            }
        } catch is Refusal {
            throw SiteError(.conflict, "The draft \(id) was sent or dropped already.")
        }
        return site.redirect(to: .drafts)
    }

    private static func page(_ site: WebRequest) async throws -> DraftsPage {
        let today = site.environment.zone.civilDate(of: site.environment.now())
        return try await site.environment.centre.journal.read { db in
            let drafts = try RequestDraftRecord.waiting(in: db)
            let (bodies, services) = (Set(drafts.map(\.body)), Set(drafts.compactMap(\.service)))
            return DraftsPage(
                drafts: drafts,
                bodies: try bodies.reduce(into: [:]) {
                    $0[$1] = try Registry.localizedName(of: $1, on: today, in: db)
                },
                services: try services.reduce(into: [:]) { $0[$1] = try Registry.service($1, in: db)?.name })
        }
    }
}
