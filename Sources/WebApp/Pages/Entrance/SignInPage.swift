import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import Markup

/// Name and password; the way in for everybody.
struct SignInPage: Page {
    /// What was typed before, to be mended.
    var loginName = ""
    /// The organisation's directory gives no answer, so that local accounts alone get in.
    var isDirectorySilent = false
    /// Whether there is another way in, by the organisation's provider of identities.
    var hasProvider = false
    /// Why it did not open.
    var failure: Failure?

    enum Failure {
        case refused
        case tooManyAttempts(minutes: Int)
        /// The provider of identities did not answer.
        case providerSilent
        /// What it sent is not believed, or it said no.
        case providerRefused
        /// It is known who he is, and he may not work here.
        case providerNobody

        /// What is said of a failure of the provider; nil for the others.
        var provider: TextKey? {
            switch self {
            case .refused, .tooManyAttempts: nil
            case .providerSilent: "signIn.providerSilent"
            case .providerRefused: "signIn.providerRefused"
            case .providerNobody: "signIn.providerNobody"
            }
        }
    }

    /// The page as this site has it now.
    init(_ site: WebRequest, loginName: String = "", failure: Failure? = nil) {
        self.loginName = loginName
        self.failure = failure
        isDirectorySilent = site.environment.accounts.isDirectorySilent
        hasProvider = site.environment.provider != nil
    }

    var frame: PageFrame { .narrow }
    func title(_ view: View) -> String { view.t("signIn.title") }

    func draw(into html: inout HTML, _ view: View) {
        html.div(.class("sheet")) { html in
            html.h1(text: title(view))
            html.p(.class("lead"), text: view.t("signIn.lead"))
            switch failure {
            case nil: break
            case .refused:
                html.alert(.danger, title: view.t("signIn.refused")) { $0.p(text: view.t("signIn.refusedHelp")) }
            case .tooManyAttempts(let minutes):
                html.alert(.warning, title: view.t("signIn.tooMany", count: minutes))
            case .providerSilent, .providerRefused, .providerNobody:
                if let key = failure?.provider {
                    html.alert(.warning, title: view.t(key)) { $0.p(text: view.t("signIn.providerHelp")) }
                }
            }
            if isDirectorySilent {
                html.alert(.warning, title: view.t("signIn.silent")) { $0.p(text: view.t("signIn.silentHelp")) }
            }
            html.postForm(to: .signIn, view, .class("form")) { html in
                html.textField(
                    Field("name", label: view.t("signIn.name")), view, value: loginName, .autocomplete("username"),
                    Attribute("autocapitalize", "none"), Attribute("spellcheck", "false"),
                    Attribute.autofocus.when(loginName.isEmpty))
                html.textField(
                    Field("password", label: view.t("signIn.password")), view, type: "password",
                    .autocomplete("current-password"), Attribute.autofocus.when(!loginName.isEmpty))
                html.formButtons(submit: view.t("signIn.submit"), view)
            }
            if hasProvider {
                html.p { $0.a(.class("button"), .href(SitePath.provider.path), text: view.t("signIn.provider")) }
            }
            html.p(.class("note"), text: view.t("signIn.help"))
        }
    }
}

extension SignInPage {
    static func show(_ site: WebRequest) async throws -> Response {
        site.user == nil ? site.page(SignInPage(site)) : site.redirect(to: .home)
    }

    static func submit(_ site: WebRequest) async throws -> Response {
        let now = site.environment.now()
        let name = site.form["name"]
        do {
            try site.limiters.signIn.take(site.context.customer, at: now)
        } catch {
            SecurityLog.signIn("too many from this address", name: name, site.context)
            throw error
        }
        let origin = SignInOrigin(
            network: site.context.customer, device: site.device,
            client: ClientKind.name(site.request.headers[.userAgent]))
        let outcome = try await site.environment.accounts.signIn(
            loginName: name, password: site.form.exactly("password"), from: origin, at: now)
        switch outcome {
        case .refused:
            SecurityLog.signIn("refused", name: name, site.context)
            return site.page(SignInPage(site, loginName: name, failure: .refused), status: .forbidden)
        case .tooManyAttempts(let until):
            SecurityLog.signIn("too many attempts", name: name, site.context)
            let wait = TooManyAttempts(until: until).seconds(from: now)
            var response = site.page(
                SignInPage(site, loginName: name, failure: .tooManyAttempts(minutes: (wait + 59) / 60)),
                status: .tooManyRequests)
            response.headers[.retryAfter] = "\(wait)"
            return response
        case .signedIn(let token, let user, let step):
            return try await welcome(site, user, token, step: step)
        }
    }

    static func signOut(_ site: WebRequest) async throws -> Response {
        if let token = site.context.session?.token {
            try await site.environment.accounts.signOut(token, at: site.environment.now())
        }
        var response = site.redirect(to: .signIn, notice: .signedOut)
        response.setSiteCookie(site.environment.configuration.sessionCookie, "", 0, site.environment)
        return response
    }

    /// Lets somebody in: a new session cookie, the guest's one away, and to the page he wanted.
    static func welcome(
        _ site: WebRequest, _ user: SignedInUser, _ token: SessionToken, step: SessionStep?
    ) async throws -> Response {
        let wanted = site.request.cookies[Preferences.backCookie].flatMap {
            LocalPath($0.value.removingPercentEncoding)
        }
        let path = step.map { SitePath.path(of: $0).path } ?? wanted?.string ?? SitePath.home.path
        var response = site.redirect(to: path)
        response.setSiteCookie(site.environment.configuration.sessionCookie, token.text, nil, site.environment)
        response.setSiteCookie(FormToken.guestCookie, "", 0, site.environment)
        if step != .oneTimeCode {
            // He is in: guesses of strangers at his name do not keep him out on this device any more.
            let device = try await site.environment.accounts.remember(
                site.device, of: user.number, at: site.environment.now())
            response.setSiteCookie(
                site.environment.configuration.deviceCookie, device.text, 90 * 86_400, site.environment)
        }
        // The way back is kept for after the step that comes first.
        if step == nil { response.setSiteCookie(Preferences.backCookie, "", 0, site.environment) }
        return response
    }
}
