/// The outside as an outbox: what must leave (a report, a notice, a letter) is queued in the transaction that decided
/// it, sent by one service with retries, and its receipt comes back into the journal.
///
/// It decides when a delivery is tried, tried again, given up or done. It refuses to know what a document says: bytes,
/// a digest and a destination are all it handles, and the module that queued a delivery (its ``DeliverySubject``)
/// supplies the bytes and hears of the receipt in the same transaction.
///
/// A delivery reaches the other side at least once on the wire and exactly once in effect: every attempt carries the
/// same idempotency key, derived from what is sent, and an attempt whose end was never recorded (the program was
/// killed) is repeated with it.
///
/// Start reading at ``DeliveryPolicy`` and ``DeliveryState`` (pure), then ``Outbox`` (queueing), then
/// ``DeliveryService`` (the loop); ``HTTPSTransport`` and ``SMTPTransport`` know the wire.
import Journal

/// The identity of one delivery, chosen by whoever queues it, for instance "monthly-report-2026-03-1".
package struct DeliveryID: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The text of the identity.
    package let rawValue: String

    /// An identity by its text.
    package init(_ rawValue: String) { self.rawValue = rawValue }

    /// The stream of its events.
    package var stream: StreamID { StreamID(kind: "delivery", id: rawValue) }

    package var description: String { rawValue }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
