import Crypto
import HTTPTypes
import Hummingbird

/// Lets only requests with the configured token through; the health address is open.
struct BearerTokenMiddleware<Context: RequestContext>: RouterMiddleware {
    private let digest: SHA256.Digest

    init(token: String) {
        digest = SHA256.hash(data: Array(token.utf8))
    }

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let field = request.headers[.authorization] ?? ""
        let token = field.hasPrefix("Bearer ") ? field.dropFirst(7) : ""
        // Digests are compared so that the time taken tells nothing about the token.
        guard request.uri.path == "/health" || SHA256.hash(data: Array(token.utf8)) == digest else {
            throw Problem(
                status: .unauthorized, type: "token", detail: "Send the agreed token as Authorization: Bearer.",
                headers: [.wwwAuthenticate: "Bearer"])
        }
        return try await next(request, context)
    }
}
