import CanonicalJSON
import Crypto
import CryptoExtras
import Foundation

/// A token as it travels (RFC 7519 in RFC 7515's compact form), not believed yet.
struct SignedToken: Sendable {
    /// The algorithms that are taken. `none` and those whose key both sides know are not among them.
    enum Algorithm: String, Sendable, CaseIterable {
        case rs256 = "RS256"
        case es256 = "ES256"
    }

    /// The algorithm that it names.
    let algorithm: Algorithm
    /// The key that it names.
    let keyID: String?
    private let signed: [UInt8]
    private let payload: [UInt8]
    private let signature: [UInt8]

    /// No token that is worth reading is longer, in bytes.
    static let longest = 32_768

    /// Takes a token apart.
    /// - Throws: `OpenIDFault` `malformed`, `algorithm`.
    init(_ text: String) throws(OpenIDFault) {
        guard text.utf8.count <= Self.longest else { throw OpenIDFault(.malformed, "it is too long") }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let head = TokenText.bytes(parts[0]), let payload = TokenText.bytes(parts[1]),
            let signature = TokenText.bytes(parts[2])
        else { throw OpenIDFault(.malformed, "it has not three parts") }
        let header = try Self.json(head)
        guard let algorithm = header["alg"]?.string.flatMap(Algorithm.init) else {
            throw OpenIDFault(.algorithm, "only RS256 and ES256 are taken")
        }
        // What must be understood and is not known here.
        guard header["crit"] == nil else { throw OpenIDFault(.malformed, "crit") }
        self.algorithm = algorithm
        keyID = header["kid"]?.string
        signed = Array((parts[0] + "." + parts[1]).utf8)
        self.payload = payload
        self.signature = signature
    }

    /// What it says, where a key has signed it.
    /// - Throws: `OpenIDFault` `signature`, `malformed`.
    func claims(signedBy key: ProviderKeys.Key) throws(OpenIDFault) -> JSON {
        let isRight: Bool
        switch key {
        case .rsa(let key):
            isRight = key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature), for: signed, padding: .insecurePKCS1v1_5)
        case .p256(let key):
            // What is no pair of numbers is no signature.
            let read = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
            isRight = read.map { key.isValidSignature($0, for: signed) } ?? false
        }
        guard isRight, key.algorithm == algorithm else { throw OpenIDFault(.signature) }
        return try Self.json(payload)
    }

    private static func json(_ bytes: [UInt8]) throws(OpenIDFault) -> JSON {
        do {
            let json = try JSON(parsing: bytes)
            guard json.object != nil else { throw OpenIDFault(.malformed, "it is no object") }
            return json
        } catch let error as OpenIDFault {
            throw error
        } catch {
            throw OpenIDFault(.malformed, "it is no JSON of whole numbers")
        }
    }
}
