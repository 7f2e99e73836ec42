import Hummingbird
import HummingbirdTLS
import Logging
import NIOSSL
import WorkingDays

/// The reference receiver as a server.
package enum AgencyReceiver {
    /// Builds the server without starting it.
    ///
    /// - Parameters:
    ///   - now: Where the time of receipt comes from.
    ///   - onListening: Called once it listens.
    /// - Throws: What opening the store or reading the certificates and keys throws.
    package static func buildApplication(
        _ configuration: AgencyConfiguration, logger: Logger, now: @escaping @Sendable () -> Moment,
        onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) throws -> some ApplicationProtocol {
        var routes = AgencyRoutes(
            store: try AgencyStore(path: configuration.databasePath), faults: FaultQueue(configuration.faults),
            sizeLimit: configuration.sizeLimit, now: now)
        routes.signatures = try ReportSignatures(configuration)
        let router = Router(context: AgencyContext.self)
        router.add(middleware: ProblemMiddleware())
        if let token = configuration.bearerToken { router.add(middleware: BearerTokenMiddleware(token: token)) }
        routes.add(to: router)
        return Application(
            router: router,
            server: try .tls(
                .http1(configuration: .init(idleTimeout: .seconds(60))), tlsConfiguration: tls(configuration)),
            configuration: .init(
                address: .hostname(configuration.host, port: configuration.port), serverName: "bailanys-agency"),
            onServerRunning: { onListening($0.localAddress?.port ?? 0) }, logger: logger)
    }

    /// Runs the receiver until it is told to stop (SIGINT, SIGTERM or cancellation).
    package static func run(
        _ configuration: AgencyConfiguration, logger: Logger, now: @escaping @Sendable () -> Moment,
        onListening: @escaping @Sendable (_ port: Int) -> Void = { _ in }
    ) async throws {
        try await buildApplication(configuration, logger: logger, now: now, onListening: onListening)
            .runService()
    }

    private static func tls(_ configuration: AgencyConfiguration) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(configuration.certificateFile)
        let key = try NIOSSLPrivateKey(file: configuration.keyFile, format: .pem)
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        tls.minimumTLSVersion = .tlsv12
        // How long a shutdown waits for idle clients to say good-bye.
        tls.shutdownTimeout = .seconds(1)
        if let authorities = configuration.clientAuthorityFile {
            tls.trustRoots = .file(authorities)
            // A client's certificate names no host; everything else about it is verified.
            tls.certificateVerification = .noHostnameVerification
        }
        return tls
    }
}
