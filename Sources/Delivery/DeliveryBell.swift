import Synchronization

/// Wakes the delivery service when something was queued.
///
/// Rings are counted, so that one which comes while nobody waits is not lost.
final class DeliveryBell: Sendable {
    private struct State {
        var rings = 0
        var nextWaiter = 0
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// How often it has rung.
    var rings: Int { state.withLock(\.rings) }

    /// Wakes everyone who waits.
    func ring() {
        let waiters = state.withLock { state in
            state.rings += 1
            defer { state.waiters = [:] }
            return state.waiters.values.map(\.self)
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns as soon as it has rung more often than `heard`, or the task is cancelled.
    func wait(after heard: Int) async {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    guard state.rings <= heard, !Task.isCancelled else { return true }
                    state.waiters[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            // Taken out under the lock, so that it is resumed once.
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
        }
    }
}
