import Accounts
import ContactCentre
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
    /// The form that makes one.
    var form: StepForm

    var section: NavigationSection? { .requests }
    func title(_ view: View) -> String { view.t("bodyLinks.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            [(view.t("nav.requests"), .requests), (request, .request(.value(request)))], view)
        html.pageHeader(title(view), lead: view.t("bodyLinks.lead"))
        html.panel(view.t("bodyLinks.make"), id: "make") { html in
            html.stepForm(form, view)
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
        let scheme = site.environment.configuration.isSecure ? "https" : "http"
        let host = site.request.head.authority ?? ""
        let links = found.map { record in
            (
                record,
                "\(scheme)://\(host)\(SitePath.bodyLink(.value(centre.bodyLinks.token(of: record))).path)"
            )
        }
        let view = site.reader
        let form = StepForm(
            step: "make", path: .bodyLinks,
            fields: [
                StepField(name: "days", kind: .line(type: "number"), label: view.t("bodyLinks.days"), preset: "14")
            ], hidden: [("request", request)], submit: view.t("bodyLinks.make"))
        return BodyLinksPage(request: request, links: links, form: form)
    }

    static func show(_ site: WebRequest) async throws -> Response {
        site.page(try await page(site.query("request") ?? "", site))
    }

    /// Makes a link, or revokes one.
    static func act(_ site: WebRequest) async throws -> Response {
        let (form, now, actor) = (site.form, site.environment.now(), try site.authority.actor)
        let (desk, request) = (site.environment.centre.bodyLinks, form["request"])
        let back = SitePath.bodyLinks.with(["request": request])
        var page = try await page(request, site)
        var reader = StepReader(page.form, site)
        do {
            if !form["revoke"].isEmpty {
                try await desk.revoke(form["revoke"], reason: "revoked on the page", by: actor, at: now)
                return site.redirect(to: back, notice: .linkMade)
            }
            let days = reader.number("days") ?? 0
            if !(1...90).contains(days) { reader.fail("days", site.reader.t("bodyLinks.daysWrong")) }
            if reader.isRight {
                let zone = site.environment.zone
                let end = zone.start(of: zone.civilDate(of: now).adding(days: days + 1))
                _ = try await desk.make(
                    id: FormKey.random(site.environment.randomBytes), request: request, until: end, by: actor, at: now,
                    once: try reader.key)
                return site.redirect(to: back, notice: .linkMade)
            }
        } catch {
            try reader.take(error)
        }
        page.form = reader.form
        return site.page(page, status: reader.status)
    }
}
