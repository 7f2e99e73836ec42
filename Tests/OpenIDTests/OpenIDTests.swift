import CanonicalJSON
import Crypto
import Curl
import Foundation
import Hummingbird
import LoopbackServer
import OpenIDSupport
import Synchronization
import Testing
import WorkingDays

@testable import OpenID

@Suite("A provider of identities, asked over the wire")
struct OpenIDTests {
    private static let now = StandInProvider.now
    private static let randomBytes: @Sendable (Int) -> [UInt8] = { count in
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private func with<Value>(
        _ stand: StandInProvider, _ body: (Provider) async throws -> Value
    ) async throws -> Value {
        try await withServer(stand.router()) { port in
            let issuer = "http://127.0.0.1:\(port)"
            stand.issuer.withLock { $0 = issuer }
            var settings = ProviderSettings(
                issuer: issuer, client: StandInProvider.client,
                redirectAddress: "https://1414.example.kz/sign-in/provider/back")
            settings.secret = "geheim"
            // Hundreds of tests begin at once: that the machine is slow is no finding here.
            settings.patience = .seconds(300)
            return try await body(
                Provider(settings, session: try CurlSession(), randomBytes: Self.randomBytes))
        }
    }

    private func cause(_ body: () async throws -> Void) async -> OpenIDFault.Cause? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? OpenIDFault)?.cause
        }
    }

    @Test("who comes back with the code of his question is believed, signed by RSA or ECDSA", arguments: [false, true])
    func right(signsByRSA: Bool) async throws {
        let stand = try StandInProvider(signsByRSA: signsByRSA)
        try await with(stand) { provider in
            let (address, kept) = try await provider.begin(at: Self.now)
            #expect(address.contains("code_challenge_method=S256") && address.contains("response_type=code"))
            #expect(!address.contains("geheim") && !kept.contains("verifier"))
            let identity = try await provider.finish(stand.consent(address), kept: kept, at: Self.now)
            #expect(identity.subject == "person-1" && identity.login == "aigerim" && identity.session == "s1")
            #expect(identity.name == "Айгерім Сапарова" && identity.groups == ["operators"])
        }
    }

    /// A deviation in what the token says, and what it is refused as.
    struct Wrong: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let cause: OpenIDFault.Cause
        let change: @Sendable (inout [String: JSON]) -> Void

        init(_ name: String, _ cause: OpenIDFault.Cause, _ change: @escaping @Sendable (inout [String: JSON]) -> Void) {
            (testDescription, self.cause, self.change) = (name, cause, change)
        }
    }

    private static let badClaims: [Wrong] = [
        Wrong("another issuer", .issuer) { $0["iss"] = "http://127.0.0.1" },
        Wrong("no issuer", .issuer) { $0["iss"] = nil },
        Wrong("for another", .audience) { $0["aud"] = "other" },
        Wrong("for several without saying to whom it was given", .audience) { $0["aud"] = ["bailanys", "other"] },
        Wrong("given to another", .audience) { $0["azp"] = "other" },
        Wrong("for nobody", .audience) { $0["aud"] = nil },
        Wrong("over", .time) { $0["exp"] = .int(StandInProvider.seconds - 61) },
        Wrong("without an end", .time) { $0["exp"] = nil },
        Wrong("from the future", .time) { $0["iat"] = .int(StandInProvider.seconds + 61) },
        Wrong("of long ago", .time) { $0["iat"] = .int(StandInProvider.seconds - 3_600) },
        Wrong("without a beginning", .time) { $0["iat"] = nil },
        Wrong("not yet", .time) { $0["nbf"] = .int(StandInProvider.seconds + 61) },
        Wrong("another nonce", .nonce) { $0["nonce"] = "other" },
        Wrong("no nonce", .nonce) { $0["nonce"] = nil },
        Wrong("nobody", .subject) { $0["sub"] = "" },
    ]

    @Test("a token that says something else than it must is refused as that", arguments: badClaims)
    func wrongClaims(wrong: Wrong) async throws {
        let stand = try StandInProvider()
        stand.deviation.withLock { $0.claims = wrong.change }
        let found = try await with(stand) { provider in
            let (address, kept) = try await provider.begin(at: Self.now)
            return await cause { _ = try await provider.finish(stand.consent(address), kept: kept, at: Self.now) }
        }
        #expect(found == wrong.cause)
    }

    private static let badHeads: [Wrong] = [
        Wrong("none", .algorithm) { $0["alg"] = "none" }, Wrong("HS256", .algorithm) { $0["alg"] = "HS256" },
        Wrong("None", .algorithm) { $0["alg"] = "None" }, Wrong("ES384", .algorithm) { $0["alg"] = "ES384" },
        Wrong("no algorithm", .algorithm) { $0["alg"] = nil },
        // The RSA key of that name has not signed it.
        Wrong("RS256 instead", .signature) { $0["alg"] = "RS256" }, Wrong("another key", .key) { $0["kid"] = "x" },
        Wrong("critical", .malformed) { $0["crit"] = ["b64"] },
    ]

    @Test("a token that is signed otherwise is refused", arguments: badHeads)
    func wrongHeads(wrong: Wrong) async throws {
        let stand = try StandInProvider()
        stand.deviation.withLock { $0.head = wrong.change }
        let found = try await with(stand) { provider in
            let (address, kept) = try await provider.begin(at: Self.now)
            return await cause { _ = try await provider.finish(stand.consent(address), kept: kept, at: Self.now) }
        }
        #expect(found == wrong.cause)
    }

    @Test("a token that was changed, cut or signed by nobody is refused")
    func tampered() async throws {
        let changes: [(@Sendable (String) -> String, OpenIDFault.Cause)] = [
            ({ $0.split(separator: ".").dropLast().joined(separator: ".") + "." }, .signature),
            ({ $0.split(separator: ".").dropLast().joined(separator: ".") }, .malformed),
            ({ String($0.dropLast(4)) + "AAAA" }, .signature), ({ $0 + "=" }, .malformed), ({ _ in "" }, .malformed),
            (
                { token in
                    let parts = token.split(separator: ".")
                    return parts[0] + "." + TokenText.text(Array(#"{"sub":"admin"}"#.utf8)) + "." + parts[2]
                }, .signature
            ),
            ({ _ in String(repeating: "a", count: 40_000) }, .malformed),
        ]
        for (change, cause) in changes {
            let stand = try StandInProvider()
            stand.deviation.withLock { $0.token = change }
            let found = try await with(stand) { provider in
                let (address, kept) = try await provider.begin(at: Self.now)
                return await self.cause {
                    _ = try await provider.finish(stand.consent(address), kept: kept, at: Self.now)
                }
            }
            #expect(found == cause)
        }
    }

    @Test("an answer counts once, for the browser that asked, and not for long")
    func states() async throws {
        let stand = try StandInProvider()
        try await with(stand) { provider in
            let (address, kept) = try await provider.begin(at: Self.now)
            let (other, otherKept) = try await provider.begin(at: Self.now)
            let answer = stand.consent(address)
            func cause(_ answer: [String: String], _ kept: String, _ later: Int64 = 0) async -> OpenIDFault.Cause? {
                await self.cause {
                    _ = try await provider.finish(answer, kept: kept, at: Self.now.adding(milliseconds: later))
                }
            }
            #expect(await cause(answer, otherKept) == .state)
            #expect(await cause(answer, "") == .state)
            #expect(await cause(answer, String(kept.dropLast(2)) + "AA") == .state)
            #expect(await cause(answer, kept, 600_001) == .state)
            var foreign = answer
            foreign["iss"] = "https://elsewhere.example"
            #expect(await cause(foreign, kept) == .issuer)
            #expect(await cause(answer, kept) == nil)
            #expect(await cause(stand.consent(address), kept) == .replayed)
            var refused = stand.consent(other)
            refused["error"] = "access_denied"
            #expect(await cause(refused, otherKept) == .refused)
        }
    }

    @Test("a new key is asked for once it is used, and strangers cannot make us ask often")
    func rotation() async throws {
        let stand = try StandInProvider()
        try await with(stand) { provider in
            func come(_ later: Int64) async throws -> Identity {
                let now = Self.now.adding(milliseconds: later)
                let (address, kept) = try await provider.begin(at: now)
                return try await provider.finish(stand.consent(address), kept: kept, at: now)
            }
            _ = try await come(0)
            stand.pair.withLock { $0 = .init(id: "second") }
            _ = try await come(31_000)
            #expect(stand.asked.withLock(\.self) == ["metadata": 1, "keys": 2, "token": 2])
            let strange = try stand.signed(stand.claims(nonce: "x")) { $0["kid"] = "strange" }
            for _ in 0..<20 {
                let now = Self.now.adding(milliseconds: 32_000)
                #expect(await cause { _ = try await provider.logout(strange, at: now) } == .key)
            }
            #expect(stand.asked.withLock { $0["keys"] } == 2)
        }
    }

    @Test("what a provider says of itself must be its own, over TLS, and know PKCE")
    func metadata() async throws {
        let changes: [(@Sendable (inout [String: JSON]) -> Void)] = [
            { $0["issuer"] = "https://other.example" }, { $0["token_endpoint"] = "http://token.example/" },
            { $0["jwks_uri"] = "ftp://127.0.0.1/" }, { $0["authorization_endpoint"] = nil },
            { $0["authorization_endpoint"] = "http://127.0.0.1.evil.example/" },
            { $0["code_challenge_methods_supported"] = ["plain"] },
        ]
        for change in changes {
            let stand = try StandInProvider()
            stand.deviation.withLock { $0.metadata = change }
            let found = try await with(stand) { provider in await cause { _ = try await provider.begin(at: Self.now) } }
            #expect(found == .metadata)
        }
    }

    @Test("a provider that is down, or does not give a token for the code, is silent")
    func silent() async throws {
        let stand = try StandInProvider()
        let provider = try await with(stand) { provider in
            let (address, kept) = try await provider.begin(at: Self.now)
            stand.deviation.withLock { $0.status = 400 }
            let found = await cause { _ = try await provider.finish(stand.consent(address), kept: kept, at: Self.now) }
            #expect(found == .silent)
            return provider
        }
        let later = Self.now.adding(milliseconds: 3_600_001)
        #expect(await cause { _ = try await provider.begin(at: later) } == .silent)
    }

    @Test("an order to sign out is taken once, and nothing else is one")
    func logout() async throws {
        let stand = try StandInProvider()
        try await with(stand) { provider in
            _ = try await provider.begin(at: Self.now)
            var order = stand.claims(nonce: "x")
            order["nonce"] = nil
            order["exp"] = nil
            order["jti"] = "order-1"
            order["events"] = ["http://schemas.openid.net/event/backchannel-logout": [:]]
            func cause(_ change: (inout [String: JSON]) -> Void) async throws -> OpenIDFault.Cause? {
                var changed = order
                changed["jti"] = .string(UUID().uuidString)
                change(&changed)
                let token = try stand.signed(changed)
                return await self.cause { _ = try await provider.logout(token, at: Self.now) }
            }
            #expect(try await cause { $0["nonce"] = "x" } == .nonce)
            #expect(try await cause { $0["events"] = nil } == .event)
            #expect(try await cause { $0["events"] = ["other": [:]] } == .event)
            #expect(try await cause { $0["jti"] = nil } == .event)
            #expect(try await cause { $0["aud"] = "other" } == .audience)
            #expect(try await cause { $0["iss"] = "x" } == .issuer)
            #expect(try await cause { $0["iat"] = .int(StandInProvider.seconds - 400) } == .time)
            #expect(
                try await cause {
                    $0["sub"] = nil
                    $0["sid"] = nil
                } == .subject)
            let token = try stand.signed(order)
            let taken = try await provider.logout(token, at: Self.now)
            #expect(taken.subject == "person-1" && taken.session == "s1")
            #expect(await self.cause { _ = try await provider.logout(token, at: Self.now) } == .replayed)
        }
    }
}
