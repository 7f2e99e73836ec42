import Casework
import Crypto
import Delivery
import GRDB
import Journal
import Languages
import Registry
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
        let horizon = try calendar.date(adding: rules.daysBefore, to: today)
        let (clocks, names) = try await casework.journal.read { db in
            var filter = ClockFilter()
            filter.isOpen = true
            filter.standings = [.running, .breached, .missed]
            filter.dueThrough = horizon
            filter.dueFrom = today.adding(days: -rules.oldest - 60)
            return (try ClockRow.fetch(filter, limit: 5_000, in: db), try Registry.bodyNames(on: today, in: db))
        }
        var queued = 0
        for clock in clocks {
            try Task.checkCancellation()
            guard let word = word(for: clock, on: today) else { continue }
            if try await queue(clock, word, clock.body.flatMap { names[$0] }, at: now) { queued += 1 }
        }
        return queued
    }

    private func word(for clock: ClockRow, on today: CivilDate) -> String? {
        if clock.status == .running, clock.due >= today { return "mail-before" }
        guard clock.status == .breached, let on = clock.breachedOn, on >= today.adding(days: -rules.oldest) else {
            return nil
        }
        return clock.standing == .missed ? "mail-missed" : "mail-breach"
    }

    /// Queues one reminder; false where it was queued before.
    private func queue(_ clock: ClockRow, _ word: String, _ body: Localized?, at now: Moment) async throws -> Bool {
        let document = Array(text(of: clock, word, body).utf8)
        let identity = "\(clock.stream.rawValue)\n\(clock.rule)\n\(clock.due)\n\(word)"
        let digest = EventLink.hexadecimal(Array(SHA256.hash(data: Array(identity.utf8)))).prefix(40)
        let order = DeliveryOrder(
            id: DeliveryID("reminder-\(digest)"), kind: kind, subject: clock.stream.rawValue,
            destination: Self.destination, path: "reminder", mediaType: "text/plain", document: document)
        return try await casework.transact(by: .timer, at: now) { session in
            guard try session.transaction.events(of: order.id.stream).isEmpty else { return false }
            try DocumentTable.store(document, in: session.db)
            try outbox.enqueue(order, in: session.transaction)
            return true
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
}
