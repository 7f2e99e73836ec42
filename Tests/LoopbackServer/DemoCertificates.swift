import Foundation
import NIOCore
package import NIOSSL

/// Certificates for one test, made by `scripts/make-demo-certificates` in a folder that goes with the last reference.
package final class DemoCertificates: Sendable {
    /// Where the PEM files are.
    package let folder: URL

    /// Makes an authority of its own, a server's and a client's certificate.
    package init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "certificates-\(UUID().uuidString)")
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "scripts/make-demo-certificates")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [script.path, folder.path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw DemoCertificatesFailed(status: process.terminationStatus) }
    }

    deinit {
        // Best effort: a folder left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(at: folder)
    }

    /// The path of a file, for instance "ca.pem".
    package func path(_ name: String) -> String {
        folder.appending(path: name).path
    }

    /// A server with this certificate, which demands a client certificate of the same authority if asked to.
    package func server(demandsClientCertificate: Bool = false) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(path("server.pem"))
        let key = try NIOSSLPrivateKey(file: path("server-key.pem"), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.shutdownTimeout = .milliseconds(100)  // do not wait long for idle clients to say good-bye
        if demandsClientCertificate {
            configuration.trustRoots = .file(path("ca.pem"))
            configuration.certificateVerification = .noHostnameVerification
        }
        return configuration
    }
}

/// The script failed; its own message is on standard error.
package struct DemoCertificatesFailed: Error {
    /// Its exit status.
    package var status: Int32
}
