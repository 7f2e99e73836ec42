import Journal
import Postgres
import Synchronization

// Which node may write, where not all may: what lies beside the journal is on one node at a time.
extension PostgresAuthority {
    /// Takes the writing for a node, where nobody holds it or the one who did has let its time pass.
    ///
    /// The fence is raised under the lock of the head: what the former node has begun is done or undone by then, and what it begins
    /// later is refused.
    /// - Parameters:
    ///   - node: a name for people, by which the same node takes again what it held.
    ///   - time: how long it is held without being renewed.
    /// - Returns: nil where it was taken; otherwise who holds it.
    /// - Throws: `JournalError.unavailable`.
    package func takeLease(for node: String, time: Duration) throws -> String? {
        do {
            var connection = try connect()
            // Looked at without the lock first: who only waits for his turn holds up nobody.
            let found = try connection.run(
                "SELECT holder, until < clock_timestamp() OR holder = $1 FROM bailanys.lease", [.text(node)])
            guard try found.bool(0, 1) else { return try found.text(0, 0) }
            try connection.command("BEGIN")
            try connection.run(PostgresSession.lock)
            let free = try connection.run(
                "SELECT holder, until < clock_timestamp() OR holder = $1 FROM bailanys.lease FOR UPDATE", [.text(node)])
            guard try free.bool(0, 1) else {
                let holder = try free.text(0, 0)
                try connection.command("ROLLBACK")
                return holder
            }
            let raised = try connection.run("UPDATE bailanys.head SET fence = fence + 1 RETURNING fence").int(0, 0)
            try connection.run(
                """
                UPDATE bailanys.lease
                SET fence = $1, holder = $2, until = clock_timestamp() + $3 * interval '1 millisecond'
                """, [.int(raised), .text(node), .int(Int64(time.milliseconds))])
            guard try connection.command("COMMIT", within: limits.commit) == "COMMIT" else {
                throw JournalError.unavailable(reason: "the server undid the taking over")
            }
            fence.withLock { $0 = raised }
            return nil
        } catch let error as PostgresError {
            throw JournalError.unavailable(reason: "\(error)")
        }
    }

    /// Holds on to the writing for some more time.
    /// - Throws: `JournalError.deposed` where another node has taken it; `JournalError.unavailable`.
    package func renewLease(time: Duration) throws {
        guard let mine = fence.withLock({ $0 }) else { return }
        do {
            var connection = try connect()
            let isHeld = try connection.run(
                """
                UPDATE bailanys.lease SET until = clock_timestamp() + $2 * interval '1 millisecond' WHERE fence = $1
                """, [.int(mine), .int(Int64(time.milliseconds))]
            ).changed
            guard isHeld == 1 else { throw JournalError.deposed(by: try holder()) }
        } catch let error as PostgresError {
            throw JournalError.unavailable(reason: "\(error)")
        }
    }

    /// Gives the writing up, so that another node need not wait.
    /// - Throws: `JournalError.unavailable`.
    package func releaseLease() throws {
        guard let mine = fence.withLock({ $0 }) else { return }
        do {
            var connection = try connect()
            try connection.run("UPDATE bailanys.lease SET until = '-infinity' WHERE fence = $1", [.int(mine)])
        } catch let error as PostgresError {
            throw JournalError.unavailable(reason: "\(error)")
        }
    }

    /// Which node holds the writing.
    /// - Throws: `JournalError.unavailable`.
    package func holder() throws -> String {
        do {
            var connection = try connect()
            return try connection.run("SELECT holder FROM bailanys.lease").text(0, 0)
        } catch let error as PostgresError {
            throw JournalError.unavailable(reason: "\(error)")
        }
    }
}

extension PostgresAuthority {
    /// How many standbys must confirm a commit, or may have to, before it is acknowledged.
    /// - Throws: `JournalError.unavailable`.
    package func standbys() throws -> Int {
        do {
            var connection = try connect()
            return Int(
                try connection.run(
                    "SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum', 'potential')"
                ).int(0, 0))
        } catch let error as PostgresError {
            throw JournalError.unavailable(reason: "\(error)")
        }
    }
}
