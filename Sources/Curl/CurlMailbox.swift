import CLibcurl
import Synchronization

/// The only meeting point of the tasks that send and the thread that works: everything in it is under one lock.
final class CurlMailbox: Sendable {
    /// Resumed exactly once, by the thread.
    typealias Answer = CheckedContinuation<Result<CurlResponse, CurlError>, Never>

    /// A request that waits to be started.
    struct Submission: Sendable {
        var id: UInt64
        var request: CurlRequest
        var answer: Answer
    }

    /// What the thread takes out at each turn.
    struct Mail {
        var submissions: [Submission]
        var cancelled: [UInt64]
        var isClosing: Bool
    }

    private struct State {
        var nextID: UInt64 = 0
        /// The requests between `register` and `finish`.
        var live: Set<UInt64> = []
        var submissions: [Submission] = []
        var cancelled: [UInt64] = []
        var isClosing = false
        /// The multi handle as a number, since a pointer is not Sendable; nil once the thread has freed it.
        var multi: UInt?
    }

    private let state: Mutex<State>

    init(multi: UnsafeMutableRawPointer) {
        state = Mutex(State(multi: UInt(bitPattern: multi)))
    }

    /// Opens an entry for a request, so that it can be cancelled before it is submitted.
    func register() -> UInt64 {
        state.withLock { state in
            state.nextID += 1
            state.live.insert(state.nextID)
            return state.nextID
        }
    }

    /// Hands a request to the thread.
    func submit(_ submission: Submission) {
        let isTaken = state.withLock { state in
            guard state.multi != nil, !state.isClosing else {
                state.live.remove(submission.id)
                return false
            }
            state.submissions.append(submission)
            Self.wake(state)
            return true
        }
        if !isTaken { submission.answer.resume(returning: .failure(Self.closed)) }
    }

    /// Asks the thread to end a request, started or not.
    func cancel(_ id: UInt64) {
        state.withLock { state in
            guard state.live.contains(id) else { return }
            state.cancelled.append(id)
            Self.wake(state)
        }
    }

    /// Asks the thread to end everything and itself.
    func close() {
        state.withLock { state in
            state.isClosing = true
            Self.wake(state)
        }
    }

    /// Everything new since the last turn. A cancelled request stays listed until it has been submitted.
    func take() -> Mail {
        state.withLock { state in
            let mail = Mail(submissions: state.submissions, cancelled: state.cancelled, isClosing: state.isClosing)
            state.submissions = []
            return mail
        }
    }

    /// Forgets a request; called by the thread before it resumes the answer.
    func finish(_ id: UInt64) {
        state.withLock { state in
            state.live.remove(id)
            state.cancelled.removeAll { $0 == id }
        }
    }

    /// Called by the thread before it frees the multi handle: nobody wakes it afterwards.
    func end() -> [Submission] {
        state.withLock { state in
            state.multi = nil
            defer { state.submissions = [] }
            return state.submissions
        }
    }

    static let closed = CurlError(.cancelled, "The request was not sent: the session is closed.")

    /// `curl_multi_wakeup` is the one multi function that another thread may call while the handle lives; the lock
    /// keeps it alive for that moment.
    private static func wake(_ state: State) {
        guard let multi = state.multi.flatMap(UnsafeMutableRawPointer.init(bitPattern:)) else { return }
        curl_multi_wakeup(multi)
    }
}
