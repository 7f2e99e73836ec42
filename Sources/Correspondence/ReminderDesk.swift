import Casework
import Crypto
import Delivery
import GRDB
import Journal
import Languages
import Registry
import Rulebook
import WorkingDays

/// When reminders leave.
package struct ReminderRules: Hashable, Sendable {
    /// How many working days before the last day of a term the reminder leaves.
    package var daysBefore: Int
    /// The hours of a working day at which mail leaves, for instance 9 ..< 18.
    package var hours: Range<Int>
    /// After how many calendar days a breach is no news any more; so that the first start does not write of old ones.
    package var oldest: Int

    /// Rules from their parts.
    package init(daysBefore: Int, hours: Range<Int>, oldest: Int) {
        self.daysBefore = daysBefore
        self.hours = hours
        self.oldest = oldest
    }
}

/// Reminds of terms by mail through the outbox: before the last day, and at the breach; each once for each date.
///
/// Nothing is remembered but the journal: the identity of the delivery is made from the clock, its date and the kind of
/// reminder, and the outbox takes an identity once for ever.
package struct ReminderDesk: DeliverySubject {
    /// The name of the destination in the outbox.
    package static let destination = "reminders"
    /// The kind of delivery.
    package let kind = "reminder"
    private let casework: Casework
    private let outbox: Outbox
    private let rules: ReminderRules
    private let letterhead: Letterhead

    /// A desk over casework and the outbox.
    package init(casework: Casework, outbox: Outbox, rules: ReminderRules, letterhead: Letterhead) {
        self.casework = casework
        self.outbox = outbox
        self.rules = rules
        self.letterhead = letterhead
    }

    /// Queues what is to be reminded of now; nothing outside working hours.
    /// - Returns: how many reminders were queued.
    @discardableResult
    package func round(at now: Moment) async throws -> Int {
        let today = casework.today(now)
        let calendar = try await casework.journal.read { try casework.calendars.calendar(in: $0) }
        guard rules.hours.contains(casework.zone.wallClock(of: now).hour), try calendar.isWorkingDay(today) else {
            return 0
        }
        let horizon = try Self.horizon(calendar, rules.daysBefore, from: today)
        let letters = try await casework.journal.read { db in
            let names = try Registry.bodyNames(on: today, in: db)
            // Upcoming terms and new breaches are asked for apart, each to its end: many of one kind hide none of the other.
            return try (upcoming(today...max(today, horizon), in: db) + breached(asOf: today, in: db)).compactMap {
                try letter(for: $0, on: today, names, in: db)
            }
        }
        var queued = 0
        for start in stride(from: 0, to: letters.count, by: Self.batch) {
            try Task.checkCancellation()
            queued += try await queue(Array(letters[start...].prefix(Self.batch)), at: now)
        }
        return queued
    }

    /// The last day of the terms that are reminded of; where the calendar ends before it, the last day of the year that it
    /// knows: a breach is news although the next year's holidays are not known yet.
    private static func horizon(
        _ calendar: WorkingCalendar, _ days: Int, from today: CivilDate
    ) throws(CalendarError) -> CivilDate {
        do {
            return try calendar.date(adding: days, to: today)
        } catch .missingYear(let year) where year > today.year {
            return CivilDate(year: year, month: 1, day: 1)?.adding(days: -1) ?? today
        }
    }

    /// How many reminders are queued in one transaction.
    private static let batch = 200

    private func upcoming(_ days: ClosedRange<CivilDate>, in db: Database) throws -> [ClockRow] {
        var filter = ClockFilter()
        filter.isOpen = true
        filter.standings = [.running]
        (filter.dueFrom, filter.dueThrough) = (days.lowerBound, days.upperBound)
        return try ClockRow.fetch(filter, limit: -1, in: db)
    }

    private func breached(asOf today: CivilDate, in db: Database) throws -> [ClockRow] {
        var filter = ClockFilter()
        filter.isOpen = true
        filter.standings = [.breached, .missed]
        filter.breachedFrom = today.adding(days: -rules.oldest)
        // What ran out long before its breach was noted, before the first start above all, is no news.
        filter.dueFrom = today.adding(days: -rules.oldest - 60)
        return try ClockRow.fetch(filter, limit: -1, in: db)
    }

    /// One reminder that waits to be queued.
    private struct Reminder: Sendable {
        let order: DeliveryOrder
        let document: [UInt8]
    }

    /// What is to be written about a clock; nil where it was queued before.
    private func letter(
        for clock: ClockRow, on today: CivilDate, _ names: [String: Localized], in db: Database
    ) throws -> Reminder? {
        let word = clock.status == .running ? "mail-before" : clock.standing == .missed ? "mail-missed" : "mail-breach"
        let identity = "\(clock.stream.rawValue)\n\(clock.rule)\n\(clock.due)\n\(word)"
        let digest = EventLink.hexadecimal(Array(SHA256.hash(data: Array(identity.utf8)))).prefix(40)
        let id = DeliveryID("reminder-\(digest)")
        if try DeliveryRecord.exists(id, in: db) { return nil }
        let document = Array(text(of: clock, word, clock.body.flatMap { names[$0] }).utf8)
        return Reminder(
            order: DeliveryOrder(
                id: id, kind: kind, subject: clock.stream.rawValue, destination: Self.destination, path: "reminder",
                mediaType: "text/plain", document: document), document: document)
    }

    /// Queues reminders in one transaction; those that another round has queued meanwhile are left out.
    private func queue(_ reminders: [Reminder], at now: Moment) async throws -> Int {
        try await casework.transact(by: .timer, at: now) { session in
            try reminders.count { reminder in
                if try DeliveryRecord.exists(reminder.order.id, in: session.db) { return false }
                try DocumentTable.store(reminder.document, in: session.db)
                try outbox.enqueue(reminder.order, in: session.transaction)
                return true
            }
        }
    }

    /// The mail: its first line is the subject. Bodies and duties, nobody's name.
    private func text(of clock: ClockRow, _ word: String, _ body: Localized?) -> String {
        let title = casework.rulebooks.title(of: clock.rule) ?? Localized(kk: clock.rule, ru: clock.rule)
        var lines = ["\(letterhead.text(word, .kk)) / \(letterhead.text(word, .ru)): \(clock.stream.id)"]
        for language in [Language.kk, .ru] {
            lines += ["", "\(letterhead.text(word, language)). \(title[language])"]
            if let body { lines.append(body[language]) }
            lines.append("\(letterhead.text("mail-due", language)) \(LetterPDF.short(clock.due))")
        }
        return (lines + ["", clock.stream.rawValue]).joined(separator: "\n")
    }

    /// The words of a mail made from its document.
    package static func letter(_ parcel: Parcel) -> SMTPTransport.Letter {
        let text = String(decoding: parcel.bytes, as: UTF8.self)
        let subject = text.prefix { !$0.isNewline }
        return SMTPTransport.Letter(
            subject: String(subject), text: String(text.dropFirst(subject.count + 2)), attachmentName: "")
    }

    package func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        try await casework.journal.read { try DocumentTable.bytes(of: delivery.digest, in: $0) }
    }

    /// Nothing follows from the receipt: the delivery itself stands in the journal.
    package func delivered(
        _ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction
    ) throws {}

    /// Nothing follows: the dead letter is visible as such, and it names nobody.
    package func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws {}
}
