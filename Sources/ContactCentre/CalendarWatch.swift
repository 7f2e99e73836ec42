import Casework
import Journal
import Logging
import ServiceLifecycle
import Synchronization
import WorkingDays

/// Says once a day, from 1 November on, that the calendar of the next year is missing, while the server runs.
///
/// A server may run for months; a warning at its start alone is read by nobody.
package final class CalendarWatch: Service {
    private let casework: Casework
    private let now: @Sendable () -> Moment
    private let sleep: @Sendable (Duration) async throws -> Void
    private let logger: Logger
    private let lastWarning = Mutex<CivilDate?>(nil)

    /// How often it looks whether another day has begun.
    static let interval = Duration.seconds(600)

    /// A watch that has not started yet.
    package init(
        casework: Casework, now: @escaping @Sendable () -> Moment,
        sleep: @escaping @Sendable (Duration) async throws -> Void, logger: Logger
    ) {
        self.casework = casework
        self.now = now
        self.sleep = sleep
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.round()
                do { try await self.sleep(Self.interval) } catch { return }
            }
        }
    }

    /// One look at the day and the calendar in force.
    package func round() async {
        let today = casework.today(now())
        guard lastWarning.withLock({ $0 }) != today else { return }
        do {
            let calendar = try await casework.journal.read { [calendars = casework.calendars] db in
                try calendars.calendar(in: db)
            }
            if let missing = calendar.missingNextYear(asOf: today) {
                logger.warning(
                    "calendar.missing",
                    metadata: ["year": "\(missing)", "add": "schedules/calendar/\(missing).csv, then adopt it"])
            }
            lastWarning.withLock { $0 = today }
        } catch is CancellationError {
            // The program is stopping.
        } catch {
            logger.error("calendar.watch.failed", metadata: ["reason": "\(error)"])
        }
    }
}
