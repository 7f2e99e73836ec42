import Accounts
import Hummingbird
import Markup

/// One's own account: who one is here, how one proves it, where one is signed in.
struct AccountPage: Page {
    let user: SignedInUser
    let hasSecondFactor: Bool
    /// How many recovery codes are left.
    let recoveryLeft: Int
    let sessions: [SessionListing]
    let home: AccountHome

    func title(_ view: View) -> String { view.t("account.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(user.displayName, lead: view.t("account.lead"))
        if hasSecondFactor, recoveryLeft <= Accounts.fewRecoveryCodes {
            html.alert(
                .warning,
                title: recoveryLeft == 0 ? view.t("recovery.none") : view.t("recovery.left", count: recoveryLeft)
            ) { html in
                html.p(text: view.t("recovery.why"))
                html.p { $0.a(.href(SitePath.recovery.path), text: view.t("recovery.make")) }
            }
        }
        html.panel(view.t("account.entry"), id: "entry") { html in entry(into: &html, view) }
        html.panel(view.t("account.sessions"), id: "sessions") { html in
            html.sessionTable(browsers, to: .account, view)
            html.div(.class("buttons")) { html in
                if browsers.count > 1 {
                    html.postForm(to: .account, view) { html in
                        html.button(
                            .type("submit"), .class("button"), .name("act"), .value("others"),
                            text: view.t("account.endOthers"))
                    }
                }
                html.postForm(to: .account, view) { html in
                    html.button(.type("submit"), .class("button is-danger"), text: view.t("account.endAll"))
                }
            }
            html.p(.class("note"), text: view.t("account.endAllNote"))
        }
    }

    private var browsers: [SessionListing] { sessions.filter { $0.kind == .browser } }

    private func entry(into html: inout HTML, _ view: View) {
        var facts = [
            Fact(view.t("signIn.name"), user.loginName),
            Fact(
                view.t("accounts.roles"), user.roles.map { view.name("role", $0) }.sorted().joined(separator: ", ")),
            Fact(
                view.t("secondFactor.title"), view.t(hasSecondFactor ? "secondFactor.isOn" : "secondFactor.isOff")),
        ]
        if hasSecondFactor { facts.append(Fact(view.t("recovery.title"), NumberText.whole(recoveryLeft))) }
        facts.append(Fact(view.t("tokens.title"), NumberText.whole(sessions.count - browsers.count)))
        html.facts(facts)
        if home != .local { html.p(.class("note"), text: view.t("accounts.foreign")) }
        html.div(.class("buttons")) { html in
            if home == .local {
                html.a(.class("button"), .href(SitePath.password.path), text: view.t("password.title"))
            }
            if hasSecondFactor {
                html.a(.class("button"), .href(SitePath.recovery.path), text: view.t("recovery.title"))
            } else {
                html.a(.class("button"), .href(SitePath.secondFactor.path), text: view.t("secondFactor.add"))
            }
            html.a(.class("button"), .href(SitePath.tokens.path), text: view.t("tokens.title"))
            html.a(.class("button"), .href(SitePath.feed.path), text: view.t("feed.title"))
            if user.authority.may(.readJournal) {
                html.a(.class("button"), .href(SitePath.roles.path), text: view.t("roles.title"))
            }
        }
    }
}

extension HTML {
    /// The sessions of somebody's browsers, each with what ends it.
    mutating func sessionTable(_ sessions: [SessionListing], to path: SitePath, _ view: View) {
        guard !sessions.isEmpty else { return p(text: view.t("account.noSessions")) }
        let columns = [
            Column(view.t("account.session")), Column(view.t("account.since")), Column(view.t("account.seen")),
            Column(view.t("account.way")), Column(view.t("account.end")),
        ]
        dataTable(caption: view.t("account.sessions"), columns: columns, rows: sessions) { row, html, session in
            row.cell(&html) { html in
                html.text(session.client ?? view.t("account.browser"))
                if session.isThis {
                    html.text(" ")
                    html.tag(view.t("account.this"))
                }
            }
            row.cell(&html, view.dates.short(session.createdAt))
            row.cell(&html, view.dates.short(session.lastSeenAt))
            let ways = [
                session.way.map { view.name("signInWay", $0) }, session.proof.map { view.name("secondProof", $0) },
            ].compactMap(\.self)
            row.cell(&html, ways.isEmpty ? "–" : ways.joined(separator: " + "))
            row.cell(&html) { html in
                guard !session.isThis else { return html.text("–") }
                html.postForm(to: path, view) { html in
                    html.input(.type("hidden"), .name("session"), .value(session.id))
                    html.button(
                        .type("submit"), .class("button is-small"), .name("act"), .value("session"),
                        .ariaLabel(
                            view.t(
                                "account.endOf",
                                [
                                    "client": session.client ?? view.t("account.browser"),
                                    "time": view.dates.short(session.createdAt),
                                ])), text: view.t("account.end"))
                }
            }
        }
    }
}

extension AccountPage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard let (token, session) = site.context.session else { return site.redirect(to: .signIn) }
        let accounts = site.environment.accounts
        let number = session.user.number
        return site.page(
            AccountPage(
                user: session.user, hasSecondFactor: try await accounts.hasSecondFactor(number),
                recoveryLeft: try await accounts.recoveryCodesLeft(of: number),
                sessions: try await accounts.sessions(of: session.user, seenBy: token, at: site.environment.now()),
                home: try await accounts.home(number) ?? .local))
    }

    /// Ends one session, all others, or all with this one.
    static func endSessions(_ site: WebRequest) async throws -> Response {
        guard let (token, session) = site.context.session else { return site.redirect(to: .signIn) }
        let (accounts, user, now) = (site.environment.accounts, session.user, site.environment.now())
        switch site.form["act"] {
        case "session":
            do {
                try await accounts.endSession(site.form["session"], of: user.number, by: user.authority, at: now)
            } catch AccountError.unknownSession {
                // It has ended meanwhile, which is what was wanted.
            }
            return site.redirect(to: .account, notice: .sessionEnded)
        case "others":
            try await accounts.endOtherSessions(of: user, but: token, at: now)
            return site.redirect(to: .account, notice: .otherSessionsEnded)
        default: break
        }
        try await accounts.endSessions(of: user.number, by: user.authority, at: now)
        var response = site.redirect(to: .signIn, notice: .sessionsEnded)
        response.setSiteCookie(site.environment.configuration.sessionCookie, "", 0, site.environment)
        return response
    }
}
