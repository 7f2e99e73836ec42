import Accounts
import HTTPTypes
import Hummingbird
import Markup
import WorkingDays

/// The tokens of an account for programs: what each may do, when it ends, when it was last used; new ones are shown once.
struct TokensPage: Page {
    /// Whose they are: one's own, or those of an account in the hands of an administrator.
    struct Owner: Sendable {
        let number: Int64
        let name: String
        let isSelf: Bool

        var path: SitePath { isSelf ? .tokens : .accountTokens(.value("\(number)")) }
    }

    /// A token while it is being described.
    struct Draft: Sendable {
        var label = ""
        var scope: Set<Permission> = []
        var days = 90
        var problem: AccountError?
    }

    let owner: Owner
    /// What the account may do, and so its tokens at most.
    let permissions: Set<Permission>
    let tokens: [TokenListing]
    var draft = Draft()
    /// The token that was made just now; nobody sees it again.
    var secret: SessionToken?

    /// For how many days tokens are offered.
    static let terms = [30, 90, 180, 365]

    var section: NavigationSection? { owner.isSelf ? nil : .accounts }
    func title(_ view: View) -> String { view.t("tokens.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs(
            owner.isSelf
                ? [(view.t("account.title"), .account)]
                : [(view.t("nav.accounts"), .accounts), (owner.name, .accountOf(.value("\(owner.number)")))], view)
        html.pageHeader(title(view), lead: view.t("tokens.lead", ["name": owner.name]))
        if let secret {
            html.alert(.success, title: view.t("tokens.made")) { html in
                html.p { $0.code(.class("given-token"), text: secret.text) }
                html.p(text: view.t("tokens.once"))
            }
        }
        html.panel(view.t("tokens.valid"), id: "tokens") { html in list(into: &html, view) }
        html.panel(view.t("tokens.new"), id: "new") { html in form(into: &html, view) }
    }

    private func list(into html: inout HTML, _ view: View) {
        guard !tokens.isEmpty else { return html.p(text: view.t("tokens.none")) }
        let columns = [
            Column(view.t("tokens.label")), Column(view.t("tokens.scope")), Column(view.t("tokens.issued")),
            Column(view.t("tokens.used")), Column(view.t("tokens.ends")), Column(view.t("tokens.revoke")),
        ]
        html.dataTable(caption: view.t("tokens.valid"), columns: columns, rows: tokens) { row, html, token in
            row.cell(&html) { html in
                html.text(token.label)
                html.p(.class("hint"), text: token.id)
            }
            row.cell(&html) { html in
                guard let scope = token.scope else { return html.text(view.t("tokens.all")) }
                html.ul(.class("plain-list")) { html in
                    for right in Permission.allCases where scope.contains(right) {
                        html.li(text: view.name("permission", right))
                    }
                }
            }
            row.cell(&html, view.dates.short(token.createdAt))
            row.cell(&html, token.wasUsed ? view.dates.short(token.lastSeenAt) : view.t("tokens.never"))
            row.cell(&html, view.dates.short(token.endsAt))
            row.cell(&html) { html in
                html.postForm(to: owner.path, view) { html in
                    html.input(.type("hidden"), .name("token"), .value(token.id))
                    html.button(
                        .type("submit"), .class("button is-danger is-small"), .name("act"), .value("revoke"),
                        .ariaLabel(view.t("tokens.revokeOf", ["label": token.label])), text: view.t("tokens.revoke"))
                }
            }
        }
    }

    private func form(into html: inout HTML, _ view: View) {
        let label = Field(
            "label", label: view.t("tokens.label"), hint: view.t("tokens.labelHint"),
            error: draft.problem == .badLabel ? view.t("tokens.badLabel") : nil)
        let scope = Field(
            "scope", label: view.t("tokens.scope"),
            error: draft.problem == .badScope ? view.t("tokens.badScope") : nil)
        html.errorSummary([label, scope], view)
        if draft.problem == .tooManyTokens {
            html.alert(.danger, title: view.t("tokens.tooMany", ["count": "\(Accounts.mostTokens)"]))
        }
        html.postForm(to: owner.path, view, .class("form")) { html in
            html.textField(label, view, value: draft.label, .autocomplete("off"), Attribute("maxlength", 80))
            html.fieldset(.class("field"), .id(scope.id)) { html in
                html.legend(text: scope.label)
                html.p(.class("hint"), text: view.t("tokens.scopeHint"))
                if let error = scope.error { html.p(.class("field-error"), text: error) }
                for right in Permission.allCases where permissions.contains(right) {
                    html.checkbox(
                        Field("may-" + right.rawValue, label: view.name("permission", right), isRequired: false),
                        isTicked: draft.scope.contains(right))
                }
            }
            html.selectField(
                Field("days", label: view.t("tokens.term")), view,
                options: Self.terms.map { ("\($0)", view.t("tokens.days", count: $0)) }, chosen: "\(draft.days)")
            html.div(.class("buttons")) { html in
                html.button(
                    .type("submit"), .class("button is-primary"), .name("act"), .value("issue"),
                    text: view.t("tokens.issue"))
            }
        }
    }
}

extension TokensPage {
    static func show(_ site: WebRequest) async throws -> Response { try await answer(site) }

    static func change(_ site: WebRequest) async throws -> Response {
        let owner = try await owner(site)
        let (accounts, authority, now) = (site.environment.accounts, try site.authority, site.environment.now())
        if site.form["act"] == "revoke" {
            do {
                try await accounts.revokeToken(site.form["token"], of: owner.number, by: authority, at: now)
            } catch AccountError.unknownToken {
                // It has ended meanwhile, which is what was wanted.
            }
            return site.redirect(to: owner.path, notice: .tokenRevoked)
        }
        var draft = Draft(label: site.form["label"])
        draft.scope = Set(Permission.allCases.filter { !site.form["may-" + $0.rawValue].isEmpty })
        draft.days = Int(site.form["days"]) ?? 0
        do {
            guard draft.label.contains(where: { !$0.isWhitespace }) else { throw AccountError.badLabel }
            let secret = try await accounts.issueToken(
                for: owner.number, label: draft.label, scope: draft.scope, days: draft.days, by: authority, at: now)
            return try await answer(site, secret: secret)
        } catch let error as AccountError where [.badLabel, .badScope, .tooManyTokens].contains(error) {
            draft.problem = error
            return try await answer(site, draft: draft, status: .unprocessableContent)
        } catch AccountError.badTerm {
            throw SiteError(.badRequest, "A token ends after 1 to 365 days.")
        } catch AccountError.closed {
            throw SiteError(.conflict, "The account is closed: a token would open nothing.")
        }
    }

    private static func answer(
        _ site: WebRequest, draft: Draft = Draft(), secret: SessionToken? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let owner = try await owner(site)
        let (accounts, authority) = (site.environment.accounts, try site.authority)
        let page = TokensPage(
            owner: owner, permissions: try await accounts.permissions(of: owner.number, by: authority),
            tokens: try await accounts.tokens(of: owner.number, by: authority, at: site.environment.now()),
            draft: draft, secret: secret)
        var response = site.page(page, status: status)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Whose tokens the address names: without a number one's own.
    private static func owner(_ site: WebRequest) async throws -> Owner {
        guard let user = site.user else { throw SiteError(.unauthorized, "Sign in first.") }
        guard site.context.parameters.get("number") != nil else {
            return Owner(number: user.number, name: user.displayName, isSelf: true)
        }
        let listing = try await AccountEditPage.listing(site)
        return Owner(number: listing.account.number, name: listing.displayName, isSelf: false)
    }
}
