import Foundation

extension SigningPairs {
    /// The answer of a time stamping authority to a question: that of the real `openssl ts`.
    /// - Parameters:
    ///   - query: the question in DER.
    ///   - name: the pair that stamps, made with `pair(…, use: .stamping)`.
    ///   - policy: the rules by which it says it stamps; openssl's own format of configuration.
    package func stampingAnswer(to query: [UInt8], by name: String = "tsa", digest: String = "sha256") throws -> [UInt8]
    {
        let run = UUID().uuidString
        try write(
            """
            [tsa]
            default_tsa = stamps
            [stamps]
            serial = ./serial-\(run)
            signer_cert = ./\(name).pem
            signer_key = ./\(name)-key.pem
            certs = ./ca.pem
            signer_digest = \(digest)
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            ess_cert_id_alg = \(digest)
            """, to: "tsa-\(run).cnf")
        try Data(query).write(to: folder.appending(path: "query-\(run)"))
        let made = try openssl(
            "ts", "-reply", "-config", "tsa-\(run).cnf", "-queryfile", "query-\(run)", "-out", "answer-\(run)")
        guard made.isGood else { throw StampingFailed(said: made.said) }
        return Array(try Data(contentsOf: folder.appending(path: "answer-\(run)")))
    }

    /// Whether the real openssl accepts a time stamp token over bytes from this authority.
    package func acceptsStamp(_ token: [UInt8], over bytes: [UInt8]) throws -> Bool {
        try Data(token).write(to: folder.appending(path: "document.tst"))
        try Data(bytes).write(to: folder.appending(path: "stamped"))
        return try openssl(
            "ts", "-verify", "-token_in", "-in", "document.tst", "-data", "stamped", "-CAfile", "ca.pem"
        ).isGood
    }

    /// openssl did not stamp; what it said.
    package struct StampingFailed: Error {
        /// What it said.
        package let said: String
    }
}
