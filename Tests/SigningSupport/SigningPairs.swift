import Crypto
import CryptoExtras
import Foundation
package import Signatures
import SwiftASN1
import WorkingDays
import X509

/// An authority of one test, and pairs of key and certificate that it vouches for, in a folder that goes with them.
package final class SigningPairs: Sendable {
    /// The kinds of key that sign.
    package enum Kind: String, Sendable, CaseIterable {
        /// RSA of 2048 bits.
        case rsa
        /// ECDSA over P-256.
        case ecdsa
    }

    /// What a certificate is given for.
    package enum Use: Sendable {
        /// Signing documents.
        case signing
        /// Showing oneself to a server.
        case client
        /// Stamping with the time (RFC 3161).
        case stamping
    }

    /// Where the files are.
    package let folder: URL
    private let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    private let name: DistinguishedName

    /// Makes an authority; `ca.pem` is its certificate.
    package init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "signing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        name = try DistinguishedName { CommonName("Authority \(UUID().uuidString)") }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: Self.date("2019-01-01"),
            notValidAfter: Self.date("2049-01-01"), issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            }, issuerPrivateKey: key)
        try write(certificate.serializeAsPEM().pemString, to: "ca.pem")
    }

    deinit {
        // Best effort: a folder left behind in the temporary directory harms nobody.
        try? FileManager.default.removeItem(at: folder)
    }

    /// The path of a file, for instance "ca.pem".
    package func path(_ file: String) -> String { folder.appending(path: file).path }

    /// Makes a pair, as `NAME-key.pem` and `NAME.pem`.
    package func pair(
        _ name: String = "signer", _ kind: Kind = .ecdsa, from: String = "2020-01-01", until: String = "2045-01-01",
        use: Use = .signing
    ) throws -> SigningFiles {
        let key: Certificate.PrivateKey
        switch kind {
        case .rsa: key = .init(try _RSA.Signing.PrivateKey(keySize: .bits2048))
        case .ecdsa: key = .init(P256.Signing.PrivateKey())
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: Self.date(from),
            notValidAfter: Self.date(until), issuer: self.name,
            subject: try DistinguishedName { CommonName(name) }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                BasicConstraints.notCertificateAuthority
                Critical(KeyUsage(digitalSignature: true))
                switch use {
                case .signing: try ExtendedKeyUsage([.emailProtection])
                case .client: try ExtendedKeyUsage([.clientAuth])
                case .stamping: Critical(try ExtendedKeyUsage([.timeStamping]))
                }
            }, issuerPrivateKey: self.key)
        try write(key.serializeAsPEM().pemString, to: "\(name)-key.pem")
        try write(certificate.serializeAsPEM().pemString, to: "\(name).pem")
        return SigningFiles(key: path("\(name)-key.pem"), certificate: path("\(name).pem"))
    }

    /// Writes a file into the folder.
    @discardableResult
    package func write(_ text: String, to file: String) throws -> String {
        try Data(text.utf8).write(to: folder.appending(path: file))
        return path(file)
    }

    /// Runs the real openssl in the folder.
    /// - Returns: whether it ended well, and what it said.
    package func openssl(_ arguments: String...) throws -> (isGood: Bool, said: String) {
        try openssl(arguments)
    }

    /// Runs the real openssl in the folder.
    package func openssl(_ arguments: [String]) throws -> (isGood: Bool, said: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus == 0, String(decoding: said, as: UTF8.self))
    }

    /// Whether the real openssl accepts a signature over bytes from this authority.
    package func accepts(_ signature: [UInt8], over bytes: [UInt8]) throws -> Bool {
        try Data(signature).write(to: folder.appending(path: "document.p7s"))
        try Data(bytes).write(to: folder.appending(path: "document"))
        return try openssl(
            "cms", "-verify", "-binary", "-inform", "DER", "-in", "document.p7s", "-content", "document", "-CAfile",
            "ca.pem", "-out", "/dev/null"
        ).isGood
    }

    private static func date(_ day: String) -> Date {
        let moment = Moment("\(day)T00:00:00Z") ?? Moment(millisecondsSince1970: 0)
        return Date(timeIntervalSince1970: Double(moment.millisecondsSince1970) / 1000)
    }
}
