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

@Suite("bailanys journal verify --against")
struct JournalAgainstTests {
    /// Takes everything and repeats the head that it is told, signed or not, as a receiver does.
    private struct Taker: Transport {
        let signer: Signer?

        func deliver(_ parcel: Parcel) async -> AttemptOutcome {
            let moment = Moment(millisecondsSince1970: 1_773_900_000_000)
            var members: [String: JSON] = [
                "number": .string("R-1"), "digest": .string(parcel.digest), "receivedAt": .string(moment.description),
            ]
            members["head"] = parcel.head.map {
                .object(["position": .int($0.position), "hash": .string($0.hash)])
            }
            let bytes = JSON.object(members).bytes
            var receipt = DeliveryReceipt(number: "R-1", receivedAt: moment, digest: parcel.digest)
            receipt.head = parcel.head
            do {
                if let signer {
                    receipt.proof = SignedReceipt(
                        document: Data(bytes).base64EncodedString(),
                        cms: Data(try signer.sign(bytes, at: moment)).base64EncodedString(), signer: signer.name,
                        certificate: signer.fingerprint)
                } else {
                    receipt.document = Data(bytes).base64EncodedString()
                }
                return .received(receipt)
            } catch {
                return .failed(AttemptFailure(.permanent, "\(error)"))
            }
        }
    }

    private func send(_ office: CallerOffice, _ signer: Signer?) async throws {
        try await office.run("report", "seal", "2026-02")
        let centre = office.centre
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = DeliveryService(
            journal: centre.journal, outbox: centre.outbox,
            destinations: [ContactCentre.agencyDestination: Taker(signer: signer)],
            subjects: [centre.reports.monthly], environment: .init(now: { office.clock.now }, fraction: { 0 }),
            logger: logger)
        for delivery in try await centre.journal.read({ db in
            try DeliveryRecord.fetchAll(in: .waiting, limit: 9, in: db)
        }) {
            try await service.attempt(delivery)
        }
    }

    @Test(
        "Receipts that our own program wrote are held against the journal; another head, and a forged receipt, are named"
    )
    func against() async throws {
        let office = try await CallerOffice()
        let pairs = try SigningPairs()
        let authority = pairs.path("ca.pem")
        try await send(office, try pairs.pair("agency").signer())
        #expect(try await office.fails(["journal", "verify", "--against", "."]).contains("No receipt in"))
        #expect(try await office.fails(["journal", "verify", "--against", "gone"]).contains("is no folder"))
        let said = try #require(try await office.json("report", "receipts", ".").first)
        #expect(said["files"]?.array?.count == 2)
        let again = try #require(try await office.json("report", "receipts", ".").first)
        #expect(again["files"]?.array?.count == 0 && again["there"]?.int == 2)

        let good = try await office.run("journal", "verify", "--against", ".", "--authority", authority)
        #expect(good.lines.contains("1 of 1 signed receipts: the journal still holds what was told then."))
        let found = try #require(
            try await office.json("journal", "verify", "--against", ".", "--authority", authority).first)
        #expect(found["against"]?["receipts"]?.array?.first?["found"] == .string("held"))

        let name = "receipt-monthly-report-2026-02-1.json"
        let text = try office.text(of: name)
        let hash = try #require(try JSON(parsing: Array(text.utf8))["head"]?["hash"]?.string)
        // The Agency was told another hash: this is what a journal looks like that was written anew since.
        let other = String(repeating: "0", count: 64)
        try office.put(text.replacing(hash, with: other), in: name)
        let forged = try await office.fails(["journal", "verify", "--against", ".", "--authority", authority])
        #expect(forged.contains("proves nothing"))
        let told = try await office.fails(["journal", "verify", "--against", "."])
        #expect(told.contains("R-1 (\(name))") && told.contains("WRITTEN ANEW") && told.contains(hash))
        try office.put(text.replacing(#""position":"#, with: #""position":9"#), in: name)
        #expect(try await office.fails(["journal", "verify", "--against", "."]).contains("the journal ends at"))
    }

    @Test("A receipt that nobody signed is kept byte for byte too, and is nothing to who asks for a signature")
    func unsigned() async throws {
        let office = try await CallerOffice()
        try await send(office, nil)
        try await office.run("report", "receipts", ".")
        let good = try await office.run("journal", "verify", "--against", ".")
        #expect(good.lines.contains { $0.contains("Whether the receipts are genuine was not checked") })
        let pairs = try SigningPairs()
        let strict = try await office.fails(
            ["journal", "verify", "--against", ".", "--authority", pairs.path("ca.pem")])
        #expect(strict.contains("it is not signed"))
    }
}
