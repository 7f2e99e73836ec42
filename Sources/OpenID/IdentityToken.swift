import CanonicalJSON
import WorkingDays

/// Who has come, as a provider says it and we believe it.
package struct Identity: Hashable, Sendable {
    /// The provider's name for him, which is never given to another.
    package let subject: String
    /// What he goes by there; empty where the provider does not say.
    package let login: String
    /// What others see; empty where the provider does not say.
    package let name: String
    /// His groups.
    package let groups: Set<String>
    /// The provider's name for this session; nil where it does not say.
    package let session: String?
}

/// The claims that every token of a provider must make rightly.
enum TokenClaims {
    /// How far two clocks may be apart, in seconds.
    static let leeway: Int64 = 60

    /// Sees that a token comes of the provider, is meant for us, and for now.
    /// - Parameter oldest: how long ago it may have been issued, in seconds.
    /// - Throws: `OpenIDFault` `issuer`, `audience`, `time`.
    static func check(
        _ claims: JSON, _ settings: ProviderSettings, oldest: Int64, needsEnd: Bool, at now: Moment
    ) throws(OpenIDFault) {
        guard claims["iss"]?.string == settings.issuer else { throw OpenIDFault(.issuer) }
        let audience = claims["aud"]?.string.map { [$0] } ?? claims["aud"]?.array?.compactMap(\.string) ?? []
        guard audience.contains(settings.client) else { throw OpenIDFault(.audience) }
        // Meant for several, it must say that it was given to us; and where it says to whom, to nobody else.
        let party = claims["azp"]?.string
        guard party == settings.client || party == nil && claims["azp"] == nil && audience.count == 1 else {
            throw OpenIDFault(.audience, "azp")
        }
        let seconds = now.millisecondsSince1970 / 1_000
        guard let issued = claims["iat"]?.int, issued <= seconds + leeway, issued >= seconds - oldest - leeway else {
            throw OpenIDFault(.time, "iat")
        }
        if claims["exp"] != nil || needsEnd {
            guard let end = claims["exp"]?.int, end > seconds - leeway else { throw OpenIDFault(.time, "exp") }
        }
        if claims["nbf"] != nil {
            guard let begin = claims["nbf"]?.int, begin <= seconds + leeway else { throw OpenIDFault(.time, "nbf") }
        }
    }

    /// The provider's name for somebody.
    static func subject(_ claims: JSON) -> String? {
        claims["sub"]?.string.flatMap { (1...255).contains($0.utf8.count) ? $0 : nil }
    }
}

/// What an ID token says, whose signature is right already.
enum IdentityToken {
    /// How long ago it may have been issued, in seconds: it comes at once from the provider.
    static let oldest: Int64 = 600

    /// The person of an ID token that answers this attempt.
    /// - Throws: `OpenIDFault`.
    static func identity(
        _ claims: JSON, _ settings: ProviderSettings, nonce: String, at now: Moment
    ) throws(OpenIDFault) -> Identity {
        try TokenClaims.check(claims, settings, oldest: oldest, needsEnd: true, at: now)
        guard claims["nonce"]?.string == nonce else { throw OpenIDFault(.nonce) }
        guard let subject = TokenClaims.subject(claims) else { throw OpenIDFault(.subject) }
        let groups = claims[settings.groupsClaim]
        let named = groups?.array?.compactMap(\.string) ?? groups?.string.map { [$0] } ?? []
        return Identity(
            subject: subject,
            login: claims["preferred_username"]?.string ?? claims["email"]?.string ?? "",
            name: claims["name"]?.string ?? "", groups: Set(named.prefix(1_000)), session: claims["sid"]?.string)
    }
}

/// Whose sessions a provider orders to be ended.
package struct LogoutOrder: Hashable, Sendable {
    /// The provider's name for the person; nil where only a session is named.
    package let subject: String?
    /// The provider's name for the session; nil where all are meant.
    package let session: String?
    /// What names this order.
    let id: String
}

/// What a logout token says (OpenID Connect Back-Channel Logout), whose signature is right already.
enum LogoutToken {
    /// How long ago it may have been issued, in seconds.
    static let oldest: Int64 = 300
    private static let event = "http://schemas.openid.net/event/backchannel-logout"

    /// The order of a logout token.
    /// - Throws: `OpenIDFault`.
    static func order(_ claims: JSON, _ settings: ProviderSettings, at now: Moment) throws(OpenIDFault) -> LogoutOrder {
        try TokenClaims.check(claims, settings, oldest: oldest, needsEnd: false, at: now)
        // An ID token of the same provider is no order, and an order has no nonce.
        guard claims["events"]?[event]?.object != nil else { throw OpenIDFault(.event) }
        guard claims["nonce"] == nil else { throw OpenIDFault(.nonce) }
        guard let id = claims["jti"]?.string, (1...255).contains(id.utf8.count) else {
            throw OpenIDFault(.event, "jti")
        }
        let (subject, session) = (TokenClaims.subject(claims), claims["sid"]?.string)
        guard subject != nil || session != nil else { throw OpenIDFault(.subject) }
        return LogoutOrder(subject: subject, session: session, id: id)
    }
}
