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
        case roles, password, sessions, secondFactor, disable, enable
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
        site.page(AccountEditPage(listing: try await listing(site)))
    }

    static func change(_ site: WebRequest) async throws -> Response {
        let (accounts, authority, now) = (site.environment.accounts, try site.authority, site.environment.now())
        let listing = try await listing(site)
        let number = listing.account.number
        do {
            switch Act(rawValue: site.form["act"]) {
            case .roles: try await accounts.changeRoles(of: number, to: site.form.roles, by: authority, at: now)
            case .sessions: try await accounts.endSessions(of: number, by: authority, at: now)
            case .secondFactor: try await accounts.removeSecondFactor(of: number, by: authority, at: now)
            case .enable: try await accounts.enable(number, by: authority, at: now)
            case .disable:
                guard !site.form["reason"].isEmpty else {
                    let page = AccountEditPage(listing: listing, problem: "accounts.reasonMissing")
                    return site.page(page, status: .unprocessableContent)
                }
                try await accounts.disable(number, reason: site.form["reason"], by: authority, at: now)
            case .password:
                let password = accounts.generatedPassword()
                try await accounts.resetPassword(of: number, to: password, by: authority, at: now)
                return site.secretPage(
                    AccountEditPage(
                        listing: listing, password: GivenPassword(loginName: listing.loginName, password: password)))
            case nil: throw SiteError(.badRequest, "The form names no act.")
            }
        } catch AccountError.lastAdministrator {
            return site.page(
                AccountEditPage(listing: listing, problem: "accounts.last"), status: .unprocessableContent)
        } catch AccountError.foreign {
            return site.page(
                AccountEditPage(listing: listing, problem: "accounts.foreign"), status: .unprocessableContent)
        } catch AccountError.incomplete {
            return site.page(
                AccountEditPage(listing: listing, problem: "accounts.noRole"), status: .unprocessableContent)
        }
        return site.redirect(to: .accountOf(.value("\(number)")), notice: .accountChanged)
    }

    private static func listing(_ site: WebRequest) async throws -> AccountListing {
        let number = try site.parameter("number")
        let all = try await site.environment.accounts.all(for: site.authority)
        guard let found = all.first(where: { String($0.account.number) == number }) else {
            throw SiteError(.notFound, "There is no account \(number).")
        }
        return found
    }
}
