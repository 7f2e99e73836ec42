import Foundation
import Journal
import PostgresJournal
import PostgresSupport
import Synchronization
import TestSupport
import Testing

@Suite("Which node writes, and how others follow", .timeLimit(.minutes(20)))
struct LeaseTests {
    @Test("One node holds the writing; another takes it when its time is past, and the former is refused")
    func fence() throws {
        let address = try PostgresServer.shared().database()
        let first = try Node(address), second = try Node(address)
        #expect(try first.authority.takeLease(for: "one", time: .milliseconds(400)) == nil)
        #expect(try second.authority.takeLease(for: "two", time: .seconds(60)) == "one")
        try first.append(to: "x/1", expecting: 0)
        Thread.sleep(forTimeInterval: 0.2)
        try first.authority.renewLease(time: .milliseconds(400))
        Thread.sleep(forTimeInterval: 0.3)
        #expect(try second.authority.takeLease(for: "two", time: .seconds(60)) == "one")
        Thread.sleep(forTimeInterval: 0.3)
        #expect(try second.authority.takeLease(for: "two", time: .seconds(60)) == nil)
        // It does not know yet, and is refused all the same; then it has stopped.
        #expect(throws: JournalError.deposed(by: "two")) { try first.append(to: "x/1", expecting: 1) }
        #expect(throws: JournalError.deposed(by: "two")) { try first.authority.renewLease(time: .seconds(1)) }
        #expect(first.journal.failureReason != nil)
        #expect(try second.append(to: "x/1", expecting: 1) == 2)
        // Given up in order, nobody waits.
        try second.authority.releaseLease()
        let third = try Node(address)
        #expect(try third.authority.takeLease(for: "three", time: .seconds(60)) == nil)
    }

    @Test("Who takes over waits for what the former has begun, and decides on it")
    func underWay() async throws {
        let address = try PostgresServer.shared().database()
        let first = try Node(address), second = try Node(address)
        #expect(try first.authority.takeLease(for: "one", time: .milliseconds(1)) == nil)
        let taken = Mutex(false)
        let journal = first.journal, authority = second.authority
        let begun = DispatchSemaphore(value: 0)
        let taking = Thread {
            begun.wait()
            do {
                #expect(try authority.takeLease(for: "two", time: .seconds(60)) == nil)
            } catch { Issue.record("\(error)") }
            taken.withLock { $0 = true }
        }
        taking.start()
        _ = try journal.transactNow(by: Node.actor, at: Node.noon) { transaction in
            begun.signal()
            Thread.sleep(forTimeInterval: 0.5)
            #expect(!taken.withLock { $0 })
            try transaction.append([Node.event("n")], to: StreamID("x/1"), expecting: 0)
            return true
        }
        while !taken.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(20)) }
        #expect(try second.append(to: "x/1", expecting: 1) == 2)
    }

    @Test("A follower hears of what is appended, and goes on after its connections were ended")
    func follows() async throws {
        let address = try PostgresServer.shared().database()
        let writer = try Node(address), follower = try Node(address)
        let isOver = Mutex(false)
        let journal = follower.journal, authority = follower.authority
        let ended = Mutex<String?>(nil)
        Thread {
            do {
                try journal.follow(authority, every: .seconds(5)) { isOver.withLock { $0 } }
                ended.withLock { $0 = "in order" }
            } catch { ended.withLock { $0 = "\(error)" } }
        }.start()
        func comes(_ position: Int64) async throws -> Bool {
            let deadline = ContinuousClock.now.advanced(by: .seconds(20))
            while try journal.head().position < position {
                if ContinuousClock.now > deadline { return false }
                try await Task.sleep(for: .milliseconds(2))
            }
            return true
        }
        for version in 0..<3 {
            try writer.append(to: "x/1", expecting: version)
            #expect(try await comes(Int64(version + 1)))
        }
        try Node.command(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """, at: address)
        try writer.append(to: "x/1", expecting: 3)
        #expect(try await comes(4))
        #expect(try journal.projectionContents() == writer.journal.projectionContents())
        isOver.withLock { $0 = true }
        try writer.append(to: "x/1", expecting: 4)
        let deadline = ContinuousClock.now.advanced(by: .seconds(20))
        while ended.withLock({ $0 }) == nil, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(ended.withLock { $0 } == "in order")
    }
}
