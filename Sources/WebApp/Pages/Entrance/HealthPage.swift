import CanonicalJSON
import Casework
import Hummingbird
import Logging

/// Whether the process lives and whether it can work; two words for the supervisor of the process.
enum HealthPage {
    /// Alive: the process answers.
    static func live(_ site: WebRequest) async throws -> Response { answer(.ok, "alive") }

    /// Ready: the stores answer and nothing has stopped writing. What is wrong is in the log, not in the answer, which
    /// anybody can read.
    static func ready(_ site: WebRequest) async throws -> Response {
        let problems = await site.environment.problems()
        guard problems.isEmpty else {
            site.context.logger.warning("health.ready.refused", metadata: ["problems": "\(problems)"])
            return answer(.serviceUnavailable, "not ready")
        }
        // People can work, and must be able to: one of them has to confirm the clock.
        if site.environment.time().hold != nil { return answer(.ok, "ready", ["clock": .string("held")]) }
        return answer(.ok, "ready")
    }

    private static func answer(
        _ status: HTTPResponse.Status, _ word: String, _ more: [String: JSON] = [:]
    ) -> Response {
        let members = more.merging(["status": .string(word)]) { _, word in word }
        return Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSON.object(members).bytes)))
    }
}
