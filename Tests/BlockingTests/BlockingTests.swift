import Blocking
import Dispatch
import Foundation
import Synchronization
import Testing

@Suite("Work that blocks")
struct BlockingTests {
    private struct Wrong: Error {}

    /// What several threads count.
    private final class Counts: Sendable {
        let value = Mutex((now: 0, most: 0, done: 0))
    }

    @Test("It runs on a thread of the pool's name, and gives what it gives or throws")
    func runs() async throws {
        let pool = Blocking(name: "test-runs", threads: 2)
        let name = try await pool.run { Thread.current.name }
        #expect(name == "test-runs")
        await #expect(throws: Wrong.self) { try await pool.run { throw Wrong() } }
        #expect(try await pool.run { 7 } == 7)
    }

    @Test("No more runs at once than the pool has threads, and all of it runs", arguments: [1, 2, 5])
    func bounded(_ threads: Int) async throws {
        let pool = Blocking(name: "test-bounded", threads: threads)
        let counts = Counts()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await pool.run {
                        counts.value.withLock {
                            $0.now += 1
                            $0.most = max($0.most, $0.now)
                        }
                        sched_yield()
                        counts.value.withLock {
                            $0.now -= 1
                            $0.done += 1
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let (most, done) = counts.value.withLock { ($0.most, $0.done) }
        #expect(done == 200 && most <= threads)
    }

    @Test("It never runs on the threads that answer callers: they answer while all of the pool is held up")
    func apart() async throws {
        let pool = Blocking(name: "test-apart", threads: 64)
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<64 { group.addTask { try await pool.run { gate.wait() } } }
            // Each of these needs a thread of the cooperative pool, of which there are two or so.
            var answered = 0
            for _ in 0..<100 { answered += await Task.detached { 1 }.value }
            #expect(answered == 100)
            for _ in 0..<64 { gate.signal() }
            try await group.waitForAll()
        }
    }

    @Test("More than may wait is refused at once, in a sentence that says what to do")
    func queue() async throws {
        let pool = Blocking(name: "test-queue", threads: 1, longestQueue: 1)
        let (gate, begun) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let first = Task {
            try await pool.run {
                begun.signal()
                // Where the queue took more than it may, nobody opens the gate, and the test should say so.
                _ = gate.wait(timeout: .now() + 1_800)
            }
        }
        try await Blocking.brief.run { begun.wait() }
        // One of the three may wait; the thread gets free only when the other two have their answer.
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    do {
                        try await pool.run {}
                        return false
                    } catch {
                        #expect((error as? BlockingBusy)?.pool == "test-queue")
                        return true
                    }
                }
            }
            var refused = 0
            for await isRefused in group where isRefused {
                refused += 1
                if refused == 2 { gate.signal() }
            }
            return refused
        }
        #expect(refused == 2)
        try await first.value
    }

    @Test("Work that waits when its task is cancelled never begins, and the rest goes on")
    func cancelledWaiting() async throws {
        let pool = Blocking(name: "test-waiting", threads: 1)
        let (gate, begun) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let first = Task {
            try await pool.run {
                begun.signal()
                gate.wait()
            }
        }
        try await Blocking.brief.run { begun.wait() }
        let counts = Counts()
        let second = Task { try await pool.run { counts.value.withLock { $0.done += 1 } } }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
        gate.signal()
        try await first.value
        #expect(try await pool.run { 1 } == 1)
        #expect(counts.value.withLock { $0.done } == 0)
    }

    @Test("Work that runs is told, and ends where it looks")
    func cancelledRunning() async throws {
        let pool = Blocking(name: "test-running", threads: 1)
        let begun = DispatchSemaphore(value: 0)
        let task = Task {
            try await pool.run { cancellation in
                begun.signal()
                while true { try cancellation.check() }
            }
        }
        try await Blocking.brief.run { begun.wait() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
