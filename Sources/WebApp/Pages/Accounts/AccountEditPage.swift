import Accounts
import Hummingbird
import Markup

/// One account in the hands of an administrator: roles, password, second factor, sessions, in or out.
struct AccountEditPage: Page {
    let listing: AccountListing
    /// Why the last change was not made.
    var problem: TextKey?
    /// The password made up a moment ago; shown once.
    var password: GivenPassword?
    /// The sessions of his browsers.
    var sessions: [SessionListing] = []
    /// How many tokens for programs the account has.
    var tokens = 0

    var section: NavigationSection? { .accounts }
    func title(_ view: View) -> String {
        listing.displayName.isEmpty ? view.t("accounts.erased") : listing.displayName
    }

    private var path: SitePath { .accountOf(.value("\(listing.account.number)")) }

    func draw(into html: inout HTML, _ view: View) {
        let account = listing.account
        html.breadcrumbs([(view.t("nav.accounts"), .accounts)], view)
        html.pageHeader(title(view), lead: listing.loginName)
        if let problem { html.alert(.danger, title: view.t(problem)) }
        if let password { password.draw(into: &html, view) }
        html.panel(view.t("accounts.roles"), id: "roles") { html in
            guard listing.home == .local else {
                html.p(text: account.roles.map { view.name("role", $0) }.sorted().joined(separator: ", "))
                return html.p(.class("note"), text: view.t("accounts.foreign"))
            }
            html.postForm(to: path, view, .class("form")) { html in
                html.roleBoxes(chosen: account.roles, view)
                html.act(.roles, label: view.t("accounts.saveRoles"), view)
            }
        }
        html.panel(view.t("accounts.entry"), id: "entry") { html in
            html.p(text: view.t("accounts.entryNote"))
            html.postForm(to: path, view, .class("buttons")) { html in
                if listing.home == .local { html.act(.password, label: view.t("accounts.newPassword"), view) }
                html.act(.sessions, label: view.t("account.endAll"), view)
                if account.hasSecondFactor {
                    html.act(.secondFactor, label: view.t("accounts.removeSecondFactor"), view)
                }
            }
        }
        html.panel(view.t("account.sessions"), id: "sessions") { html in
            html.sessionTable(sessions, to: path, view)
            html.p { html in
                html.a(
                    .class("button"), .href(SitePath.accountTokens(.value("\(account.number)")).path),
                    text: "\(view.t("tokens.title")) · \(NumberText.whole(tokens))")
            }
        }
        html.panel(view.t(account.isDisabled ? "accounts.disabled" : "accounts.disableTitle"), id: "disable") { html in
            html.postForm(to: path, view, .class("form")) { html in
                if account.isDisabled { return html.act(.enable, label: view.t("accounts.enable"), view) }
                html.textField(Field("reason", label: view.t("accounts.reason")), view)
                html.act(.disable, label: view.t("accounts.disable"), view, isDangerous: true)
            }
        }
    }

    /// What an administrator does to an account.
    enum Act: String, Sendable {
        case roles, password, sessions, session, secondFactor, disable, enable
    }
}

extension HTML {
    fileprivate mutating func act(
        _ act: AccountEditPage.Act, label: String, _ view: View, isDangerous: Bool = false
    ) {
        div(.class("buttons")) { html in
            html.button(
                .type("submit"), .class(isDangerous ? "button is-danger" : "button"), .name("act"),
                .value(act.rawValue), text: label)
        }
    }
}

extension AccountEditPage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(try await page(site, try await listing(site)))
    }

    /// The page of an account with where its owner is signed in.
    private static func page(
        _ site: WebRequest, _ listing: AccountListing, problem: TextKey? = nil
    ) async throws -> AccountEditPage {
        var page = AccountEditPage(listing: listing, problem: problem)
        let all = try await site.environment.accounts.sessions(
            of: listing.account.number, seenBy: site.context.session?.token, by: site.authority,
            at: site.environment.now())
        page.sessions = all.filter { $0.kind == .browser }
        page.tokens = all.count - page.sessions.count
        return page
    }

    static func change(_ site: WebRequest) async throws -> Response {
        let (accounts, authority, now) = (site.environment.accounts, try site.authority, site.environment.now())
        let listing = try await listing(site)
        let number = listing.account.number
        func refused(_ problem: TextKey) async throws -> Response {
            site.page(try await page(site, listing, problem: problem), status: .unprocessableContent)
        }
        do {
            switch Act(rawValue: site.form["act"]) {
            case .roles: try await accounts.changeRoles(of: number, to: site.form.roles, by: authority, at: now)
            case .sessions: try await accounts.endSessions(of: number, by: authority, at: now)
            case .session: try await accounts.endSession(site.form["session"], of: number, by: authority, at: now)
            case .secondFactor: try await accounts.removeSecondFactor(of: number, by: authority, at: now)
            case .enable: try await accounts.enable(number, by: authority, at: now)
            case .disable:
                guard !site.form["reason"].isEmpty else {
                    return try await refused("accounts.reasonMissing")
                }
                try await accounts.disable(number, reason: site.form["reason"], by: authority, at: now)
            case .password:
                let password = accounts.generatedPassword()
                try await accounts.resetPassword(of: number, to: password, by: authority, at: now)
                var page = try await page(site, listing)
                page.password = GivenPassword(loginName: listing.loginName, password: password)
                return site.secretPage(page)
            case nil: throw SiteError(.badRequest, "The form names no act.")
            }
        } catch AccountError.unknownSession {
            // It has ended meanwhile, which is what was wanted.
        } catch AccountError.lastAdministrator {
            return try await refused("accounts.last")
        } catch AccountError.foreign {
            return try await refused("accounts.foreign")
        } catch AccountError.incomplete {
            return try await refused("accounts.noRole")
        }
        return site.redirect(to: .accountOf(.value("\(number)")), notice: .accountChanged)
    }

    /// The account that the address names.
    static func listing(_ site: WebRequest) async throws -> AccountListing {
        let number = try site.parameter("number")
        let all = try await site.environment.accounts.all(for: site.authority)
        guard let found = all.first(where: { String($0.account.number) == number }) else {
            throw SiteError(.notFound, "There is no account \(number).")
        }
        return found
    }
}
