import Accounts
import ContactCentre
import Correspondence
import HTTPTypes
import Hummingbird
import Journal
import Markup
import Registry
import WorkingDays

/// One's own calendar feed: made with a secret address that is shown once, revoked by a click.
struct FeedPage: Page {
    let madeAt: Moment?
    /// The address that was made just now; nobody sees it again.
    var address: String?

    func title(_ view: View) -> String { view.t("feed.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("account.title"), .account)], view)
        html.pageHeader(title(view), lead: view.t("feed.lead"))
        if let address {
            html.panel(view.t("feed.address"), id: "address") { html in
                html.field(Field("address", label: view.t("feed.address"), hint: view.t("feed.once")), view) {
                    html, own in
                    html.void("input", own + [.type("text"), .value(address), Attribute("readonly", flag: true)])
                }
            }
        }
        html.panel(view.t("feed.state"), id: "state") { html in
            html.p(text: madeAt.map { view.t("feed.since", ["date": view.dates.short($0)]) } ?? view.t("feed.none"))
            html.postForm(to: .feed, view) { html in
                html.div(.class("buttons")) { html in
                    html.button(
                        .type("submit"), .name("do"), .value("make"), .class("button is-primary"),
                        text: view.t(madeAt == nil ? "feed.make" : "feed.renew"))
                    if madeAt != nil {
                        html.button(
                            .type("submit"), .name("do"), .value("revoke"), .class("button is-danger"),
                            text: view.t("feed.revoke"))
                    }
                }
            }
            if madeAt != nil { html.p(.class("note"), text: view.t("feed.renewHelp")) }
        }
    }
}

extension FeedPage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard let user = site.user else { return site.redirect(to: .signIn) }
        return site.page(FeedPage(madeAt: try await site.environment.centre.feeds.madeAt(for: user.number)))
    }

    static func change(_ site: WebRequest) async throws -> Response {
        guard let user = site.user else { return site.redirect(to: .signIn) }
        let (feeds, now) = (site.environment.centre.feeds, site.environment.now())
        if site.form["do"] == "revoke" {
            try await feeds.revoke(for: user.number, by: user.authority.actor, at: now)
            return site.redirect(to: .feed, notice: .feedMade)
        }
        let secret = (0..<2).map { _ in FormKey.random(site.environment.randomBytes) }.joined()
        try await feeds.make(for: user.number, secret: secret, by: user.authority.actor, at: now)
        let path = SitePath.calendarFeed(.value(secret + ".ics")).path
        return site.page(FeedPage(madeAt: now, address: origin(site) + path))
    }

    /// Where the site is reached, as the reader reaches it.
    private static func origin(_ site: WebRequest) -> String {
        let scheme = site.environment.configuration.isSecure ? "https" : "http"
        return "\(scheme)://\(site.request.head.authority ?? "")"
    }

    /// The calendar of a secret address; what its owner may not see any more is not in it.
    static func calendar(_ site: WebRequest) async throws -> Response {
        let name = try site.parameter("secret")
        let environment = site.environment
        let feeds = environment.centre.feeds
        guard name.hasSuffix(".ics"), name.utf8.count == 68,
            let number = try await feeds.account(of: String(name.dropLast(4))),
            let account = try await environment.centre.journal.read({ try Account.fetch(number, in: $0) }),
            !account.isDisabled
        else { throw SiteError(.notFound, "There is no such calendar.") }
        let permissions = account.roles.reduce(into: Set<Permission>()) { $0.formUnion($1.permissions) }
        let kinds = PermittedClocks.kinds(for: permissions)
        let today = environment.zone.civilDate(of: environment.now())
        let names = try await environment.centre.journal.read { db in
            (bodies: try Registry.bodyNames(on: today, in: db), services: try Registry.serviceNames(in: db))
        }
        let origin = origin(site)
        let text = try await feeds.text(of: kinds, bodies: names.bodies, services: names.services) { stream in
            stream.casePath.map { origin + $0.path }
        }
        var response = Response(
            status: .ok,
            headers: [
                .contentType: "text/calendar; charset=utf-8",
                .contentDisposition: "attachment; filename=\"bailanys.ics\"",
            ], body: .init(byteBuffer: ByteBuffer(string: text)))
        if let robots = HTTPField.Name("X-Robots-Tag") { response.headers[robots] = "noindex" }
        response.headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
        return response
    }
}
