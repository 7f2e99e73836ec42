import CanonicalJSON
import Hummingbird
import Logging

/// Why a request was not done, as `application/problem+json` (RFC 9457).
struct Problem: HTTPResponseError {
    /// One thing wrong with the document.
    struct FieldError: Hashable, Sendable {
        /// The place in the document as a JSON pointer, for instance "/items/3/violations".
        var path: String
        /// What is wrong there.
        var message: String
    }

    var status: HTTPResponse.Status
    /// The last part of the problem's type, which clients can compare.
    var type: String
    var detail: String
    var errors: [FieldError] = []
    var headers: HTTPFields = [:]

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var members: [String: JSON] = [
            "type": .string("urn:bailanys:agency:\(type)"), "title": .string(status.reasonPhrase),
            "status": .int(Int64(status.code)), "detail": .string(detail),
        ]
        if !errors.isEmpty {
            members["errors"] = .array(
                errors.map { .object(["path": .string($0.path), "message": .string($0.message)]) })
        }
        var headers = headers
        headers[.contentType] = "application/problem+json"
        return Response(
            status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: JSON.object(members).bytes)))
    }
}

/// Turns every error into a problem document and logs what is ours; the client learns no internals.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return try problem.response(from: request, context: context)
        } catch let error as any HTTPResponseError {
            return try Problem(status: error.status, type: "http", detail: error.status.reasonPhrase)
                .response(from: request, context: context)
        } catch {
            context.logger.error("agency.request.failed", metadata: ["error": "\(error)"])
            return try Problem(
                status: .internalServerError, type: "internal", detail: "The receiver failed; try again later."
            ).response(from: request, context: context)
        }
    }
}
