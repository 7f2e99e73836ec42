/// Why a request got no whole answer, and whether it may have had an effect.
package struct CurlError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure a caller can tell apart.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The request cannot be sent as it is: a bad URL, header, file or option.
        case invalidRequest
        /// The URL's protocol is not among those that the request allows.
        case protocolNotAllowed
        /// The host's name has no address.
        case hostNotFound
        /// No connection could be made.
        case notConnected
        /// A time limit was reached.
        case timedOut
        /// The peer's certificate is not valid for this host and these authorities.
        case peerNotVerified
        /// The TLS connection could not be made or was broken off by the peer, for instance for want of a certificate.
        case tlsRefused
        /// The connection broke before the whole answer was there.
        case connectionLost
        /// The answer is longer than the request allows.
        case responseTooLarge
        /// The body of the request could not be read.
        case bodyUnreadable
        /// The mail server refused the sender, a recipient or the message.
        case mailRefused
        /// User name or password were refused.
        case loginRefused
        /// The server of files has no such file or folder.
        case fileNotFound
        /// The server of files refuses: rights, space, or a name.
        case fileRefused
        /// The task was cancelled, the consumer of a stream had enough, or the session was closed.
        case cancelled
        /// Anything else that libcurl reports.
        case other
    }

    /// The kind of failure.
    package var code: Code
    /// A sentence for people: what failed and, where known, what to do. It names no header and no part of a body.
    package var message: String
    /// Whether the peer may have received the request, so that repeating it is safe only if it is idempotent.
    package var mayHaveHadEffect: Bool
    /// The last status or reply code received before the failure.
    package var status: Int?
    /// libcurl's own number, for the log.
    package var curlCode: UInt32?

    /// An error.
    package init(
        _ code: Code, _ message: String, mayHaveHadEffect: Bool = false, status: Int? = nil, curlCode: UInt32? = nil
    ) {
        self.code = code
        self.message = message
        self.mayHaveHadEffect = mayHaveHadEffect
        self.status = status
        self.curlCode = curlCode
    }

    /// The sentence, followed by libcurl's number where there is one.
    package var description: String {
        curlCode.map { "\(message) (curl \($0))" } ?? message
    }
}
