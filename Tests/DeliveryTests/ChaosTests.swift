import Delivery
import Journal
import Synchronization
import Testing
import WorkingDays

/// A receiver that keeps what it gets by its key, and fails or sees its sender killed as the dice fall.
private final class FickleReceiver: Transport {
    private struct State {
        var dice: UInt64
        var receipts: [String: DeliveryReceipt] = [:]
        var stored = 0
    }

    private let state: Mutex<State>
    private let kill: @Sendable () -> Void

    init(seed: UInt64, kill: @escaping @Sendable () -> Void) {
        state = Mutex(State(dice: seed))
        self.kill = kill
    }

    /// How many documents were taken as new.
    var stored: Int { state.withLock(\.stored) }

    func deliver(_ parcel: Parcel) async -> AttemptOutcome {
        let roll = roll()
        switch roll % 6 {
        case 0: return .failed(AttemptFailure(.transient, "down before it was stored"))
        case 1:
            _ = store(parcel)
            return .failed(AttemptFailure(.transient, "down after it was stored", mayHaveHadEffect: true))
        case 2, 3:
            if roll % 6 == 3 { _ = store(parcel) }
            kill()
            let (never, source) = AsyncStream.makeStream(of: Never.self)
            for await _ in never {}
            source.finish()
            return .failed(.lost)
        default: return .received(store(parcel))
        }
    }

    private func store(_ parcel: Parcel) -> DeliveryReceipt {
        state.withLock { state in
            if let first = state.receipts[parcel.idempotencyKey] { return first }
            state.stored += 1
            let receipt = DeliveryReceipt(
                number: "R-\(state.stored)", receivedAt: Moment(millisecondsSince1970: 0), digest: parcel.digest)
            state.receipts[parcel.idempotencyKey] = receipt
            return receipt
        }
    }

    private func roll() -> UInt64 {
        state.withLock { state in
            state.dice = state.dice &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state.dice >> 33
        }
    }
}

@Suite("Under faults and kills")
struct ChaosTests {
    @Test("Every letter arrives exactly once and its receipt is recorded once", arguments: 1...20)
    func exactlyOnce(seed: UInt64) async throws {
        let world = try World()
        let (kills, killed) = AsyncStream.makeStream(of: Bool.self)
        let receiver = FickleReceiver(seed: seed) { killed.yield(true) }
        let letters = 8
        for number in 0..<letters { try await world.queue("letter-\(number)", "text \(number)") }
        let ends = Task {
            var ended = 0
            for await _ in world.endings {
                ended += 1
                if ended == letters { killed.yield(false) }
            }
        }
        defer { ends.cancel() }
        var turns = kills.makeAsyncIterator()
        while true {
            let service = world.service(["agency": receiver])
            let run = Task { try await service.run() }
            let isKilled = await turns.next() ?? false
            run.cancel()  // not a shutdown: nothing more is recorded
            _ = await run.result
            if !isKilled { break }
        }
        #expect(receiver.stored == letters)
        let delivered = try await world.journal.read { db in
            try DeliveryRecord.fetchAll(in: .delivered, limit: 100, in: db)
        }
        #expect(Set(delivered.compactMap(\.receiptNumber)).count == letters)
        let names = try await world.eventNames()
        #expect(names.count { $0 == "deliveryReceived" } == letters)
        #expect(names.count { $0 == "letterDelivered" } == letters)
        #expect(names.count { $0 == "deliveryStarted" } == names.count { $0 == "deliveryAttempted" } + letters)
    }
}
