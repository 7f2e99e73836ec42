import Agency
import CanonicalJSON
import Crypto
import Curl
import Delivery
import Foundation
import Journal
import Logging
import LoopbackServer
import Testing
import WorkingDays

/// What the receiver is told of the journal, over the real wire.
@Suite("The head of the journal goes with each report")
struct HeadTests {
    let world: World
    let certificates: DemoCertificates
    let session: CurlSession

    init() throws {
        world = try World()
        certificates = try DemoCertificates()
        session = try CurlSession()
    }

    private var store: String { certificates.path("agency.sqlite") }

    private func withAgency(faults: [AgencyFault] = [], _ body: (_ port: Int) async throws -> Void) async throws {
        var configuration = AgencyConfiguration(
            port: 0, databasePath: store, certificateFile: certificates.path("server.pem"),
            keyFile: certificates.path("server-key.pem"))
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

    private func transport(_ port: Int) throws -> HTTPSTransport {
        var destination = HTTPSTransport.Destination(address: "https://127.0.0.1:\(port)/reports/v1")
        destination.certificateAuthorityFile = certificates.path("ca.pem")
        destination.timeout = .seconds(600)
        return try HTTPSTransport(destination, session: session)
    }

    private func sending(_ id: String, in world: World) async throws -> DeliverySending {
        try #require(try await world.journal.read { db in try DeliverySending(of: DeliveryID(id), in: db) })
    }

    private func received(_ id: String) async throws -> DeliveryReceipt {
        try #require(try await world.signatures(id).received)
    }

    @Test(
        "It is the event that says what is sent; its record alone proves it; the receipt repeats it, and we keep the receipt"
    )
    func told() async throws {
        try await world.queue("a")
        try await withAgency { port async throws in
            try await world.run(world.service(["agency": try transport(port)]), untilEnded: 1)
            session.close()
        }
        let sending = try await sending("a", in: world)
        #expect(sending.sending.digest == EventLink.hexadecimal(Array(SHA256.hash(data: Array(report().utf8)))))
        #expect(sending.head.hash == EventLink.hexadecimal(Array(SHA256.hash(data: sending.record))))
        let record = try JSON(parsing: sending.record)
        #expect(record["payload"]?["sending"]?["digest"] == .string(sending.sending.digest))
        #expect(record["position"]?.int == sending.head.position && record["name"] == .string("deliveryStarted"))
        let receipt = try await received("a")
        #expect(receipt.head == sending.head)
        let bytes = try #require(receipt.document.flatMap { Data(base64Encoded: $0) })
        let copies = try AgencyArchive.receipts(inStore: store)
        #expect(copies.map(\.document) == [Array(bytes)] && copies.map(\.number) == ["AR-000001"])
        #expect(try JSON(parsing: bytes)["head"]?["position"]?.int == sending.head.position)
        #expect(try world.journal.verify(told: [sending.head]).told == [sending.head: .held])
    }

    @Test("However often it is tried, whatever else happens meanwhile, the same head is told")
    func same() async throws {
        try await world.queue("a")
        try await world.queue("b", report(revision: 2))
        let failing = ScriptedTransport { _ in .failed(AttemptFailure(.permanent, "No")) }
        for _ in 0..<3 {
            try await world.run(world.service(["agency": failing]), untilEnded: 2)
            try await world.requeue("a")
            try await world.requeue("b")
        }
        let told = failing.parcels.map { [$0.idempotencyKey: $0.head] }
        #expect(told.count == 6 && Set(told).count == 2)
        let heads = [try await sending("a", in: world).head, try await sending("b", in: world).head]
        #expect(Set(failing.parcels.map(\.head)) == Set(heads.map(Optional.some)))
    }

    @Test(
        "A journal that was lost and sends again is given the first receipt, which names the head that was told first")
    func lost() async throws {
        try await withAgency { port async throws in
            try await world.queue("a")
            try await world.run(world.service(["agency": try transport(port)]), untilEnded: 1)
            let other = try World()
            // Something else stands in its past, and the same report is sent under the same key.
            try await other.queue("z", to: "nobody")
            try await other.queue("a")
            try await other.run(other.service(["agency": try transport(port)]), untilEnded: 1)
            let first = try await sending("a", in: world).head
            let kept = try #require(try await other.signatures("a").received)
            #expect(kept.head == first)
            #expect(try await sending("a", in: other).head != first)
            let found = try other.journal.verify(told: [first])
            #expect(found.firstBad == nil && found.told[first]?.isHeld == false)
            session.close()
        }
        #expect(try AgencyArchive.receipts(inStore: store).count == 1)
    }

    @Test("A head that cannot be read is refused, and a report without one is taken without one")
    func malformed() async throws {
        try await withAgency { port async throws in
            func push(_ head: String?) async throws -> CurlResponse {
                let body = Array(report().utf8)
                let digest = Data(SHA256.hash(data: body)).base64EncodedString()
                var request = CurlRequest(
                    "https://127.0.0.1:\(port)/reports/v1/monthly/2026-03", method: "POST", body: .bytes(body))
                request.certificateAuthorityFile = certificates.path("ca.pem")
                request.timeout = .seconds(600)
                request.headers = [
                    CurlHeader("Content-Type", "application/json"), CurlHeader("Idempotency-Key", "k"),
                    CurlHeader("Content-Digest", "sha-256=:\(digest):"),
                ]
                if let head { request.headers.append(CurlHeader("Journal-Head", head)) }
                return try await session.send(request)
            }
            let zeros = Data(repeating: 0, count: 32).base64EncodedString()
            for head in [
                "position=1", "sha-256=:\(zeros):", "position=0, sha-256=:\(zeros):", "position=x, sha-256=:\(zeros):",
                "position=1, sha-256=:AAAA:", "position=99999999999999999999, sha-256=:\(zeros):",
            ] {
                let answer = try await push(head)
                #expect(answer.status == 400)
                #expect(try JSON(parsing: answer.body)["type"] == .string("urn:bailanys:agency:head-malformed"))
            }
            #expect(try await push(nil).status == 201)
            // What was taken without a head stays without one: the first receipt is the only one.
            let again = try await push("position=7, sha-256=:\(zeros):")
            #expect(try again.status == 200 && JSON(parsing: again.body)["head"] == nil)
            session.close()
        }
    }
}
