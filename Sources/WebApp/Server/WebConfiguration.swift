import Hummingbird

/// How the site is served.
///
/// - `host` (text, default 127.0.0.1), `port` (number, default 8080): where it listens.
/// - `isBehindTLS` (default false): people reach it over https; cookies are then `Secure` and HSTS is sent.
/// - `trustsForwardedFor` (default false): the last address in `X-Forwarded-For` is the client's; only behind a proxy of
///   one's own, since anybody can send that header.
/// - `showsGallery` (default false): `/gallery` shows all components; for development.
/// - `idleTimeout` (seconds, default 30): a connection on which no request comes, or comes too slowly, is closed.
/// - `bodyTimeout` (seconds, default 30): how long the body of a request may take to arrive.
/// - `mostConnections` (default 2000): how many connections are open at the same time.
package struct WebConfiguration: Sendable {
    package var host = "127.0.0.1"
    package var port = 8080
    package var isBehindTLS = false
    package var trustsForwardedFor = false
    package var showsGallery = false
    package var idleTimeout: Int64 = 30
    package var bodyTimeout: Int64 = 30
    package var mostConnections = 2_000
    /// How many requests one person or address may make.
    package var requestLimit = RateLimit(burst: 240, perSecond: 40)
    /// How many times one address may try to sign in.
    package var signInLimit = RateLimit(burst: 20, perSecond: 0.2)

    /// The defaults.
    package init() {}

    /// The name of the session cookie. With TLS the prefix makes browsers refuse one set by a neighbouring host.
    var sessionCookie: String { isBehindTLS ? "__Host-bailanys" : "bailanys" }
}
