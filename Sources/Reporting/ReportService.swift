import Casework
import Forms
import Journal
import Logging
import Rulebook
import ServiceLifecycle
import WorkingDays

/// The timer of the contact centre: breaches after every midnight, the report of every period, exactly once.
///
/// Nothing is remembered but the journal: after downtime the next round finds what was missed. Making a report is one
/// transaction that refuses a second first revision, so two rounds cannot make two.
package struct ReportService: Service {
    /// A form's reports and when they are made.
    package typealias Plan = (desk: any PeriodDesk, timetable: ReportTimetable)

    private let casework: Casework
    private let plans: [Plan]
    private let now: @Sendable () -> Moment
    private let sleep: @Sendable (Duration) async throws -> Void
    private let logger: Logger

    /// How often it looks.
    static let interval = Duration.seconds(60)

    /// A timer that has not started yet.
    package init(
        casework: Casework, plans: [Plan], now: @escaping @Sendable () -> Moment,
        sleep: @escaping @Sendable (Duration) async throws -> Void, logger: Logger
    ) {
        self.casework = casework
        self.plans = plans
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

    /// One look at the time: records breaches, ends periods, makes the reports that are due.
    ///
    /// Each step and each period stands for itself: one that fails is told and keeps no other from its term.
    package func round() async {
        // While the clock is in doubt nothing is decided by it; the watch over it has told the log.
        guard let standing = plans.first?.desk.standing(at: now()), standing.hold == nil else { return }
        await step("report.breaches.failed") { try await casework.recordBreaches(at: standing.now) }
        for plan in plans { await step("report.round.failed") { try await reports(of: plan, standing) } }
    }

    private func reports(of plan: Plan, _ time: TimeStanding) async throws {
        let (desk, timetable, now) = (plan.desk, plan.timetable, time.now)
        let making = desk.form.making
        let today = casework.today(now)
        let (calendar, first, standings) = try await casework.journal.read { db in
            (
                try casework.calendars.calendar(in: db), try desk.firstPeriod(in: db),
                try ReportStanding.fetchAll(kind: desk.kind, in: db)
            )
        }
        let known = Dictionary(uniqueKeysWithValues: standings.map { ($0.period, $0) })
        let term = casework.rulebooks.procedure(making.procedure, on: today)?.rule(making.clock)?.term(on: today)
        for period in timetable.periods(before: today, first: first) {
            let standing = known[period]
            // After a rest the clock is believed, and a period is over once it certainly is.
            guard standing?.revisions ?? 0 == 0, desk.isCertainlyOver(period, time) else { continue }
            do {
                if standing?.hasEnded != true { try await desk.end(period, by: .timer, at: now) }
                guard try timetable.isDue(period, at: now, term: term, calendar: calendar, zone: casework.zone) else {
                    continue
                }
                let report = try await desk.seal(period, reason: nil, by: .timer, at: self.now(), once: nil)
                logger.info("report.sealed", metadata: ["period": "\(period)", "digest": "\(report.digest)"])
            } catch let error as CancellationError {
                throw error
            } catch {
                let problem = ReportNotSealed(error)
                logger.error("report.notSealed", metadata: ["period": "\(period)", "reason": "\(problem.reason)"])
                guard standing?.problem != problem else { continue }
                await step("report.notSealed.unrecorded") {
                    try await desk.hinder(period, problem, by: .timer, at: self.now())
                }
            }
        }
    }

    private func step<Value>(_ failure: Logger.Message, _ work: () async throws -> Value) async {
        do {
            _ = try await work()
        } catch is CancellationError {
            // The program is stopping; the next start goes on from here.
        } catch {
            logger.error(failure, metadata: ["reason": "\(error)"])
        }
    }
}
