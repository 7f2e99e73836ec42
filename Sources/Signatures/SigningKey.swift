import NIOSSL
import SwiftASN1
import X509

/// A private key as it lies in a file, and the certificates that lie beside it there.
struct SigningKey {
    let key: Certificate.PrivateKey
    let certificates: [Certificate]

    /// Opens PEM (plain or encrypted; PKCS#1, PKCS#8 or SEC 1) or PKCS#12.
    /// - Throws: ``SigningFault/keyRefused(file:reason:)``.
    init(_ bytes: [UInt8], password: [UInt8]?, file: String) throws(SigningFault) {
        let isPEM = String(decoding: bytes, as: UTF8.self).contains("-----BEGIN ")
        do {
            if isPEM {
                // The password is always given, an empty one where there is none: asked for, it would be at the terminal.
                let opened = try NIOSSLPrivateKey(bytes: bytes, format: .pem) { give in give(password ?? []) }
                key = try Self.key(opened)
                certificates = try PEMCertificates.all(in: bytes)
            } else {
                let bundle = try NIOSSLPKCS12Bundle(buffer: bytes, passphrase: password)
                key = try Self.key(bundle.privateKey)
                certificates = try bundle.certificateChain.map { try Certificate(derEncoded: $0.toDERBytes()) }
            }
        } catch {
            let said = password == nil ? "it has a password that was not given, or is none" : "\(error)"
            throw .keyRefused(file: file, reason: said)
        }
    }

    /// The key as the library that signs takes it; which form of DER it has depends on its kind.
    private static func key(_ opened: NIOSSLPrivateKey) throws -> Certificate.PrivateKey {
        let bytes = try opened.derBytes
        var last: (any Error)?
        for form in ["RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"] {
            do {
                return try Certificate.PrivateKey(pemDocument: PEMDocument(type: form, derBytes: bytes))
            } catch {
                last = error
            }
        }
        throw last ?? ASN1Error.invalidPEMDocument(reason: "no private key")
    }
}

/// Certificates of PEM files.
enum PEMCertificates {
    /// The certificates in a file, in their order.
    /// - Throws: ``SigningFault/certificateRefused(file:reason:)`` where there is none.
    static func read(_ bytes: [UInt8], file: String) throws(SigningFault) -> [Certificate] {
        let found: [Certificate]
        do {
            found = try all(in: bytes)
        } catch {
            throw .certificateRefused(file: file, reason: "\(error)")
        }
        guard !found.isEmpty else { throw .certificateRefused(file: file, reason: "it holds none") }
        return found
    }

    /// All certificates among what stands in a PEM file.
    static func all(in bytes: [UInt8]) throws -> [Certificate] {
        try PEMDocument.parseMultiple(pemString: String(decoding: bytes, as: UTF8.self))
            .filter { $0.discriminator == Certificate.defaultPEMDiscriminator }
            .map { try Certificate(pemDocument: $0) }
    }
}
