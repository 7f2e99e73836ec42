import CLibcurl

extension EasyHandle {
    /// Sets everything of the request except its body and the callbacks.
    ///
    /// - Throws: ``CurlError/Code/invalidRequest`` for a value that libcurl or we refuse.
    mutating func apply(_ request: CurlRequest) throws(CurlError) {
        guard !request.protocols.isEmpty else {
            throw CurlError(.invalidRequest, "The request allows no protocol; name at least one.")
        }
        let protocols = request.protocols.map(\.rawValue).sorted().joined(separator: ",")
        try set(CURLOPT_PROTOCOLS_STR, string: protocols)
        try set(CURLOPT_REDIR_PROTOCOLS_STR, string: protocols)
        try set(CURLOPT_FOLLOWLOCATION, long: 0)
        try set(CURLOPT_NOSIGNAL, long: 1)
        // Without this libcurl obeys http_proxy and its like from the environment.
        try set(CURLOPT_PROXY, string: "")
        try set(CURLOPT_HTTP_VERSION, long: Int(CURL_HTTP_VERSION_1_1))
        try set(CURLOPT_URL, string: request.url)
        if let path = request.unixSocketPath { try set(CURLOPT_UNIX_SOCKET_PATH, string: path) }
        try applyTLS(request)
        try applyLimits(request)
        if let mail = request.mail { try applyMail(mail) }
        if let ssh = request.ssh { try applySSH(ssh) }
        if let credentials = request.credentials {
            try set(CURLOPT_USERNAME, string: credentials.user)
            try set(CURLOPT_PASSWORD, string: credentials.password)
        }
        try setHeaders(request.headerLines())
    }

    private func applyTLS(_ request: CurlRequest) throws(CurlError) {
        try set(CURLOPT_SSL_VERIFYPEER, long: 1)
        try set(CURLOPT_SSL_VERIFYHOST, long: 2)
        try set(CURLOPT_SSLVERSION, long: Int(CURL_SSLVERSION_TLSv1_2))
        if let file = request.certificateAuthorityFile {
            try set(CURLOPT_CAINFO, string: file)
            // Debian's libcurl would otherwise also trust every authority of /etc/ssl/certs.
            try set(CURLOPT_CAPATH, string: nil)
        }
        if let client = request.clientCertificate {
            try set(CURLOPT_SSLCERT, string: client.certificateFile)
            try set(CURLOPT_SSLKEY, string: client.keyFile)
            if let password = client.keyPassword { try set(CURLOPT_KEYPASSWD, string: password) }
        }
    }

    private func applyLimits(_ request: CurlRequest) throws(CurlError) {
        try set(CURLOPT_CONNECTTIMEOUT_MS, long: request.connectTimeout.wholeMilliseconds)
        if let timeout = request.timeout { try set(CURLOPT_TIMEOUT_MS, long: timeout.wholeMilliseconds) }
        if let stall = request.stallTimeout {
            try set(CURLOPT_LOW_SPEED_LIMIT, long: 1)
            try set(CURLOPT_LOW_SPEED_TIME, long: max(1, Int(stall.components.seconds)))
        }
        // Refuses early what a Content-Length announces; the write callback counts what really comes.
        try set(CURLOPT_MAXFILESIZE_LARGE, offset: Int64(request.responseLimit))
    }

    private mutating func applySSH(_ ssh: CurlSSH) throws(CurlError) {
        guard (ssh.before + ssh.after).allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }) else {
            throw CurlError(.invalidRequest, "A command for the server of files contains a control character.")
        }
        // No password is ever tried, and a host that is not known is refused before our key is shown.
        try set(CURLOPT_SSH_AUTH_TYPES, long: Int(CURLSSH_AUTH_PUBLICKEY))
        try set(CURLOPT_USERNAME, string: ssh.user)
        try set(CURLOPT_SSH_PRIVATE_KEYFILE, string: ssh.keyFile)
        try set(CURLOPT_SSH_KNOWNHOSTS, string: ssh.knownHostsFile)
        try set(CURLOPT_FTP_CREATE_MISSING_DIRS, long: 1)
        if ssh.resumes { try set(CURLOPT_RESUME_FROM_LARGE, offset: -1) }
        try setCommands(before: ssh.before, after: ssh.after)
    }

    private mutating func applyMail(_ mail: CurlMail) throws(CurlError) {
        guard !mail.recipients.isEmpty else {
            throw CurlError(.invalidRequest, "The mail has no recipient.")
        }
        guard (mail.recipients + [mail.sender]).allSatisfy({ $0.utf8.allSatisfy(\.isAddressCharacter) }) else {
            throw CurlError(
                .invalidRequest, "A mail address contains a space, an angle bracket or a control character.")
        }
        try set(CURLOPT_MAIL_FROM, string: "<\(mail.sender)>")
        try setRecipients(mail.recipients.map { "<\($0)>" })
        let security = mail.allowsPlainConnection ? CURLUSESSL_TRY : CURLUSESSL_ALL
        try set(CURLOPT_USE_SSL, long: Int(security.rawValue))
    }
}

extension CurlRequest {
    /// The header fields as libcurl wants them, checked.
    fileprivate func headerLines() throws(CurlError) -> [String] {
        guard !method.isEmpty, method.utf8.allSatisfy(\.isTokenCharacter) else {
            throw CurlError(.invalidRequest, "The method is not a word.")
        }
        // libcurl would wait up to a second for "100 Continue" before a long body.
        var lines = ["Expect:"]
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(\.isTokenCharacter) else {
                throw CurlError(.invalidRequest, "The name of a header field contains a character that is not allowed.")
            }
            guard header.value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }) else {
                throw CurlError(
                    .invalidRequest, "The value of the header field \(header.name) contains a control character.")
            }
            // "Name:" would remove the field, "Name;" sends it empty.
            lines.append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
        }
        return lines
    }
}

extension UInt8 {
    /// Whether the byte may stand in a token of HTTP (RFC 9110 §5.6.2).
    fileprivate var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(self)
        }
    }
}

extension UInt8 {
    /// Whether the byte may stand in the address of an envelope, between its angle brackets.
    fileprivate var isAddressCharacter: Bool {
        self > 0x20 && self != 0x7F && self != UInt8(ascii: "<") && self != UInt8(ascii: ">")
    }
}

extension Duration {
    /// Milliseconds, at least one: zero would mean "no limit" to libcurl.
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
