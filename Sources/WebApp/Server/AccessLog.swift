import HTTPTypes
import Hummingbird
import Logging

/// One line for each request: method, the pattern of the route, status, milliseconds, the neighbourhood that it came from
/// and the number of the account; the request's id is in the logger.
///
/// Neither the address of the page nor the query are written: they can hold a person's name or number.
struct AccessLog: RouterMiddleware {
    typealias Context = WebContext
    let proxies: TrustedProxies
    let metrics: RequestMetrics

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        context.trace.note(
            client: proxies.client(peer: context.peer, noted: request.headers[values: .forwardedFor]))
        var response = try await next(request, context)
        response.headers[.requestID] = context.id
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        // What leads nowhere counts as one: the words of strangers, and their methods, are no labels. Hummingbird names no path then.
        let pattern = context.endpointPath.flatMap { $0.hasPrefix("/") ? $0 : nil }
        metrics.note(
            method: pattern == nil ? "-" : request.method.rawValue, pattern: pattern ?? "-",
            status: response.status.code, milliseconds: milliseconds)
        context.logger.info(
            "http.request.answered",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(context.endpointPath ?? "-")",
                "status": "\(response.status.code)", "ms": "\((milliseconds * 10).rounded() / 10)",
                "from": "\(context.trace.client?.neighbourhood ?? "-")",
                "who": "\(context.trace.user.map { "user:\($0)" } ?? "-")",
            ])
        return response
    }
}
