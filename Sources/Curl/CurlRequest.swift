/// One request: what to send, where, and within which limits.
///
/// The defaults are the strict ones: https only, no proxy, no redirects, the system's certificate authorities, ten
/// seconds to connect, a minute in all, an answer of at most 1 MiB.
package struct CurlRequest: Sendable {
    /// The address, with its scheme.
    package var url: String
    /// The HTTP method; ignored by SMTP.
    package var method: String
    /// Header fields, in the order in which they are sent.
    package var headers: [CurlHeader] = []
    /// What is sent as the body.
    package var body: CurlBody
    /// The envelope, when the request is a mail.
    package var mail: CurlMail?
    /// How the server of files is spoken to, when the address is one of SFTP.
    package var ssh: CurlSSH?
    /// The protocols that may be spoken; a URL of another scheme fails before anything is sent.
    package var protocols: Set<CurlProtocol> = [.https]
    /// A Unix domain socket to connect to instead of the host of the URL.
    package var unixSocketPath: String?
    /// A PEM file of certificate authorities that replaces the system's, never adds to them.
    package var certificateAuthorityFile: String?
    /// The certificate shown to a peer that asks for one.
    package var clientCertificate: CurlClientCertificate?
    /// User name and password (HTTP basic, SMTP AUTH); sent only over TLS.
    package var credentials: CurlCredentials?
    /// The longest time to a connection that is ready, TLS included.
    package var connectTimeout: Duration = .seconds(10)
    /// The longest time for everything; `nil` is no limit, for streams that end when the caller cancels.
    package var timeout: Duration? = .seconds(60)
    /// How long no byte may move before the transfer fails; `nil` is no such limit.
    package var stallTimeout: Duration?
    /// The largest answer accepted, in bytes, whatever its headers say.
    package var responseLimit: Int = 1 << 20
    /// Where the answer's body goes.
    package var sink: CurlSink = .collect
    /// Called on the session's thread whenever bytes have moved; must return quickly.
    package var onProgress: (@Sendable (CurlProgress) -> Void)?

    /// A request with the default limits.
    package init(_ url: String, method: String = "GET", body: CurlBody = .none) {
        self.url = url
        self.method = method
        self.body = body
    }
}

/// One header field.
package struct CurlHeader: Sendable, Hashable {
    /// The field's name, as it is written on the wire.
    package var name: String
    /// The field's value, without leading or trailing space.
    package var value: String

    /// A header field; a name or value that could break out of its line is refused when the request is sent.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// The body of a request.
package enum CurlBody: Sendable {
    /// Nothing; a POST or PUT says `Content-Length: 0`.
    case none
    /// Bytes in memory.
    case bytes([UInt8])
    /// A file, read as it is sent; its size is taken when the transfer starts.
    case file(path: String)
}

/// A protocol that a request may speak.
package enum CurlProtocol: String, Sendable, Hashable {
    /// HTTP without encryption: for loopback and Unix sockets.
    case http
    /// HTTP over TLS.
    case https
    /// Mail; upgraded by STARTTLS unless the envelope says that plain is allowed.
    case smtp
    /// Mail over TLS from the first byte.
    case smtps
    /// Files over SSH.
    case sftp
}

/// A client certificate and its key, as PEM files.
package struct CurlClientCertificate: Sendable, Hashable {
    /// The PEM file with the certificate and, after it, those between it and the authority.
    package var certificateFile: String
    /// The PEM file with the private key.
    package var keyFile: String
    /// The password of the key file, if it has one.
    package var keyPassword: String?

    /// A certificate and the key that belongs to it.
    package init(certificateFile: String, keyFile: String, keyPassword: String? = nil) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.keyPassword = keyPassword
    }
}

/// A user name and password.
package struct CurlCredentials: Sendable, Hashable {
    /// The user's name.
    package var user: String
    /// The user's password.
    package var password: String

    /// A user name and the password that belongs to it.
    package init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

/// The envelope of a mail; the message itself is the request's body.
package struct CurlMail: Sendable, Hashable {
    /// The sender's address, without angle brackets.
    package var sender: String
    /// The recipients' addresses, without angle brackets.
    package var recipients: [String]
    /// Whether the mail may go over a connection without TLS, which is right only for a relay on the same machine.
    package var allowsPlainConnection: Bool

    /// An envelope.
    package init(sender: String, recipients: [String], allowsPlainConnection: Bool = false) {
        self.sender = sender
        self.recipients = recipients
        self.allowsPlainConnection = allowsPlainConnection
    }
}

/// How a server of files is spoken to over SSH: by a key of ours, and only where its own key is one of those that are known.
package struct CurlSSH: Sendable, Hashable {
    /// Our name there.
    package var user: String
    /// The file of our private key, without a password.
    package var keyFile: String
    /// The file of the keys of known hosts, as `ssh-keyscan` prints them; a host that is not in it is not spoken to.
    package var knownHostsFile: String
    /// What is done there before the transfer, such as `rm …`; a command that begins with `*` may fail.
    package var before: [String] = []
    /// What is done there after the transfer, such as `rename … …`.
    package var after: [String] = []
    /// Whether an upload goes on where an earlier one of the same bytes was broken off.
    package var resumes = false

    /// A way to a server.
    package init(user: String, keyFile: String, knownHostsFile: String) {
        self.user = user
        self.keyFile = keyFile
        self.knownHostsFile = knownHostsFile
    }
}

/// Where the body of an answer goes.
package enum CurlSink: Sendable {
    /// Into ``CurlResponse/body``.
    case collect
    /// To a consumer, piece by piece, on the session's thread; answering `false` ends the transfer as cancelled.
    ///
    /// Bodies of every status go there. The status is given with each piece, so that an error can be told from data.
    case stream(@Sendable (_ piece: [UInt8], _ status: Int) -> Bool)
}
