import Agency
import CanonicalJSON
import Curl
import Foundation
import Hummingbird
import Logging
import LoopbackServer
import WorkingDays

/// A receiver's folder and certificates, and a client that pushes to it.
final class Pusher: Sendable {
    let certificates: DemoCertificates
    let session: CurlSession

    init() throws {
        certificates = try DemoCertificates()
        session = try CurlSession()
    }

    deinit {
        session.close()
    }

    /// Runs a receiver while `body` runs; a second run finds what the first has stored.
    func withReceiver(
        demandsClientCertificate: Bool = false, token: String? = nil, sizeLimit: Int = 1 << 20,
        faults: [AgencyFault] = [], _ configure: (inout AgencyConfiguration) -> Void = { _ in },
        _ body: (_ port: Int) async throws -> Void
    ) async throws {
        var configuration = AgencyConfiguration(
            port: 0, databasePath: certificates.path("agency.sqlite"), certificateFile: certificates.path("server.pem"),
            keyFile: certificates.path("server-key.pem"))
        configuration.clientAuthorityFile = demandsClientCertificate ? certificates.path("ca.pem") : nil
        configuration.bearerToken = token
        configuration.sizeLimit = sizeLimit
        configuration.faults = faults
        configure(&configuration)
        var logger = Logger(label: "agency")
        logger.logLevel = .critical
        try await withApplication(
            { [configuration, logger] onListening in
                try AgencyReceiver.buildApplication(
                    configuration, logger: logger, now: { Moment(millisecondsSince1970: 1_775_000_000_000) },
                    onListening: onListening)
            }, body)
    }

    func request(_ port: Int, _ path: String, method: String = "GET") -> CurlRequest {
        var request = CurlRequest("https://127.0.0.1:\(port)\(path)", method: method)
        request.certificateAuthorityFile = certificates.path("ca.pem")
        request.timeout = .seconds(600)  // a busy machine answers late
        request.headers = [CurlHeader("Connection", "close")]  // so that the receiver need not wait for us at its end
        return request
    }

    /// The push of a document, as it should be; tests spoil it.
    func push(
        _ port: Int, _ document: String, key: String, kind: String = "monthly", period: String = "2026-03"
    ) -> CurlRequest {
        var request = request(port, "/reports/v1/\(kind)/\(period)", method: "POST")
        request.body = .bytes(Array(document.utf8))
        request.headers = [
            CurlHeader("Connection", "close"), CurlHeader("Content-Type", "application/json"),
            CurlHeader("Idempotency-Key", "\"\(key)\""),
            CurlHeader("Content-Digest", ContentDigest(of: Data(document.utf8)).headerValue),
        ]
        return request
    }

    func send(_ request: CurlRequest) async throws -> (status: Int, json: JSON) {
        let response = try await session.send(request)
        return (response.status, response.body.isEmpty ? .null : try JSON(parsing: response.body))
    }
}

/// A document of the right form.
func report(revision: Int = 1, period: String = "2026-03", note: String = "") -> String {
    #"{"items":{"note":"\#(note)"},"period":"\#(period)","revision":\#(revision),"schema":"bailanys/monthly-report/1"}"#
}
