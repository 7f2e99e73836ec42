import Delivery
import Foundation
import Signatures
import SigningSupport
import Synchronization
import Testing
import WorkingDays

@Suite("What is signed before it is sent")
struct SigningTests {
    let world: World
    let pairs: SigningPairs

    init() throws {
        world = try World()
        pairs = try SigningPairs()
    }

    /// A transport that fails for good so many times, and then has a receipt.
    private func transport(refusing count: Int = 0) -> ScriptedTransport {
        let left = Mutex(count)
        return ScriptedTransport { parcel in
            let isRefused = left.withLock { left in
                left -= 1
                return left >= 0
            }
            if isRefused { return .failed(AttemptFailure(.permanent, "no")) }
            return .received(
                DeliveryReceipt(
                    number: "R-1", receivedAt: Moment(millisecondsSince1970: 1_775_000_000_000), digest: parcel.digest))
        }
    }

    @Test("The signature is over exactly what is sent, and is in the journal before it is sent")
    func signs() async throws {
        let files = try pairs.pair()
        let transport = ScriptedTransport { [world] parcel in
            // Not in the journal yet: the receipt says so, and the test fails below.
            let kept = (try? await world.signed("a").last?.cms) ?? "none"
            let isKept = Data(parcel.signature ?? []).base64EncodedString() == kept
            return .received(
                DeliveryReceipt(
                    number: isKept ? "kept" : "not kept",
                    receivedAt: Moment(millisecondsSince1970: 1_775_000_000_000), digest: parcel.digest))
        }
        try await world.queue("a")
        try await world.run(world.service(["agency": transport], signers: ["agency": files]), untilEnded: 1)
        let parcel = try #require(transport.parcels.first)
        #expect(try pairs.accepts(try #require(parcel.signature), over: Array(report().utf8)))
        #expect(try await world.record("a")?.receiptNumber == "kept")
        let signed = try #require(try await world.signed("a").first)
        #expect(signed.attempt == 1 && signed.signer == "CN=signer")
        #expect(
            try await world.eventNames() == [
                "deliveryQueued", "deliveryStarted", "deliverySigned", "deliveryReceived", "letterDelivered",
            ])
    }

    @Test("A destination without a pair is sent no signature")
    func unsigned() async throws {
        let transport = transport()
        try await world.queue("a")
        let files = try pairs.pair()
        try await world.run(world.service(["agency": transport], signers: ["elsewhere": files]), untilEnded: 1)
        #expect(transport.parcels.map(\.signature) == [nil])
        #expect(try await world.signed("a").isEmpty)
    }

    @Test("Sent again, whatever the settings say by then, it carries the signature of the first time")
    func resent() async throws {
        let transport = transport(refusing: 2)
        try await world.queue("a")
        let signing = world.service(["agency": transport], signers: ["agency": try pairs.pair()])
        #expect(try await world.run(signing, untilEnded: 1) == ["died a"])
        try await world.requeue("a")
        #expect(try await world.run(signing, untilEnded: 1) == ["died a"])
        try await world.requeue("a")
        #expect(try await world.run(world.service(["agency": transport]), untilEnded: 1) == ["delivered a"])
        #expect(transport.parcels.count == 3)
        #expect(Set(transport.parcels.map(\.signature)).count == 1 && transport.parcels[0].signature != nil)
        #expect(try await world.signed("a").count == 1)
    }

    @Test("Another certificate in its place signs anew, and both signatures stay in the journal")
    func replaced() async throws {
        let transport = transport(refusing: 1)
        try await world.queue("a")
        let service = world.service(["agency": transport], signers: ["agency": try pairs.pair()])
        #expect(try await world.run(service, untilEnded: 1) == ["died a"])
        _ = try pairs.pair()
        try await world.requeue("a")
        #expect(try await world.run(service, untilEnded: 1) == ["delivered a"])
        let signed = try await world.signed("a")
        #expect(Set(signed.map(\.certificate)).count == 2 && signed.map(\.attempt) == [1, 2])
        #expect(try await world.signatures("a").sent == signed.last)
    }

    @Test("With a certificate that ended nothing leaves, and the reason is read; with a new one in its place it goes")
    func expired() async throws {
        let transport = transport()
        let files = try pairs.pair("signer", until: "2026-03-01")
        var policy = DeliveryPolicy()
        policy.attemptLimit = 2
        try await world.queue("a")
        let service = world.service(["agency": transport], signers: ["agency": files], policy: policy)
        #expect(try await world.run(service, untilEnded: 1) == ["died a"])
        #expect(try await world.outcomes("a") == ["transient", "transient"])
        #expect(transport.parcels.isEmpty)
        let record = try #require(try await world.record("a"))
        #expect(record.lastError?.contains("nothing was sent") == true)
        #expect(record.lastError?.contains("ended at 2026-03-01T00:00:00.000Z") == true)
        _ = try pairs.pair()
        try await world.requeue("a")
        #expect(try await world.run(service, untilEnded: 1) == ["delivered a"])
        #expect(transport.parcels.map { $0.signature != nil } == [true])
    }

    @Test("A key that is another's or is gone sends nothing")
    func wrong() async throws {
        let transport = transport()
        let (one, other) = (try pairs.pair("one"), try pairs.pair("other"))
        let wrong = [
            SigningFiles(key: one.key, certificate: other.certificate),
            SigningFiles(key: pairs.path("gone"), certificate: one.certificate),
        ]
        var policy = DeliveryPolicy()
        policy.attemptLimit = 1
        for (index, files) in wrong.enumerated() {
            try await world.queue("\(index)")
            let service = world.service(["agency": transport], signers: ["agency": files], policy: policy)
            #expect(try await world.run(service, untilEnded: 1) == ["died \(index)"])
        }
        #expect(transport.parcels.isEmpty)
    }
}
