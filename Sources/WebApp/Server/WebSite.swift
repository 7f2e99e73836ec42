import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging

/// The site as a program: middleware in its order, the routes, the limits of the connection.
///
/// The order matters. Outermost the access log and the headers, which every answer must have; then the error pages, so
/// that what is thrown further in is an answer by the time the headers are added; then who it is and how often he asks;
/// then the gate of the route.
package enum WebSite {
    /// The router of the site.
    static func router(_ environment: WebEnvironment) -> Router<WebContext> {
        let configuration = environment.configuration
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AccessLog(proxies: configuration.proxies, metrics: environment.metrics))
        router.add(middleware: SecurityHeaders(isSecure: configuration.isSecure))
        router.add(middleware: ErrorPages(environment: environment))
        router.add(
            middleware: SessionReader(
                environment: environment, limiter: RateLimiter(configuration.requestLimit)))
        let gate = RouteGate(
            environment: environment,
            limiters: .init(
                signIn: RateLimiter(configuration.signInLimit), link: RateLimiter(configuration.linkLimit)))
        let routes = Routes.all(configuration)
        for route in routes {
            router.on(RouterPath(route.path.path), method: route.method) { request, context in
                try await gate.respond(route, to: request, context)
            }
        }
        refuseOtherMethods(of: routes, on: router)
        return router
    }

    /// Under `/api` a method that an address does not have is answered by 405 and the methods that it has.
    private static func refuseOtherMethods(of routes: [Route], on router: Router<WebContext>) {
        let addresses = Dictionary(grouping: routes, by: \.path.path).filter { $0.key.hasPrefix("/api/") }
        for (path, known) in addresses {
            let methods = Set(known.map(\.method))
            let allowed = methods.contains(.get) ? methods.union([.head]) : methods
            let others: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]
            let allow = allowed.map(\.rawValue).sorted().joined(separator: ", ")
            for method in others where !methods.contains(method) {
                router.on(RouterPath(path), method: method) { _, context in
                    let error = SiteError(.methodNotAllowed, "This address takes \(allow).")
                    var response = ProblemDocument.response(.methodNotAllowed, error, requestID: context.id)
                    response.headers[.allow] = allow
                    return response
                }
            }
        }
    }

    /// The site, ready to run as a service; over TLS where the configuration has a certificate.
    /// - Throws: `NIOSSLError` where no TLS can be spoken with it.
    package static func application(
        _ environment: WebEnvironment, logger: Logger
    ) throws -> some ApplicationProtocol {
        let configuration = environment.configuration
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                idleTimeout: .seconds(configuration.idleTimeout),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)))
        return Application(
            router: router(environment),
            server: try configuration.tls.map { try .tls(plain, tlsConfiguration: $0.configuration) } ?? plain,
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.mostConnections)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { environment.onListening(port) }
            }, logger: logger)
    }
}
