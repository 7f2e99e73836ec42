/// The past: one append-only, hash-chained journal, and the tables derived from it.
///
/// Decides: the order of events, their links, what commits together, and what can be rebuilt.
/// Refuses to know: what any event means. Event payloads are canonical JSON bytes; `Casework` gives them types.
///
/// - `Event.swift` — what is kept of an event. `EventLink.swift` — how one event is chained to the one before.
/// - `EventStore.swift` — what any engine under the journal must do; `SQLiteEventStore.swift` does it.
/// - `Journal` (this file) — opens the store; `Journal+Transact.swift` — the only way to write.
/// - `CommitQueue.swift` — units of work that wait together share a commit.
/// - `Projection.swift` — tables that the journal keeps up to date; `Journal+Rebuild.swift` makes them anew.
/// - `Journal+Verify.swift`, `Journal+Transfer.swift` — proof of the chain, export and import.
/// - `ToldHead.swift` — what others were told of the journal, held against it.
import CSQLite
import GRDB
import Stores
import Synchronization
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
    private let failure = Mutex<String?>(nil)
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
    /// - Throws: `DatabaseError` when the file cannot be opened; `JournalError.newerSchema` when a later edition of
    ///   the program wrote it; what a projection throws when it cannot read an event.
    package init(path: String, projections: [any Projection], reading: @escaping Reading = { _ in nil }) throws {
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
        commits = CommitQueue(pool)
        try pool.settle(.durable)
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = -\(Self.restingCacheKibibytes)") }
        try JournalSchema.migrate(pool)
        try rebuildOutdated()
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
    package var failureReason: String? { failure.withLock { $0 } }

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

    func note(_ error: any Error) {
        guard let error = error as? DatabaseError else { return }
        let final: [ResultCode] = [.SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB]
        guard final.contains(error.resultCode.primaryResultCode) else { return }
        failure.withLock { $0 = $0 ?? "\(error)" }
    }
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
        case .cutOff(let position):
            "The export ends at position \(position) and not with the line that closes it: it was cut off, fetch it whole. Only an edition before December 2026 wrote exports without that line; take one in with --without-end."
        }
    }
}
