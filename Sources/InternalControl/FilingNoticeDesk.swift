import Casework
import Correspondence
import Delivery
import Forms
import GRDB
import Journal
import Languages
import PersonalData
import Registry
import WorkingDays

/// The door to what bodies are told of their forms: coordinators ask for them with a link, the timer reminds, officers ask about
/// discrepancies. Each goes by mail through the outbox, once for each occasion; a body without an address is told on paper.
///
/// The bodies owe their forms to the Agency and not to the centre: nobody is reminded who was not asked by a person first.
package struct FilingNoticeDesk: DeliverySubject {
    /// The kind of delivery.
    package var kind: String { post.kind }
    let control: InternalControlDesk
    let post: SealedPost
    let links: BodyLinkDesk
    let mails: FilingMails
    let rules: ReminderRules
    /// Where the site is for others, without a slash at its end; empty where no mail can leave.
    let address: String

    /// A desk from its parts.
    /// - Parameter address: where the site is for others; empty where no mail can leave, and all bodies are told on paper.
    package init(
        control: InternalControlDesk, vault: PersonVault, links: BodyLinkDesk, mails: FilingMails,
        rules: ReminderRules, address: String, randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.control = control
        post = SealedPost("filing-notice", vault: vault, outbox: control.outbox, randomBytes: randomBytes)
        self.links = links
        self.mails = mails
        self.rules = rules
        self.address = address
    }

    /// Whether mail can leave.
    package var sendsMail: Bool { !address.isEmpty }

    /// A day as letters write it: `19.03.2026`.
    package static func short(_ day: CivilDate) -> String { LetterPDF.short(day) }

    /// Asks all bodies that owe the Agency a form for a period and have not filed it: each gets its link, and a mail where an
    /// address is known. Who was asked before is not asked again.
    /// - Returns: how many were asked by mail, and how many are to be told on paper.
    /// - Throws: `Refusal` where there is no such form or period.
    package func ask(
        form code: String, for period: ReportPeriod, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> FilingsAsked {
        try await control.casework.transact(by: actor, at: now, once: key) { session in
            let form = try control.form(of: FilingID(form: code, period: period, body: ""))
            var asked = FilingsAsked(mails: 0, paper: 0)
            for body in try FilingDuty.bodies(of: form, for: period, in: session.db) {
                let id = FilingID(form: code, period: period, body: body.code)
                guard try FilingRecord.fetch(id, in: session.db)?.takenOn == nil,
                    let way = try tell(.asked, id, "", in: session)
                else { continue }
                if way == .mail { asked.mails += 1 } else { asked.paper += 1 }
            }
            return asked
        }
    }

    /// Asks one body for a form, or about its discrepancies, because a person wants that; also once more.
    /// - Returns: by which way.
    /// - Throws: `Refusal` where the body files no such form, or there is no discrepancy to be asked about.
    @discardableResult
    package func ask(
        _ about: FilingMailKind, _ id: FilingID, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws -> NoticeWay {
        let word = "\(now.millisecondsSince1970)"
        return try await control.casework.transact(by: actor, at: now, once: key) { session in
            try control.require(id, try control.form(of: id), in: session.db)
            if about == .discrepancy, try Self.openDiscrepancies(of: id, in: session.db) == 0 {
                throw InternalControlRefusal.closed(
                    "No discrepancy of this form is open: there is nothing to ask about.")
            }
            return try tell(about, id, word, in: session) ?? .paper
        }
    }

    /// Makes a body a link where none is open; it is handed over by whoever asked for it.
    /// - Throws: `Refusal` where the body files no such form.
    package func makeLink(
        for id: FilingID, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        _ = try await control.casework.transact(by: actor, at: now, once: key) { session in
            try control.require(id, try control.form(of: id), in: session.db)
            return try link(of: id.body, in: session).id
        }
    }

    /// The link by which a body files, the latest that is open; nil where there is none.
    package func link(
        of body: String, at now: Moment, in db: Database
    ) throws -> (record: BodyLinkRecord, token: String)? {
        try BodyLinkRecord.fetch(request: body, subject: .filings, in: db).first { $0.isOpen(at: now) }
            .map { ($0, links.token(of: $0)) }
    }

    /// Reminds bodies of forms before the last day and after it, at working hours, each once; only those that have an open link,
    /// since these were asked by a person.
    /// - Returns: how many mails were queued.
    /// - Throws: `JournalError`; `CalendarError` where the calendar does not reach far enough.
    @discardableResult
    package func round(at now: Moment) async throws -> Int {
        let casework = control.casework
        let today = casework.today(now)
        let calendar = try await casework.journal.read { try casework.calendars.calendar(in: $0) }
        guard sendsMail, rules.hours.contains(casework.zone.wallClock(of: now).hour),
            try calendar.isWorkingDay(today)
        else { return 0 }
        let horizon = try calendar.date(adding: rules.daysBefore, to: today)
        let due = try await casework.journal.read { db in
            try control.filed.flatMap { form in
                try FilingDuty.periods(of: form, before: today, limit: 2).flatMap {
                    try remindable(form, $0, on: today, horizon, at: now, in: db)
                }
            }
        }
        var queued = 0
        for (about, id) in due {
            try Task.checkCancellation()
            let isMade = try await casework.transact(by: .timer, at: now) { session in
                guard try FilingRecord.fetch(id, in: session.db)?.takenOn == nil else { return false }
                return try tell(about, id, "", in: session) != nil
            }
            if isMade { queued += 1 }
        }
        return queued
    }

    private func remindable(
        _ form: StatutoryForm, _ period: ReportPeriod, on today: CivilDate, _ horizon: CivilDate, at now: Moment,
        in db: Database
    ) throws -> [(FilingMailKind, FilingID)] {
        // A form that nobody asked for any more is no reason to write for ever.
        guard let due = form.submission?.lastDay(of: period), due <= max(horizon, today),
            due >= today.adding(days: -rules.oldest)
        else { return [] }
        let about: FilingMailKind = due < today ? .late : .reminder
        return try FilingDuty.bodies(of: form, for: period, in: db).compactMap { body in
            let id = FilingID(form: form.code, period: period, body: body.code)
            guard try link(of: body.code, at: now, in: db) != nil,
                try BodyChannel.fetch(body.code, in: db).email != nil,
                try FilingRecord.fetch(id, in: db)?.takenOn == nil,
                try !FilingNoticeRecord.exists(Self.identity(id, about, ""), in: db)
            else { return nil }
            return (about, id)
        }
    }

    static func openDiscrepancies(of id: FilingID, in db: Database) throws -> Int {
        var filter = DiscrepancyRecord.Filter()
        (filter.filing, filter.isOpen) = (id, true)
        return try DiscrepancyRecord.count(filter, in: db)
    }
}

/// What came of asking for a form.
package struct FilingsAsked: Codable, Hashable, Sendable {
    /// How many bodies were written to.
    package var mails: Int
    /// How many have a link that has to be handed over.
    package var paper: Int
}
