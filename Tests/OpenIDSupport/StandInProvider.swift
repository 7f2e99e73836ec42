package import CanonicalJSON
package import Crypto
package import CryptoExtras
import Foundation
package import Hummingbird
package import Synchronization
package import WorkingDays

@testable import OpenID

/// A provider that does as a test says: a right one, unless the test makes it deviate in a point.
package final class StandInProvider: Sendable {
    package static let client = "bailanys"
    package static let now = Moment(millisecondsSince1970: 1_800_000_000_000)
    package static var seconds: Int64 { now.millisecondsSince1970 / 1_000 }
    /// What its clock shows, in seconds since 1970.
    package let clock = Mutex(StandInProvider.seconds)

    /// What it does otherwise than it should.
    package struct Deviation: Sendable {
        /// Changes what it says of itself.
        package var metadata: @Sendable (inout [String: JSON]) -> Void = { _ in }
        /// Changes what the token says.
        package var claims: @Sendable (inout [String: JSON]) -> Void = { _ in }
        /// Changes the head of the token.
        package var head: @Sendable (inout [String: JSON]) -> Void = { _ in }
        /// Takes the place of the token.
        package var token: (@Sendable (String) -> String)?
        /// The status of its answers to a code.
        package var status = 200

        /// None.
        package init() {}
    }

    /// The key it signs with, and the name of that.
    package struct Pair: Sendable {
        package var id = "first"
        package var key = P256.Signing.PrivateKey()

        /// A new key of a name.
        package init(id: String = "first") { self.id = id }
    }

    package let pair = Mutex(Pair())
    package let rsa: _RSA.Signing.PrivateKey
    package let deviation = Mutex(Deviation())
    /// The questions that were asked: the challenge and nonce by code.
    package let codes = Mutex<[String: (challenge: String, nonce: String)]>([:])
    package let asked = Mutex<[String: Int]>([:])
    package let issuer = Mutex("")
    package let signsByRSA: Bool

    package init(signsByRSA: Bool = false) throws {
        self.signsByRSA = signsByRSA
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    }

    private func count(_ name: String) { asked.withLock { $0[name, default: 0] += 1 } }

    /// Signs claims as it signs tokens.
    package func signed(_ claims: [String: JSON], _ change: (inout [String: JSON]) -> Void = { _ in }) throws -> String
    {
        let pair = pair.withLock(\.self)
        var head: [String: JSON] = [
            "alg": .string(signsByRSA ? "RS256" : "ES256"), "kid": .string(pair.id), "typ": "JWT",
        ]
        change(&head)
        let text = TokenText.text(JSON.object(head).bytes) + "." + TokenText.text(JSON.object(claims).bytes)
        let bytes = Array(text.utf8)
        let signature =
            signsByRSA
            ? try rsa.signature(for: bytes, padding: .insecurePKCS1v1_5).rawRepresentation
            : try pair.key.signature(for: bytes).rawRepresentation
        return text + "." + TokenText.text(signature)
    }

    /// What a right ID token says.
    package func claims(nonce: String) -> [String: JSON] {
        let seconds = clock.withLock(\.self)
        return [
            "iss": .string(issuer.withLock(\.self)), "sub": "person-1", "aud": .string(Self.client),
            "exp": .int(seconds + 300), "iat": .int(seconds), "nonce": .string(nonce),
            "preferred_username": "aigerim", "name": "Айгерім Сапарова", "groups": ["operators"], "sid": "s1",
        ]
    }

    private var keys: JSON {
        get throws {
            let pair = pair.withLock(\.self)
            let point = Array(pair.key.publicKey.x963Representation)
            let (n, e) = try rsa.publicKey.getKeyPrimitives().numbers
            return [
                "keys": [
                    [
                        "kty": "EC", "crv": "P-256", "kid": .string(pair.id), "use": "sig",
                        "x": .string(TokenText.text(point[1..<33])), "y": .string(TokenText.text(point[33..<65])),
                    ],
                    [
                        "kty": "RSA", "kid": .string(pair.id), "alg": "RS256", "n": .string(TokenText.text(n)),
                        "e": .string(TokenText.text(e)),
                    ],
                ]
            ]
        }
    }

    /// Its addresses.
    package func router() -> Router<BasicRequestContext> {
        let router = Router()
        @Sendable func answer(_ json: JSON, _ status: HTTPResponse.Status = .ok) -> Response {
            Response(
                status: status, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
        }
        router.get(".well-known/openid-configuration") { [self] _, _ in
            count("metadata")
            let issuer = issuer.withLock(\.self)
            var said: [String: JSON] = [
                "issuer": .string(issuer), "authorization_endpoint": .string(issuer + "/authorize"),
                "token_endpoint": .string(issuer + "/token"), "jwks_uri": .string(issuer + "/keys"),
                "code_challenge_methods_supported": ["S256"],
            ]
            deviation.withLock(\.self).metadata(&said)
            return answer(.object(said))
        }
        router.get("keys") { [self] _, _ in
            count("keys")
            return answer(try keys)
        }
        router.post("token") { [self] request, _ in
            count("token")
            let body = String(buffer: try await request.body.collect(upTo: 65_536))
            let fields = StandInProvider.fields(body)
            let deviation = deviation.withLock(\.self)
            guard let code = fields["code"], let asked = codes.withLock({ $0.removeValue(forKey: code) }),
                TokenText.text(SHA256.hash(data: Array((fields["code_verifier"] ?? "").utf8))) == asked.challenge,
                deviation.status == 200
            else { return answer(["error": "invalid_grant"], .badRequest) }
            var claims = claims(nonce: asked.nonce)
            deviation.claims(&claims)
            let token = try signed(claims, deviation.head)
            return answer(["access_token": "x", "id_token": .string(deviation.token?(token) ?? token)])
        }
        return router
    }

    /// What a person does there: gives his consent.
    /// - Returns: the fields of the address that his browser is sent back to.
    package func consent(_ address: String, code: String = UUID().uuidString) -> [String: String] {
        let fields = Self.fields(String(address.drop { $0 != "?" }.dropFirst()))
        codes.withLock { $0[code] = (fields["code_challenge"] ?? "", fields["nonce"] ?? "") }
        return ["code": code, "state": fields["state"] ?? ""]
    }

    package static func fields(_ query: String) -> [String: String] {
        Dictionary(
            query.split(separator: "&").map { field in
                let parts = field.split(separator: "=", maxSplits: 1)
                return (String(parts[0]), parts.count > 1 ? parts[1].removingPercentEncoding ?? "" : "")
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension _RSA.Signing.PublicKey.Primitives {
    /// Modulus and exponent.
    fileprivate var numbers: ([UInt8], [UInt8]) { (Array(modulus), Array(publicExponent)) }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
    }
}
