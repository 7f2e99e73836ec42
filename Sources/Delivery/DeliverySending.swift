import CanonicalJSON
import Casework
import GRDB
import Journal

/// The event by which the first attempt of a delivery began: what it sent, and the head of the journal that it made.
package struct DeliverySending: Hashable, Sendable {
    /// The head that the receiver is told: the position and the hash of the event.
    package let head: ToldHead
    /// What was sent.
    package let sending: DeliveryEvent.Sending
    /// The event's record as the chain hashes it: the SHA-256 of these bytes is the head's hash.
    package let record: [UInt8]

    /// Reads it from the journal; nil where no attempt has begun, or where an edition before December 2026 began it.
    ///
    /// - Throws: What reading the journal throws.
    package init?(of id: DeliveryID, in db: Database) throws {
        let store = SQLiteEventStore(db: db)
        for event in try store.events(of: id.stream) {
            guard case .deliveryStarted(let started) = try DeliveryEvent(event), let sending = started.sending,
                let link = try store.link(at: event.position)
            else { continue }
            self.sending = sending
            head = ToldHead(JournalHead(position: event.position, hash: link.hash))
            var writer = JSONWriter(capacity: 1024)
            EventLink.write(event, after: link.previous, to: &writer)
            record = writer.bytes
            return
        }
        return nil
    }
}
