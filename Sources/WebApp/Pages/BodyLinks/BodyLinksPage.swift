import Casework
import Correspondence
import Hummingbird
import Journal
import Languages
import Markup
import Onboarding
import WorkingDays

/// The links of one request, for the coordinator: make one, see when it was opened, revoke it. `/links?request=…`
struct BodyLinksPage: Page {
    let request: String
    let links: [(record: BodyLinkRecord, address: String)]
    let key: String
    var problem: (field: String?, text: String)?

    var section: NavigationSection? { .requests }
    func title(_ view: View) -> String { view.t("bodyLinks.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [(view.t("nav.requests"), .requests), (request, .request(.value(request)))], view)
        html.pageHeader(title(view), lead: view.t("bodyLinks.lead"))
        html.panel(view.t("bodyLinks.make"), id: "make") { html in
            if let problem, problem.field == nil { html.alert(.danger, title: problem.text) }
            html.postForm(to: .bodyLinks, view, .class("form")) { html in
                html.input(.type("hidden"), .name("request"), .value(request))
                html.input(.type("hidden"), .name("key"), .value(key))
                html.textField(
                    Field(
                        "days", label: view.t("bodyLinks.days"),
                        error: problem.flatMap { $0.field == "days" ? $0.text : nil }), view, type: "number",
                    value: "14", Attribute("min", 1), Attribute("max", 90), Attribute("inputmode", "numeric"))
                html.formButtons(submit: view.t("bodyLinks.make"), view)
            }
        }
        for (record, address) in links { panel(record, address, into: &html, view) }
    }

    private func panel(_ record: BodyLinkRecord, _ address: String, into html: inout HTML, _ view: View) {
        let isOpen = record.isOpen(at: view.now)
        html.panel(view.dates.short(record.madeAt), id: "link-\(record.id.prefix(8))") { html in
            if isOpen {
                html.field(
                    Field("address", label: view.t("bodyLinks.address"), id: "address-\(record.id.prefix(8))"), view
                ) { html, own in
                    html.void("input", own + [.type("text"), .value(address), Attribute("readonly", flag: true)])
                }
            }
            html.facts([
                Fact(view.t("bodyLinks.until"), view.dates.short(record.expiresAt)),
                Fact(view.t("bodyLinks.opened"), record.openedAt.map(view.dates.short) ?? view.t("bodyLinks.never")),
                Fact(
                    view.t("bodyLinks.state"),
                    view.t(record.revokedAt != nil ? "bodyLinks.revoked" : isOpen ? "bodyLinks.open" : "bodyLinks.over")
                ),
            ])
            if isOpen {
                html.postForm(to: .bodyLinks, view) { html in
                    html.input(.type("hidden"), .name("request"), .value(request))
                    html.input(.type("hidden"), .name("revoke"), .value(record.id))
                    html.formButtons(submit: view.t("bodyLinks.revoke"), view, isDangerous: true)
                }
            }
        }
    }
}

extension BodyLinksPage {
    private static func page(_ request: String, _ site: WebRequest) async throws -> BodyLinksPage {
        let centre = site.environment.centre
        let found = try await centre.journal.read { db in
            try InformationRequestRecord.fetch(id: request, in: db).map { _ in
                try BodyLinkRecord.fetch(request: request, in: db)
            }
        }
        guard let found else { throw SiteError(.notFound, "There is no request \(request).") }
        let scheme = site.environment.configuration.isBehindTLS ? "https" : "http"
        let host = site.request.head.authority ?? ""
        let links = found.map { record in
            (
                record,
                "\(scheme)://\(host)\(SitePath.bodyLink(.value(centre.bodyLinks.token(of: record))).path)"
            )
        }
        return BodyLinksPage(request: request, links: links, key: site.freshKey)
    }

    static func show(_ site: WebRequest) async throws -> Response {
        site.page(try await page(site.query("request") ?? "", site))
    }

    /// Makes a link, or revokes one.
    static func act(_ site: WebRequest) async throws -> Response {
        let (form, now, actor) = (site.form, site.environment.now(), try site.authority.actor)
        let (desk, request) = (site.environment.centre.bodyLinks, form["request"])
        let back = SitePath.bodyLinks.with(["request": request])
        do {
            if !form["revoke"].isEmpty {
                try await desk.revoke(form["revoke"], reason: "revoked on the page", by: actor, at: now)
                return site.redirect(to: back, notice: .linkMade)
            }
            guard let days = Int(form["days"]), (1...90).contains(days) else {
                var page = try await page(request, site)
                page.problem = ("days", site.environment.texts.text("bodyLinks.daysWrong", site.context.language))
                return site.page(page, status: .unprocessableContent)
            }
            let zone = site.environment.zone
            let end = zone.start(of: zone.civilDate(of: now).adding(days: days + 1))
            _ = try await desk.make(
                id: site.freshKey, request: request, until: end, by: actor, at: now,
                once: form["key"].isEmpty ? nil : CommandKey(form["key"], content: "\(request) \(days)".utf8))
            return site.redirect(to: back, notice: .linkMade)
        } catch let refusal as Refusal where !refusal.code.hasSuffix("noRequest") {
            var page = try await page(request, site)
            page.problem = (refusal.field, site.words(of: refusal))
            return site.page(page, status: .unprocessableContent)
        }
    }
}
