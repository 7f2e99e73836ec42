import Signatures

/// How a receiver is set up.
package struct AgencyConfiguration: Sendable {
    /// The address to listen on; loopback by default.
    package var host: String = "127.0.0.1"
    /// The port to listen on; 0 takes a free one.
    package var port: Int
    /// The path of its SQLite file; created when missing.
    package var databasePath: String
    /// The PEM file of the server's certificate and those between it and the authority.
    package var certificateFile: String
    /// The PEM file of the server's private key.
    package var keyFile: String
    /// A PEM file of authorities; when given, only clients with a certificate of theirs are talked to.
    package var clientAuthorityFile: String?
    /// When given, requests must carry it as `Authorization: Bearer …`.
    package var bearerToken: String?
    /// A PEM file of authorities; when given, a report must be signed by somebody for whom one of them vouches.
    package var signatureAuthorityFile: String?
    /// Whether a report may come without a signature all the same; one that comes is checked.
    package var allowsUnsigned = false
    /// The pair that signs receipts; nil where they go without a signature.
    package var receiptSigning: SigningFiles?
    /// The largest report taken, in bytes.
    package var sizeLimit: Int = 64 << 20
    /// Faults to commit, for tests and demonstrations only.
    package var faults: [AgencyFault] = []

    /// A receiver on loopback.
    package init(port: Int, databasePath: String, certificateFile: String, keyFile: String) {
        self.port = port
        self.databasePath = databasePath
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }
}
