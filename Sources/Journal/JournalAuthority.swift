import GRDB
import WorkingDays

/// An event as an engine keeps it: with its place in the chain.
package struct LinkedEvent: Sendable {
    /// The event.
    package let event: RecordedEvent
    /// The hash of the event before.
    package let previous: [UInt8]
    /// Its own hash.
    package let hash: [UInt8]

    /// An event from its parts.
    package init(event: RecordedEvent, previous: [UInt8], hash: [UInt8]) {
        self.event = event
        self.previous = previous
        self.hash = hash
    }
}

/// A row of a table that stands beside the events and cannot be made from them.
package struct BesideRow: Hashable, Sendable {
    /// The table.
    package let table: String
    /// What the table knows it by.
    package let key: String
    /// Its columns as JSON; nil where there is no such row any more.
    package let row: [UInt8]?

    /// A row from its parts.
    package init(table: String, key: String, row: [UInt8]?) {
        self.table = table
        self.key = key
        self.row = row
    }
}

/// The end of the journal as the engine has it that acknowledges.
package struct AuthorityHead: Hashable, Sendable {
    /// Which journal it is, a number that was drawn when it began.
    package let journal: [UInt8]
    /// Its last event.
    package let head: JournalHead
    /// How many rows beside the events were written so far.
    package let beside: Int64

    /// A head from its parts.
    package init(journal: [UInt8], head: JournalHead, beside: Int64) {
        self.journal = journal
        self.head = head
        self.beside = beside
    }
}

/// The engine whose commit is the acknowledgement, where that is not the journal's own file: a server that several nodes share.
///
/// The file of a node then holds a copy of the events and the tables made from them, which it reads without asking anybody.
package protocol JournalAuthority: Sendable {
    /// Takes the one lock of the journal and begins a unit of work; nobody else appends until it ends.
    /// - Throws: `JournalError.unavailable` where the engine cannot be reached or the lock was not free in time,
    ///   `JournalError.deposed` where this node may not write any more.
    func begin() throws -> any AuthoritySession

    /// Begins to read one consistent state, without any lock.
    /// - Throws: `JournalError.unavailable`.
    func look() throws -> any AuthoritySession
}

/// One unit of work on the engine that acknowledges. It ends with `commit` or `end`.
package protocol AuthoritySession: EventStore {
    /// The end of the journal when this session began.
    var begun: AuthorityHead { get }

    /// Up to `limit` events after a position, with their links.
    func linked(after position: Int64, limit: Int) throws -> [LinkedEvent]

    /// Up to `limit` rows beside the events, each once, that were written after the row number `ordinal`.
    /// - Returns: the rows, and the number of the last.
    func beside(after ordinal: Int64, limit: Int) throws -> (rows: [BesideRow], last: Int64)

    /// Appends events that follow the head, as they are.
    func append(_ events: [LinkedEvent]) throws

    /// Writes rows beside the events.
    /// - Returns: the number of the last.
    func write(_ rows: [BesideRow]) throws -> Int64

    /// Commits; when this returns, what was appended is acknowledged.
    /// - Throws: `JournalError.unavailable` where it was certainly not done, `JournalError.unknownOutcome` where nobody can tell
    ///   at this moment.
    func commit() throws

    /// Ends the session; what was not committed is undone.
    func end()
}

/// A table beside the events that goes along to the other nodes.
package struct BesideTable: Sendable {
    let name: String
    let key: String
    let create: @Sendable (Database) throws -> Void

    /// A table.
    /// - Parameters:
    ///   - key: its column that tells rows apart, a text.
    ///   - create: makes it where it is missing.
    package init(_ name: String, key: String, create: @escaping @Sendable (Database) throws -> Void) {
        self.name = name
        self.key = key
        self.create = create
    }

    /// Those of the journal itself.
    static let ofJournal = [
        BesideTable("commandReceipt", key: "key") { _ in }, BesideTable("storeMark", key: "store") { _ in },
    ]
}
