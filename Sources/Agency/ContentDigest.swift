import Crypto
import Foundation

/// The SHA-256 of a body, read from and written to the field `Content-Digest` (RFC 9530).
package struct ContentDigest: Sendable, Hashable {
    /// The 32 bytes.
    package var bytes: [UInt8]

    /// The digest of a body.
    package init(of body: some DataProtocol) {
        bytes = Array(SHA256.hash(data: body))
    }

    /// A digest that was stored.
    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads the field; nil if it holds no well-formed SHA-256. Digests of other algorithms beside it are ignored.
    package init?(headerValue: String) {
        for member in headerValue.split(separator: ",") {
            let trimmed = member.trimmingCharacters(in: .whitespaces)
            guard trimmed.hasPrefix("sha-256=:"), trimmed.hasSuffix(":"), trimmed.count > 10 else { continue }
            guard let data = Data(base64Encoded: String(trimmed.dropFirst(9).dropLast())), data.count == 32 else {
                return nil
            }
            self.init(bytes: Array(data))
            return
        }
        return nil
    }

    /// The field's value: `sha-256=:…:`.
    package var headerValue: String { "sha-256=:\(Data(bytes).base64EncodedString()):" }
}
