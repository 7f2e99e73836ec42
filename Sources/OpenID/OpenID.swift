/// Signing in by an organisation's provider of identities (OpenID Connect: authorization code with PKCE).
///
/// Decides: what is sent to a provider, whether what comes back is an answer to it, who it says has come. Everything that is
/// not exactly as it must be is refused, and the refusal says what it was. Refuses to know: accounts, roles, pages.
///
/// - `OpenID.swift` (this file) — how we are known to a provider.
/// - `ProviderMetadata.swift` — what a provider says of itself (discovery).
/// - `ProviderKeys.swift` — the keys it signs with.
/// - `SignedToken.swift` — a token, and whether one of these keys signed it: RS256 or ES256, nothing else.
/// - `IdentityToken.swift`, `LogoutToken.swift` — what such a token says, and whether it is meant for us, now.
/// - `SignInAttempt.swift` — what a browser keeps between leaving and coming back, sealed.
/// - `SpentWords.swift` — what counts once.
/// - `Provider.swift` — the calls over the network, with what is remembered of them.
package struct ProviderSettings: Hashable, Sendable {
    /// Who the provider is: its `issuer`, the beginning of all its addresses.
    package var issuer: String
    /// How it knows us.
    package var client: String
    /// The secret that proves it; nil where the provider gave none (PKCE proves the rest).
    package var secret: String?
    /// The PEM file of the authority that vouches for its certificate; nil: those of the system.
    package var authorityFile: String?
    /// Where it sends people back to.
    package var redirectAddress: String
    /// What is asked of it.
    package var scope = "openid profile email"
    /// The claim that names somebody's groups.
    package var groupsClaim = "groups"
    /// How long one answer of it is waited for; half of that for the connection.
    package var patience: Duration = .seconds(10)

    /// A provider and our name there.
    package init(issuer: String, client: String, redirectAddress: String) {
        self.issuer = issuer
        self.client = client
        self.redirectAddress = redirectAddress
    }

    /// Whether an address may be spoken to: https, or this very machine.
    package static func isAddress(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), !text.contains("#"), !text.contains("@") else {
            return false
        }
        if text.hasPrefix("https://") { return text.utf8.count > 8 }
        return isThisMachine(text)
    }

    /// Whether an address without TLS leads to this machine alone.
    static func isThisMachine(_ text: String) -> Bool {
        ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { host in
            text.hasPrefix(host) && [":", "/"].contains(text.dropFirst(host.count).prefix(1)) || text == host
        }
    }
}
