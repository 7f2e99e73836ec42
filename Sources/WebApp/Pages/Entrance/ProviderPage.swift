import Accounts
import ContactCentre
import HTTPTypes
import Hummingbird
import Logging

/// The way in by the organisation's provider of identities: away to it, back from it, and out by its order.
enum ProviderPage {
    /// What the browser keeps between the two.
    private static func cookie(_ site: WebRequest) -> String {
        site.environment.configuration.isSecure ? "__Host-attempt" : "attempt"
    }

    static func begin(_ site: WebRequest) async throws -> Response {
        let desk = try desk(site)
        guard site.user == nil else { return site.redirect(to: .home) }
        try site.limiters.signIn.take("provider \(site.context.customer)", at: site.environment.now())
        guard let (address, kept) = try await desk.begin(at: site.environment.now()) else {
            return site.page(SignInPage(site, failure: .providerSilent), status: .serviceUnavailable)
        }
        var response = Response.seeOther(address)
        response.setSiteCookie(cookie(site), kept, 600, site.environment)
        return response
    }

    static func finish(_ site: WebRequest) async throws -> Response {
        let desk = try desk(site)
        let now = site.environment.now()
        try site.limiters.signIn.take(site.context.customer, at: now)
        let kept = site.request.cookies[cookie(site)]?.value ?? ""
        var answer: [String: String] = [:]
        for name in ["code", "state", "iss", "error"] { answer[name] = site.query(name) }
        var response: Response
        let client = ClientKind.name(site.request.headers[.userAgent])
        switch try await desk.finish(answer, kept: kept, client: client, at: now) {
        case .known(.signedIn(let token, let user, let step)):
            response = try await SignInPage.welcome(site, user, token, step: step)
        case .known:
            SecurityLog.write("security.provider", ["what": "no account"], site.context)
            response = site.page(SignInPage(site, failure: .providerNobody), status: .forbidden)
        case .silent:
            response = site.page(SignInPage(site, failure: .providerSilent), status: .serviceUnavailable)
        case .refused(let reason):
            SecurityLog.write("security.provider", ["what": "refused", "reason": "\(reason)"], site.context)
            response = site.page(SignInPage(site, failure: .providerRefused), status: .forbidden)
        }
        response.setSiteCookie(cookie(site), "", 0, site.environment)
        return response
    }

    /// What the provider itself sends, without a person (OpenID Connect Back-Channel Logout).
    static func logout(_ site: WebRequest) async throws -> Response {
        let desk = try desk(site)
        let order = site.form.exactly("logout_token")
        guard let reason = try await desk.logout(order, at: site.environment.now()) else {
            return Response(status: .ok, headers: [.cacheControl: "no-store"])
        }
        SecurityLog.write("security.provider", ["what": "order refused", "reason": "\(reason)"], site.context)
        return Response(status: .badRequest, headers: [.cacheControl: "no-store"])
    }

    private static func desk(_ site: WebRequest) throws -> ProviderDesk {
        guard let desk = site.environment.provider else {
            throw SiteError(.notFound, "There is nothing at this address.")
        }
        return desk
    }
}
