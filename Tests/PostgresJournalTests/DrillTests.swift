import Foundation
import GRDB
import Journal
import Postgres
import PostgresJournal
import PostgresSupport
import Synchronization
import TestSupport
import Testing

/// Writers keep a list of what was acknowledged while their server is broken in every way that can be done from outside.
/// `BAILANYS_DRILL_FAULTS` sets how many times.
@Suite("A drill of faults", .serialized, .timeLimit(.minutes(60)))
struct DrillTests {
    private static let faults = ProcessInfo.processInfo.environment["BAILANYS_DRILL_FAULTS"].flatMap { Int($0) } ?? 12

    /// What the writers have seen.
    private struct Seen {
        var acknowledged: [String: Int64] = [:]
        var isDoubtful: Set<String> = []
        var unknown = 0
        var isOver = false
        var wrong: [String] = []
    }

    private func limits() -> PostgresAuthority.Limits {
        var limits = PostgresAuthority.Limits()
        limits.statement = .seconds(2)
        limits.commit = .seconds(2)
        limits.connecting = .seconds(2)
        limits.findingOut = .seconds(4)
        return limits
    }

    /// One writer: each command with a key of its own, given again until it is acknowledged.
    private func write(_ writer: Int, to nodes: [Node], _ seen: borrowing Mutex<Seen>) {
        var number = 0
        while !seen.withLock({ $0.isOver }) {
            number += 1
            let stream = "w\(writer)/\(number)"
            while true {
                do {
                    // A command that comes again may come to the other node.
                    let position = try nodes[Int.random(in: nodes.indices)].append(
                        to: stream, expecting: 0, key: stream)
                    seen.withLock { seen in
                        seen.acknowledged[stream] = position
                        seen.isDoubtful.remove(stream)
                    }
                    break
                } catch JournalError.unavailable {
                    // It may be asked again.
                } catch JournalError.unknownOutcome {
                    seen.withLock { seen in
                        seen.unknown += 1
                        seen.isDoubtful.insert(stream)
                    }
                } catch {
                    seen.withLock { $0.wrong.append("\(stream): \(error)") }
                    return
                }
                if seen.withLock({ $0.isOver }) { return }
                usleep(20_000)
            }
        }
    }

    /// The processes of the server that serve the nodes.
    private func backends(at address: String) throws -> [pid_t] {
        var connection = try PostgresConnection(to: try PostgresAddress(address))
        let rows = try connection.run(
            """
            SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
            """)
        return try (0..<rows.count).map { pid_t(try rows.int($0, 0)) }
    }

    private func fault(_ kind: Int, at address: String) throws {
        let processes = try backends(at: address)
        switch kind {
        case 0:
            // The connections are ended.
            for process in processes { kill(process, SIGTERM) }
        case 1:
            // They are frozen, for less or for more than a statement may take.
            for process in processes { kill(process, SIGSTOP) }
            usleep(UInt32.random(in: 100_000...3_000_000))
            for process in processes { kill(process, SIGCONT) }
        default:
            // One is killed: the server throws all out and recovers from its log, as after a loss of power.
            if let process = processes.randomElement() { kill(process, SIGKILL) }
        }
    }

    @Test(
        "Nothing that was acknowledged is lost, moved or there twice, and each node's tables are what a rebuild makes")
    func faults() throws {
        let server = try PostgresServer()
        let address = try server.database()
        let nodes = [try Node(address, limits: limits()), try Node(address, limits: limits())]
        let group = DispatchGroup()
        let box = Box()
        for writer in 0..<4 {
            group.enter()
            Thread {
                write(writer, to: nodes, box.seen)
                group.leave()
            }.start()
        }
        var done = 0
        while done < Self.faults {
            usleep(UInt32.random(in: 100_000...700_000))
            do {
                try fault(done % 3, at: address)
                done += 1
            } catch is PostgresError {
                // It is not up again yet.
            }
        }
        // The last fault may be a loss of power: the server is waited for, and then written to for a while.
        let deadline = ContinuousClock.now.advanced(by: .seconds(60))
        while ContinuousClock.now < deadline {
            do {
                for node in nodes { try node.catchUp() }
                break
            } catch JournalError.unavailable { usleep(200_000) }
        }
        sleep(1)
        box.seen.withLock { $0.isOver = true }
        group.wait()
        let found = box.seen.withLock { $0 }
        #expect(found.wrong.isEmpty, "\(found.wrong)")
        #expect(found.acknowledged.count > Self.faults)
        for node in nodes { try node.catchUp() }
        let verification = try #require(try nodes[0].journal.verifyAuthority())
        #expect(verification.firstBad == nil)
        #expect(try nodes[0].journal.head() == nodes[1].journal.head())
        let there = try nodes[0].journal.readNow { db in
            try Row.fetchAll(db, sql: "SELECT stream, position FROM event").map { ($0[0] as String, $0[1] as Int64) }
        }
        let positions = Dictionary(grouping: there, by: \.0)
        #expect(positions.allSatisfy { $0.value.count == 1 })
        for (stream, position) in found.acknowledged {
            #expect(positions[stream]?.first?.1 == position, "\(stream) was acknowledged at \(position)")
        }
        // What is there and was not acknowledged is what nobody could tell.
        #expect(Set(positions.keys).subtracting(found.acknowledged.keys).isSubset(of: found.isDoubtful))
        let contents = try nodes[0].journal.projectionContents()
        #expect(try nodes[1].journal.projectionContents() == contents)
        for node in nodes {
            try node.journal.rebuild()
            #expect(try node.journal.projectionContents() == contents)
        }
        print(
            "drill: \(Self.faults) faults, \(found.acknowledged.count) acknowledged, 0 lost; \(found.unknown) times nobody could tell at once"
        )
    }

    private final class Box: Sendable {
        let seen = Mutex(Seen())
    }
}
