import Agency
import ArgumentParser
import ContactCentre
import Foundation
import Logging
import Signatures
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
    @Option(help: "The authority of those who sign reports, PEM; with it a report must be signed.")
    var signatureAuthority: String?
    @Flag(help: "Take a report without a signature all the same; one that comes is checked.") var signatureOptional =
        false
    @Option(help: "The key that signs receipts, PEM or PKCS#12; without it they are not signed.")
    var signatureKey: String?
    @Option(help: "The certificate of that key, PEM; PKCS#12 holds its own.") var signatureCertificate: String?
    @Option(help: "The file of that key's password.") var signaturePasswordFile: String?
    @Option(
        help: ArgumentHelp(
            "A fault to rehearse, for instance unavailable:3:1; see docs/agency-exchange.md.",
            valueName: "kind:times:seconds"))
    var fault: [String] = []

    func validate() throws {
        for text in fault where AgencyFault(text) == nil {
            throw ValidationError("--fault “\(text)” is none of those in docs/agency-exchange.md.")
        }
        if signatureKey == nil, signatureCertificate != nil || signaturePasswordFile != nil {
            throw ValidationError("--signature-certificate and --signature-password-file go with --signature-key.")
        }
        if signatureOptional, signatureAuthority == nil {
            throw ValidationError("--signature-optional goes with --signature-authority.")
        }
    }

    func run() async throws {
        var configuration = AgencyConfiguration(
            port: port, databasePath: Folders.absolute(store), certificateFile: Folders.absolute(certificate),
            keyFile: Folders.absolute(key))
        configuration.clientAuthorityFile = clientAuthority.map(Folders.absolute)
        configuration.signatureAuthorityFile = signatureAuthority.map(Folders.absolute)
        configuration.allowsUnsigned = signatureOptional
        configuration.receiptSigning = signatureKey.map { key in
            SigningFiles(
                key: Folders.absolute(key), certificate: signatureCertificate.map(Folders.absolute),
                passwordFile: signaturePasswordFile.map(Folders.absolute))
        }
        configuration.faults = fault.compactMap { AgencyFault($0) }
        try await AgencyReceiver.run(configuration, logger: Logger(label: "agency"), now: { .current }) { port in
            print("The Agency's receiver listens on https://127.0.0.1:\(port)/reports/v1")
            fflush(nil)
        }
    }
}
