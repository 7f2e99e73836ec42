import Accounts
import HTTPTypes
import Hummingbird
import Logging
import Markup

/// One's own recovery codes: how many are left, and ten new ones, shown once, for who shows a code of his telephone.
struct RecoveryPage: Page {
    let hasSecondFactor: Bool
    let left: Int
    /// The codes that were made just now; nobody sees them again.
    var codes: [RecoveryCode] = []
    /// What is wrong with the code that was typed.
    var problem: TextKey?

    func title(_ view: View) -> String { view.t("recovery.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.breadcrumbs([(view.t("account.title"), .account)], view)
        html.pageHeader(title(view), lead: view.t("recovery.lead"))
        guard hasSecondFactor else {
            html.alert(.info, title: view.t("recovery.needs")) { html in
                html.p { $0.a(.href(SitePath.secondFactor.path), text: view.t("secondFactor.add")) }
            }
            return
        }
        if !codes.isEmpty { return made(into: &html, view) }
        html.panel(view.t("recovery.new"), id: "new") { html in
            html.p(text: left == 0 ? view.t("recovery.none") : view.t("recovery.left", count: left))
            html.p(.class("note"), text: view.t("recovery.replaces"))
            html.postForm(to: .recovery, view, .class("form")) { html in
                html.codeField(
                    Field(
                        "code", label: view.t("code.label"), hint: view.t("code.hint"),
                        error: problem.map { view.t($0) }), view)
                html.formButtons(submit: view.t("recovery.make"), view, back: .account)
            }
        }
    }

    private func made(into html: inout HTML, _ view: View) {
        html.alert(.success, title: view.t("recovery.once")) { $0.p(text: view.t("recovery.keep")) }
        html.panel(view.t("recovery.title"), id: "codes") { html in
            html.ol(.class("recovery-codes")) { html in
                for code in codes { html.li { $0.code(text: code.text) } }
            }
            html.p { $0.a(.class("button"), .href(SitePath.account.path), text: view.t("recovery.kept")) }
        }
    }
}

extension RecoveryPage {
    static func show(_ site: WebRequest) async throws -> Response { try await answer(site) }

    static func make(_ site: WebRequest) async throws -> Response {
        guard let user = site.user else { return site.redirect(to: .signIn) }
        do {
            let codes = try await site.environment.accounts.makeRecoveryCodes(
                of: user, code: site.form["code"], at: site.environment.now())
            return site.secretPage(RecoveryPage(hasSecondFactor: true, left: codes.count, codes: codes))
        } catch AccountError.noSecondFactor {
            return try await answer(site)
        } catch AccountError.wrongCode {
            SecurityLog.write("security.code", ["what": "refused"], site.context)
            return try await answer(site, problem: "code.wrong", status: .unprocessableContent)
        } catch is TooManyAttempts {
            return try await answer(site, problem: "code.tooMany", status: .tooManyRequests)
        }
    }

    private static func answer(
        _ site: WebRequest, problem: TextKey? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        guard let user = site.user else { return site.redirect(to: .signIn) }
        let accounts = site.environment.accounts
        let page = RecoveryPage(
            hasSecondFactor: try await accounts.hasSecondFactor(user.number),
            left: try await accounts.recoveryCodesLeft(of: user.number), problem: problem)
        return site.page(page, status: status)
    }
}
