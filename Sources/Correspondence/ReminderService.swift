import Logging
import ServiceLifecycle
import WorkingDays

/// Looks every few minutes whether there is something to be reminded of.
package struct ReminderService: Service {
    private let desk: ReminderDesk
    private let now: @Sendable () -> Moment
    private let sleep: @Sendable (Duration) async throws -> Void
    private let isHeld: @Sendable () -> Bool
    private let logger: Logger

    /// How often it looks.
    static let interval = Duration.seconds(300)

    /// A service that has not started yet.
    /// - Parameter isHeld: whether the machine's clock is in doubt, so that nothing is known to be due.
    package init(
        desk: ReminderDesk, now: @escaping @Sendable () -> Moment,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        isHeld: @escaping @Sendable () -> Bool = { false }, logger: Logger
    ) {
        self.isHeld = isHeld
        self.desk = desk
        self.now = now
        self.sleep = sleep
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let queued = isHeld() ? 0 : try await desk.round(at: now())
                    if queued > 0 { logger.info("reminders.queued", metadata: ["count": "\(queued)"]) }
                } catch {
                    logger.error("reminders.round.failed", metadata: ["reason": "\(error)"])
                }
                do { try await sleep(Self.interval) } catch { return }
            }
        }
    }
}
