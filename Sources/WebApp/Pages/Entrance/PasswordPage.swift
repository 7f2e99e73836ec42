import Accounts
import Hummingbird
import Logging
import Markup

/// One's own password: the present one, the new one twice.
struct PasswordPage: Page {
    /// The password was given by somebody else and has to be changed before anything else.
    var isForced = false
    /// What is wrong with each field.
    var oldProblem: String?
    var newProblem: String?
    var repeatedProblem: TextKey?

    func title(_ view: View) -> String { view.t("password.title") }

    func draw(into html: inout HTML, _ view: View) {
        let fields = (
            old: Field("old", label: view.t("password.old"), error: oldProblem),
            new: Field(
                "new", label: view.t("password.new"),
                hint: view.t("password.hint", ["count": "\(PasswordRules.shortest)"]), error: newProblem),
            repeated: Field("repeated", label: view.t("password.repeated"), error: repeatedProblem.map { view.t($0) })
        )
        if !isForced { html.breadcrumbs([(view.t("account.title"), .account)], view) }
        html.pageHeader(title(view))
        if isForced { html.alert(.info, title: view.t("password.forced")) }
        html.errorSummary([fields.old, fields.new, fields.repeated], view)
        html.postForm(to: .password, view, .class("form")) { html in
            html.textField(fields.old, view, type: "password", .autocomplete("current-password"))
            html.textField(fields.new, view, type: "password", .autocomplete("new-password"))
            html.textField(fields.repeated, view, type: "password", .autocomplete("new-password"))
            html.formButtons(submit: view.t("password.submit"), view, back: isForced ? nil : .account)
        }
    }
}

extension PasswordPage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.page(PasswordPage(isForced: site.context.session?.active.step == .passwordChange))
    }

    static func submit(_ site: WebRequest) async throws -> Response {
        guard let session = site.context.session?.active else { return site.redirect(to: .signIn) }
        var page = PasswordPage(isForced: session.step == .passwordChange)
        let new = site.form.exactly("new")
        guard new == site.form.exactly("repeated") else {
            page.repeatedProblem = "password.different"
            return site.page(page, status: .unprocessableContent)
        }
        do {
            try await site.environment.accounts.changePassword(
                of: session.user, from: site.form.exactly("old"), to: new, at: site.environment.now())
        } catch AccountError.foreign {
            page.oldProblem = site.reader.t("accounts.foreign")
            return site.page(page, status: .unprocessableContent)
        } catch AccountError.wrongPassword {
            SecurityLog.write("security.password", ["what": "refused"], site.context)
            page.oldProblem = site.environment.texts.text("password.wrong", site.context.language)
            return site.page(page, status: .unprocessableContent)
        } catch let wait as TooManyAttempts {
            SecurityLog.write("security.password", ["what": "too many attempts"], site.context)
            let seconds = wait.seconds(from: site.environment.now())
            page.oldProblem = site.reader.t("signIn.tooMany", count: (seconds + 59) / 60)
            var response = site.page(page, status: .tooManyRequests)
            response.headers[.retryAfter] = "\(seconds)"
            return response
        } catch AccountError.badPassword(let problem) {
            let key = TextKey(family: "passwordProblem", member: problem.rawValue)
            page.newProblem = site.environment.texts.text(
                key, site.context.language, ["count": "\(PasswordRules.shortest)"])
            return site.page(page, status: .unprocessableContent)
        }
        var response = site.redirect(to: .signIn, notice: .passwordChanged)
        response.setSiteCookie(site.environment.configuration.sessionCookie, "", 0, site.environment)
        return response
    }
}
