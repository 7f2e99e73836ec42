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
        // What has the name and cannot be read is a key that others were given links of: it is not replaced.
        var found = stat()
        guard lstat(path, &found) != 0 else { throw BodyLinkKeyError(path: path) }
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

    /// The ten letters by which a link can be found beside the number of what it opens, for whoever cannot press it: said
    /// over the telephone, typed from paper. No 0, 1, I or O, which are taken for one another.
    package func code(for id: String) -> String {
        let letters = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
        let mac = HMAC<SHA256>.authenticationCode(for: Array("link code 1\n\(id)".utf8), using: key)
        let code = String(mac.prefix(10).map { letters[Int($0 & 31)] })
        return "\(code.prefix(5))-\(code.suffix(5))"
    }

    /// The bytes that sign what the system of a body is told.
    func webhookKey(of body: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("webhook 1\n\(body)".utf8), using: key))
    }

    /// The same as the body's system is given them: `whsec_` and base64.
    package func webhookSecret(of body: String) -> String {
        "whsec_" + Data(webhookKey(of: body)).base64EncodedString()
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
        let bytes = Data(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + "=").map(Array.init)
        // The last letter has bits to spare: of the spellings of a signature one is ours.
        return bytes.flatMap { self.text($0) == text ? $0 : nil }
    }
}

/// Why the key of the links cannot be used.
package struct BodyLinkKeyError: Error, CustomStringConvertible {
    let path: String
    package var description: String {
        "\(path) is no key of 32 bytes, or cannot be read or made: restore it from a backup, or remove it to make a new one; old links then end."
    }
}
