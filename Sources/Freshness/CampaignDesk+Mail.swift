import Casework
import Correspondence
import Crypto
import Delivery
import Journal
import Languages
import Registry
import WorkingDays

/// Bodies are told by mail through the outbox, each once for each occasion; a body without an address is told on paper.
extension CampaignDesk {
    /// Reminds bodies before the last day and after it, at working hours, each once; for those that have answered for all
    /// their cards there is nothing to be reminded of.
    /// - Returns: how many mails were queued.
    /// - Throws: `JournalError`; `CalendarError` where the calendar does not reach far enough.
    @discardableResult
    package func round(at now: Moment) async throws -> Int {
        let today = casework.today(now)
        let calendar = try await casework.journal.read { try casework.calendars.calendar(in: $0) }
        guard sendsMail, rules.hours.contains(casework.zone.wallClock(of: now).hour),
            try calendar.isWorkingDay(today)
        else { return 0 }
        let horizon = try calendar.date(adding: rules.daysBefore, to: today)
        let due = try await casework.journal.read { db in
            var due: [(campaign: String, body: String, about: CampaignMailKind, day: CivilDate)] = []
            for id in try CampaignRecord.running(in: db) {
                guard let campaign = try CampaignRecord.fetch(id, in: db), campaign.lastDay <= max(horizon, today),
                    // A campaign that nobody ended is no reason to write for ever.
                    campaign.lastDay >= today.adding(days: -rules.oldest)
                else { continue }
                let about: CampaignMailKind = campaign.lastDay < today ? .late : .reminder
                for body in try CampaignBodyRecord.fetch(campaign: id, .unanswered, in: db)
                where try BodyChannel.fetch(body.body, in: db).email != nil
                    && !CampaignNoticeRecord.exists(
                        Self.identity(id, body.body, about, "\(campaign.lastDay)"), in: db)
                {
                    due.append((id, body.body, about, campaign.lastDay))
                }
            }
            return due
        }
        var queued = 0
        for one in due {
            try Task.checkCancellation()
            let isMade = try await casework.transact(by: .timer, at: now) { session in
                guard let campaign = try CampaignRecord.fetch(one.campaign, in: session.db), campaign.isRunning else {
                    return false
                }
                return try tell(one.about, one.body, of: one.campaign, "\(one.day)", in: session)
            }
            if isMade { queued += 1 }
        }
        return queued
    }

    /// Makes one notice in a unit of work: its sealed mail and its delivery, or the word that it goes on paper.
    /// - Parameter word: what tells two notices of one kind apart.
    /// - Returns: false where it was made before.
    @discardableResult
    func tell(
        _ about: CampaignMailKind, _ body: String, of campaign: String, _ word: String, in session: CaseSession
    ) throws -> Bool {
        let id = Self.identity(campaign, body, about, word)
        let stream = StreamID(kind: "campaignNotice", id: id)
        guard try session.transaction.events(of: stream).isEmpty else { return false }
        var made = CampaignNoticeMade(
            about: about, body: body, campaign: campaign, letter: nil, link: nil, person: nil, way: .paper)
        guard sendsMail, let to = try BodyChannel.fetch(body, in: session.db).email else {
            try session.append([CampaignNoticeEvent.campaignNoticeMade(made)], to: stream, expecting: 0)
            return true
        }
        guard let record = try CampaignRecord.fetch(campaign, in: session.db),
            let asked = try CampaignBodyRecord.fetch(campaign: campaign, body: body, in: session.db)
        else { return false }
        let link = try link(of: body, in: record, session)
        let name = try Registry.localizedName(of: body, on: session.today, in: session.db)
        func same(_ text: String) -> Localized { Localized(kk: text, ru: text) }
        let words = mails.mail(
            about,
            [
                "number": same(campaign), "body": name ?? same(body), "count": same("\(asked.cards)"),
                "left": same("\(asked.left)"), "due": same(Self.short(record.lastDay)),
                "link": same(address + "/body/" + links.token(of: link)),
            ], in: [.kk, .ru])
        let mail = try post.seal(id, to: to, subject: words.subject, text: words.text)
        (made.letter, made.person, made.link, made.way) = (mail.letter, mail.person, link.id, .mail)
        try session.append([CampaignNoticeEvent.campaignNoticeMade(made)], to: stream, expecting: 0)
        try post.enqueue(mail, subject: id, in: session.transaction)
        return true
    }

    /// The open link of a body, or a new one where none is.
    private func link(of body: String, in campaign: CampaignRecord, _ session: CaseSession) throws -> BodyLinkRecord {
        func open() throws -> BodyLinkRecord? {
            try BodyLinkRecord.fetch(request: campaign.id, subject: .cards, in: session.db).first {
                $0.body == body && $0.isOpen(at: session.now)
            }
        }
        if let known = try open() { return known }
        try makeLink(of: body, in: campaign.id, until: max(campaign.lastDay, session.today), session)
        guard let made = try open() else {
            throw CorrespondenceRefusal.bodyLinkUnknown("There is no such link.")
        }
        return made
    }

    static func identity(_ campaign: String, _ body: String, _ about: CampaignMailKind, _ word: String) -> String {
        let text = [campaign, body, about.rawValue, word].joined(separator: "\n")
        return String(EventLink.hexadecimal(Array(SHA256.hash(data: Array(text.utf8)))).prefix(40))
    }

    /// A day as letters write it: `19.03.2026`.
    package static func short(_ day: CivilDate) -> String { LetterPDF.short(day) }

    package func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        let stream = StreamID(kind: "campaignNotice", id: delivery.subject)
        guard
            case .campaignNoticeMade(let made)? = try await casework.history(of: stream).first?.event.content
                as? CampaignNoticeEvent
        else { return nil }
        return try await post.open(made.letter, of: made.person)
    }

    /// Nothing follows from the receipt but that the words are forgotten: the body's look and its answers are the proof.
    package func delivered(
        _ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction
    ) throws {
        post.forget(delivery, in: transaction)
    }

    /// The dead letter is visible as such; its words are forgotten.
    package func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws {
        post.forget(delivery, in: transaction)
    }
}
