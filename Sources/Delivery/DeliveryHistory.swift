import Casework
import Journal

/// The events of one delivery within a transaction: its state, and the place to append.
struct DeliveryHistory {
    let id: DeliveryID
    let version: Int
    let state: DeliveryState

    /// Reads the stream.
    ///
    /// - Throws: ``DeliveryError/unknown(_:)`` if it has no events.
    init(_ id: DeliveryID, in transaction: JournalTransaction) throws {
        let events = try transaction.events(of: id.stream)
        var state: DeliveryState?
        for event in events {
            guard let content = try DeliveryEvent(event) else { continue }
            if state == nil {
                state = DeliveryState(content, at: event.recordedAt)
            } else {
                state?.apply(content, at: event.recordedAt)
            }
        }
        guard let state else { throw DeliveryError.unknown(id) }
        self.id = id
        self.state = state
        version = events.last?.version ?? 0
    }

    func append(_ events: [DeliveryEvent], in transaction: JournalTransaction) throws {
        try transaction.append(
            events.map { try $0.new(at: transaction.now) }, to: id.stream, expecting: version)
    }
}
