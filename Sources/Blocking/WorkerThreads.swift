import Dispatch
import Foundation
import Synchronization

/// The threads of one pool and the work that waits for them.
final class WorkerThreads: Sendable {
    /// One piece of work; exactly one of its two ends is called.
    struct Job: Sendable {
        let cancellation: Cancellation
        let run: @Sendable () -> Void
        let refuse: @Sendable (any Error) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        /// How many threads there are.
        var threads = 0
        /// How many of them have no work.
        var free = 0
        var isStopped = false
    }

    private let name: String
    private let atMost: Int
    private let longestQueue: Int
    private let niceness: Int32
    private let state = Mutex(State())
    /// Signalled once for each piece of work; a thread that finds none waits again.
    private let filled = DispatchSemaphore(value: 0)

    init(name: String, atMost: Int, longestQueue: Int, niceness: Int32) {
        self.name = name
        self.atMost = atMost
        self.longestQueue = longestQueue
        self.niceness = niceness
    }

    /// Takes work to the end of the queue, and a thread for it where there may be one more.
    func add(_ job: Job) {
        let (refusal, startsThread) = state.withLock { state -> ((any Error)?, Bool) in
            // Cancelled before it came: `cancel` has found nothing to take away.
            if job.cancellation.isCancelled { return (CancellationError(), false) }
            let waitsBehind = state.waiting.count + 1 - state.free - (atMost - state.threads)
            if waitsBehind > longestQueue { return (BlockingBusy(pool: name), false) }
            state.waiting.append(job)
            guard state.waiting.count > state.free, state.threads < atMost else { return (nil, false) }
            state.threads += 1
            state.free += 1
            return (nil, true)
        }
        if let refusal { return job.refuse(refusal) }
        if startsThread { start() }
        filled.signal()
    }

    /// Takes work away that waits; tells work that runs.
    func cancel(_ cancellation: Cancellation) {
        cancellation.cancel()
        let job = state.withLock { state in
            state.waiting.firstIndex { $0.cancellation === cancellation }.map { state.waiting.remove(at: $0) }
        }
        job?.refuse(CancellationError())
    }

    /// Ends the threads; nobody can wait for work any more, since whoever waits holds the pool.
    func stop() {
        let threads = state.withLock { state in
            state.isStopped = true
            return state.threads
        }
        for _ in 0..<threads { filled.signal() }
    }

    private func start() {
        let thread = Thread { [self, niceness] in
            // A name is lost where it is given before whoever started the thread knows it: under load, a moment later.
            let name = String(name.prefix(15))
            for _ in 0..<10_000 where Thread.current.name != name {
                Thread.current.name = name
                sched_yield()
            }
            // Of this thread alone on Linux. Where it is not allowed the work runs as all other does.
            if niceness > 0 { _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness) }
            work()
        }
        thread.start()
    }

    private func work() {
        while true {
            filled.wait()
            let (job, isStopped) = state.withLock { state -> (Job?, Bool) in
                guard !state.waiting.isEmpty else { return (nil, state.isStopped) }
                state.free -= 1
                return (state.waiting.removeFirst(), false)
            }
            if isStopped { return }
            guard let job else { continue }
            job.run()
            state.withLock { $0.free += 1 }
        }
    }
}
