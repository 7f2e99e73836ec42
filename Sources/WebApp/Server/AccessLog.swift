import HTTPTypes
import Hummingbird
import Logging

/// One line for each request: method, the pattern of the route, status, milliseconds; the request's id is in the logger.
///
/// Neither the address nor the query are written: they can hold a person's name or number.
struct AccessLog: RouterMiddleware {
    typealias Context = WebContext

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        response.headers[.requestID] = context.id
        let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        context.logger.info(
            "http.request.answered",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(context.endpointPath ?? "-")",
                "status": "\(response.status.code)", "ms": "\((milliseconds * 10).rounded() / 10)",
            ])
        return response
    }
}
