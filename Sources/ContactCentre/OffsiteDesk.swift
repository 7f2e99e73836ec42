import Backup
import Blocking
import CanonicalJSON
import Crypto
import Curl
import Delivery
import Foundation
import GRDB
import Journal
import Logging
import Synchronization
import WorkingDays

/// The copy of the backup on another machine: queued in the outbox with the event of the backup, sent by the service of
/// deliveries, recorded when a restore point is whole there.
///
/// The local backup is done before anything of this begins, and is locked by nothing of it: a far side that is dead or full
/// makes the delivery wait, and nothing else.
package final class OffsiteDesk: DeliverySubject, Sendable {
    /// The kind of its deliveries, and the name of their destination.
    package static let name = "offsite"
    /// The stream of its events.
    package static let stream = StreamID(kind: "machine", id: "offsite")

    package var kind: String { Self.name }

    private let journal: Journal
    /// What came of the last attempt, until its receipt is recorded.
    private let result = Mutex<OffsiteCopied?>(nil)

    /// What is queued: where the backup is on this machine, and which point was the newest.
    struct Order: Codable, Equatable {
        let folder: String
        let point: String
    }

    init(journal: Journal) { self.journal = journal }

    /// Queues the copy of a point that was completed.
    static func enqueue(_ order: Order, in outbox: Outbox, _ transaction: JournalTransaction) throws {
        let document = try CanonicalCoding.encode(order)
        try DocumentTable.store(document, in: transaction.db)
        let folder = SHA256.hash(data: Array(order.folder.utf8)).prefix(4).map { String(format: "%02x", $0) }.joined()
        try outbox.enqueue(
            DeliveryOrder(
                id: DeliveryID("\(name)-\(order.point)-\(folder)"), kind: name, subject: order.point,
                destination: name, path: order.point, document: document), in: transaction)
    }

    package func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        try await journal.read { try DocumentTable.bytes(of: delivery.digest, in: $0) }
    }

    package func delivered(
        _ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction
    ) throws {
        guard let copied = result.withLock({ $0 }), copied.point == receipt.number else { return }
        _ = try transaction.append(UpkeepEvent.offsiteCopied(copied), to: Self.stream)
    }

    package func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws {}

    /// Keeps what an attempt did for the event.
    fileprivate func keep(_ copied: OffsiteCopied) { result.withLock { $0 = copied } }
}

/// Sends what is new of a backup folder to its copy.
struct OffsiteTransport: Transport {
    let folder: OffsiteFolder
    /// The address of the copy, which its ledger keeps as a digest.
    let address: String
    let desk: OffsiteDesk
    let now: @Sendable () -> Moment
    let logger: Logger

    func deliver(_ parcel: Parcel) async -> AttemptOutcome {
        do {
            let order = try CanonicalCoding.decode(OffsiteDesk.Order.self, from: parcel.bytes)
            let copied = try await copy(order.folder, parcel.onProgress)
            desk.keep(copied)
            return .received(DeliveryReceipt(number: copied.point, receivedAt: now(), digest: parcel.digest))
        } catch let fault as OffsiteFolder.Fault {
            return .failed(fault.failure)
        } catch is CancellationError {
            return .failed(AttemptFailure(.interrupted, "The program was stopped before all was sent."))
        } catch let error as BackupError {
            return .failed(AttemptFailure(error.isLasting ? .permanent : .transient, "\(error)"))
        } catch {
            return .failed(AttemptFailure(.transient, "The copy could not be made: \(error)"))
        }
    }

    private func copy(
        _ path: String, _ progress: (@Sendable (Int64, Int64) -> Void)?
    ) async throws -> OffsiteCopied {
        let work = try await Blocking.long.run { [address] in
            Work(try OffsiteWork(folder: path, address: address))
        }
        let word = try await folder.read(OffsitePlan.word, upTo: 4_096)
        if try await work.run({ !$0.knows(word) }) {
            let marker = try await folder.read(OffsitePlan.marker, upTo: 65_536)
            let list = marker == nil ? nil : try await folder.read(OffsitePlan.list, upTo: OffsitePlan.longestList)
            try await work.run { try $0.believe(marker: marker, list: list) }
        }
        let plan = try await work.run { try $0.plan() }
        let total = plan.sends.reduce(0) { $0 + $1.bytes }
        var sent: Int64 = 0
        for file in plan.sends {
            try Task.checkCancellation()
            let local = try await work.run { try $0.check(file) }
            try await folder.write(file, .file(path: local))
            try await work.run { try $0.arrived(file) }
            sent += file.bytes
            progress?(sent, total)
        }
        let closing = try await work.run { $0.closing(plan) }
        try await folder.write(closing.list.file, .bytes(closing.list.bytes))
        try await folder.write(closing.word.file, .bytes(closing.word.bytes))
        try await work.run { try $0.settled(closing.word.file) }
        let left = await remove(plan.removals, work)
        return OffsiteCopied(
            point: plan.point, position: plan.position, files: plan.sends.count, bytes: sent,
            left: left + (try await work.run { $0.strangers }))
    }

    /// Removes what no point needs; what the other side keeps is tried again with the next copy.
    /// - Returns: how many files stayed.
    private func remove(_ files: [String], _ work: Work) async -> Int {
        for (index, file) in files.enumerated() {
            do {
                try await folder.remove(file)
                try await work.run { try $0.removed(file) }
            } catch {
                logger.warning("offsite.remove.failed", metadata: ["file": "\(file)", "reason": "\(error)"])
                return files.count - index
            }
        }
        return 0
    }

    /// The work on a copy, which blocks and is done by one at a time.
    private final class Work: Sendable {
        private let work: Mutex<OffsiteWork>

        init(_ work: sending OffsiteWork) { self.work = Mutex(work) }

        func run<Value: Sendable>(_ body: @escaping @Sendable (OffsiteWork) throws -> Value) async throws -> Value {
            try await Blocking.long.run { [self] in try work.withLock { try body($0) } }
        }
    }
}

extension BackupError {
    /// Whether a person must change something before it can go on.
    fileprivate var isLasting: Bool {
        switch self {
        case .farFolderTaken, .notABackup, .foreign, .damaged: true
        default: false
        }
    }
}
