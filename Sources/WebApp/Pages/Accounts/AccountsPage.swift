import Accounts
import Hummingbird
import Markup

/// All accounts, and the form that makes one.
struct AccountsPage: Page {
    let accounts: [AccountListing]
    /// What was typed for a new account, with what is wrong with it.
    var draft = AccountDraft()
    /// The password made up for an account a moment ago; shown once.
    var password: GivenPassword?
    /// How many people the directory says are all gone; nil where its word is taken.
    var implausible: Int?

    var section: NavigationSection? { .accounts }
    func title(_ view: View) -> String { view.t("nav.accounts") }

    func draw(into html: inout HTML, _ view: View) {
        html.pageHeader(title(view), lead: view.t("accounts.lead"))
        if let password { password.draw(into: &html, view) }
        if let implausible {
            html.alert(.danger, title: view.t("accounts.implausible", count: implausible)) { html in
                html.p(text: view.t("accounts.implausibleHelp"))
            }
        }
        let columns = [
            Column(view.t("accounts.name")), Column(view.t("signIn.name")), Column(view.t("accounts.roles")),
            Column(view.t("secondFactor.title")), Column(view.t("accounts.lastSignIn")),
        ]
        html.dataTable(caption: title(view), columns: columns, rows: accounts) { row, html, listing in
            let account = listing.account
            row.cell(&html) { html in
                let name = listing.displayName.isEmpty ? view.t("accounts.erased") : listing.displayName
                html.a(.href(SitePath.accountOf(.value("\(account.number)")).path), text: name)
                if account.isDisabled { html.tag(view.t("accounts.disabled")) }
                if listing.home != .local { html.tag(view.t("accounts.ofOrganisation")) }
            }
            row.cell(&html, listing.loginName)
            row.cell(&html, account.roles.map { view.name("role", $0) }.sorted().joined(separator: ", "))
            row.cell(&html, view.t(account.hasSecondFactor ? "secondFactor.isOn" : "secondFactor.isOff"))
            row.cell(&html, account.lastSignInAt.map(view.dates.short) ?? "–")
        }
        html.panel(view.t("accounts.new"), id: "new") { html in
            draft.form(into: &html, view)
        }
    }
}

/// A new account while it is being filled in.
struct AccountDraft: Sendable {
    var loginName = ""
    var displayName = ""
    var roles: Set<Role> = []
    var problem: AccountError?

    func form(into html: inout HTML, _ view: View) {
        let login = Field(
            "name", label: view.t("signIn.name"), hint: view.t("accounts.loginHint"),
            error: problem == .badLoginName
                ? view.t("accounts.badLogin") : problem == .loginNameTaken ? view.t("accounts.taken") : nil)
        let shown = Field(
            "shown", label: view.t("accounts.name"),
            error: problem == .incomplete ? view.t("accounts.incomplete") : nil)
        html.errorSummary([login, shown], view)
        html.postForm(to: .accounts, view, .class("form")) { html in
            html.textField(
                login, view, value: loginName, .autocomplete("off"), Attribute("autocapitalize", "none"),
                Attribute("spellcheck", "false"))
            html.textField(shown, view, value: displayName, .autocomplete("off"))
            html.roleBoxes(chosen: roles, view)
            html.p(.class("note"), text: view.t("accounts.passwordNote"))
            html.formButtons(submit: view.t("accounts.create"), view)
        }
    }
}

/// A password that was made up for somebody, to be read out to him.
struct GivenPassword: Sendable {
    let loginName: String
    let password: String

    func draw(into html: inout HTML, _ view: View) {
        html.alert(.success, title: view.t("accounts.passwordFor", ["name": loginName])) { html in
            html.p { $0.code(.class("given-password"), text: password) }
            html.p(text: view.t("accounts.passwordOnce"))
        }
    }
}

extension HTML {
    /// A box to tick for each role, with what the role is for.
    mutating func roleBoxes(chosen: Set<Role>, _ view: View) {
        fieldset(.class("field roles")) { html in
            html.legend(text: view.t("accounts.roles"))
            for role in Role.allCases {
                html.div(.class("choice")) { html in
                    let id = "role-" + role.rawValue
                    html.input(
                        .type("checkbox"), .id(id), .name(role.rawValue), .value("yes"),
                        .checked(chosen.contains(role)),
                        .ariaDescribedBy(id + "-text"))
                    html.label(.for(id), text: view.name("role", role))
                    html.p(.class("hint"), .id(id + "-text"), text: view.name("roleText", role))
                }
            }
        }
    }
}

extension AccountsPage {
    static func show(_ site: WebRequest) async throws -> Response {
        let accounts = site.environment.accounts
        return site.page(
            AccountsPage(
                accounts: try await accounts.all(for: site.authority), implausible: accounts.directoryImplausible))
    }

    static func create(_ site: WebRequest) async throws -> Response {
        let accounts = site.environment.accounts
        var draft = AccountDraft(
            loginName: site.form["name"], displayName: site.form["shown"], roles: site.form.roles)
        let password = accounts.generatedPassword()
        do {
            try await accounts.create(
                loginName: draft.loginName, displayName: draft.displayName, password: password, roles: draft.roles,
                mustChangePassword: true, by: site.authority, at: site.environment.now())
        } catch let problem as AccountError {
            draft.problem = problem
            let page = AccountsPage(accounts: try await accounts.all(for: site.authority), draft: draft)
            return site.page(page, status: .unprocessableContent)
        }
        return site.secretPage(
            AccountsPage(
                accounts: try await accounts.all(for: site.authority),
                password: GivenPassword(loginName: draft.loginName, password: password)))
    }
}

extension Form {
    /// The roles that are ticked.
    var roles: Set<Role> { Set(Role.allCases.filter { self[$0.rawValue] == "yes" }) }
}

extension WebRequest {
    /// A page that holds a secret: kept by nobody on the way.
    func secretPage(_ page: some Page) -> Response {
        var response = self.page(page)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
