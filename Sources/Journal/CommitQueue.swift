import GRDB
import Synchronization

/// Units of work that wait for the writer at the same time share its next commit, and so its one `fsync`.
///
/// ```
///  A  B  C   wait while the disk confirms an earlier commit
///  └──┴──┴─► BEGIN · A in a savepoint · B in a savepoint · C in a savepoint · COMMIT ──► A, B, C are told
/// ```
///
/// A unit that is refused undoes its own savepoint and nothing else. Nobody is told of success before the shared commit; where
/// that fails, it has failed for all.
final class CommitQueue: Sendable {
    /// One unit of work.
    struct Unit: Sendable {
        /// Does it in a savepoint of the shared transaction.
        let work: @Sendable (Database) -> Ending
        /// Tells the caller that it could not even begin.
        let refuse: @Sendable (any Error) -> Void
    }

    /// How a unit ended inside the transaction, and whom to tell.
    struct Ending {
        /// Why the unit was undone; nil where it waits for the commit.
        let error: (any Error)?
        /// What must have been done before the commit, by name: the same of several units is done once.
        var conditions: [String: @Sendable () throws -> Void] = [:]
        /// Tells the caller; the error is that of the commit.
        let tell: ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Unit] = []
        /// Whether the writer has been asked for.
        var isAsked = false
    }

    private let state = Mutex(State())
    private let pool: DatabasePool
    private let writing: JournalWriting

    /// How many units share a commit at most: the first waits for the last.
    static let most = 32

    /// A queue for the writer of a pool.
    init(_ pool: DatabasePool, _ writing: JournalWriting) {
        self.pool = pool
        self.writing = writing
    }

    /// Adds a unit of work; it is done in the order of asking.
    func add(_ unit: Unit) {
        let mustAsk = state.withLock { state in
            state.waiting.append(unit)
            defer { state.isAsked = true }
            return !state.isAsked
        }
        if mustAsk { ask() }
    }

    /// How many wait that the writer has not begun with.
    var count: Int { state.withLock { $0.waiting.count } }

    private func ask() { pool.asyncWriteWithoutTransaction { [self] db in commit(in: db) } }

    /// Does what waits in one transaction.
    private func commit(in db: Database) {
        var units = state.withLock { state in
            defer { state = State() }
            return state.waiting[...]
        }
        var endings: [Ending] = []
        var failure: (any Error)?
        do {
            try writing.transaction(in: db) { _ in
                while endings.count < Self.most, let unit = units.popFirst() {
                    let ending = unit.work(db)
                    endings.append(ending)
                    // A full disk, for one, undoes the transaction and with it what was done before.
                    if let error = ending.error, !db.isInsideTransaction { throw error }
                }
                try Self.meet(endings.map(\.conditions))
            }
        } catch {
            failure = error
            // The transaction did not even begin: what waits would not get any further.
            if endings.isEmpty { while let unit = units.popFirst() { unit.refuse(error) } }
        }
        giveBack(units)
        for ending in endings { ending.tell(failure) }
    }

    /// Does what must have been done before a commit, each thing once.
    static func meet(_ conditions: [[String: @Sendable () throws -> Void]]) throws {
        let all = conditions.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        for condition in all.values { try condition() }
    }

    /// What was not reached comes first the next time.
    private func giveBack(_ units: ArraySlice<Unit>) {
        if units.isEmpty { return }
        let mustAsk = state.withLock { state in
            state.waiting.insert(contentsOf: units, at: 0)
            defer { state.isAsked = true }
            return !state.isAsked
        }
        if mustAsk { ask() }
    }
}
