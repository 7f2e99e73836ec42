import Synchronization

/// Tells work on a thread that nobody wants its result any more; `Task.isCancelled` knows nothing there.
package final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    /// One that has not been asked for.
    package init() {}

    /// Whether the work should end.
    package var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// Ends the work here where nobody wants it any more; asked between two steps that belong together.
    /// - Throws: `CancellationError`.
    package func check() throws {
        if isCancelled { throw CancellationError() }
    }

    /// Asks the work to end.
    func cancel() { flag.store(true, ordering: .relaxed) }
}
