import Hummingbird

/// How the site is served.
///
/// - `host` (text, default 127.0.0.1), `port` (number, default 8080): where it listens.
/// - `isBehindTLS` (default false): people reach it over https through a proxy; cookies are then `Secure` and HSTS is sent.
/// - `tls` (default none): the site speaks TLS itself, with the same consequences.
/// - `proxies` (default none): whose `X-Forwarded-For` is believed, since anybody can send that header.
/// - `showsGallery` (default false): `/gallery` shows all components; for development.
/// - `idleTimeout` (seconds, default 30): a connection on which no request comes, or comes too slowly, is closed.
/// - `bodyTimeout` (seconds, default 30): how long the body of a request may take to arrive.
/// - `uploadTimeout` (seconds, default 900): how long a form with files may take to arrive.
/// - `mostConnections` (default 2000): how many connections are open at the same time.
package struct WebConfiguration: Sendable {
    /// Where it listens.
    package var host = "127.0.0.1"
    /// The port; 0 for any free one.
    package var port = 8080
    /// Whether people reach it over https through a proxy.
    package var isBehindTLS = false
    /// The certificate that the site shows itself; nil where it speaks without TLS.
    package var tls: TLSKeeper?
    /// The proxies of one's own that note the address of the client.
    package var proxies = TrustedProxies()
    /// Whether `/gallery` is there.
    package var showsGallery = false
    /// Seconds after which a silent connection is closed.
    package var idleTimeout: Int64 = 30
    /// Seconds in which a body must have come.
    package var bodyTimeout: Int64 = 30
    /// Seconds in which a form with files must have come.
    package var uploadTimeout: Int64 = 900
    /// How many connections may be open.
    package var mostConnections = 2_000
    /// How many requests one person or address may make.
    package var requestLimit = RateLimit(burst: 240, perSecond: 40)
    /// How many times one address may try to sign in.
    package var signInLimit = RateLimit(burst: 20, perSecond: 0.2)
    /// How many times one link that needs no account may be acted by.
    package var linkLimit = RateLimit(burst: 60, perSecond: 0.1)

    /// The defaults.
    package init() {}

    /// Whether people reach it over https.
    package var isSecure: Bool { isBehindTLS || tls != nil }

    /// The name of the session cookie. With TLS the prefix makes browsers refuse one set by a neighbouring host.
    var sessionCookie: String { isSecure ? "__Host-bailanys" : "bailanys" }
    /// The name of the cookie of a device that has let somebody in before.
    var deviceCookie: String { isSecure ? "__Host-device" : "device" }
}
