/// The one way off the threads that answer callers.
///
/// Swift's cooperative pool has as many threads as the machine has cores; a call that blocks on one of them (a file, a key
/// made durable, a check of the whole journal) holds up every page. Such work runs here instead.
/// Decides: on how many threads, in which order, how many may wait, and what becomes of work nobody wants any more.
/// Refuses to know: what the work is.
///
/// - `Blocking` (this file) — a pool with a name, and the two that everybody shares.
/// - `Cancellation.swift` — how work on a thread learns that it is not wanted any more.
/// - `WorkerThreads.swift` — the threads.

/// A few threads with a name, on which work may block.
///
/// Threads are started when they are needed, as many as the pool may have, and wait for more work afterwards. They are
/// not libdispatch's: work of one pool never takes a thread from another.
package final class Blocking: Sendable {
    private let threads: WorkerThreads

    /// For calls of milliseconds: a piece of a file, the key of a person, a letter drawn.
    package static let brief = Blocking(name: "bailanys-brief", threads: 4)
    /// For work of seconds and minutes: an import, an export, a check of the whole journal.
    package static let long = Blocking(name: "bailanys-long", threads: 3)

    /// A pool that has started no thread yet.
    /// - Parameters:
    ///   - name: what the operating system shows for its threads; 15 characters of it.
    ///   - threads: how many pieces of work run at the same time, 1 or more.
    ///   - longestQueue: how many more may wait; the next is refused with `BlockingBusy`.
    ///   - niceness: from 0 to 19, how far its threads stand back behind others when the processor is wanted.
    package init(name: String, threads: Int, longestQueue: Int = .max, niceness: Int32 = 0) {
        self.threads = WorkerThreads(
            name: name, atMost: max(1, threads), longestQueue: longestQueue, niceness: niceness)
    }

    deinit { threads.stop() }

    /// Runs work that may block on a thread of this pool, and gives what it gives.
    ///
    /// Work that waits for a thread when the calling task is cancelled never begins. Work that runs is told by its
    /// `Cancellation` and ends when it has looked at it.
    /// - Throws: what the work throws; `CancellationError`; `BlockingBusy` where too many wait.
    package func run<Value: Sendable>(
        _ work: @escaping @Sendable (Cancellation) throws -> Value
    ) async throws -> Value {
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
                threads.add(
                    WorkerThreads.Job(
                        cancellation: cancellation,
                        run: { continuation.resume(with: Result { try work(cancellation) }) },
                        refuse: { continuation.resume(throwing: $0) }))
            }
        } onCancel: {
            threads.cancel(cancellation)
        }
    }

    /// The same for work that is too short to be interrupted.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await run { _ in try work() }
    }
}

/// Too much work waits for the threads of a pool.
package struct BlockingBusy: Error, Hashable, CustomStringConvertible {
    /// The name of the pool.
    package let pool: String

    package var description: String { "Too much work waits at this moment (\(pool)): try again in a few seconds." }
}
