import Accounts
import HTTPTypes
import Hummingbird
import Logging
import WorkingDays

/// Turns everything that is thrown further in into an answer that a person or a program can read.
///
/// Pages in the reader's language, or problem+json (RFC 9457) under `/api` and where the request asks for JSON. The answer
/// names the request, never the inside of the program; the log has both.
struct ErrorPages: RouterMiddleware {
    typealias Context = WebContext
    let environment: WebEnvironment

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = Preferences.language(of: request)
        do {
            return try await next(request, context)
        } catch {
            let kind = ErrorKind(error)
            if kind.status.kind == .serverError {
                context.logger.error(
                    "http.request.failed",
                    metadata: ["error": "\(error)", "type": "\(type(of: error))"])
            }
            SecurityLog.refused(kind, context, route: context.endpointPath)
            var response =
                Self.wantsJSON(request)
                ? ProblemDocument.response(kind, error, requestID: context.id)
                : page(kind, request, context)
            if let wait = Self.wait(after: error, at: environment.now()) { response.headers[.retryAfter] = "\(wait)" }
            if kind == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
            return response
        }
    }

    /// After how many seconds it is worth trying again; nil where nothing is known of it.
    private static func wait(after error: any Error, at now: Moment) -> Int? {
        switch error {
        case let error as TooManyRequests: error.seconds
        case is PasswordHasherBusy: PasswordHasherBusy.retryAfter
        case let error as TooManyAttempts: error.seconds(from: now)
        default: nil
        }
    }

    /// Whether the answer is read by a program.
    static func wantsJSON(_ request: Request) -> Bool {
        if request.uri.path.hasPrefix("/api/") { return true }
        let accept = request.headers[.accept] ?? ""
        return accept.contains("json") && !accept.contains("text/html")
    }

    private func page(_ kind: ErrorKind, _ request: Request, _ context: WebContext) -> Response {
        let view = View(
            language: context.language, user: nil, path: Preferences.backPath(for: request), formToken: nil,
            theme: Preferences.theme(of: request), notice: nil, now: environment.now(),
            newKey: { [environment] in FormKey.random(environment.randomBytes) }, texts: environment.texts,
            assets: environment.assets, zone: environment.zone)
        return .html(Layout.draw(ErrorPage(kind: kind, requestID: context.id), view), status: kind.status)
    }
}

extension Response {
    /// A page.
    static func html(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .contentLength: String(bytes.count)],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A redirect after something was done; the browser asks for the next page with GET.
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}
