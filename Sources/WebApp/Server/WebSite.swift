import Hummingbird
import HummingbirdCore
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
        router.add(middleware: AccessLog())
        router.add(middleware: SecurityHeaders(isBehindTLS: configuration.isBehindTLS))
        router.add(middleware: ErrorPages(environment: environment))
        router.add(
            middleware: SessionReader(
                environment: environment, limiter: RateLimiter(configuration.requestLimit)))
        let gate = RouteGate(
            environment: environment, limiters: .init(signIn: RateLimiter(configuration.signInLimit)))
        for route in Routes.all(configuration) {
            router.on(RouterPath(route.path.path), method: route.method) { request, context in
                try await gate.respond(route, to: request, context)
            }
        }
        return router
    }

    /// The site, ready to run as a service.
    package static func application(
        _ environment: WebEnvironment, logger: Logger
    ) -> some ApplicationProtocol {
        let configuration = environment.configuration
        return Application(
            router: router(environment),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(configuration.idleTimeout),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100))),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.mostConnections)),
            onServerRunning: { channel in
                if let port = channel.localAddress?.port { environment.onListening(port) }
            }, logger: logger)
    }
}
