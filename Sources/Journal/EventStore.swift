/// What any engine under the journal must do; `EventStoreContract` in the tests holds each engine to it.
///
/// A value of this type is one session: it sees what it has appended itself, and others see it when the session
/// commits. SQLite's is a transaction; another engine's may be a connection to a server.
package protocol EventStore {
    /// The last event's position and hash.
    func head() throws -> JournalHead

    /// All events of a stream, in order.
    func events(of stream: StreamID) throws -> [RecordedEvent]

    /// Up to `limit` events whose position is greater than `position`, in order.
    func events(after position: Int64, limit: Int) throws -> [RecordedEvent]

    /// The hash kept with the event at `position`, and the hash it says its predecessor has.
    func link(at position: Int64) throws -> (previous: [UInt8], hash: [UInt8])?

    /// Appends an event that follows `previous` and has the hash `hash`.
    /// - Throws: `JournalError.conflict` where the stream already has an event of that version.
    func append(_ event: RecordedEvent, previous: [UInt8], hash: [UInt8]) throws
}
