import Accounts
import Hummingbird
import Logging
import Markup

/// The one-time code, after the password.
struct CodePage: Page {
    /// Why it did not open.
    var problem: TextKey?

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("code.title") }

    func draw(into html: inout HTML, _ view: View) {
        let field = Field(
            "code", label: view.t("code.label"), hint: view.t("code.hint"), error: problem.map { view.t($0) })
        html.div(.class("sheet")) { html in
            html.h1(text: title(view))
            html.postForm(to: .oneTimeCode, view, .class("form")) { html in
                html.codeField(field, view)
                html.formButtons(submit: view.t("signIn.submit"), view)
            }
            html.details(.class("fold")) { html in
                html.summary(text: view.t("code.useRecovery"))
                html.postForm(to: .oneTimeCode, view, .class("form")) { html in
                    html.textField(
                        Field("recovery", label: view.t("code.recovery"), hint: view.t("code.recoveryHint")), view,
                        .autocomplete("off"), Attribute("autocapitalize", "none"), Attribute("maxlength", 60),
                        Attribute("spellcheck", "false"))
                    html.formButtons(submit: view.t("signIn.submit"), view)
                }
            }
            html.p(.class("note"), text: view.t("code.lost"))
            html.postForm(to: .signOut, view) { html in
                html.button(.type("submit"), .class("button is-quiet"), text: view.t("code.other"))
            }
        }
    }
}

extension HTML {
    /// A field for six digits.
    mutating func codeField(_ field: Field, _ view: View) {
        textField(
            field, view, .autocomplete("one-time-code"), Attribute("inputmode", "numeric"),
            Attribute("maxlength", 7), Attribute("spellcheck", "false"), Attribute.autofocus)
    }
}

extension CodePage {
    static func show(_ site: WebRequest) async throws -> Response {
        guard site.context.session?.active.step == .oneTimeCode else { return site.redirect(to: .home) }
        return site.page(CodePage())
    }

    static func submit(_ site: WebRequest) async throws -> Response {
        guard let token = site.context.session?.token else { return site.redirect(to: .signIn) }
        let recovery = site.form["recovery"]
        let accounts = site.environment.accounts
        let outcome = try await accounts.confirmCode(
            recovery.isEmpty ? site.form["code"] : recovery, for: token, at: site.environment.now())
        switch outcome {
        case .signedIn(let token, let user, let step):
            var response = try await SignInPage.welcome(site, user, token, step: step)
            if !recovery.isEmpty, try await accounts.recoveryCodesLeft(of: user.number) <= Accounts.fewRecoveryCodes {
                response.setSiteCookie(Preferences.noticeCookie, Notice.recoveryFew.rawValue, 60, site.environment)
            }
            return response
        case .refused:
            SecurityLog.write("security.code", ["what": "refused"], site.context)
            return site.page(CodePage(problem: "code.wrong"), status: .forbidden)
        case .tooManyAttempts: return site.page(CodePage(problem: "code.tooMany"), status: .tooManyRequests)
        }
    }
}
