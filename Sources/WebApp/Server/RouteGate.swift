import Accounts
import ContactCentre
import Contacts
import HTTPTypes
import Hummingbird
import Journal

/// The way of a request into a handler: may he, is it his form, does it fit, and only then the handler.
struct RouteGate: Sendable {
    let environment: WebEnvironment
    let limiters: Limiters

    /// The strict limits of single routes.
    struct Limiters: Sendable {
        let signIn: RateLimiter
        /// For the acts of each link that needs no account.
        let link: RateLimiter
    }

    /// Answers a request to `route`.
    func respond(_ route: Route, to request: Request, _ context: WebContext) async throws -> Response {
        if let elsewhere = try refuseOrRedirect(route, request, context) { return elsewhere }
        var context = context
        context.call = try await runningCall(request, context)
        var site = WebRequest(environment: environment, limiters: limiters, request: request, context: context)
        if route.method != .get {
            try checkOrigin(of: request)
            if let answer = try await route.admit?(site) { return answer }
            if let limits = route.uploads, let boundary = try boundary(of: request) {
                let bare = site
                site.multipart = try await MultipartReader.read(
                    request, boundary: boundary, limits: limits, into: environment.centre.attachments,
                    for: context.session?.active.user.authority.actor.rawValue ?? "",
                    within: environment.configuration.uploadTimeout
                ) { fields in
                    var sent = bare
                    sent.multipart = MultipartForm(fields: fields)
                    try checkToken(of: sent, route)
                }
                defer { site.multipart?.discard() }
                return try await route.handle(site.atOneMoment)
            }
            if route.isStreaming {
                try checkToken(of: site, route)
                return try await route.handle(site.atOneMoment)
            }
            let seconds = environment.configuration.bodyTimeout
            try site.take(try await BodyReader.read(request, upTo: route.bodyLimit, within: seconds))
            try checkToken(of: site, route)
        }
        return try await route.handle(site.atOneMoment)
    }

    /// What the reader of a page is recording: every page says so, wherever he goes meanwhile.
    private func runningCall(_ request: Request, _ context: WebContext) async throws -> ContactRecord? {
        guard request.method == .get, let session = context.session?.active, session.kind == .browser,
            session.user.authority.may(.recordContacts)
        else { return nil }
        return try await environment.centre.contacts.open(of: session.user.authority.actor)
    }

    /// Nil where the request may go on.
    private func refuseOrRedirect(_ route: Route, _ request: Request, _ context: WebContext) throws -> Response? {
        guard route.access != .everyone else { return nil }
        guard let session = context.session?.active else {
            guard !ErrorPages.wantsJSON(request) else {
                throw SiteError(.unauthorized, "Sign in, or send a token in the header Authorization: Bearer.")
            }
            return signInRedirect(request)
        }
        // A program's token skips the second factor and carries no form token: it is for the interface alone.
        guard session.kind != .program || request.uri.path.hasPrefix("/api/") else {
            throw SiteError(.forbidden, "A token opens the JSON interface under /api/, not the pages.")
        }
        if let step = session.step, !route.isOpenBefore.contains(step) {
            guard !ErrorPages.wantsJSON(request) else {
                throw SiteError(.forbidden, "The sign-in is not complete (\(step.rawValue)): finish it in the browser.")
            }
            return .seeOther(SitePath.path(of: step).path)
        }
        if case .needs(let permission) = route.access { try session.user.authority.require(permission) }
        return nil
    }

    /// To the sign-in, and back here afterwards; the way back is in a cookie, since an address in a query could lead
    /// anywhere.
    private func signInRedirect(_ request: Request) -> Response {
        var response = Response.seeOther(SitePath.signIn.path)
        if request.method == .get, let back = LocalPath(request.uri.string), back.string != SitePath.home.path {
            response.setSiteCookie(Preferences.backCookie, PathPart.encoded(back.string), 600, environment)
        }
        return response
    }

    private func checkOrigin(of request: Request) throws {
        let isOwn = RequestOrigin.isOwn(
            fetchSite: request.headers[.fetchSite], origin: request.headers[.origin], host: request.head.authority)
        guard isOwn else { throw SiteError(.staleForm, "The request was sent by another site.") }
    }

    private func boundary(of request: Request) throws -> String? {
        try request.headers[.contentType].flatMap { try MultipartHead.boundary(ofContentType: $0) }
    }

    private func checkToken(of site: WebRequest, _ route: Route) throws {
        // A program shows its token on purpose; nobody can make it do so unasked.
        if route.check == .origin || site.context.session?.active.kind == .program { return }
        let sent = site.request.headers[.formToken] ?? site.form.exactly(FormToken.fieldName)
        guard FormToken.isRight(sent, for: site.formSecret) else {
            throw SiteError(.staleForm, "The form token is missing or belongs to another session.")
        }
    }
}
