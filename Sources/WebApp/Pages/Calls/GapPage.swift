import Accounts
import CardSearch
import Casework
import ContactCentre
import Contacts
import GRDB
import Hummingbird
import Journal
import KnowledgeBase
import Languages
import Markup
import Registry
import TextAnalysis

/// “We had nothing”: the draft of a request for additional information (797 §10) with the words that were searched.
///
/// The gap is reported and the draft written in one step; both stay visible until a card answers.
struct GapPage: Page {
    var bar: CallBar?
    var drawsCall: Bool { bar != nil }
    /// What is asked, as it will be kept: numbers that look like a person's are masked.
    var text = ""
    var body = ""
    var service = ""
    /// The words that were searched, masked.
    var words = ""
    /// The bodies that answer for services.
    var bodies: [(code: String, name: Localized)] = []
    /// Why the body stands there already.
    var suggestion: Localized?
    /// The fields that have to be mended.
    var wrong: Set<String> = []

    var section: NavigationSection? { .search }
    var scripts: [String] { ["console.js"] }
    func title(_ view: View) -> String { view.t("gap.title") }

    func draw(into html: inout HTML, _ view: View) {
        bar?.draw(into: &html, view)
        html.pageHeader(title(view), lead: view.t("gap.lead"))
        html.postForm(to: .callGapDraft, view, .class("form is-wide")) { html in
            html.input(.type("hidden"), .name("words"), .value(words))
            html.textArea(
                Field(
                    "text", label: view.t("gap.text"), hint: view.t("gap.textHint"),
                    error: wrong.contains("text") ? view.t("gap.textWrong") : nil), view, rows: 4, value: text)
            html.div(.class("form-row")) { html in
                html.selectField(
                    Field(
                        "body", label: view.t("gap.body"),
                        hint: suggestion.map { view.t("gap.suggested", ["service": $0[view.language]]) },
                        error: wrong.contains("body") ? view.t("gap.bodyWrong") : nil), view,
                    options: [("", view.t("gap.choose"))] + bodies.map { ($0.code, $0.name[view.language]) },
                    chosen: body)
                html.textField(
                    Field(
                        "service", label: view.t("gap.service"), hint: view.t("filing.serviceHint"),
                        error: wrong.contains("service") ? view.t("gap.serviceWrong") : nil, isRequired: false),
                    view, value: service, Attribute("maxlength", 20))
            }
            html.p(.class("note"), text: view.t("gap.note"))
            html.div(.class("buttons")) { html in
                html.button(.type("submit"), .class("button is-primary"), Attribute("data-key", "gap")) { html in
                    html.text(view.t("gap.submit"))
                    html.shortcut("F8")
                }
                html.a(.class("button is-quiet"), .href(SitePath.search.path), text: view.t("form.cancel"))
            }
        }
        ShortcutsDialog.draw(into: &html, view)
    }
}

extension GapPage {
    /// `POST /calls/gap`: the draft, filled in from the search.
    static func show(_ site: WebRequest) async throws -> Response {
        var page = try await page(site)
        page.words = QueryMask.mask(String(site.form["words"].prefix(500)))
        page.text = page.words
        let centre = site.environment.centre
        // From a card its own service is meant; from the search the nearest card suggests the body.
        page.service = site.form["service"].uppercased()
        var service: String? = page.service
        if page.service.isEmpty { service = await suggestedService(site) }
        if let service {
            let found = try await centre.journal.read { try Registry.service(service, in: $0) }
            page.body = found?.owner ?? ""
            if page.service.isEmpty { page.suggestion = found?.name }
        }
        return site.page(page)
    }

    /// `POST /calls/gap/draft`: reports the gap, writes the draft, notes both on the contact.
    static func draft(_ site: WebRequest) async throws -> Response {
        var page = try await page(site)
        (page.text, page.words, page.body) = (site.form["text"], site.form["words"], site.form["body"])
        page.service = site.form["service"].uppercased()
        if page.text.isEmpty { page.wrong.insert("text") }
        if page.body.isEmpty { page.wrong.insert("body") }
        guard page.wrong.isEmpty else { return site.page(page, status: .unprocessableContent) }
        let (centre, actor, now) = (site.environment.centre, try site.authority.actor, site.environment.now())
        let language = page.bar?.contact?.language ?? (site.context.language == .ru ? .ru : .kk)
        let service = page.service.isEmpty ? nil : page.service
        do {
            let gap = try await centre.gaps.report(
                page.words.isEmpty ? page.text : page.words, language: language, service: service, body: page.body,
                by: actor, at: now, once: try site.formKey(of: actor, part: "gap"))
            _ = try await centre.contacts.draft(
                RequestDrafted(
                    body: page.body, service: service, text: String(page.text.prefix(4_000)), language: language,
                    gap: gap.id), by: actor, at: now, once: try site.formKey(of: actor))
            if let contact = page.bar?.contact {
                try await centre.contacts.perform([.reportGap(gap.id)], on: contact.id, by: actor, at: now)
            }
        } catch let refusal as Refusal {
            page.wrong.insert(refusal.field ?? "text")
            return site.page(page, status: .unprocessableContent)
        }
        return site.redirect(to: .search, notice: .gapReported)
    }

    private static func page(_ site: WebRequest) async throws -> GapPage {
        var filters = SearchFilters()
        try await filters.load(site)
        return GapPage(bar: try await site.callBar(), bodies: filters.bodies)
    }

    /// The service whose body is likely the one to ask: that of the contact, or the nearest card.
    private static func suggestedService(_ site: WebRequest) async -> String? {
        let words = site.form["words"]
        guard !words.isEmpty else { return nil }
        // Only a suggestion: where the search fails, the operator chooses.
        let found = try? await site.environment.centre.cards.search(
            .init(
                words, limit: 1,
                filters: SearchFilters().query(CardState.visible(managesCards: false, seesDrafts: true))))
        return found?.cards.first?.code
    }
}
