import GRDB

/// Tables that are derived from the journal, in the same transaction as the events that change them.
///
/// Everything a page or a report reads stands in such tables; they can be dropped and made again from the events to
/// the same content. An implementation therefore uses nothing but the event and its own tables: no clock, no random
/// number, no file.
package protocol Projection: Sendable {
    /// A name that does not change.
    var name: String { get }

    /// Raised whenever the tables or what is put into them change; the journal then rebuilds them at start-up.
    var version: Int { get }

    /// The tables, in an order in which they can be dropped.
    var tables: [String] { get }

    /// Creates the empty tables and their indexes.
    func create(in db: Database) throws

    /// Takes in one event; events that do not concern it are left alone.
    func apply(_ event: RecordedEvent, in db: Database) throws

    /// Takes in events that follow each other in one stream, with the same result as one after the other.
    ///
    /// A projection that is imported into by the million may write a row once instead of event by event.
    func apply(_ events: [RecordedEvent], in db: Database) throws

    /// The same, with what it changes in tables of counters left to the end of the unit of work.
    func apply(_ events: [RecordedEvent], in db: Database, counting counts: inout Counts) throws
}

extension Projection {
    package func apply(_ events: [RecordedEvent], in db: Database) throws {
        for event in events { try apply(event, in: db) }
    }

    package func apply(_ events: [RecordedEvent], in db: Database, counting counts: inout Counts) throws {
        try apply(events, in: db)
    }
}

/// A projection that keeps tables of counters beside its rows.
package protocol ProjectionWithCounts: Projection {}

extension ProjectionWithCounts {
    package func apply(_ event: RecordedEvent, in db: Database) throws { try apply([event], in: db) }

    package func apply(_ events: [RecordedEvent], in db: Database) throws {
        var counts = Counts()
        try apply(events, in: db, counting: &counts)
        try counts.write(in: db)
    }
}
