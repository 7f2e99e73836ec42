import GRDB
import Journal

/// What a module that queues deliveries must do for them.
package protocol DeliverySubject: Sendable {
    /// The kind of delivery that this is the subject of, for instance "monthly-report".
    var kind: String { get }

    /// The bytes of a document, exactly those whose digest was queued; nil if they are gone.
    func document(for delivery: DeliveryRecord) async throws -> [UInt8]?

    /// Records what follows from the receipt, in the transaction that records the receipt.
    func delivered(_ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction) throws

    /// Records what follows from giving up, in the transaction that records it.
    func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws
}
