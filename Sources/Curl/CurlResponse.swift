/// The answer to a request that was carried out, whatever its status.
package struct CurlResponse: Sendable {
    /// The HTTP status, or the last reply code of an SMTP server.
    package var status: Int
    /// The header fields of the final answer, in the order received.
    package var headers: [CurlHeader]
    /// The body; empty when it went to a ``CurlSink/stream(_:)``.
    package var body: [UInt8]
    /// Body bytes sent.
    package var bytesSent: Int64
    /// Body bytes received.
    package var bytesReceived: Int64
    /// Where the time went.
    package var timing: CurlTiming

    /// The value of the first header field of this name, in any case.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// Time from the start of a request until each step was done; zero for a step that was not needed.
package struct CurlTiming: Sendable, Hashable {
    /// Until the host's name was resolved.
    package var nameLookup: Duration
    /// Until the connection was made.
    package var connect: Duration
    /// Until the TLS handshake was done; zero without TLS and on a connection that was used before.
    package var tls: Duration
    /// Until the first byte of the answer.
    package var firstByte: Duration
    /// Until the end.
    package var total: Duration
}

/// How far a transfer is.
package struct CurlProgress: Sendable, Hashable {
    /// Body bytes sent.
    package var sent: Int64
    /// Body bytes to send.
    package var toSend: Int64
    /// Body bytes received.
    package var received: Int64
    /// Body bytes to receive; zero when the peer has not said.
    package var toReceive: Int64
}
