import Casework
import Correspondence
import Crypto
import Delivery
import Forms
import Journal
import Languages
import Registry
import WorkingDays

/// The mails themselves: each sealed in the journal, forgotten when it has gone.
extension FilingNoticeDesk {
    /// Makes one notice in a unit of work: its sealed mail and its delivery, or the word that it goes on paper.
    /// - Parameter word: what tells two notices of one kind apart.
    /// - Returns: by which way; nil where it was made before.
    func tell(
        _ about: FilingMailKind, _ id: FilingID, _ word: String, in session: CaseSession
    ) throws -> NoticeWay? {
        let name = Self.identity(id, about, word)
        let stream = StreamID(kind: "filingNotice", id: name)
        guard try session.transaction.events(of: stream).isEmpty else { return nil }
        let link = try link(of: id.body, in: session)
        var made = FilingNoticeMade(
            about: about, body: id.body, filing: id.description, letter: nil, link: link.id, person: nil, way: .paper)
        let to = sendsMail ? try BodyChannel.fetch(id.body, in: session.db).email : nil
        guard let to else {
            try session.append([FilingNoticeEvent.filingNoticeMade(made)], to: stream, expecting: 0)
            return .paper
        }
        let words = try words(about, id, token: link.token, in: session)
        let mail = try post.seal(name, to: to, subject: words.subject, text: words.text)
        (made.letter, made.person, made.way) = (mail.letter, mail.person, .mail)
        try session.append([FilingNoticeEvent.filingNoticeMade(made)], to: stream, expecting: 0)
        try post.enqueue(mail, subject: name, in: session.transaction)
        return .mail
    }

    func link(of body: String, in session: CaseSession) throws -> (id: String, token: String) {
        let end = session.zone.start(of: session.today.adding(days: ComplaintNoticeDesk.bodyDays + 1))
        return try links.link(
            BodyLinkMade(request: body, body: body, expiresAt: end, opens: .filings), newID: post.newName,
            in: session)
    }

    /// The mail: body, form, days and link; nobody's name.
    private func words(
        _ about: FilingMailKind, _ id: FilingID, token: String, in session: CaseSession
    ) throws -> (subject: String, text: String) {
        func same(_ text: String) -> Localized { Localized(kk: text, ru: text) }
        let form = try control.form(of: id)
        let due = form.submission?.lastDay(of: id.period) ?? id.period.last
        return mails.mail(
            about,
            [
                "body": try Registry.localizedName(of: id.body, on: session.today, in: session.db) ?? same(id.body),
                "form": same(form.index ?? form.code), "period": id.period.words, "due": same(Self.short(due)),
                "count": same("\(try Self.openDiscrepancies(of: id, in: session.db))"),
                "link": same("\(address)/body/\(token)"),
            ], in: [.kk, .ru])
    }

    static func identity(_ id: FilingID, _ about: FilingMailKind, _ word: String) -> String {
        let text = [id.description, about.rawValue, word].joined(separator: "\n")
        return String(EventLink.hexadecimal(Array(SHA256.hash(data: Array(text.utf8)))).prefix(40))
    }

    package func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        let stream = StreamID(kind: "filingNotice", id: delivery.subject)
        guard
            case .filingNoticeMade(let made)? = try await control.casework.history(of: stream).first?.event.content
                as? FilingNoticeEvent
        else { return nil }
        return try await post.open(made.letter, of: made.person)
    }

    /// Nothing follows from the receipt but that the words are forgotten: what the body files is the proof.
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
