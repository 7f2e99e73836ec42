import Crypto
import Foundation
import WorkingDays

/// The key by which links are signed; whoever has it can make links, so it stays in the data folder.
package struct BodyLinkKey: Sendable {
    private let key: SymmetricKey

    /// A key of 32 random bytes.
    package init(_ bytes: [UInt8]) { key = SymmetricKey(data: bytes) }

    /// The key in a file, made there at the first use, readable by its owner alone.
    /// - Throws: `BodyLinkKeyError` where the file cannot be read or made.
    package static func open(_ path: String, randomBytes: (Int) -> [UInt8]) throws -> BodyLinkKey {
        if let bytes = FileManager.default.contents(atPath: path) {
            guard bytes.count == 32 else { throw BodyLinkKeyError(path: path) }
            return BodyLinkKey(Array(bytes))
        }
        let bytes = randomBytes(32)
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw BodyLinkKeyError(path: path) }
        return BodyLinkKey(bytes)
    }

    /// What stands in the address of a link: its identity, its end and the signature over both.
    package func token(for id: String, until expiresAt: Moment) -> String {
        let end = String(expiresAt.millisecondsSince1970, radix: 36)
        return "\(id).\(end).\(Self.text(Array(signature(id, end))))"
    }

    /// The identity of the link of a token; nil where the signature is wrong or the time is over.
    package func id(of token: String, at now: Moment) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard token.utf8.count < 200, parts.count == 3, let end = Int64(parts[1], radix: 36),
            let sent = Self.bytes(parts[2]),
            HMAC<SHA256>.isValidAuthenticationCode(sent, authenticating: Self.message(parts[0], parts[1]), using: key),
            now.millisecondsSince1970 < end
        else { return nil }
        return parts[0]
    }

    private func signature(_ id: String, _ end: String) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Self.message(id, end), using: key)
    }

    private static func message(_ id: String, _ end: String) -> [UInt8] { Array("body link 1\n\(id)\n\(end)".utf8) }

    private static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        guard text.utf8.count == 43 else { return nil }
        return Data(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + "=").map(Array.init)
    }
}

/// Why the key of the links cannot be used.
package struct BodyLinkKeyError: Error, CustomStringConvertible {
    let path: String
    package var description: String {
        "\(path) is no key of 32 bytes or cannot be made: restore it from a backup, or remove it to make a new one; old links then end."
    }
}
