extension AttemptFailure {
    /// Judges an answer that brought no receipt.
    ///
    /// - Parameters:
    ///   - status: The status of HTTP.
    ///   - detail: What the other side said about it; may be empty.
    ///   - retryAfter: What `Retry-After` says.
    package static func answered(status: Int, detail: String, retryAfter: RetryAfter?) -> AttemptFailure {
        let said = detail.isEmpty ? "" : ": \(detail)"
        return switch status {
        case 408, 425, 429, 500, 502, 503, 504, 507:
            AttemptFailure(
                .transient, "The receiver asks to try later\(said)", status: status, mayHaveHadEffect: status != 429,
                retryAfter: retryAfter)
        case 409 where retryAfter != nil:
            // An earlier attempt with the same key is still being worked on.
            AttemptFailure(
                .transient, "The receiver is still busy with an earlier attempt\(said)", status: status,
                mayHaveHadEffect: true, retryAfter: retryAfter)
        case 409:
            AttemptFailure(.permanent, "The receiver holds something that contradicts this\(said)", status: status)
        case 401, 403:
            AttemptFailure(
                .permanent, "The receiver does not let us in: check the token and the client certificate\(said)",
                status: status)
        case 300..<400:
            AttemptFailure(
                .permanent,
                "The receiver points to another address, which is not followed: check the configured address",
                status: status)
        case 400..<500:
            AttemptFailure(.permanent, "The receiver refuses the document\(said)", status: status)
        case 501, 505:
            AttemptFailure(.permanent, "The receiver does not know this way of delivery\(said)", status: status)
        default:
            AttemptFailure(
                .transient, "The receiver gave an answer that is not agreed\(said)", status: status,
                mayHaveHadEffect: true, retryAfter: retryAfter)
        }
    }
}
