import CLibcurl

extension CurlError {
    /// Reads libcurl's answer.
    ///
    /// - Parameters:
    ///   - result: What libcurl returned; not `CURLE_OK`.
    ///   - detail: The text of the error buffer; empty when libcurl wrote none.
    init(_ result: CURLcode, detail: String, mayHaveHadEffect: Bool, status: Int?) {
        let code = Code(result, detail: detail, status: status)
        let reason = detail.isEmpty ? String(cString: curl_easy_strerror(result)) : detail
        self.init(
            code, code.sentence(reason: reason), mayHaveHadEffect: mayHaveHadEffect, status: status,
            curlCode: result.rawValue)
    }
}

extension CurlError.Code {
    fileprivate init(_ result: CURLcode, detail: String, status: Int?) {
        switch result {
        case CURLE_URL_MALFORMAT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_UNKNOWN_OPTION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CACERT_BADFILE, CURLE_NOT_BUILT_IN:
            self = .invalidRequest
        case CURLE_UNSUPPORTED_PROTOCOL: self = .protocolNotAllowed
        case CURLE_COULDNT_RESOLVE_HOST: self = .hostNotFound
        case CURLE_COULDNT_CONNECT: self = .notConnected
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            self = .peerNotVerified
        case CURLE_SSL_CONNECT_ERROR, CURLE_USE_SSL_FAILED, CURLE_SSL_CIPHER: self = .tlsRefused
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR:
            // In TLS 1.3 a server refuses the client's certificate only after the handshake: OpenSSL then reports the
            // alert from a read or a write.
            if detail.contains("SSL routines"), detail.contains("alert") {
                self = .tlsRefused
            } else if let status, status >= 400 {
                self = .mailRefused
            } else {
                self = .connectionLost
            }
        case CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM: self = .connectionLost
        case CURLE_FILESIZE_EXCEEDED: self = .responseTooLarge
        case CURLE_READ_ERROR: self = .bodyUnreadable
        case CURLE_LOGIN_DENIED: self = .loginRefused
        case CURLE_REMOTE_FILE_NOT_FOUND: self = .fileNotFound
        case CURLE_REMOTE_ACCESS_DENIED, CURLE_REMOTE_DISK_FULL, CURLE_QUOTE_ERROR, CURLE_UPLOAD_FAILED:
            self = .fileRefused
        case CURLE_WEIRD_SERVER_REPLY: self = (status ?? 0) >= 400 ? .mailRefused : .connectionLost
        case CURLE_ABORTED_BY_CALLBACK: self = .cancelled
        default: self = .other
        }
    }

    fileprivate func sentence(reason: String) -> String {
        switch self {
        case .invalidRequest: "The request cannot be sent as it is: \(reason)."
        case .protocolNotAllowed: "The protocol of the address is not allowed here: \(reason)."
        case .hostNotFound: "The host was not found: \(reason). Check the address and the name service."
        case .notConnected: "No connection could be made: \(reason)."
        case .timedOut: "The time limit was reached: \(reason)."
        case .peerNotVerified:
            "The peer's certificate could not be verified: \(reason). Check the configured certificate authority."
        case .tlsRefused: "The TLS connection was refused: \(reason). Check the client certificate."
        case .connectionLost: "The connection broke before the whole answer arrived: \(reason)."
        case .responseTooLarge: "The answer is larger than allowed: \(reason)."
        case .bodyUnreadable: "The body of the request could not be read: \(reason)."
        case .mailRefused: "The mail server refused the mail: \(reason)."
        case .loginRefused: "The user name or the password was refused: \(reason)."
        case .fileNotFound: "The server of files has no such file: \(reason)."
        case .fileRefused: "The server of files refused it: \(reason)."
        case .cancelled: "The request was cancelled."
        case .other: "The request failed: \(reason)."
        }
    }
}
