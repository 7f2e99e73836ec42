import Foundation
import GRDB
import Journal
import PostgresJournal
import PostgresSupport
import TestSupport
import Testing

@Suite("What breaks between a node and its server", .timeLimit(.minutes(20)))
struct FaultTests {
    /// Makes each commit that appends take a while on the server, and then do or undo it.
    private func delayCommits(_ seconds: Double, failing: Bool = false, at address: String) throws {
        try Node.command(
            """
            CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS $$
              BEGIN PERFORM pg_sleep(\(seconds)); \(failing ? "RAISE EXCEPTION 'undone';" : "") RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER late AFTER INSERT ON bailanys.event
              DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION late();
            """, at: address)
    }

    private func impatient(findingOut: Duration = .seconds(20)) -> PostgresAuthority.Limits {
        var limits = PostgresAuthority.Limits()
        limits.commit = .milliseconds(150)
        limits.findingOut = findingOut
        return limits
    }

    @Test("A commit whose answer does not come in time is found to have been done")
    func doneAllTheSame() throws {
        let address = try PostgresServer.shared().database()
        let node = try Node(address, limits: impatient())
        try delayCommits(1, at: address)
        #expect(try node.append(to: "x/1", expecting: 0) == 1)
        #expect(try Node.count(at: address) == 1)
        #expect(try node.journal.projectionContents().count == 1)
    }

    @Test("A commit whose answer does not come in time is found to have been undone")
    func undone() throws {
        let address = try PostgresServer.shared().database()
        let node = try Node(address, limits: impatient())
        try delayCommits(1, failing: true, at: address)
        let error = #expect(throws: JournalError.self) { try node.append(to: "x/1", expecting: 0) }
        guard case .unavailable? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try Node.count(at: address) == 0)
        #expect(try node.journal.head() == .empty)
        #expect(try node.journal.projectionContents().isEmpty)
    }

    @Test("Where nobody can tell, success is not claimed; the node comes up to what was done, and the key finds it")
    func unknown() throws {
        let address = try PostgresServer.shared().database()
        var limits = impatient(findingOut: .milliseconds(50))
        limits.statement = .milliseconds(400)
        let node = try Node(address, limits: limits)
        // Shorter than the server needs to see that nobody waits any more.
        try delayCommits(1.5, at: address)
        let error = #expect(throws: JournalError.self) { try node.append(to: "x/1", expecting: 0, key: "k") }
        guard case .unknownOutcome? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try node.journal.head() == .empty)
        Thread.sleep(forTimeInterval: 2)
        // Done after all; the same command again, here or elsewhere, is answered and not done twice.
        let other = try Node(address)
        #expect(try other.append(to: "x/1", expecting: 0, key: "k") == 1)
        #expect(try Node.count(at: address) == 1)
        try node.catchUp()
        #expect(try node.journal.head().position == 1)
    }

    @Test("A node that dies between the two commits is up to its server when it opens, with each event once")
    func diesBetween() throws {
        let address = try PostgresServer.shared().database()
        let folder = TemporaryFolder()
        do {
            let node = try Node(address, in: folder) {
                FaultyAuthority($0) { session in
                    try session.commit()
                    throw FaultyAuthority.Dead()
                }
            }
            #expect(throws: FaultyAuthority.Dead.self) { try node.append(to: "x/1", expecting: 0, key: "k") }
            #expect(try node.journal.head() == .empty)
        }
        #expect(try Node.count(at: address) == 1)
        let again = try Node(address, in: folder)
        #expect(try again.journal.head().position == 1)
        #expect(try again.append(to: "x/1", expecting: 9, key: "k") == 1)
        #expect(try Node.count(at: address) == 1)
        let contents = try again.journal.projectionContents()
        try again.journal.rebuild()
        #expect(try again.journal.projectionContents() == contents)
    }

    @Test("A node that dies before the commit on the server has recorded nothing anywhere")
    func diesBefore() throws {
        let address = try PostgresServer.shared().database()
        let node = try Node(address) { FaultyAuthority($0) { _ in throw FaultyAuthority.Dead() } }
        #expect(throws: FaultyAuthority.Dead.self) { try node.append(to: "x/1", expecting: 0) }
        #expect(try Node.count(at: address) == 0)
        let other = try Node(address)
        #expect(try other.append(to: "x/1", expecting: 0) == 1)
    }

    @Test("A connection that the server ends while a unit is under way undoes it; the next unit goes on")
    func connectionEnds() throws {
        let address = try PostgresServer.shared().database()
        let node = try Node(address)
        let error = #expect(throws: JournalError.self) {
            _ = try node.journal.transactNow(by: Node.actor, at: Node.noon) { transaction in
                try transaction.append([Node.event("n")], to: StreamID("x/1"), expecting: 0)
                try Node.command(
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """, at: address)
                Thread.sleep(forTimeInterval: 0.2)
                return true
            }
        }
        guard case .unavailable? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try Node.count(at: address) == 0)
        #expect(try node.journal.head() == .empty)
        #expect(try node.append(to: "x/1", expecting: 0) == 1)
    }

    @Test("While another holds the lock for too long a command is refused in time, and is recorded later")
    func lockHeld() throws {
        let address = try PostgresServer.shared().database()
        var limits = PostgresAuthority.Limits()
        limits.statement = .milliseconds(300)
        let node = try Node(address, limits: limits)
        let holder = try node.authority.begin()
        let start = ContinuousClock.now
        let error = #expect(throws: JournalError.self) { try node.append(to: "x/1", expecting: 0) }
        #expect(start.duration(to: .now) < .seconds(10))
        guard case .unavailable? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        holder.end()
        #expect(try node.append(to: "x/1", expecting: 0) == 1)
    }

    @Test("A node without its server reads on, refuses to write, and goes on when the server is back")
    func serverGone() throws {
        let server = try PostgresServer()
        let node = try Node(server.database())
        try node.append(to: "x/1", expecting: 0)
        let number = try server.processNumber()
        let start = ContinuousClock.now
        kill(number, SIGSTOP)
        // Every process of the server is frozen; the machine answers, the server does not.
        let children = try String(contentsOfFile: "/proc/\(number)/task/\(number)/children", encoding: .utf8)
            .split(separator: " ").compactMap { pid_t($0) }
        for child in children { kill(child, SIGSTOP) }
        #expect(throws: JournalError.self) { try node.append(to: "x/1", expecting: 1) }
        #expect(start.duration(to: .now) < .seconds(30))
        #expect(try node.journal.readNow { try SQLiteEventStore(db: $0).events(of: StreamID("x/1")).count } == 1)
        #expect(node.journal.failureReason == nil)
        for child in children + [number] { kill(child, SIGCONT) }
        Thread.sleep(forTimeInterval: 1)
        #expect(try node.append(to: "x/1", expecting: 1) == 2)
    }

    @Test("Where another timeline won the node stops and says so, and rejoins with what is only its own kept")
    func otherTimeline() throws {
        let address = try PostgresServer.shared().database()
        let node = try Node(address), winner = try Node(address)
        for version in 0..<6 { try node.append("n\(version)", to: "x/1", expecting: version, key: "k\(version)") }
        // The server comes back without its last two events, as after a failover to a standby that had not got them.
        try Node.command(
            """
            ALTER TABLE bailanys.event DISABLE TRIGGER USER;
            DELETE FROM bailanys.event WHERE position > 4;
            DELETE FROM bailanys.beside WHERE key IN ('k4', 'k5');
            UPDATE bailanys.head SET position = 4, hash = (SELECT hash FROM bailanys.event WHERE position = 4);
            ALTER TABLE bailanys.event ENABLE TRIGGER USER;
            """, at: address)
        for version in 4..<8 { try winner.append("other\(version)", to: "x/1", expecting: version) }
        #expect(throws: JournalError.otherTimeline(position: 6)) { try node.append(to: "x/2", expecting: 0) }
        #expect(node.journal.failureReason?.contains("another timeline won") == true)
        // It has stopped, and stays so.
        #expect(throws: JournalError.self) { try node.append(to: "x/2", expecting: 0) }
        var lost: [String] = []
        #expect(try node.journal.leaveTimeline { lost.append(String(decoding: $0, as: UTF8.self)) } == 4)
        #expect(lost.count == 2)
        #expect(lost.first?.contains(#""name":"n4""#) == true)
        #expect(try node.journal.head() == winner.journal.head())
        #expect(try node.journal.verify().firstBad == nil)
        #expect(try node.journal.projectionContents() == winner.journal.projectionContents())
        #expect(throws: DatabaseError.self) {
            _ = try node.journal.transactNow(by: Node.actor, at: Node.noon) {
                try $0.db.execute(sql: "DELETE FROM event")
                return true
            }
        }
        // What was lost may be done again.
        #expect(try node.append(to: "x/2", expecting: 0, key: "k5") == 9)
    }
}
