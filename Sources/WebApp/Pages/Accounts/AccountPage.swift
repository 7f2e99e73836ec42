import Accounts
import Hummingbird
import Markup

/// One's own account: who one is here, how one proves it, where one is signed in.
struct AccountPage: Page {
    let user: SignedInUser
    let hasSecondFactor: Bool
    let sessions: [SessionListing]
    let home: AccountHome

    func title(_ view: View) -> String { view.t("account.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(user.displayName, lead: view.t("account.lead"))
        html.panel(view.t("account.entry"), id: "entry") { html in
            html.facts([
                Fact(view.t("signIn.name"), user.loginName),
                Fact(
                    view.t("accounts.roles"),
                    user.roles.map { view.name("role", $0) }.sorted().joined(separator: ", ")),
                Fact(
                    view.t("secondFactor.title"),
                    view.t(hasSecondFactor ? "secondFactor.isOn" : "secondFactor.isOff")),
            ])
            if home != .local { html.p(.class("note"), text: view.t("accounts.foreign")) }
            html.div(.class("buttons")) { html in
                if home == .local {
                    html.a(.class("button"), .href(SitePath.password.path), text: view.t("password.title"))
                }
                html.a(.class("button"), .href(SitePath.feed.path), text: view.t("feed.title"))
                if user.authority.may(.readJournal) {
                    html.a(.class("button"), .href(SitePath.roles.path), text: view.t("roles.title"))
                }
                if !hasSecondFactor {
                    html.a(.class("button"), .href(SitePath.secondFactor.path), text: view.t("secondFactor.add"))
                }
            }
        }
        html.panel(view.t("account.sessions"), id: "sessions") { html in
            let columns = [
                Column(view.t("account.session")), Column(view.t("account.since")), Column(view.t("account.seen")),
            ]
            html.dataTable(caption: view.t("account.sessions"), columns: columns, rows: sessions) {
                row, html, session in
                let name = session.kind == .browser ? view.t("account.browser") : session.label
                row.cell(&html, session.isThis ? "\(name) · \(view.t("account.this"))" : name)
                row.cell(&html, view.dates.short(session.createdAt))
                row.cell(&html, view.dates.short(session.lastSeenAt))
            }
            html.postForm(to: .account, view) { html in
                html.button(.type("submit"), .class("button is-danger"), text: view.t("account.endAll"))
            }
        }
    }
}

extension AccountPage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard let (token, session) = site.context.session else { return site.redirect(to: .signIn) }
        let accounts = site.environment.accounts
        return site.page(
            AccountPage(
                user: session.user, hasSecondFactor: try await accounts.hasSecondFactor(session.user.number),
                sessions: try await accounts.sessions(of: session.user, seenBy: token, at: site.environment.now()),
                home: try await accounts.home(session.user.number) ?? .local))
    }

    static func endSessions(_ site: WebRequest) async throws -> Response {
        guard let user = site.user else { return site.redirect(to: .signIn) }
        try await site.environment.accounts.endSessions(
            of: user.number, by: user.authority, at: site.environment.now())
        var response = site.redirect(to: .signIn, notice: .sessionsEnded)
        response.setSiteCookie(site.environment.configuration.sessionCookie, "", 0, site.environment)
        return response
    }
}
