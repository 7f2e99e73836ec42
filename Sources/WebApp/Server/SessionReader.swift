import Accounts
import Foundation
import HTTPTypes
import Hummingbird

/// Finds out who sends the request, by cookie (a browser) or `Authorization: Bearer` (a program), and lets nobody ask too
/// often.
struct SessionReader: RouterMiddleware {
    typealias Context = WebContext
    let environment: WebEnvironment
    let limiter: RateLimiter

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        // Files and health are the same for everybody and cost nothing; nobody is looked up or counted for them.
        if Self.isImpersonal(request.uri.path) { return try await next(request, context) }
        var context = context
        let now = environment.now()
        context.session = try await session(of: request)
        context.trace.note(user: context.session?.active.user.number)
        // A person is counted as such wherever he sits; everybody else by the address.
        let key = context.session.map { "user \($0.active.user.number)" } ?? "peer \(context.customer)"
        try limiter.take(key, at: now)
        return try await next(request, context)
    }

    private static func isImpersonal(_ path: String) -> Bool {
        path.hasPrefix("/assets/") || path == SitePath.healthLive.path || path == SitePath.healthReady.path
    }

    private func session(of request: Request) async throws -> (token: SessionToken, active: ActiveSession)? {
        let cookie = request.cookies[environment.configuration.sessionCookie]?.value
        let header = request.headers[.authorization].flatMap { value in
            value.lowercased().hasPrefix("bearer ") ? String(value.dropFirst(7)) : nil
        }
        guard let token = (header ?? cookie).flatMap(SessionToken.init) else { return nil }
        guard let active = try await environment.accounts.session(token, at: environment.now()) else { return nil }
        // A browser's cookie is no bearer token, and the other way round: what is sent unasked must not be let in
        // where no form token is asked for.
        guard active.kind == (header == nil ? .browser : .program) else { return nil }
        return (token, active)
    }
}

/// Where a request comes from.
package enum RequestOrigin {
    /// Whether the browser says that a page of this site, and no other, sent the request.
    ///
    /// `Sec-Fetch-Site` says it best. Where it is missing (plain http, an old browser), `Origin` must name our host;
    /// where both are missing or `Origin` is `null` (our pages ask for no referrer), the form token decides alone.
    package static func isOwn(fetchSite: String?, origin: String?, host: String?) -> Bool {
        if let fetchSite { return fetchSite == "same-origin" || fetchSite == "none" }
        guard let origin, origin != "null" else { return true }
        guard let host, let range = origin.range(of: "://") else { return false }
        return origin[range.upperBound...].lowercased() == host.lowercased()
    }
}
