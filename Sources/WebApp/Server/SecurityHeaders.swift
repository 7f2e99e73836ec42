import HTTPTypes
import Hummingbird

/// Headers that make the browser our guard, on every answer, errors included.
///
/// The Content-Security-Policy allows nothing but our own files: no script or style inside a page, no frames, no form that
/// leads elsewhere. Pages are not kept in caches, since they show cases; files with a version are.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = WebContext
    let isSecure: Bool

    static let contentSecurityPolicy = [
        "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self'", "font-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // An answer may ask for more than the rule of the pages, as downloads do, not for less.
        let own = response.headers[.contentSecurityPolicy]
        for (name, value) in fixed { response.headers[name] = value }
        if let own { response.headers[.contentSecurityPolicy] = own }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        return response
    }

    private let fixed: [(HTTPField.Name, String)]

    init(isSecure: Bool) {
        self.isSecure = isSecure
        let named: [(String, String)] = [
            ("Content-Security-Policy", Self.contentSecurityPolicy), ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
            ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ]
        fixed = named.compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }
    }
}
