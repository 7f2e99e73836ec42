import Agency
import ArgumentParser
import ContactCentre
import Foundation
import Logging
import WorkingDays

/// `bailanys agency`: the reference receiver of reports.
struct AgencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agency", abstract: "Run the reference receiver of reports, as the Agency would.",
        discussion: """
            A real HTTPS server with a store of its own, so that the whole way of a report can be run on one machine. \
            `scripts/make-demo-certificates FOLDER` makes the certificates. docs/agency-exchange.md describes the exchange.
            Example: bailanys agency --certificate agency.pem --key agency-key.pem --client-authority ca.pem
            """)

    @Option(help: "The port on the loopback interface; 0 for any free one.") var port = 8443
    @Option(help: "The file of the receiver's store.") var store = "agency.db"
    @Option(help: "The receiver's certificate, PEM.") var certificate: String
    @Option(help: "The key of the certificate, PEM.") var key: String
    @Option(help: "The authority of client certificates, PEM; with it a client certificate is required.")
    var clientAuthority: String?
    @Option(
        help: ArgumentHelp(
            "A fault to rehearse, for instance unavailable:3:1; see docs/agency-exchange.md.",
            valueName: "kind:times:seconds"))
    var fault: [String] = []

    func validate() throws {
        for text in fault where AgencyFault(text) == nil {
            throw ValidationError("--fault “\(text)” is none of those in docs/agency-exchange.md.")
        }
    }

    func run() async throws {
        var configuration = AgencyConfiguration(
            port: port, databasePath: Folders.absolute(store), certificateFile: Folders.absolute(certificate),
            keyFile: Folders.absolute(key))
        configuration.clientAuthorityFile = clientAuthority.map(Folders.absolute)
        configuration.faults = fault.compactMap { AgencyFault($0) }
        try await AgencyReceiver.run(configuration, logger: Logger(label: "agency"), now: { .current }) { port in
            print("The Agency's receiver listens on https://127.0.0.1:\(port)/reports/v1")
            fflush(nil)
        }
    }
}
