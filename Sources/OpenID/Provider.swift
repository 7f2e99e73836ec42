import CanonicalJSON
import Crypto
import Curl
import Foundation
import WorkingDays

/// A provider, asked over the network: its metadata and keys are remembered for an hour, keys asked for anew where a token names
/// one that is not known, at most each half minute.
package actor Provider {
    private let settings: ProviderSettings
    private let session: CurlSession
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let key = SymmetricKey(size: .bits256)
    private var metadata: (value: ProviderMetadata, at: Moment)?
    private var keys: (value: ProviderKeys, at: Moment)?
    private var asked: Moment?
    private var asking: Task<ProviderKeys, any Error>?
    private var states = SpentWords(memory: 2 * SignInAttempt.limit)
    private var orders = SpentWords(memory: 2 * (LogoutToken.oldest + TokenClaims.leeway) * 1_000)

    private static let memory: Int64 = 3_600_000
    private static let patience: Int64 = 30_000

    /// A provider; nothing is asked yet.
    package init(_ settings: ProviderSettings, session: CurlSession, randomBytes: @escaping @Sendable (Int) -> [UInt8])
    {
        self.settings = settings
        self.session = session
        self.randomBytes = randomBytes
    }

    /// Begins to sign somebody in.
    /// - Returns: where his browser goes, and what it keeps until it comes back, sealed.
    /// - Throws: `OpenIDFault` `silent`, `metadata`; `CancellationError`.
    package func begin(at now: Moment) async throws -> (address: String, kept: String) {
        let address = try await metadata(at: now).authorization
        let attempt = SignInAttempt(randomBytes: randomBytes, at: now)
        let query = Self.form([
            ("response_type", "code"), ("client_id", settings.client), ("redirect_uri", settings.redirectAddress),
            ("scope", settings.scope), ("state", attempt.state), ("nonce", attempt.nonce),
            ("code_challenge", attempt.challenge), ("code_challenge_method", "S256"),
        ])
        return (address + (address.contains("?") ? "&" : "?") + query, try attempt.sealed(with: key))
    }

    /// Who has come back.
    /// - Parameters:
    ///   - answer: the fields of the address that the provider sent him to.
    ///   - kept: what his browser kept.
    /// - Throws: `OpenIDFault`; `CancellationError`.
    package func finish(_ answer: [String: String], kept: String, at now: Moment) async throws -> Identity {
        let attempt = try SignInAttempt(sealed: kept, key: key, at: now)
        guard let state = answer["state"], Self.isSame(state, attempt.state) else {
            throw OpenIDFault(.state, "another answer")
        }
        guard answer["iss"] ?? settings.issuer == settings.issuer else { throw OpenIDFault(.issuer, "in the address") }
        // Whatever comes of it, an attempt is made once.
        guard states.spend(attempt.state, at: now) else { throw OpenIDFault(.replayed) }
        if let error = answer["error"] {
            throw OpenIDFault(.refused, String(error.prefix(60).filter { $0.isASCII && $0.isLetter || $0 == "_" }))
        }
        guard let code = answer["code"], !code.isEmpty, code.utf8.count <= 4_096 else {
            throw OpenIDFault(.refused, "no code")
        }
        let token = try await exchange(code, verifier: attempt.verifier, at: now)
        let claims = try await believed(token, at: now)
        return try IdentityToken.identity(claims, settings, nonce: attempt.nonce, at: now)
    }

    /// Whose sessions a logout token orders to be ended; the same token orders once.
    /// - Throws: `OpenIDFault`; `CancellationError`.
    package func logout(_ token: String, at now: Moment) async throws -> LogoutOrder {
        let order = try LogoutToken.order(try await believed(token, at: now), settings, at: now)
        guard orders.spend(order.id, at: now) else { throw OpenIDFault(.replayed) }
        return order
    }

    // MARK: Tokens

    private func exchange(_ code: String, verifier: String, at now: Moment) async throws -> String {
        let metadata = try await metadata(at: now)
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", settings.redirectAddress),
            ("code_verifier", verifier),
        ]
        var headers = [CurlHeader("Content-Type", "application/x-www-form-urlencoded")]
        if let secret = settings.secret, metadata.takesBasic {
            let pair = Self.encoded(settings.client) + ":" + Self.encoded(secret)
            headers.append(CurlHeader("Authorization", "Basic " + Data(pair.utf8).base64EncodedString()))
        } else {
            fields.append(("client_id", settings.client))
            if let secret = settings.secret { fields.append(("client_secret", secret)) }
        }
        var request = request(metadata.token, method: "POST", body: .bytes(Array(Self.form(fields).utf8)))
        request.headers += headers
        guard let token = try await json(request)["id_token"]?.string else {
            throw OpenIDFault(.silent, "there is no ID token")
        }
        return token
    }

    /// What a token says, once it is known that the provider signed it.
    private func believed(_ text: String, at now: Moment) async throws -> JSON {
        let token = try SignedToken(text)
        let known = try await keys(at: now)
        if let key = known.key(token.keyID, for: token.algorithm) { return try token.claims(signedBy: key) }
        // A key that is new there is asked for; not more often than others may make us ask.
        guard let fresh = try await freshKeys(at: now), let key = fresh.key(token.keyID, for: token.algorithm) else {
            throw OpenIDFault(.key)
        }
        return try token.claims(signedBy: key)
    }

    // MARK: What is remembered

    private func metadata(at now: Moment) async throws -> ProviderMetadata {
        if let metadata, Self.isFresh(metadata.at, now, Self.memory) { return metadata.value }
        var base = settings.issuer
        if base.hasSuffix("/") { base.removeLast() }
        let json = try await json(request(base + "/.well-known/openid-configuration"))
        let value = try ProviderMetadata(json, issuer: settings.issuer)
        metadata = (value, now)
        return value
    }

    private func keys(at now: Moment) async throws -> ProviderKeys {
        if let keys, Self.isFresh(keys.at, now, Self.memory) { return keys.value }
        return try await fetchKeys(at: now)
    }

    /// The keys asked for anew; nil where that was done a moment ago.
    private func freshKeys(at now: Moment) async throws -> ProviderKeys? {
        if let asking { return try await asking.value }
        if let asked, Self.isFresh(asked, now, Self.patience) { return nil }
        return try await fetchKeys(at: now)
    }

    private func fetchKeys(at now: Moment) async throws -> ProviderKeys {
        if let asking { return try await asking.value }
        asked = now
        let task = Task { try ProviderKeys(try await json(request(try await metadata(at: now).keys))) }
        asking = task
        defer { asking = nil }
        let value = try await task.value
        keys = (value, now)
        return value
    }

    private static func isFresh(_ moment: Moment, _ now: Moment, _ limit: Int64) -> Bool {
        abs(now.millisecondsSince1970 - moment.millisecondsSince1970) < limit
    }

    // MARK: The wire

    private func request(_ address: String, method: String = "GET", body: CurlBody = .none) -> CurlRequest {
        var request = CurlRequest(address, method: method, body: body)
        request.headers = [CurlHeader("Accept", "application/json")]
        request.protocols = ProviderSettings.isThisMachine(address) ? [.http, .https] : [.https]
        request.certificateAuthorityFile = settings.authorityFile
        request.connectTimeout = settings.patience / 2
        request.timeout = settings.patience
        request.responseLimit = 262_144
        return request
    }

    private func json(_ request: CurlRequest) async throws -> JSON {
        do {
            let response = try await session.send(request)
            guard response.status == 200 else { throw OpenIDFault(.silent, "status \(response.status)") }
            return try JSON(parsing: response.body)
        } catch let fault as OpenIDFault {
            throw fault
        } catch let error as CurlError {
            if Task.isCancelled { throw CancellationError() }
            throw OpenIDFault(.silent, "\(error.code.rawValue)")
        } catch let error as JSONParsingError {
            throw OpenIDFault(.silent, "\(error)")
        }
    }

    private static func form(_ fields: [(String, String)]) -> String {
        fields.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                out += "%" + (digits.count == 1 ? "0" + digits : digits)
            }
        }
        return out
    }

    /// Whether two texts are the same, compared in constant time.
    private static func isSame(_ typed: String, _ right: String) -> Bool {
        let key = SymmetricKey(data: Array("state".utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array(right.utf8), using: key)
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(typed.utf8), using: key)
    }
}
