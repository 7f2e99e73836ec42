import Accounts
import CanonicalJSON
import Casework
import ContactCentre
import Delivery
import DemoData
import Forms
import Foundation
import HTTPTypes
import HummingbirdTesting
import InternalControl
import Journal
import Languages
import Logging
import NIOCore
import Proofs
import Reporting
import Signatures
import SigningSupport
import Spreadsheets
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("The container of proofs of an explanation")
struct ExplanationContainerTests {
    private let pairs: SigningPairs

    init() throws { pairs = try SigningPairs() }

    /// Takes what it is sent as a receiver does: repeats the head that it is told, and signs the receipt.
    private struct Taker: Transport {
        let signer: Signer

        func deliver(_ parcel: Parcel) async -> AttemptOutcome {
            let moment = Moment(millisecondsSince1970: 1_773_900_000_000)
            guard let head = parcel.head, let digest = EventLink.bytes(hexadecimal: parcel.digest) else {
                return .failed(AttemptFailure(.permanent, "no head"))
            }
            let receipt = JSON.object([
                "digest": .string("sha-256=:\(Data(digest).base64EncodedString()):"),
                "head": .object(["hash": .string(head.hash), "position": .int(head.position)]),
                "key": .string(parcel.idempotencyKey), "kind": .string("discrepancies"), "number": .string("AR-000001"),
                "period": .string("78-1mk_2025-Q4_MJ_16"), "receivedAt": .string(moment.description),
                "revision": .int(1),
            ]).bytes
            do {
                var received = DeliveryReceipt(
                    number: "AR-000001", receivedAt: moment, digest: parcel.digest,
                    proof: SignedReceipt(
                        document: Data(receipt).base64EncodedString(),
                        cms: Data(try signer.sign(receipt, at: moment)).base64EncodedString(), signer: signer.name,
                        certificate: signer.fingerprint))
                received.head = head
                return .received(received)
            } catch {
                return .failed(AttemptFailure(.permanent, "\(error)"))
            }
        }
    }

    private func site() async throws -> Site {
        let files = try pairs.pair("centre")
        let site = try await Site(
            bringsUpToDate: true,
            settings: { settings in
                settings.signatureKey = files.key
                settings.signatureCertificate = files.certificate
            })
        let id = try #require(FilingID("78-1mk_2025-Q4_MJ"))
        let desk = site.centre.internalControl
        var form = DemoFiling(try desk.form(of: id), id.period, body: "Министерство юстиции")
        form.set("16.1", months: [3, 0, 0])
        form.set("17.1", months: [3, 0, 0])
        let report = try desk.check(id, ByteSource(Array(form.text.utf8)))
        let note = try desk.note(id, report, file: String(repeating: "b", count: 64), channel: .letter)
        let now = site.time.now
        _ = try await desk.take(id, note, at: now, by: Actor("test"), now: now)
        _ = try await desk.explain(Self.number, by: Actor("test"), at: now)
        return site
    }

    private func push(_ site: Site) async throws {
        let centre = site.centre
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = DeliveryService(
            journal: centre.journal, outbox: centre.outbox,
            destinations: [ContactCentre.agencyDestination: Taker(signer: try pairs.pair("agency").signer())],
            subjects: [centre.internalControl],
            signers: [ContactCentre.agencyDestination: try #require(centre.settings.signing)],
            environment: .init(now: { site.time.now }, fraction: { 0 }), logger: logger)
        for delivery in try await centre.journal.read({ db in
            try DeliveryRecord.fetchAll(in: .waiting, limit: 9, in: db)
        }) {
            try await service.attempt(delivery)
        }
    }

    private static let number = "78-1mk_2025-Q4_MJ_16"
    private static let page = "/internal-control/discrepancies/" + number
    private static let address = page + "/explanations/1/container"

    @Test(
        "It is there once the Agency has confirmed the explanation, and proves what was sent; nobody else is given it")
    func taken() async throws {
        let site = try await site()
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            #expect(try await !browser.get(Self.page).text.contains(Self.address))
            #expect(try await browser.get(Self.address).status != .ok)
        }
        try await push(site)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            #expect(try await browser.get(Self.page).text.contains(Self.address))
            let response = try await browser.get(Self.address)
            #expect(response.status == .ok && response.headers[.contentType] == ProofContainer.mediaType)
            let authority = try SignatureAuthority(file: pairs.path("ca.pem"))
            let found = try await ProofCheck(centre: authority, receiver: authority)
                .check(Array(response.body.readableBytesView))
            #expect(found.kind == "discrepancies" && found.period == Self.number && found.revision == 1)
            let stranger = Browser(client: browser.client)
            try await stranger.signIn("operator")
            #expect(try await stranger.get(Self.address).status == .forbidden)
        }
    }
}
