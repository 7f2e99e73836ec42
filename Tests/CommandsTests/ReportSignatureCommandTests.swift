import CanonicalJSON
import ContactCentre
import Delivery
import Foundation
import Journal
import Logging
import Reporting
import Signatures
import SigningSupport
import TestSupport
import Testing
import WorkingDays

@testable import Commands

@Suite("bailanys report signature")
struct ReportSignatureCommandTests {
    /// Takes everything; its receipts are signed by whoever the test says.
    private struct Taker: Transport {
        let signer: Signer

        func deliver(_ parcel: Parcel) async -> AttemptOutcome {
            let moment = Moment(millisecondsSince1970: 1_773_900_000_000)
            let receipt = Array(#"{"number":"R-1"}"#.utf8)
            do {
                let cms = try signer.sign(receipt, at: moment)
                return .received(
                    DeliveryReceipt(
                        number: "R-1", receivedAt: moment, digest: parcel.digest,
                        proof: SignedReceipt(
                            document: Data(receipt).base64EncodedString(), cms: Data(cms).base64EncodedString(),
                            signer: signer.name, certificate: signer.fingerprint)))
            } catch {
                return .failed(AttemptFailure(.permanent, "\(error)"))
            }
        }
    }

    @Test("It writes what openssl accepts, takes no file's place, and says why where there is nothing to write")
    func writes() async throws {
        let office = try await CallerOffice()
        let pairs = try SigningPairs()
        let centre = office.centre
        #expect(try await office.fails(["report", "signature", "2026-02", "."]).contains("no such sealed report"))
        try await office.run("report", "seal", "2026-02")
        #expect(try await office.fails(["report", "signature", "2026-02", "."]).contains("not sent with a signature"))

        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = DeliveryService(
            journal: centre.journal, outbox: centre.outbox,
            destinations: [ContactCentre.agencyDestination: Taker(signer: try pairs.pair("agency").signer())],
            subjects: [centre.reports.monthly],
            signers: [ContactCentre.agencyDestination: try pairs.pair("centre")],
            environment: .init(now: { office.clock.now }, fraction: { 0 }), logger: logger)
        for delivery in try await centre.journal.read({ db in
            try DeliveryRecord.fetchAll(in: .waiting, limit: 9, in: db)
        }) {
            try await service.attempt(delivery)
        }
        let said = try #require(try await office.json("report", "signature", "2026-02", ".").first)
        #expect(said["signer"] == .string("CN=centre") && said["receiptSigner"] == .string("CN=agency"))
        func bytes(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: URL(filePath: office.there.file(name))))
        }
        // Without complaints there are no contacts in the report: what is kept is what was sent.
        let month = try #require(ReportPeriod("2026-02"))
        let sealed = try #require(try await centre.reports.monthly.report(month).state.sealed.last)
        #expect(sealed.digest == sealed.deliveredDigest)
        let document = try #require(try await centre.reports.monthly.document(sealed))
        #expect(try pairs.accepts(bytes("report-2026-02-1.p7s"), over: document))
        #expect(try pairs.accepts(bytes("receipt-2026-02-1.p7s"), over: bytes("receipt-2026-02-1.json")))
        // The way of docs/monthly-report.md without the document: the certificate, and the digest that was signed.
        try Data(bytes("report-2026-02-1.p7s")).write(to: URL(filePath: pairs.path("report.p7s")))
        let bare = try pairs.openssl(
            "cms", "-verify", "-no_content_verify", "-inform", "DER", "-in", "report.p7s", "-content", "/dev/null",
            "-CAfile", "ca.pem", "-out", "/dev/null")
        #expect(bare.isGood, "\(bare.said)")
        let parsed = try pairs.openssl("asn1parse", "-inform", "DER", "-in", "report.p7s").said
        #expect(parsed.contains("[HEX DUMP]:\(sealed.deliveredDigest.uppercased())"))
        #expect(try await office.fails(["report", "signature", "2026-02", "."]).contains("exists already"))
    }
}
