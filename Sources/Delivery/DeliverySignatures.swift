import Casework
import GRDB
import Journal

/// The signatures of one delivery, as the journal keeps them: ours over the document, the receiver's over the receipt.
package struct DeliverySignatures: Hashable, Sendable {
    /// The signature that went with the document last; nil where it went without one, or has not gone yet.
    package private(set) var sent: DeliveryEvent.Signed?
    /// The time stamp over that signature; nil where there is none.
    package private(set) var stamp: DeliveryEvent.Stamped?
    /// Why there was no time stamp when it was last asked for; nil where there is one, or none was asked for.
    package private(set) var unstamped: DeliveryEvent.Unstamped?
    /// The receipt with its giver's signature; nil where none was asked for, or there is no receipt yet.
    package private(set) var receipt: SignedReceipt?
    /// The receipt as it was recorded; nil where there is none yet.
    package private(set) var received: DeliveryReceipt?

    /// Those of the delivery of a subject that was queued last among the ones that were sent with a signature; nil where
    /// none was.
    ///
    /// - Throws: What reading the journal throws.
    package init?(ofSubject subject: String, kind: String, in db: Database) throws {
        for delivery in try DeliveryRecord.fetchAll(kind: kind, subject: subject, in: db) {
            let found = try DeliverySignatures(of: delivery.id, in: db)
            guard found.sent != nil else { continue }
            self = found
            return
        }
        return nil
    }

    /// Reads them from the events of a delivery; both are nil where there is no such delivery.
    ///
    /// - Throws: What reading the journal throws.
    package init(of id: DeliveryID, in db: Database) throws {
        for event in try SQLiteEventStore(db: db).events(of: id.stream) {
            switch try DeliveryEvent(event) {
            case .deliverySigned(let signed):
                sent = signed
                stamp = nil
            case .deliveryStamped(let stamped):
                stamp = stamped
                unstamped = nil
            case .deliveryUnstamped(let missing): unstamped = missing
            case .deliveryReceived(let end):
                received = end.receipt
                receipt = end.receipt.proof
            default: break
            }
        }
    }
}
