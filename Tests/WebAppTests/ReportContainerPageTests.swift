import Accounts
import CanonicalJSON
import ContactCentre
import Delivery
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import Languages
import Logging
import NIOCore
import Proofs
import Reporting
import Signatures
import SigningSupport
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("The container of proofs on the page of a report")
struct ReportContainerPageTests {
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
                "key": .string(parcel.idempotencyKey), "kind": .string("monthly"), "number": .string("AR-000001"),
                "period": .string("2026-02"), "receivedAt": .string(moment.description), "revision": .int(1),
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
        let month = try #require(ReportPeriod("2026-02"))
        _ = try await site.centre.reports.monthly.seal(month, by: .commandLine("test"), at: site.time.now)
        return site
    }

    private func push(_ site: Site) async throws {
        let centre = site.centre
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = DeliveryService(
            journal: centre.journal, outbox: centre.outbox,
            destinations: [ContactCentre.agencyDestination: Taker(signer: try pairs.pair("agency").signer())],
            subjects: [centre.reports.monthly],
            signers: [ContactCentre.agencyDestination: try #require(centre.settings.signing)],
            environment: .init(now: { site.time.now }, fraction: { 0 }), logger: logger)
        for delivery in try await centre.journal.read({ db in
            try DeliveryRecord.fetchAll(in: .waiting, limit: 9, in: db)
        }) {
            try await service.attempt(delivery)
        }
    }

    private static let page = "/reports/2026-02"
    private static let address = page + "/revisions/1/container"

    @Test("Whoever may see contacts takes it with a reason, which is recorded; it proves what was sent")
    func taken() async throws {
        let site = try await site()
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            #expect(try await !browser.get(Self.page).text.contains("/revisions/1/container"))
            let early = try await browser.post(Self.address, ["reason": "audit"], from: Self.page)
            #expect(early.status == .unprocessableContent)
        }
        try await push(site)
        try await site.test { browser in
            try await browser.signIn("complaintsOfficer")
            for language in Language.allCases {
                browser[cookie: "language"] = language.rawValue
                let text = try await browser.get(Self.page).text
                #expect(text.contains("/revisions/1/container") && text.contains("CN=agency"))
            }
            let before = try site.centre.journal.head().position
            let response = try await browser.post(Self.address, ["reason": "audit"], from: Self.page)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == ProofContainer.mediaType)
            #expect(response.headers[.contentDisposition]?.contains("report-2026-02-1.asice") == true)
            let authority = try SignatureAuthority(file: pairs.path("ca.pem"))
            let found = try await ProofCheck(centre: authority, receiver: authority)
                .check(Array(response.body.readableBytesView))
            #expect(found.period == "2026-02" && found.receiver.name == "CN=agency" && found.stamp == nil)
            let events = try await site.centre.journal.read { db in
                try SQLiteEventStore(db: db).events(after: before, limit: 10)
            }
            let copied = try #require(events.first { $0.name == "deliveryCopied" })
            #expect(copied.actor.rawValue.hasPrefix("user:"))
            #expect(String(decoding: copied.payload, as: UTF8.self) == #"{"reason":"audit"}"#)
        }
    }

    @Test("Nobody else is offered it or given it", arguments: ["coordinator", "auditor", "administrator", "operator"])
    func refused(role: String) async throws {
        let site = try await site()
        try await push(site)
        try await site.test { browser in
            try await browser.signIn(role)
            #expect(try await !browser.get(Self.page).text.contains("/revisions/1/container"))
            let before = try site.centre.journal.head().position
            let status = try await browser.post(Self.address, ["reason": "audit"], from: "/").status
            #expect(status == .forbidden || status == .notFound, "\(status)")
            #expect(try site.centre.journal.head().position == before)
        }
    }
}
