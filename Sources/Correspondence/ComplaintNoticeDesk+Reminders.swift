import Casework
import Complaints
import GRDB
import Journal
import Rulebook
import WorkingDays

extension ComplaintNoticeDesk {
    /// Reminds bodies of complaints by mail, before the last day and at the breach; nothing outside working hours, each
    /// once for each date. A body without an address is reminded by the people who look after it.
    /// - Returns: how many reminders were queued.
    /// - Throws: `JournalError`; `CalendarError` where the calendar does not reach far enough.
    @discardableResult
    package func remind(at now: Moment) async throws -> Int {
        let today = casework.today(now)
        let calendar = try await casework.journal.read { try casework.calendars.calendar(in: $0) }
        guard rules.hours.contains(casework.zone.wallClock(of: now).hour), try calendar.isWorkingDay(today) else {
            return 0
        }
        let horizon = try calendar.date(adding: rules.daysBefore, to: today)
        let clocks = try await casework.journal.read { [rules] db in
            var filter = ClockFilter()
            (filter.isOpen, filter.caseKinds, filter.owners) = (true, [Complaint.streamKind], [.reviewer])
            filter.standings = [.running]
            (filter.dueFrom, filter.dueThrough) = (today, max(today, horizon))
            let upcoming = try ClockRow.fetch(filter, limit: -1, in: db)
            filter.standings = [.breached]
            (filter.dueFrom, filter.dueThrough) = (today.adding(days: -rules.oldest - 60), nil)
            filter.breachedFrom = today.adding(days: -rules.oldest)
            return try upcoming + ClockRow.fetch(filter, limit: -1, in: db)
        }
        var queued = 0
        for clock in clocks where Reviewer.allCases.contains(where: { $0.clock == clock.rule }) {
            try Task.checkCancellation()
            let kind: ComplaintMailKind = clock.status == .running ? .bodyReminder : .bodyBreach
            let id = Self.identity([clock.stream.rawValue, clock.rule, "\(clock.due)", kind.rawValue])
            let isWanted = try await casework.journal.read { db in
                guard let body = clock.body else { return false }
                let channel = try BodyChannel.fetch(body, in: db)
                guard channel.email != nil || channel.webhook != nil else { return false }
                return try !ComplaintNoticeRecord.exists(id, in: db)
            }
            guard isWanted else { continue }
            let isMade = try await casework.transact(by: .timer, at: now) { session in
                guard let record = try ComplaintRecord.fetch(id: clock.stream.id, in: session.db),
                    record.status == .open
                else { return false }
                return try make(id, kind, of: record, entry: nil, in: session)
            }
            if isMade { queued += 1 }
        }
        return queued
    }
}
