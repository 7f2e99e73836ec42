import Agency
import Curl
import Delivery
import Foundation
import Logging
import LoopbackServer
import Signatures
import SigningSupport
import TestSupport
import Testing
import WorkingDays

/// The real transport against the real receiver over TLS, both signing.
@Suite("The exchange with signatures")
struct SignedExchangeTests {
    let world: World
    let certificates: DemoCertificates
    let session: CurlSession
    let pairs: SigningPairs

    init() throws {
        world = try World()
        certificates = try DemoCertificates()
        session = try CurlSession()
        pairs = try SigningPairs()
    }

    private func withAgency(
        receipts: SigningFiles?, faults: [AgencyFault] = [], _ body: (_ port: Int) async throws -> Void
    ) async throws {
        var configuration = AgencyConfiguration(
            port: 0, databasePath: certificates.path("agency.sqlite"), certificateFile: certificates.path("server.pem"),
            keyFile: certificates.path("server-key.pem"))
        configuration.signatureAuthorityFile = pairs.path("ca.pem")
        configuration.receiptSigning = receipts
        configuration.faults = faults
        var logger = Logger(label: "agency")
        logger.logLevel = .critical
        try await withApplication(
            { [configuration, logger] onListening in
                try AgencyReceiver.buildApplication(
                    configuration, logger: logger, now: { Moment(millisecondsSince1970: 1_775_000_500_000) },
                    onListening: onListening)
            }, body)
    }

    private func transport(_ port: Int, authority: String? = nil) throws -> HTTPSTransport {
        var destination = HTTPSTransport.Destination(address: "https://127.0.0.1:\(port)/reports/v1")
        destination.certificateAuthorityFile = certificates.path("ca.pem")
        destination.timeout = .seconds(600)
        let check = ReceiptCheck(authorityFile: authority ?? pairs.path("ca.pem"), now: { [world] in world.clock.now })
        return try HTTPSTransport(destination, session: session, receipts: check)
    }

    private func get(_ port: Int, _ path: String) async throws -> CurlResponse {
        var request = CurlRequest("https://127.0.0.1:\(port)\(path)")
        request.certificateAuthorityFile = certificates.path("ca.pem")
        request.timeout = .seconds(600)  // a busy machine answers late
        return try await session.send(request)
    }

    private func bytes(_ base64: String?) throws -> [UInt8] {
        Array(try #require(base64.flatMap { Data(base64Encoded: $0) }))
    }

    @Test("Both sides keep what the other has signed, and openssl accepts both", arguments: SigningPairs.Kind.allCases)
    func both(kind: SigningPairs.Kind) async throws {
        let files = try pairs.pair("centre", kind)
        try await world.queue("a")
        try await withAgency(receipts: try pairs.pair("agency", kind)) { port async throws in
            let service = world.service(["agency": try transport(port)], signers: ["agency": files])
            #expect(try await world.run(service, untilEnded: 1) == ["delivered a"])
            let held = try await get(port, "/reports/v1/monthly/2026-03/1")
            let kept = try await world.signatures("a")
            #expect(held.header("Content-Signature") == "cms=:\(try #require(kept.sent).cms):")
            #expect(try pairs.accepts(bytes(kept.sent?.cms), over: held.body))
            let receipt = try #require(kept.receipt)
            #expect(receipt.signer == "CN=agency")
            #expect(try pairs.accepts(bytes(receipt.cms), over: bytes(receipt.document)))
            let again = try await get(port, "/receipts/AR-000001")
            #expect(try again.body == bytes(receipt.document))
            #expect(again.header("Content-Signature") == "cms=:\(receipt.cms):")
            session.close()
        }
    }

    @Test("However often the answer is lost, it is signed once and taken once")
    func lost() async throws {
        let files = try pairs.pair("centre")
        try await world.queue("a")
        let faults = [AgencyFault(.closeAfterStoring, times: 2), AgencyFault(.unavailable)]
        try await withAgency(receipts: try pairs.pair("agency"), faults: faults) { port async throws in
            let service = world.service(["agency": try transport(port)], signers: ["agency": files])
            #expect(try await world.run(service, untilEnded: 1) == ["delivered a"])
            #expect(try await world.record("a")?.receiptNumber == "AR-000001")
            #expect(try await world.record("a")?.attempts == 4)
            let signed = try await world.signed("a")
            #expect(signed.count == 1)
            let held = try await get(port, "/reports/v1/monthly/2026-03/1")
            #expect(held.header("Content-Signature") == signed.first.map { "cms=:\($0.cms):" })
            session.close()
        }
    }

    @Test("Killed after the receiver has stored it and before its answer came: the same signature is sent again")
    func killed() async throws {
        let signers = ["agency": try pairs.pair("centre")]
        try await world.queue("a")
        let faults = [AgencyFault(.hangAfterStoring)]
        try await withAgency(receipts: try pairs.pair("agency"), faults: faults) { port async throws in
            let hanging = world.service(["agency": try transport(port)], signers: signers)
            let run = Task { try await hanging.run() }
            while try await get(port, "/receipts/AR-000001").status != 200 {}
            run.cancel()
            _ = await run.result
            #expect(try await world.record("a")?.phase == .attempting)
            let service = world.service(["agency": try transport(port)], signers: signers)
            #expect(try await world.run(service, untilEnded: 1) == ["delivered a"])
            let held = try await get(port, "/reports/v1/monthly/2026-03/1")
            let signed = try await world.signed("a")
            #expect(signed.count == 1)
            #expect(held.header("Content-Signature") == signed.first.map { "cms=:\($0.cms):" })
            session.close()
        }
        #expect(try await world.outcomes("a") == ["interrupted", "received"])
    }

    @Test("A receipt that nobody has signed, or somebody else, is an alarm and no delivery")
    func wrongReceipt() async throws {
        let files = try pairs.pair("centre")
        let others = try SigningPairs()
        for (id, receipts, word) in [("a", nil, "came without one"), ("b", try others.pair(), "does not vouch")] {
            try await world.queue(id)
            try await withAgency(receipts: receipts) { port async throws in
                let service = world.service(["agency": try transport(port)], signers: ["agency": files])
                #expect(try await world.run(service, untilEnded: 1) == ["died \(id)"])
            }
            let reason = try #require(try await world.record(id)?.deadReason)
            #expect(reason.hasPrefix("ALARM: receipt AR-000001 is not signed") && reason.contains(word), "\(reason)")
            #expect(try await world.signatures(id).receipt == nil)
        }
        session.close()
    }

    @Test("Where the receipt's signature could not be checked, nothing is sent")
    func noAuthority() async throws {
        try await world.queue("a")
        var policy = DeliveryPolicy()
        policy.attemptLimit = 1
        try await withAgency(receipts: nil) { port async throws in
            let transport = try transport(port, authority: pairs.path("gone.pem"))
            let service = world.service(["agency": transport], policy: policy)
            #expect(try await world.run(service, untilEnded: 1) == ["died a"])
            #expect(try await get(port, "/reports/v1/monthly/2026-03/1").status == 404)
            session.close()
        }
        #expect(try await world.record("a")?.deadReason?.contains("nothing was sent") == true)
    }

    @Test("What the receiver finds wrong with a signature is what people read")
    func refused() async throws {
        let others = try SigningPairs()
        try await world.queue("a")
        try await world.queue("b")
        try await withAgency(receipts: nil) { port async throws in
            let stranger = try others.pair()
            let transport = try transport(port)
            try await world.run(world.service(["agency": transport], signers: ["agency": stranger]), untilEnded: 2)
            try await world.queue("c")
            try await world.run(world.service(["agency": transport]), untilEnded: 1)
            #expect(try await get(port, "/reports/v1/monthly/2026-03/1").status == 404)
            session.close()
        }
        #expect(try await world.record("a")?.deadReason?.contains("does not vouch for the certificate") == true)
        #expect(try await world.record("c")?.deadReason?.contains("Send a detached CMS signature") == true)
    }
}
