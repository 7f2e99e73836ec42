import Casework
import Logging
import Synchronization

/// Looks at the machine's clock, and tells the log while it is in doubt and when it is right again.
final class ClockWatch: Sendable {
    private let time: TimeKeeper
    private let logger: Logger
    private let isHeld = Mutex(false)

    init(time: TimeKeeper, logger: Logger) {
        self.time = time
        self.logger = logger
    }

    /// One look.
    func round() {
        let hold = time.standing().hold
        let wasHeld = isHeld.withLock { isHeld in
            defer { isHeld = hold != nil }
            return isHeld
        }
        if let hold {
            logger.critical(
                "clock.held",
                metadata: [
                    "reason": "\(hold.reason.rawValue)", "expected": "\(hold.expected)", "found": "\(hold.found)",
                    "remedy": "set the machine's clock right, or confirm it: bailanys clock confirm --reason …",
                ])
        } else if wasHeld {
            logger.notice("clock.released")
        }
    }
}
