import CanonicalJSON
import Crypto
import CryptoExtras
import Foundation

/// The public keys that a provider signs with (RFC 7517): RSA of 2048 bits and more, and P-256. Others are passed over.
struct ProviderKeys: Sendable {
    /// One of them.
    enum Key: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)

        var algorithm: SignedToken.Algorithm {
            switch self {
            case .rsa: .rs256
            case .p256: .es256
            }
        }
    }

    private let all: [(id: String?, key: Key)]

    /// Reads a set of keys.
    /// - Throws: `OpenIDFault` `silent` where it is none.
    init(_ json: JSON) throws(OpenIDFault) {
        guard let list = json["keys"]?.array else { throw OpenIDFault(.silent, "there is no set of keys") }
        all = list.prefix(64).compactMap { entry in
            guard entry["use"]?.string ?? "sig" == "sig", let key = Self.key(entry) else { return nil }
            if let named = entry["alg"]?.string, named != key.algorithm.rawValue { return nil }
            return (entry["kid"]?.string, key)
        }
    }

    /// The key of an algorithm that a token names; where it names none, the only one there is.
    func key(_ id: String?, for algorithm: SignedToken.Algorithm) -> Key? {
        let fitting = all.filter { $0.key.algorithm == algorithm && (id == nil || $0.id == id) }
        return fitting.count == 1 ? fitting.first?.key : nil
    }

    private static func key(_ entry: JSON) -> Key? {
        func bytes(_ name: String) -> [UInt8]? { entry[name]?.string.flatMap(TokenText.bytes) }
        switch entry["kty"]?.string {
        case "RSA":
            guard let modulus = bytes("n"), let exponent = bytes("e") else { return nil }
            // One that is too short or none is passed over: nothing is signed with it then.
            return (try? _RSA.Signing.PublicKey(n: modulus, e: exponent)).map(Key.rsa)
        case "EC":
            guard entry["crv"]?.string == "P-256", let x = bytes("x"), let y = bytes("y"), x.count == 32, y.count == 32
            else { return nil }
            // A point that is none is passed over in the same way.
            return (try? P256.Signing.PublicKey(x963Representation: [4] + x + y)).map(Key.p256)
        default: return nil
        }
    }
}

/// The spelling of bytes in tokens: base64 with `-` and `_`, without padding (RFC 7515).
enum TokenText {
    /// The bytes that a text spells, in the one way in which they are spelled; nil for anything else.
    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let letters = Array(text.utf8)
        guard letters.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=") }),
            letters.count % 4 != 1
        else { return nil }
        let padding = String(repeating: "=", count: (4 - letters.count % 4) % 4)
        let plain = String(text).replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let bytes = Data(base64Encoded: plain).map(Array.init), self.text(bytes) == String(text) else {
            return nil
        }
        return bytes
    }

    /// The spelling of bytes.
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        Data(Array(bytes)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
    }
}
