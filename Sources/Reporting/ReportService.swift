import Casework
import Journal
import Logging
import ServiceLifecycle
import WorkingDays

/// The timer of the contact centre: breaches after every midnight, the report every month, exactly once.
///
/// Nothing is remembered but the journal: after downtime the next round finds what was missed. Making a report is one
/// transaction that refuses a second first revision, so two rounds cannot make two.
package struct ReportService: Service {
    private let desk: ReportDesk
    private let timetable: ReportTimetable
    private let now: @Sendable () -> Moment
    private let sleep: @Sendable (Duration) async throws -> Void
    private let logger: Logger

    /// How often it looks.
    static let interval = Duration.seconds(60)

    /// A timer that has not started yet.
    package init(
        desk: ReportDesk, timetable: ReportTimetable, now: @escaping @Sendable () -> Moment,
        sleep: @escaping @Sendable (Duration) async throws -> Void, logger: Logger
    ) {
        self.desk = desk
        self.timetable = timetable
        self.now = now
        self.sleep = sleep
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await round()
                do { try await sleep(Self.interval) } catch { return }
            }
        }
    }

    /// One look at the time: records breaches, ends months, makes the reports that are due.
    package func round() async {
        do {
            try await desk.casework.recordBreaches(at: now())
            let calendar = try await desk.casework.journal.read { [calendars = desk.casework.calendars] db in
                try calendars.calendar(in: db)
            }
            let first = try await desk.firstMonth()
            let known = try await desk.months()
            var sealed: Set<CivilMonth> = []
            for month in known where try await !desk.report(month).state.sealed.isEmpty { sealed.insert(month) }
            if let first = timetable.firstMonth ?? first {
                let before = CivilMonth(desk.casework.today(now())).previous
                if before >= first, !known.contains(before) { try await desk.end(before, by: .timer, at: now()) }
            }
            let today = desk.casework.today(now())
            let term = desk.casework.rulebooks.procedure("monthly-report", on: today)?.rule(ReportDesk.clock)?.term(
                on: today)
            let months = try timetable.due(
                at: now(), first: first, sealed: sealed, term: term, calendar: calendar, zone: desk.casework.zone)
            for month in months {
                let report = try await desk.seal(month, by: .timer, at: now())
                logger.info("report.sealed", metadata: ["period": "\(month)", "digest": "\(report.digest)"])
            }
        } catch is CancellationError {
            // The program is stopping; the next start goes on from here.
        } catch {
            logger.error("report.round.failed", metadata: ["reason": "\(error)"])
        }
    }
}
