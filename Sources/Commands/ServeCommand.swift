import Accounts
import ArgumentParser
import ContactCentre
import Delivery
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import WebApp
import WorkingDays

/// `bailanys serve`: the contact centre at work.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the contact centre: pages, API, timers and deliveries.",
        discussion: """
            Loads schedules/ and knowledge/, opens the data folder, and listens on the loopback interface; put a reverse \
            proxy with TLS before it and say --behind-tls. The first start prints the sign-in of the first account once.
            Example: bailanys serve --data /srv/bailanys --behind-tls
            Example: bailanys serve --demo --port 0
            """)

    @OptionGroup var folders: Folders
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port; 0 for any free one.") var port = 8080
    @Flag(help: "People reach the site over https through a proxy; cookies are then for https only.") var behindTls =
        false
    @Flag(help: "A demonstration: demo data is made, every page says so, the first account has all roles.") var demo =
        false
    @Option(help: "Where a demonstration pushes its reports: the address of “bailanys agency”.") var agency: String?
    @Flag(help: "Show /gallery with all components of the pages; for development.") var gallery = false

    func run() async throws {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let output = StandardOutput()
        let data = try DataFolder(path: folders.dataPath)
        let started = ContinuousClock.now
        let demonstration = Demonstration(data: data, folders: folders, output: output)
        if demo { try demonstration.writeSettings(agency: agency, today: CivilZone.almaty.civilDate(of: .current)) }
        let centre = try await ContactCentre.open(
            data: data, schedules: folders.schedules, knowledge: folders.knowledge, environment: .live,
            note: { output.note($0) })
        let logger = Logger(label: "bailanys")
        if let warning = try centre.journal.engine().warning { output.note(warning) }
        if demo { try await demonstration.fill(centre) }
        try await announceFirstAccount(centre, output)
        let services = try services(centre, logger: logger) { port in
            let time = (ContinuousClock.now - started).formatted(.units(allowed: [.milliseconds]))
            output.line("Ready in \(time): http://\(host):\(port)/")
        }
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { service in
                    // Named by its type: the group's own way is to describe a whole site with all its texts.
                    .init(
                        service: service, successTerminationBehavior: .gracefullyShutdownGroup,
                        failureTerminationBehavior: .cancelGroup, serviceName: "\(type(of: service))")
                },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        try centre.close()
    }

    private func services(
        _ centre: ContactCentre, logger: Logger, onListening: @escaping @Sendable (Int) -> Void
    ) throws -> [any Service] {
        var configuration = WebConfiguration()
        configuration.host = host
        configuration.port = port
        configuration.isBehindTLS = behindTls
        configuration.showsGallery = gallery
        let environment = try WebEnvironment(
            configuration: configuration, centre: centre, onListening: onListening)
        return [
            WebSite.application(environment, logger: logger),
            CommandSocket.application(centre: centre, logger: logger),
        ] + (try centre.services(logger: logger))
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
