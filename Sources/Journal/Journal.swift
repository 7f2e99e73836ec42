/// The past: one append-only, hash-chained journal, and the tables derived from it.
///
/// Decides: the order of events, their links, what commits together, and what can be rebuilt.
/// Refuses to know: what any event means. Event payloads are canonical JSON bytes; `Casework` gives them types.
///
/// - `Event.swift` — what is kept of an event. `EventLink.swift` — how one event is chained to the one before.
/// - `EventStore.swift` — what any engine under the journal must do; `SQLiteEventStore.swift` does it.
/// - `JournalAuthority.swift` — an engine elsewhere whose commit is the acknowledgement; `JournalWriting.swift` commits there
///   first, `JournalFollowing.swift` brings the file up to it.
/// - `Journal` (this file) — opens the store; `Journal+Transact.swift` — the only way to write.
/// - `CommitQueue.swift` — units of work that wait together share a commit.
/// - `Projection.swift` — tables that the journal keeps up to date; `Journal+Rebuild.swift` makes them anew.
/// - `Journal+Verify.swift`, `Journal+Transfer.swift` — proof of the chain, export and import.
/// - `ToldHead.swift` — what others were told of the journal, held against it.
import CSQLite
import GRDB
import Stores
import WorkingDays

/// The journal of one contact centre in one SQLite file, together with its projections.
///
/// Exactly one connection writes, commits and checkpoints (Debian 12's SQLite can lose pages when two do); all others
/// only read. Commits are durable: `synchronous=FULL` is set after opening, because GRDB's pool resets it to NORMAL.
package final class Journal: Sendable {
    let pool: DatabasePool
    let projections: [any Projection]
    let commits: CommitQueue
    /// Gives an event its type; each event is then read once in a rebuild, not once for each projection.
    let reading: Reading

    /// Gives the typed value of an event, or nil where it has none.
    package typealias Reading = @Sendable (RecordedEvent) throws -> (any Sendable)?
    let writing: JournalWriting
    let failure = JournalFailure()
    /// The most memory that the writing connection keeps pages in while much is written at once.
    package static let cacheKibibytes = 16_000
    /// The most that it keeps them in otherwise.
    static let restingCacheKibibytes = 4_000

    /// Makes SQLite stop counting its memory, once in a process and where nothing has opened a database yet (later it
    /// refuses, which does no harm): the lock of the counter held up readers of other connections.
    private static let forgetsMemoryStatistics: Void = { _ = shim_sqlite_forget_memory_statistics() }()

    /// Opens the journal at `path`, creating it and its tables when they are missing.
    ///
    /// A projection that is new, or whose version has changed, is rebuilt from the events before this returns.
    /// - Parameters:
    ///   - authority: the engine whose commit is the acknowledgement; nil where the file is the journal itself.
    ///   - beside: tables beside the events that go along to it; those of the journal itself always do.
    ///   - catchesUp: whether the file is brought up to that engine; not where it is to leave its timeline.
    /// - Throws: `DatabaseError` when the file cannot be opened; `JournalError.newerSchema` when a later edition of
    ///   the program wrote it; what a projection throws when it cannot read an event; `JournalError.follower` where the file
    ///   follows an engine and none is given; what `catchUp` throws.
    package init(
        path: String, projections: [any Projection], authority: (any JournalAuthority)? = nil,
        beside: [BesideTable] = [], catchesUp: Bool = true,
        reading: @escaping Reading = { _ in nil }
    ) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 5
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA mmap_size = 0")
            db.add(collation: .kazakh)
        }
        Self.forgetsMemoryStatistics
        pool = try DatabasePool(path: path, configuration: configuration)
        self.projections = projections
        self.reading = reading
        writing = JournalWriting(
            authority: authority,
            following: JournalFollowing(
                projections: projections, reading: reading, beside: BesideTable.ofJournal + beside),
            failure: failure)
        commits = CommitQueue(pool, writing)
        // What another engine has acknowledged need not be waited for a second time: the file catches up.
        try pool.settle(authority == nil ? .durable : .forgetful)
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = -\(Self.restingCacheKibibytes)") }
        try JournalSchema.migrate(pool)
        try rebuildOutdated()
        try join(catchesUp)
    }

    /// Gives the writing connection room for as long as much is written at once, an import or a rebuild.
    ///
    /// Without it the pages of one batch are written, read and written again.
    package func withRoom<Value>(_ body: () throws -> Value) throws -> Value {
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = -\(Self.cacheKibibytes)") }
        let result = Result { try body() }
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA cache_size = -\(Self.restingCacheKibibytes); PRAGMA shrink_memory")
        }
        return try result.get()
    }

    /// Closes all connections; all that was committed is in the one file then.
    package func close() throws { try pool.closeWhole() }

    /// The last event's position and hash; position 0 where there is none yet.
    package func head() throws -> JournalHead { try pool.read { db in try SQLiteEventStore(db: db).head() } }

    /// When the last event was recorded, by the clock of then; nil where there is none.
    package func lastRecordedAt() throws -> Moment? {
        try pool.read { db in
            let position = try SQLiteEventStore(db: db).head().position
            return try SQLiteEventStore(db: db).events(after: position - 1, limit: 1).first?.recordedAt
        }
    }

    /// Reads projections and events in one consistent snapshot, off the cooperative pool.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await pool.read(body)
    }

    /// Reads in one consistent snapshot and blocks the calling thread; for the command line, start-up and tests.
    package func readNow<Value>(_ body: (Database) throws -> Value) throws -> Value { try pool.read(body) }

    /// Why nothing can be written any more, or nil while all is well.
    ///
    /// Set by an input/output error of the disk; the program then answers that it is not ready and is restarted.
    package var failureReason: String? { failure.reason }

    /// The version of SQLite in use, and a warning when it can lose pages under two writers.
    package func engine() throws -> (version: String, warning: String?) {
        let version = try pool.read { db in try String.fetchOne(db, sql: "SELECT sqlite_version()") } ?? "?"
        let parts = version.split(separator: ".").compactMap { Int($0) }
        let isAffected = parts.lexicographicallyPrecedes([3, 51, 3])
        let warning =
            isAffected
            ? "SQLite \(version) can lose committed pages when two connections write and checkpoint at once (mended in 3.51.3); Bailanys keeps to one writing connection."
            : nil
        return (version, warning)
    }

    func refuseAfterFailure() throws {
        if let reason = failureReason { throw JournalError.stopped(reason: reason) }
    }

    func note(_ error: any Error) { failure.note(error) }
}

/// Why the journal did not do what was asked.
package enum JournalError: Error, Equatable, CustomStringConvertible {
    /// Another command changed the stream first.
    case conflict(stream: StreamID, expected: Int)
    /// A command key was used before for another command.
    case keyReused(String)
    /// The disk failed; nothing more is written until the program starts again.
    case stopped(reason: String)
    /// The file was written by a later edition of the program.
    case newerSchema
    /// A line of an import does not continue the chain.
    case brokenChain(position: Int64, reason: String)
    /// An import into a journal that has events already.
    case notEmpty
    /// An export that ends without its closing line, or whose closing line tells of other events.
    case cutOff(position: Int64)
    /// The engine that acknowledges did not do it: nothing was recorded.
    case unavailable(reason: String)
    /// Nobody can tell at this moment whether the engine that acknowledges has recorded it.
    case unknownOutcome(reason: String)
    /// The last event of this node is not in the journal that its server has: another timeline won.
    case otherTimeline(position: Int64)
    /// This data folder follows another journal than the one of the server.
    case otherJournal
    /// This data folder follows a journal on a server, and was opened as if it were the journal itself.
    case follower
    /// Another node has taken over the writing.
    case deposed(by: String)

    /// Whether it is over when the server of the journal is there again: nothing here is wrong.
    package var isPassing: Bool {
        switch self {
        case .unavailable, .unknownOutcome: true
        default: false
        }
    }

    package var description: String {
        switch self {
        case .conflict(let stream, let expected):
            "“\(stream)” has changed since version \(expected) was read: look at it again and repeat what is still needed."
        case .keyReused(let key):
            "The idempotency key “\(key)” belongs to another command: use a new key for a new command."
        case .stopped(let reason):
            "The journal stopped writing after a disk error (\(reason)): check the disk, then restart the server."
        case .newerSchema:
            "This data folder was written by a later edition of Bailanys: run that edition, or restore a backup."
        case .brokenChain(let position, let reason):
            "The journal is broken at position \(position): \(reason)."
        case .notEmpty:
            "This journal has events already: import into a new, empty data folder."
        case .unavailable(let reason):
            "The journal's server did not take it, and nothing was recorded (\(reason)): try again in a moment."
        case .unknownOutcome(let reason):
            "The journal's server broke off while it recorded this, and cannot say yet whether it has (\(reason)): look whether it is there before it is done again; with the same idempotency key it is done once in any case."
        case .otherTimeline(let position):
            "Event \(position) of this node is not in the journal of its server: another timeline won, and nothing more is recorded here. “bailanys journal rejoin FILE” keeps what is only here in a file, goes back to the last common event and follows again."
        case .otherJournal:
            "This data folder follows another journal than the one that “journal” in its settings names: name the right one, or begin with an empty folder."
        case .follower:
            "This data folder follows a journal on a PostgreSQL server, and “journal” in its settings names none: name it again. To go back to a journal in a file, export it and import it into a new folder."
        case .deposed(let node):
            "Another node records now (\(node)): this one has stopped, so that nothing is done twice."
        case .cutOff(let position):
            "The export ends at position \(position) and not with the line that closes it: it was cut off, fetch it whole. Only an edition before December 2026 wrote exports without that line; take one in with --without-end."
        }
    }
}
