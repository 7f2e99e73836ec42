import Crypto
import Journal
import Logging
import ServiceLifecycle
import WorkingDays

extension DeliveryService {
    /// Makes one attempt, with its beginning and its end in the journal; none where the delivery is not due.
    package func attempt(_ delivery: DeliveryRecord) async throws {
        guard let attempt = try await begin(delivery) else { return }
        let outcome = try await carryOut(delivery, attempt: attempt)
        underWay.set(nil, of: delivery.id)
        try await end(delivery, attempt: attempt, outcome: outcome)
    }

    /// Ends the attempts that a killed program has left open, or a journal that could not be written.
    /// - Parameter destination: only those to it; nil: all.
    func recoverLostAttempts(to destination: String? = nil) async throws {
        let open = try await journal.read { db in try DeliveryRecord.attempting(in: db) }
        for delivery in open where destination == nil || delivery.destination == destination {
            try await end(delivery, attempt: delivery.attempts, outcome: .failed(.lost))
        }
    }

    /// Records the beginning; nil if the delivery is no longer due.
    private func begin(_ delivery: DeliveryRecord) async throws -> Int? {
        let now = environment.now()
        let attempt = try await journal.transact(by: .timer, at: now) { [policy] transaction -> Int in
            let history = try DeliveryHistory(delivery.id, in: transaction)
            guard history.state.isDue(at: now, under: policy) else { return 0 }
            let attempt = history.state.attempts + 1
            let queued = history.state.queued
            let sending =
                history.state.saysWhatIsSent
                ? nil : DeliveryEvent.Sending(digest: queued.digest, key: queued.idempotencyKey, path: queued.path)
            try history.append([.deliveryStarted(.init(attempt: attempt, sending: sending))], in: transaction)
            return attempt
        }
        return attempt == 0 ? nil : attempt
    }

    private func carryOut(_ delivery: DeliveryRecord, attempt: Int) async throws -> AttemptOutcome {
        guard let transport = destinations[delivery.destination], let subject = subjects[delivery.kind] else {
            return .failed(
                AttemptFailure(.permanent, "The program does not know deliveries of the kind “\(delivery.kind)”."))
        }
        let bytes: [UInt8]
        do {
            guard let document = try await subject.document(for: delivery) else {
                return .failed(AttemptFailure(.permanent, "The document is no longer stored."))
            }
            bytes = document
        } catch is CancellationError {
            return .failed(AttemptFailure(.interrupted, "The program was stopped before anything was sent."))
        } catch {
            return .failed(AttemptFailure(.transient, "The document could not be read: \(error)"))
        }
        guard EventLink.hexadecimal(Array(SHA256.hash(data: bytes))) == delivery.digest else {
            return .failed(
                AttemptFailure(
                    .permanent, "ALARM: the stored document is not the one that was queued; nothing was sent."))
        }
        let signature: [UInt8]?
        switch try await signing(of: delivery, over: bytes, attempt: attempt) {
        case .unsigned: signature = nil
        case .signed(let cms): signature = cms
        case .refused(let failure): return .failed(failure)
        }
        if let signature { try await stamp(signature, of: delivery, attempt: attempt) }
        let told = try await journal.read { db in try DeliverySending(of: delivery.id, in: db)?.head }
        let parcel = Parcel(
            idempotencyKey: delivery.idempotencyKey, path: delivery.path, mediaType: delivery.mediaType, bytes: bytes,
            digest: delivery.digest, signature: signature, head: told,
            onProgress: { [underWay] in underWay.set(($0, $1), of: delivery.id) })
        // Only the wire is cancelled at a shutdown; what came of it is still recorded.
        let outcome = await cancelWhenGracefulShutdown { await transport.deliver(parcel) }
        return outcome
    }

    private func end(_ delivery: DeliveryRecord, attempt: Int, outcome: AttemptOutcome) async throws {
        let now = environment.now()
        let fraction = environment.fraction()
        let subject = subjects[delivery.kind]
        let action = try await journal.transact(by: .timer, at: now) { [policy] transaction -> Ending in
            let history = try DeliveryHistory(delivery.id, in: transaction)
            let action = policy.action(after: outcome, in: history.state, at: now, fraction: fraction)
            switch action {
            case .complete(let receipt):
                try history.append([.deliveryReceived(.init(attempt: attempt, receipt: receipt))], in: transaction)
                try subject?.delivered(delivery, receipt: receipt, in: transaction)
                return .delivered
            case .retry(let failure, let next):
                let attempted = DeliveryEvent.Attempted(attempt: attempt, failure: failure, nextAttemptAt: next)
                try history.append([.deliveryAttempted(attempted)], in: transaction)
                return .waiting
            case .giveUp(let failure, let reason):
                let attempted = DeliveryEvent.Attempted(attempt: attempt, failure: failure, nextAttemptAt: nil)
                try history.append(
                    [.deliveryAttempted(attempted), .deliveryDied(.init(reason: reason))], in: transaction)
                try subject?.died(delivery, reason: reason, in: transaction)
                return .dead
            }
        }
        log(action, delivery: delivery, attempt: attempt, outcome: outcome)
        guard case .received(let receipt) = outcome, let head = receipt.head else { return }
        let told = try await journal.read { db in try DeliverySending(of: delivery.id, in: db)?.head }
        guard head != told else { return }
        logger.error(
            "delivery.head.other",
            metadata: [
                "delivery": "\(delivery.id)", "receipt": "\(receipt.number)", "position": "\(head.position)",
                "reason": "The receiver was told another head of the journal for this document than the journal holds.",
            ])
    }

    /// How an attempt left the delivery, for the log.
    private enum Ending: String, Codable, Sendable {
        case delivered, waiting, dead
    }

    private func log(_ ending: Ending, delivery: DeliveryRecord, attempt: Int, outcome: AttemptOutcome) {
        var metadata: Logger.Metadata = ["delivery": "\(delivery.id)", "attempt": "\(attempt)"]
        switch outcome {
        case .received(let receipt): metadata["receipt"] = "\(receipt.number)"
        case .failed(let failure): metadata["failure"] = "\(failure)"
        }
        switch ending {
        case .delivered: logger.info("delivery.attempt.received", metadata: metadata)
        case .waiting: logger.notice("delivery.attempt.failed", metadata: metadata)
        case .dead: logger.error("delivery.attempt.gaveUp", metadata: metadata)
        }
    }
}
