import Accounts
import ArgumentParser
import Blocking
import ContactCentre
import Delivery
import Foundation
import Hummingbird
import Journal
import Logging
import ServiceLifecycle
import UnixSignals
import WebApp
import WorkingDays

/// `bailanys serve`: the contact centre at work.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the contact centre: pages, API, timers and deliveries.",
        discussion: """
            Loads schedules/ and knowledge/, opens the data folder, and listens on the loopback interface; put a reverse \
            proxy with TLS before it and say --behind-tls, and --proxy with its address: attempts to sign in are counted by \
            the address of the client, which only the proxy knows (X-Forwarded-For; nginx: “proxy_set_header \
            X-Forwarded-For $proxy_add_x_forwarded_for”). The first start prints the sign-in of the first account once.
            Example: bailanys serve --data /srv/bailanys --behind-tls --proxy 127.0.0.1
            Example: bailanys serve --demo --port 0
            """)

    @OptionGroup var folders: Folders
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port; 0 for any free one.") var port = 8080
    @Flag(
        help: ArgumentHelp(
            "Speak TLS, with the certificate that the settings tls-certificate and tls-key name.",
            discussion: "New ones are taken without a restart, when the files change or SIGHUP comes."))
    var tls = false
    @Flag(help: "People reach the site over https through a proxy; cookies are then for https only.") var behindTls =
        false
    @Option(
        help: ArgumentHelp(
            "A proxy of one's own that notes the client's address in X-Forwarded-For; may be given again.",
            discussion: "“none” where there is none that does: all strangers behind it are then counted as one.",
            valueName: "address[/bits]"))
    var proxy: [String] = []
    @Flag(help: "Listen without TLS on an address that others reach, on purpose.") var plainHttp = false
    @Option(
        help: ArgumentHelp(
            "Answer /metrics (Prometheus) and /health/ready in detail on this port of --metrics-host; 0 for any free one.",
            discussion: "Default: not at all. Nobody signs in there: let only the machine itself reach it."))
    var metricsPort: Int?
    @Option(help: "The address of the port for metrics.") var metricsHost = "127.0.0.1"
    @Flag(help: "A demonstration: demo data is made, every page says so, the first account has all roles.") var demo =
        false
    @Option(help: "Where a demonstration pushes its reports: the address of “bailanys agency”.") var agency: String?
    @Option(
        help: """
            Why to start although vault.db is missing, another or older than the journal: what it held is given up for good, \
            and the reason is recorded.
            """)
    var acceptLoss: String?
    @Flag(help: "Show /gallery with all components of the pages; for development.") var gallery = false

    func validate() throws {
        if let acceptLoss, !acceptLoss.contains(where: { !$0.isWhitespace }) {
            throw ValidationError("--accept-loss takes the reason.")
        }
        do {
            _ = try proxies()
        } catch let error as ProxyError {
            throw ValidationError("\(error)")
        }
        if tls, behindTls || plainHttp {
            throw ValidationError(
                "--tls speaks TLS itself: it does not go with --behind-tls or --plain-http. Say one of them.")
        }
        if behindTls, proxy.isEmpty {
            throw ValidationError(
                """
                --behind-tls needs --proxy with the address of the proxy (--proxy 127.0.0.1), which must set \
                X-Forwarded-For: without it all strangers are one, and one of them can keep everybody from signing in. \
                Where nothing before the server sets it, say --proxy none.
                """)
        }
        if !tls, !behindTls, !plainHttp, !isLocal {
            throw ValidationError(
                """
                “\(host)” is reached by others, and without TLS passwords travel in plain: say --tls (with the settings \
                tls-certificate and tls-key), or put a proxy before it and say --behind-tls, or --plain-http where that is \
                meant.
                """)
        }
    }

    private var isLocal: Bool { host == "localhost" || NetworkAddress(host)?.isLoopback ?? false }

    private func proxies() throws -> TrustedProxies { try TrustedProxies(proxy.filter { $0 != "none" }) }

    func run() async throws {
        let output = StandardOutput()
        let data = try DataFolder(path: folders.dataPath)
        // Settings that cannot be read are told, with their fault, by the opening below.
        let format = (try? Settings.read(data.settings))?.logFormat ?? .text
        LoggingSystem.bootstrap { label in
            switch format {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: JSONLogHandler.standardError(label: label)
            }
        }
        let started = ContinuousClock.now
        let demonstration = Demonstration(data: data, folders: folders, output: output)
        let keeper = try keeper(data)
        if demo { try demonstration.writeSettings(agency: agency, today: CivilZone.almaty.civilDate(of: .current)) }
        try await Blocking.long.run { try ContactCentre.standBy(data) { output.note($0) } }
        let centre = try await ContactCentre.open(
            data: data, law: try CentreLaw(schedules: folders.schedules, knowledge: folders.knowledge),
            environment: .live,
            acceptingLoss: acceptLoss, note: { output.note($0) })
        let logger = Logger(label: "bailanys")
        if let warning = try centre.journal.engine().warning { output.note(warning) }
        if demo { try await demonstration.fill(centre) }
        try await announceFirstAccount(centre, output)
        let services = try services(centre, keeper, logger: logger) { port in
            let time = (ContinuousClock.now - started).formatted(.units(allowed: [.milliseconds]))
            output.line("Ready in \(time): \(tls ? "https" : "http")://\(host):\(port)/")
        }
        var configuration = ServiceGroupConfiguration(
            services: services.map { service in
                // Named by its type: the group's own way is to describe a whole site with all its texts.
                .init(
                    service: service, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .cancelGroup, serviceName: "\(type(of: service))")
            },
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = ShutdownLimit.graceful
        let limit = ShutdownLimit.watch(output: output)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch is CancellationError {
            // What took too long was broken off.
        } catch {
            try centre.close()
            throw error
        }
        try centre.close()
        withExtendedLifetime(limit) {}
    }

    /// The certificate that the site shows; nil where it speaks without TLS.
    /// - Throws: `ServerPairFault`; `CommandFailure` where the settings name none. Asked before anything is opened.
    private func keeper(_ data: DataFolder) throws -> TLSKeeper? {
        guard tls else { return nil }
        let settings = try Settings.read(data.settings)
        guard let certificate = settings.tlsCertificate, let key = settings.tlsKey else {
            throw CommandFailure("--tls needs the settings tls-certificate and tls-key in \(data.settings).")
        }
        return try TLSKeeper(certificate: certificate, key: key)
    }

    private func services(
        _ centre: ContactCentre, _ keeper: TLSKeeper?, logger: Logger, onListening: @escaping @Sendable (Int) -> Void
    ) throws -> [any Service] {
        var configuration = WebConfiguration()
        configuration.host = host
        configuration.port = port
        configuration.isBehindTLS = behindTls
        configuration.tls = keeper
        configuration.proxies = try proxies()
        configuration.showsGallery = gallery
        let environment = try WebEnvironment(
            configuration: configuration, centre: centre, onListening: onListening)
        let metrics = metricsPort.map { port in
            MetricsSite.application(environment, host: metricsHost, port: port, logger: logger) { [metricsHost] port in
                StandardOutput().line("Metrics: http://\(metricsHost):\(port)/metrics")
            }
        }
        let watch = keeper.map { CertificateWatch(keeper: $0, now: centre.environment.now, logger: logger) }
        return [
            try WebSite.application(environment, logger: logger),
            CommandSocket.application(centre: centre, logger: logger),
        ] + [metrics as (any Service)?, watch].compactMap(\.self) + (try centre.services(logger: logger))
    }

    private func announceFirstAccount(_ centre: ContactCentre, _ output: StandardOutput) async throws {
        let roles: Set<Role> = demo ? Set(Role.allCases) : [.administrator]
        let password = try await centre.accounts.createFirst(
            displayName: demo ? "Демо" : "Administrator", roles: roles, mustChangePassword: !demo,
            by: .commandLine("serve"), at: centre.now())
        guard let password else { return }

        output.line("Sign in as “admin” with the password \(password) (shown once).")
    }
}
