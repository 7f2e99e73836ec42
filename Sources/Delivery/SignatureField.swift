import Foundation

/// The field `Content-Signature` of the exchange: a detached CMS signature over exactly the bytes of the message's body.
enum SignatureField {
    /// The field's name.
    static let name = "Content-Signature"

    /// The field's value: `cms=:…:`, a dictionary with a byte sequence (RFC 9651), as `Content-Digest` is.
    static func value(_ signature: [UInt8]) -> String { "cms=:\(Data(signature).base64EncodedString()):" }

    /// The signature in a field; nil where it holds none.
    static func signature(in value: String) -> [UInt8]? {
        let text = value.trimmingCharacters(in: .whitespaces)
        guard text.hasPrefix("cms=:"), text.hasSuffix(":"), text.utf8.count > 6 else { return nil }
        return Data(base64Encoded: String(text.dropFirst(5).dropLast())).map { Array($0) }
    }
}
