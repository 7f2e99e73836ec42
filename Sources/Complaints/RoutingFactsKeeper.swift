import GRDB
import Journal
import Registry
import Synchronization

/// What the routing of complaints must know of the registry, read once for each state of the registry.
///
/// Some 450 bodies and 420 services: read inside every registration, they held the one writer for milliseconds. Only what a
/// snapshot of readers has seen is kept, never what a transaction has seen that may still be rolled back.
package final class RoutingFactsKeeper: Sendable {
    private struct Known {
        var position: Int64 = -1
        var facts: RoutingFacts?
        /// Whether a transaction had to read for itself.
        var isStale = true
    }

    private let known = Mutex(Known())
    private let read: @Sendable (Database) throws -> RoutingFacts

    /// A keeper that has read nothing yet.
    /// - Parameter read: how the facts are read; a test may count it.
    package init(read: @escaping @Sendable (Database) throws -> RoutingFacts = { try RoutingFacts(registry: $0) }) {
        self.read = read
    }

    /// The facts as `db` sees them, inside a transaction or in a snapshot of readers.
    package func facts(in db: Database) throws -> RoutingFacts {
        let position = try Registry.position(in: db)
        if let facts = known.withLock({ $0.position == position ? $0.facts : nil }) { return facts }
        let facts = try read(db)
        let isCommitted = db.configuration.readonly
        known.withLock {
            if isCommitted { $0 = Known(position: position, facts: facts, isStale: false) } else { $0.isStale = true }
        }
        return facts
    }

    /// Makes up for what a transaction did not find; called before one, off the cooperative pool.
    package func refresh(from journal: Journal) async throws {
        guard known.withLock({ $0.isStale }) else { return }
        _ = try await journal.read { [self] in try facts(in: $0) }
    }
}
