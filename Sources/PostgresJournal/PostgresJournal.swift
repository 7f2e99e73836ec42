/// The journal on PostgreSQL: the engine whose commit is the acknowledgement, for nodes that each keep their own tables.
///
/// Decides: how events lie there, who may append, what is certain after a connection broke.
/// Refuses to know: what an event means, and how a hash is made: the bytes and hashes are `Journal`'s, the same as in its file.
///
/// - `PostgresSchema.swift` — the tables, which nobody can change but by appending.
/// - `PostgresAuthority` (this file) — connections, the one lock, the fence.
/// - `PostgresSession.swift` — one unit of work; `PostgresSession+Commit.swift` — its end, and what is certain of it.
/// - `PostgresLease.swift` — which node may write.
/// - `PostgresNews.swift` — hearing that something was appended.
import Journal
import Postgres
import Synchronization

/// The servers of one journal.
package final class PostgresAuthority: JournalAuthority {
    /// How long things may take.
    package struct Limits: Sendable {
        /// A statement, and the wait for the one lock.
        package var statement: Duration = .seconds(5)
        /// A commit, with its copy on the standby.
        package var commit: Duration = .seconds(10)
        /// One server's answer to a new connection.
        package var connecting: Duration = .seconds(3)
        /// Finding out what became of a commit whose answer did not come.
        package var findingOut: Duration = .seconds(20)

        /// The usual limits.
        package init() {}
    }

    let address: PostgresAddress
    let limits: Limits
    /// The fence under which this node writes; nil where any node may.
    let fence = Mutex<Int64?>(nil)
    /// A connection that nobody uses at this moment.
    private let resting = Mutex<PostgresLine?>(nil)

    /// The servers at an address; their tables are made where there are none.
    /// - Throws: `PostgresError.notAnAddress`; `JournalError.unavailable` where no server can be reached;
    ///   `PostgresSchemaError` where the database cannot hold a journal.
    package init(_ address: String, limits: Limits = Limits()) throws {
        self.address = try PostgresAddress(address)
        self.limits = limits
        try PostgresSchema.make(at: self.address, limits)
    }

    /// Where the servers are, without any password.
    package var name: String { address.description }

    /// See `JournalAuthority`.
    package func begin() throws -> any AuthoritySession {
        let session = try session("BEGIN", PostgresSession.lock)
        // Under the lock: whoever takes over holds it while the fence is raised.
        if let mine = fence.withLock({ $0 }), mine != session.fence {
            session.end()
            throw JournalError.deposed(by: try holder())
        }
        return session
    }

    /// See `JournalAuthority`.
    package func look() throws -> any AuthoritySession {
        try session("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", PostgresSession.read)
    }

    /// A connection that was used before may have ended meanwhile; nothing was done yet, so a new one is taken then.
    private func session(_ begin: String, _ head: String) throws -> PostgresSession {
        let kept = resting.withLock { resting in
            defer { resting = nil }
            return resting
        }
        if let kept, let session = session(on: kept, begin, head) { return session }
        return try PostgresSession(PostgresLine(try connect()), self, begin, head)
    }

    private func session(on line: PostgresLine, _ begin: String, _ head: String) -> PostgresSession? {
        do {
            return try PostgresSession(line, self, begin, head)
        } catch {
            return nil
        }
    }

    /// A new connection, set up for writing to the journal.
    func connect() throws(JournalError) -> PostgresConnection {
        do {
            var connection = try PostgresConnection(to: address, patience: limits.statement, each: limits.connecting)
            try connection.command(Self.settings(limits))
            return connection
        } catch {
            throw .unavailable(reason: "\(error)")
        }
    }

    /// Takes a connection back.
    func giveBack(_ line: PostgresLine) {
        if line.connection.isUsable { resting.withLock { $0 = line } }
    }

    /// The server ends by itself what a node leaves behind that is frozen or gone, and acknowledges nothing that is not on its disk.
    private static func settings(_ limits: Limits) -> String {
        """
        SET application_name = 'bailanys';
        SET lock_timeout = \(limits.statement.milliseconds * 9 / 10);
        SET idle_in_transaction_session_timeout = 15000;
        SET client_connection_check_interval = 2000;
        SELECT set_config('synchronous_commit', 'on', false)
          WHERE current_setting('synchronous_commit') IN ('off', 'local')
        """
    }
}

/// A connection that is handed from one unit of work to the next; it is used by whoever has it, and nobody else.
final class PostgresLine: @unchecked Sendable {
    var connection: PostgresConnection

    init(_ connection: consuming PostgresConnection) { self.connection = connection }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}
