import Agency
import Casework
import Curl
import Delivery
import Foundation
import GRDB
import Journal
import Logging
import LoopbackServer
import ServiceLifecycle
import Signatures
import Synchronization
import TestSupport
import WorkingDays

/// A module that has documents delivered: keeps them in the table, and records the receipt in a stream of its own.
struct Letters: DeliverySubject {
    let kind = "letter"
    let journal: Journal
    let endings: AsyncStream<String>.Continuation

    func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        try await journal.read { db in try DocumentTable.bytes(of: delivery.digest, in: db) }
    }

    func delivered(_ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction) throws {
        let event = NewEvent(name: "letterDelivered", occurredAt: transaction.now, payload: Array("{}".utf8))
        try transaction.append([event], to: StreamID(delivery.subject), expecting: 0)
        tell("delivered \(delivery.id)", after: transaction)
    }

    func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws {
        tell("died \(delivery.id)", after: transaction)
    }

    /// After the commit: what is rolled back has not happened.
    private func tell(_ ending: String, after transaction: JournalTransaction) {
        transaction.afterCommit { [endings] in endings.yield(ending) }
    }
}

/// A transport that does what the test says.
final class ScriptedTransport: Transport {
    let script: @Sendable (Parcel) async -> AttemptOutcome
    private let log = Mutex<[Parcel]>([])

    init(_ script: @escaping @Sendable (Parcel) async -> AttemptOutcome) {
        self.script = script
    }

    /// What was sent, in order.
    var parcels: [Parcel] { log.withLock(\.self) }

    func deliver(_ parcel: Parcel) async -> AttemptOutcome {
        log.withLock { $0.append(parcel) }
        return await script(parcel)
    }
}

/// A journal with an outbox and everything that a service needs.
final class World: Sendable {
    let folder = TemporaryFolder()
    /// A time that stands still until somebody sleeps, and then jumps to the end of the sleep.
    let clock = TestClock(at: Moment(millisecondsSince1970: 1_775_000_000_000), ticking: 0)
    let journal: Journal
    let outbox = Outbox()
    let letters: Letters
    let endings: AsyncStream<String>

    init() throws {
        journal = try Journal(path: folder.file("journal.sqlite"), projections: [DeliveryProjection()])
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        endings = stream
        letters = Letters(journal: journal, endings: continuation)
    }

    /// Queues a letter as a module would; its text is its document.
    func queue(_ id: String, _ document: String = report(), to destination: String = "agency") async throws {
        _ = try await journal.transact(by: .timer, at: clock.now) { [outbox] transaction in
            let bytes = Array(document.utf8)
            try DocumentTable.store(bytes, in: transaction.db)
            let order = DeliveryOrder(
                id: DeliveryID(id), kind: "letter", subject: "letter/\(id)", destination: destination,
                path: "monthly/2026-03", document: bytes)
            try outbox.enqueue(order, in: transaction)
            return 0
        }
    }

    func service(
        _ destinations: [String: any Transport], signers: [String: SigningFiles] = [:],
        stamps: [String: TimeStampClient] = [:], policy: DeliveryPolicy = DeliveryPolicy()
    ) -> DeliveryService {
        var logger = Logger(label: "delivery")
        logger.logLevel = .critical
        return DeliveryService(
            journal: journal, outbox: outbox, destinations: destinations, subjects: [letters], signers: signers,
            stamps: stamps, policy: policy,
            environment: .init(
                now: { [clock] in clock.now }, fraction: { 0.5 }, sleep: { [clock] in clock.advance(by: $0) }),
            logger: logger)
    }

    /// Runs a service until `body` returns, then shuts it down gracefully.
    func withService(_ service: DeliveryService, _ body: () async throws -> Void) async throws {
        var logger = Logger(label: "group")
        logger.logLevel = .critical
        let group = ServiceGroup(configuration: .init(services: [service], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let result: Result<Void, any Error>
            do {
                result = .success(try await body())
            } catch {
                result = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try result.get()
        }
    }

    /// Runs a service until so many letters have ended; tells how.
    @discardableResult
    func run(_ service: DeliveryService, untilEnded count: Int) async throws -> [String] {
        var ended: [String] = []
        try await withService(service) {
            var iterator = endings.makeAsyncIterator()
            while ended.count < count, let ending = await iterator.next() { ended.append(ending) }
        }
        return ended
    }

    func record(_ id: String) async throws -> DeliveryRecord? {
        try await journal.read { db in try DeliveryRecord.fetch(DeliveryID(id), in: db) }
    }

    /// What was signed of a delivery, each time it was.
    func signed(_ id: String) async throws -> [DeliveryEvent.Signed] {
        try await journal.read { db in
            try SQLiteEventStore(db: db).events(of: DeliveryID(id).stream).compactMap { event in
                if case .deliverySigned(let signed) = try DeliveryEvent(event) { signed } else { nil }
            }
        }
    }

    func signatures(_ id: String) async throws -> DeliverySignatures {
        try await journal.read { db in try DeliverySignatures(of: DeliveryID(id), in: db) }
    }

    /// Puts a delivery that was given up back.
    func requeue(_ id: String) async throws {
        _ = try await journal.transact(by: .timer, at: clock.now) { [outbox] transaction in
            try outbox.requeue(DeliveryID(id), reason: "test", in: transaction)
            return true
        }
    }

    func outcomes(_ id: String) async throws -> [String?] {
        try await journal.read { db in try DeliveryRecord.attempts(of: DeliveryID(id), in: db).map(\.outcome) }
    }

    func eventNames() async throws -> [String] {
        try await journal.read { db in try SQLiteEventStore(db: db).events(after: 0, limit: 1000).map(\.name) }
    }
}

/// A document that the Agency's receiver takes.
func report(revision: Int = 1) -> String {
    #"{"items":{},"period":"2026-03","revision":\#(revision),"schema":"bailanys/monthly-report/1"}"#
}
