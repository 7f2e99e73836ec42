import Casework
import Crypto
import GRDB
import Journal
import WorkingDays

/// Where modules put what must leave, in the transaction that decides it.
///
/// ```swift
/// try outbox.enqueue(order, in: transaction)   // sent after the commit, never before
/// ```
package struct Outbox: Sendable {
    let bell = DeliveryBell()

    /// An outbox; give the same one to the modules that queue and to the ``DeliveryService``.
    package init() {}

    /// Puts a delivery into the outbox; the service wakes when the transaction commits.
    ///
    /// - Throws: `JournalError.conflict` if this identity has been used before.
    package func enqueue(_ order: DeliveryOrder, in transaction: JournalTransaction) throws {
        let queued = DeliveryEvent.Queued(
            kind: order.kind, subject: order.subject, destination: order.destination, path: order.path,
            mediaType: order.mediaType, digest: order.digest, size: order.size,
            idempotencyKey: order.idempotencyKey)
        try transaction.append(
            [DeliveryEvent.deliveryQueued(queued).new(at: transaction.now)], to: order.id.stream, expecting: 0)
        ringOnCommit(of: transaction)
    }

    /// Puts a delivery that was given up back into the outbox.
    ///
    /// - Throws: ``DeliveryError`` if there is none, it was not given up, or the reason is empty.
    package func requeue(_ id: DeliveryID, reason: String, in transaction: JournalTransaction) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw DeliveryError.reasonMissing }
        let history = try DeliveryHistory(id, in: transaction)
        guard history.state.phase == .dead else { throw DeliveryError.notDead(id) }
        try history.append([.deliveryRequeued(.init(reason: reason))], in: transaction)
        ringOnCommit(of: transaction)
    }

    /// Records that a person takes a copy of what was sent out of the house, before he is given it.
    ///
    /// - Throws: ``DeliveryError`` if there is no such delivery, or the reason is empty.
    package func noteCopy(of id: DeliveryID, reason: String, in transaction: JournalTransaction) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw DeliveryError.reasonMissing }
        try DeliveryHistory(id, in: transaction).append([.deliveryCopied(.init(reason: reason))], in: transaction)
    }

    private func ringOnCommit(of transaction: JournalTransaction) {
        transaction.afterCommit { [bell] in bell.ring() }
    }
}

/// What is to be delivered.
package struct DeliveryOrder: Hashable, Sendable {
    /// The identity, unique for ever, for instance "monthly-report-2026-03-1".
    package var id: DeliveryID
    /// The kind of subject, which finds the ``DeliverySubject``.
    package var kind: String
    /// What is delivered, in the words of its module.
    package var subject: String
    /// The name of the destination in the configuration.
    package var destination: String
    /// Where at the destination, for instance "monthly/2026-03"; letters, digits, "-", "_", "." and "/".
    package var path: String
    /// The media type of the document.
    package var mediaType: String
    /// The SHA-256 of the document, in hexadecimal digits.
    package var digest: String
    /// The size of the document, in bytes.
    package var size: Int64

    /// An order for a document that is at hand.
    package init(
        id: DeliveryID, kind: String, subject: String, destination: String, path: String,
        mediaType: String = "application/json", document: [UInt8]
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.destination = destination
        self.path = path
        self.mediaType = mediaType
        digest = EventLink.hexadecimal(Array(SHA256.hash(data: document)))
        size = Int64(document.count)
    }

    /// The key of every attempt. It is derived from what is sent and where, so that even a journal restored from a
    /// backup that queues the same delivery again cannot make the receiver take it twice.
    var idempotencyKey: String {
        let content = [id.rawValue, kind, destination, path, digest].joined(separator: "\n")
        return String(EventLink.hexadecimal(Array(SHA256.hash(data: Array(content.utf8)))).prefix(40))
    }
}
