import Accounts
import Hummingbird
import Markup

/// Setting up one-time codes: scan or type the secret, then prove it by a code.
struct SecondFactorPage: Page {
    /// Nil where the account has codes already.
    let offer: SecondFactorOffer?
    /// The role asks for it before anything else.
    let isForced: Bool
    /// What is wrong with the code.
    var problem: TextKey?

    func title(_ view: View) -> String { view.t("secondFactor.title") }

    func draw(into html: inout HTML, _ view: View) {
        if !isForced { html.breadcrumbs([(view.t("account.title"), .account)], view) }
        html.pageHeader(title(view), lead: view.t("secondFactor.lead"))
        guard let offer else { return html.alert(.info, title: view.t("secondFactor.present")) }
        if isForced { html.alert(.info, title: view.t("secondFactor.forced")) }
        let field = Field(
            "code", label: view.t("secondFactor.code"), hint: view.t("code.hint"), error: problem.map { view.t($0) })
        html.div(.class("panel second-factor")) { html in
            html.h2(text: view.t("secondFactor.scan"))
            if let code = QRCode(offer.address) { html.qrCode(code, label: view.t("secondFactor.picture")) }
            html.p { html in
                html.text(view.t("secondFactor.type"))
                html.text(" ")
                html.code(text: offer.secret)
            }
            html.postForm(to: .secondFactor, view, .class("form")) { html in
                html.codeField(field, view)
                html.formButtons(submit: view.t("secondFactor.submit"), view, back: isForced ? nil : .account)
            }
        }
    }
}

extension SecondFactorPage {
    static func show(_ site: WebRequest) async throws -> Response { try await answer(site) }

    static func submit(_ site: WebRequest) async throws -> Response {
        guard let user = site.user else { return site.redirect(to: .signIn) }
        do {
            try await site.environment.accounts.addSecondFactor(
                of: user, code: site.form["code"], at: site.environment.now())
        } catch AccountError.wrongCode {
            return try await answer(site, problem: "code.wrong")
        }
        return site.redirect(to: .account, notice: .secondFactorAdded)
    }

    private static func answer(_ site: WebRequest, problem: TextKey? = nil) async throws -> Response {
        guard let session = site.context.session?.active else { return site.redirect(to: .signIn) }
        var offer: SecondFactorOffer?
        do {
            offer = try await site.environment.accounts.offerSecondFactor(to: session.user, issuer: "Bailanys")
        } catch AccountError.hasSecondFactor {
            offer = nil
        }
        let page = SecondFactorPage(offer: offer, isForced: session.step == .secondFactor, problem: problem)
        var response = site.page(page, status: problem == nil ? .ok : .unprocessableContent)
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
