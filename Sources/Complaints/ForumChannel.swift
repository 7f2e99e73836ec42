import Dispatch
import Synchronization

/// Hands batches from the thread that works them out to the one that appends them; bounded, so that memory is too.
final class ForumChannel: Sendable {
    /// How many batches can be underway: one being worked out, one waiting, one being appended.
    static let depth = 3

    private enum Message: Sendable {
        case batch(ForumBatch)
        case end
        case failure(any Error)
    }

    private struct State {
        var waiting: [Message] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    /// Made with 0, since libdispatch ends the program when one is let go with less than it was made with, and the side
    /// that stops may leave it so; the place of the first batch is signalled.
    private let room = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    init() { room.signal() }

    /// Hands over a batch and waits while another still waits to be taken.
    /// - Returns: false where nobody wants batches any more.
    func send(_ batch: ForumBatch) -> Bool { send(.batch(batch)) }

    /// Says that there are no more batches, or why.
    func finish(_ error: (any Error)? = nil) { _ = send(error.map { .failure($0) } ?? .end) }

    /// The next batch; nil after the last.
    /// - Throws: the error with which the other side finished.
    func receive() throws -> ForumBatch? {
        filled.wait()
        let message = state.withLock { $0.waiting.removeFirst() }
        room.signal()
        switch message {
        case .batch(let batch): return batch
        case .end: return nil
        case .failure(let error): throw error
        }
    }

    /// Tells the other side that nobody wants batches any more.
    func stop() {
        state.withLock { $0.isStopped = true }
        room.signal()
    }

    private func send(_ message: Message) -> Bool {
        room.wait()
        let isStopped = state.withLock { state in
            if !state.isStopped { state.waiting.append(message) }
            return state.isStopped
        }
        if isStopped { return false }
        filled.signal()
        return true
    }
}
