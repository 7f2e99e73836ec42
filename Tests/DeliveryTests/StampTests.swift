import Crypto
import Curl
import Delivery
import Foundation
import Hummingbird
import Journal
import LoopbackServer
import Signatures
import SigningSupport
import Synchronization
import TestSupport
import Testing
import WorkingDays

/// The real client against a server that answers with the real `openssl ts`.
@Suite("Time stamps of signatures")
struct StampTests {
    let world: World
    let pairs: SigningPairs
    let session: CurlSession

    init() throws {
        world = try World()
        pairs = try SigningPairs()
        session = try CurlSession()
        _ = try pairs.pair("tsa", use: .stamping)
    }

    /// Runs an authority; `answer` makes of each question its answer.
    private func withAuthority(
        _ answer: @escaping @Sendable ([UInt8]) throws -> (HTTPResponse.Status, [UInt8]),
        _ body: (_ client: TimeStampClient) async throws -> Void
    ) async throws {
        try await withApplication(
            { onListening in
                let router = Router()
                router.post("stamp") { request, _ -> Response in
                    let query = try await request.body.collect(upTo: 1 << 16)
                    let (status, bytes) = try answer(Array(query.readableBytesView))
                    return Response(
                        status: status, headers: [.contentType: TimeStampQuery.answerType],
                        body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
                }
                return Application(
                    router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                    onServerRunning: { onListening($0.localAddress?.port ?? 0) })
            }
        ) { port in try await body(client("http://127.0.0.1:\(port)/stamp")) }
    }

    private func client(_ address: String, authority: String? = nil) -> TimeStampClient {
        TimeStampClient(
            address: address, authorityFile: authority ?? pairs.path("ca.pem"), session: session,
            random: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } })
    }

    private func receipt(_ parcel: Parcel) -> AttemptOutcome {
        .received(DeliveryReceipt(number: "R-1", receivedAt: world.clock.now, digest: parcel.digest))
    }

    private func bytes(_ base64: String?) throws -> [UInt8] {
        Array(try #require(base64.flatMap { Data(base64Encoded: $0) }))
    }

    @Test("A signature is stamped once before it is sent, the stamp is kept, and openssl accepts it")
    func stamped() async throws {
        let asked = Mutex(0)
        let failures = Mutex(2)
        let transport = ScriptedTransport { [world] parcel in
            let fails = failures.withLock { left in
                left -= 1
                return left >= 0
            }
            return fails
                ? .failed(AttemptFailure(.transient, "down"))
                : .received(DeliveryReceipt(number: "R-1", receivedAt: world.clock.now, digest: parcel.digest))
        }
        try await world.queue("a")
        let signers = ["agency": try pairs.pair("centre")]
        try await withAuthority { [pairs] query in
            asked.withLock { $0 += 1 }
            return (.ok, try pairs.stampingAnswer(to: query))
        } _: { client async throws in
            let service = world.service(["agency": transport], signers: signers, stamps: ["agency": client])
            #expect(try await world.run(service, untilEnded: 1) == ["delivered a"])
        }
        let kept = try await world.signatures("a")
        let token = try bytes(kept.stamp?.token)
        let signature = try bytes(kept.sent?.cms)
        #expect(try pairs.acceptsStamp(token, over: signature))
        #expect(kept.stamp?.over == EventLink.hexadecimal(Array(SHA256.hash(data: signature))))
        #expect(kept.stamp?.authority == "CN=tsa" && kept.unstamped == nil)
        #expect(asked.withLock(\.self) == 1)
        #expect(
            try await world.eventNames().filter { $0 != "deliveryAttempted" && $0 != "deliveryStarted" } == [
                "deliveryQueued", "deliverySigned", "deliveryStamped", "deliveryReceived", "letterDelivered",
            ])
        session.close()
    }

    @Test("Where no stamp can be had, the report goes all the same, and the reason is kept")
    func missing() async throws {
        let signers = ["agency": try pairs.pair("centre")]
        let others = try SigningPairs()
        _ = try others.pair("tsa", use: .stamping)
        let old = try TimeStampQuery(about: Array("old".utf8), random: [UInt8](1...8))
        let replay = try pairs.stampingAnswer(to: old.bytes)
        let transport = ScriptedTransport { receipt($0) }
        func sends(_ id: String, _ client: TimeStampClient, says words: String) async throws {
            try await world.queue(id)
            let service = world.service(["agency": transport], signers: signers, stamps: ["agency": client])
            #expect(try await world.run(service, untilEnded: 1) == ["delivered \(id)"])
            let kept = try await world.signatures(id)
            #expect(kept.stamp == nil && kept.sent != nil)
            #expect(kept.unstamped?.reason.contains(words) == true, "\(String(describing: kept.unstamped))")
        }
        try await withAuthority { _ in
            (.serviceUnavailable, [])
        } _: { client async throws in
            try await sends("a", client, says: "the status 503")
        }
        try await withAuthority { _ in
            (.ok, Array("stamp".utf8))
        } _: { client async throws in
            try await sends("b", client, says: "cannot be read")
        }
        try await withAuthority { _ in
            (.ok, replay)
        } _: { client async throws in
            try await sends("c", client, says: "over other bytes")
        }
        try await withAuthority {
            (.ok, try others.stampingAnswer(to: $0))
        } _: { client async throws in
            try await sends("d", client, says: "does not vouch")
        }
        try await sends("e", client("http://127.0.0.1:9/stamp"), says: "did not answer")
        try await sends(
            "f", client("http://127.0.0.1:9/stamp", authority: pairs.path("gone.pem")), says: "cannot be read")
        session.close()
    }

    @Test("A stamp that was missing is asked for again at the next attempt")
    func later() async throws {
        let asked = Mutex(0)
        let attempts = Mutex(0)
        let transport = ScriptedTransport { [world] parcel in
            let attempt = attempts.withLock { count in
                count += 1
                return count
            }
            return attempt < 2
                ? .failed(AttemptFailure(.transient, "down"))
                : .received(DeliveryReceipt(number: "R-1", receivedAt: world.clock.now, digest: parcel.digest))
        }
        try await world.queue("a")
        let signers = ["agency": try pairs.pair("centre")]
        try await withAuthority { [pairs] query in
            let isFirst = asked.withLock { count in
                count += 1
                return count == 1
            }
            return isFirst ? (.serviceUnavailable, []) : (.ok, try pairs.stampingAnswer(to: query))
        } _: { client async throws in
            let service = world.service(["agency": transport], signers: signers, stamps: ["agency": client])
            try await world.run(service, untilEnded: 1)
        }
        let kept = try await world.signatures("a")
        #expect(kept.stamp?.attempt == 2 && kept.unstamped == nil)
        session.close()
    }
}
