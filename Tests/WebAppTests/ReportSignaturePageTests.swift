import Accounts
import ContactCentre
import Delivery
import Foundation
import HTTPTypes
import HummingbirdTesting
import Journal
import Languages
import Logging
import NIOCore
import Reporting
import Signatures
import SigningSupport
import TestSupport
import Testing
import WebApp
import WorkingDays

@Suite("The signature on the page of a report")
struct ReportSignaturePageTests {
    private let pairs: SigningPairs

    init() throws { pairs = try SigningPairs() }

    private func site(_ files: SigningFiles) async throws -> Site {
        try await Site(
            bringsUpToDate: true,
            settings: { settings in
                settings.signatureKey = files.key
                settings.signatureCertificate = files.certificate
            })
    }

    /// Takes what it is sent, and keeps it.
    private struct Taker: Transport {
        let taken: AsyncStream<Parcel>.Continuation

        func deliver(_ parcel: Parcel) async -> AttemptOutcome {
            taken.yield(parcel)
            return .received(
                DeliveryReceipt(
                    number: "R-1", receivedAt: Moment(millisecondsSince1970: 1_773_900_000_000), digest: parcel.digest))
        }
    }

    /// Pushes what waits, as the server's service does.
    private func push(_ site: Site) async throws -> Parcel {
        let (parcels, taken) = AsyncStream.makeStream(of: Parcel.self)
        let centre = site.centre
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = DeliveryService(
            journal: centre.journal, outbox: centre.outbox,
            destinations: [ContactCentre.agencyDestination: Taker(taken: taken)], subjects: [centre.reports.monthly],
            signers: [ContactCentre.agencyDestination: try #require(centre.settings.signing)],
            environment: .init(now: { site.time.now }, fraction: { 0 }), logger: logger)
        for delivery in try await centre.journal.read({ db in
            try DeliveryRecord.fetchAll(in: .waiting, limit: 9, in: db)
        }) {
            try await service.attempt(delivery)
        }
        var iterator = parcels.makeAsyncIterator()
        return try #require(await iterator.next())
    }

    @Test("The signature is there to be taken, is over what was sent, and the page says how to check it")
    func download() async throws {
        let site = try await site(try pairs.pair())
        let month = try #require(ReportPeriod("2026-02"))
        _ = try await site.centre.reports.monthly.seal(month, by: .commandLine("test"), at: site.time.now)
        let page = "/reports/2026-02"
        try await site.test { browser in
            try await browser.signIn("coordinator")
            #expect(try await browser.get(page + "/revisions/1/signature").status == .notFound)
            #expect(try await !browser.get(page).text.contains("/revisions/1/signature"))
        }
        let parcel = try await push(site)
        try await site.test { browser in
            #expect(try await browser.get(page + "/revisions/1/signature").status == .seeOther)
            try await browser.signIn("coordinator")
            for language in Language.allCases {
                browser[cookie: "language"] = language.rawValue
                let text = try await browser.get(page).text
                #expect(text.contains("/revisions/1/signature") && text.contains("CN=signer"))
                #expect(text.contains("openssl cms -verify -binary -inform DER -in report-2026-02-1.p7s"))
            }
            let response = try await browser.get(page + "/revisions/1/signature")
            #expect(response.headers[.contentType] == "application/pkcs7-signature")
            #expect(response.headers[.contentDisposition]?.contains("report-2026-02-1.p7s") == true)
            let signature = Array(response.body.readableBytesView)
            #expect(signature == parcel.signature)
            #expect(try pairs.accepts(signature, over: parcel.bytes))
            for address in ["/reports/2026-02/revisions/2/signature", "/reports/2026-02/revisions/x/signature"] {
                #expect(try await browser.get(address).status == .notFound)
            }
        }
    }

    @Test("Before the seal each language says what is wrong with the certificate, and nothing where all is well")
    func warnings() async throws {
        let (good, other) = (try pairs.pair("good"), try pairs.pair("other"))
        let cases: [(SigningFiles, [Language: String])] = [
            (
                try pairs.pair("soon", until: "2026-04-01"),
                [.kk: "жақында аяқталады", .ru: "скоро истекает", .en: "ends soon"]
            ),
            (
                try pairs.pair("ended", until: "2026-03-01"),
                [.kk: "мерзімі аяқталды", .ru: "подписи истек", .en: "signature ended"]
            ),
            (try pairs.pair("early", from: "2026-06-01"), [.kk: "бастап жарамды", .ru: "только с", .en: "only from"]),
            (
                SigningFiles(key: good.key, certificate: other.certificate),
                [.kk: "сәйкес келмейді", .ru: "не соответствует", .en: "does not match"]
            ),
            (
                SigningFiles(key: pairs.path("gone")),
                [.kk: "мүмкін емес", .ru: "нельзя использовать", .en: "cannot be used"]
            ),
            (good, [:]),
        ]
        for (files, words) in cases {
            let site = try await site(files)
            try await site.test { browser in
                try await browser.signIn("coordinator")
                for language in Language.allCases {
                    browser[cookie: "language"] = language.rawValue
                    let text = try await browser.get("/reports/2026-02").text
                    guard let word = words[language] else {
                        #expect(!text.contains("bailanys doctor"))
                        continue
                    }
                    #expect(text.contains(word), "\(files.key) \(language)")
                }
            }
        }
    }
}
