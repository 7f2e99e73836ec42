import Dispatch
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing
import WorkingDays

@testable import Journal

@Suite("Units of work that wait together", .timeLimit(.minutes(60)))
struct CommitQueueTests {
    private struct Refused: Error, Equatable { let number: Int }

    /// Has units asked for while the writer is busy, so that they all wait when it is free; what came of each, in order.
    private func together(
        _ count: Int, in test: TestJournal, keys: [Int: String] = [:],
        _ body: @escaping @Sendable (Int, JournalTransaction) throws -> Int
    ) async throws -> [Result<Int, any Error>] {
        let (begun, release) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
        let journal = test.journal
        let busy = Task {
            try await journal.transact(by: TestJournal.actor, at: TestJournal.noon) { _ in
                begun.continuation.finish()
                release.wait()
                return 0
            }
        }
        for await _ in begun.stream {}
        var tasks: [Task<Int, any Error>] = []
        for number in 0..<count {
            let key = keys[number].map { CommandKey($0, content: []) }
            tasks.append(
                Task {
                    try await journal.transact(by: TestJournal.actor, at: TestJournal.noon, once: key) {
                        try body(number, $0)
                    }
                })
            while journal.commits.count < number + 1, !Task.isCancelled { await Task.yield() }
        }
        release.signal()
        _ = try await busy.value
        var results: [Result<Int, any Error>] = []
        for task in tasks { results.append(await task.result) }
        return results
    }

    private static let event = NewEvent(name: "good", occurredAt: TestJournal.noon, payload: [123, 125])

    /// How many transactions the write-ahead log holds: the frames that end one.
    private func commits(of test: TestJournal) throws -> Int {
        let log = [UInt8](try Data(contentsOf: URL(fileURLWithPath: test.folder.file("journal.db-wal"))))
        func number(at offset: Int) -> Int { log[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
        let page = number(at: 8)
        return stride(from: 32, to: log.count, by: page + 24).count { number(at: $0 + 4) != 0 }
    }

    @Test("thirty share one commit, and each has its own answer and its place in the chain")
    func shared() async throws {
        let test = try TestJournal()
        let before = try commits(of: test)
        let results = try await together(30, in: test) { number, transaction in
            try transaction.append([Self.event], to: StreamID("s/\(number)"), expecting: 0)
            return number
        }
        #expect(try results.map { try $0.get() } == Array(0..<30))
        #expect(try commits(of: test) == before + 1)
        #expect(try test.journal.head().position == 30)
        _ = try test.journal.verify()
    }

    @Test("more than share a commit are done in the order of asking")
    func many() async throws {
        let test = try TestJournal()
        let before = try commits(of: test)
        let results = try await together(CommitQueue.most * 2 + 1, in: test) { _, transaction in
            try transaction.append([Self.event], to: StreamID("s/\(transaction.position)"), expecting: 0)
            return Int(transaction.position)
        }
        #expect(try results.map { try $0.get() } == Array(1...CommitQueue.most * 2 + 1))
        #expect(try commits(of: test) == before + 3)
    }

    @Test("a refusal undoes itself alone: its events, its projections and what would have followed")
    func refusal() async throws {
        let test = try TestJournal()
        let followed = Counter()
        let results = try await together(6, in: test) { number, transaction in
            try transaction.append([Self.event], to: StreamID("s/\(number)"), expecting: 0)
            transaction.afterCommit { followed.add(number) }
            if number % 2 == 1 { throw Refused(number: number) }
            return number
        }
        for (number, result) in results.enumerated() {
            if number % 2 == 1 {
                #expect(throws: Refused(number: number)) { try result.get() }
            } else {
                #expect(try result.get() == number)
            }
        }
        #expect(followed.numbers == [0, 2, 4])
        #expect(try test.journal.head().position == 3)
        #expect(try test.journal.projectionContents().count == 3)
        _ = try test.journal.verify()
    }

    @Test("the second of two with one key gives the first's answer; of two on one version the second has a conflict")
    func repeated() async throws {
        let test = try TestJournal()
        let results = try await together(4, in: test, keys: [0: "k", 1: "k"]) { number, transaction in
            try transaction.append([Self.event], to: StreamID("s/\(number / 2)"), expecting: 0)
            return number
        }
        #expect(try results[0].get() == 0 && results[1].get() == 0 && results[2].get() == 2)
        #expect(throws: JournalError.conflict(stream: StreamID("s/1"), expected: 0)) { try results[3].get() }
        #expect(try test.journal.head().position == 2)
    }

    @Test("a commit that fails has failed for all, nothing follows, and the next ones go on")
    func failedCommit() async throws {
        let test = try TestJournal()
        _ = try test.journal.transactNow(by: TestJournal.actor, at: TestJournal.noon) { transaction in
            // A reference that is only looked at by the commit.
            try transaction.db.execute(
                sql: """
                    CREATE TABLE parent (id INTEGER PRIMARY KEY);
                    CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
                    """)
            return 0
        }
        let followed = Counter()
        let results = try await together(3, in: test) { number, transaction in
            try transaction.append([Self.event], to: StreamID("s/\(number)"), expecting: 0)
            transaction.afterCommit { followed.add(number) }
            if number == 1 { try transaction.db.execute(sql: "INSERT INTO child VALUES (7)") }
            return number
        }
        for result in results { #expect(throws: DatabaseError.self) { try result.get() } }
        #expect(followed.numbers.isEmpty)
        #expect(try test.journal.head() == .empty)
        #expect(try test.append("good", to: "s/9", expecting: 0) == 1)
    }

    @Test("what must be done before a commit is done once for all, and where it fails nothing is committed")
    func conditions() async throws {
        let test = try TestJournal()
        let done = Counter()
        let met = try await together(4, in: test) { number, transaction in
            try transaction.append([Self.event], to: StreamID("s/\(number)"), expecting: 0)
            transaction.beforeCommit("keys") { done.add(number) }
            return number
        }
        #expect(try met.map { try $0.get() } == [0, 1, 2, 3])
        #expect(done.numbers == [0])
        let failed = try await together(2, in: test) { number, transaction in
            try transaction.append([Self.event], to: StreamID("t/\(number)"), expecting: 0)
            if number == 1 { transaction.beforeCommit("keys") { throw Refused(number: 7) } }
            return number
        }
        for result in failed { #expect(throws: Refused(number: 7)) { try result.get() } }
        #expect(try test.journal.head().position == 4)
    }

    /// What was told, in order.
    private final class Counter: Sendable {
        private let told = Mutex<[Int]>([])
        var numbers: [Int] { told.withLock { $0 } }
        func add(_ number: Int) { told.withLock { $0.append(number) } }
    }
}
