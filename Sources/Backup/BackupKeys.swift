import Crypto
import Foundation

/// The public key of somebody who may open what a backup seals: X25519.
package struct RecipientKey: Hashable, Sendable, CustomStringConvertible {
    /// What stands before the base64 of the 32 bytes.
    package static let prefix = "bailanys-recipient:"
    private let bytes: [UInt8]

    init(_ key: Curve25519.KeyAgreement.PublicKey) { bytes = Array(key.rawRepresentation) }

    /// A key as it is written.
    /// - Throws: `BackupError.badKey`.
    package init(_ text: String) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix(Self.prefix), let data = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            data.count == 32
        else { throw BackupError.badKey(text) }
        bytes = Array(data)
    }

    /// As it is written.
    package var description: String { Self.prefix + Data(bytes).base64EncodedString() }

    /// A short name: the first 16 hexadecimal digits of its SHA-256.
    package var id: String { SHA256.hash(data: bytes).prefix(8).map { String(format: "%02x", $0) }.joined() }

    func key() throws -> Curve25519.KeyAgreement.PublicKey { try .init(rawRepresentation: bytes) }
}

/// The private key that opens what a backup seals; it is never on the server.
package struct BackupPrivateKey: Sendable {
    /// What stands before the base64 of the 32 bytes.
    package static let prefix = "bailanys-private:"
    let key: Curve25519.KeyAgreement.PrivateKey

    /// A new key.
    package init() { key = .init() }

    /// A key as it is written.
    /// - Throws: `BackupError.badKey`, which does not repeat the text.
    package init(_ text: String) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        // What the library says of the bytes could tell of a secret; the refusal tells what to bring instead.
        guard text.hasPrefix(Self.prefix), let data = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
            let key = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: data)
        else { throw BackupError.badKey(text.hasPrefix(Self.prefix) ? Self.prefix : "the file") }
        self.key = key
    }

    /// As it is written; a secret.
    package var text: String { Self.prefix + key.rawRepresentation.base64EncodedString() }

    /// The public key that belongs to it.
    package var recipient: RecipientKey { RecipientKey(key.publicKey) }
}

/// The key with which a centre signs the manifests of its backups: Ed25519, a file of 32 bytes in the data folder.
package struct BackupSigner: Sendable {
    /// The name of its file in a data folder.
    package static let file = "backup.key"
    private let key: Curve25519.Signing.PrivateKey

    /// The key of 32 bytes.
    /// - Throws: `BackupError.badKey`.
    package init(_ bytes: [UInt8]) throws {
        do {
            key = try .init(rawRepresentation: bytes)
        } catch {
            throw BackupError.badKey(Self.file)
        }
    }

    /// The key in a file, made there at the first use, readable by its owner alone.
    /// - Throws: `BackupError.badKey` where the file holds something else, `.system` where it cannot be made.
    package static func open(_ path: String, randomBytes: (Int) -> [UInt8]) throws -> BackupSigner {
        if let bytes = FileManager.default.contents(atPath: path) { return try BackupSigner(Array(bytes)) }
        let bytes = randomBytes(32)
        let signer = try BackupSigner(bytes)
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw BackupError.system(call: "create", path: path, reason: String(cString: strerror(errno))) }
        return signer
    }

    /// The public key, 64 hexadecimal digits: whoever knows it can tell whose backup it is.
    package var publicKey: String { key.publicKey.rawRepresentation.map { String(format: "%02x", $0) }.joined() }

    func sign(_ bytes: [UInt8]) throws -> [UInt8] { Array(try key.signature(for: bytes)) }

    static func isRight(_ signature: [UInt8], of bytes: [UInt8], by publicKey: String) -> Bool {
        let digits = publicKey.compactMap(\.hexDigitValue)
        guard digits.count == 64, publicKey.count == 64 else { return false }
        let raw = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        // What is no key has signed nothing.
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw) else { return false }
        return key.isValidSignature(signature, for: bytes)
    }
}
