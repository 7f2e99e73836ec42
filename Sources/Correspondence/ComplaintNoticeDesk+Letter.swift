import Casework
import Complaints
import Delivery
import Journal
import Languages
import PersonalData
import Registry
import Rulebook
import WorkingDays

extension ComplaintNoticeDesk {
    /// Makes one notice in a unit of work: its link, its sealed mail, its delivery; on paper the notice alone.
    /// - Returns: false where it was made before, or there is nobody to write to.
    func make(
        _ id: String, _ kind: ComplaintMailKind, of record: ComplaintRecord,
        entry: (version: Int, event: ComplaintEvent)?,
        in session: CaseSession
    ) throws -> Bool {
        let stream = StreamID(kind: "complaintNotice", id: id)
        guard try session.transaction.events(of: stream).isEmpty else { return false }
        var made = ComplaintNoticeMade(
            about: kind, body: kind.isForBody ? record.body : nil, complaint: record.id, entry: entry?.version,
            letter: nil, link: nil, person: nil, way: .mail)
        let keys = try record.person.map { try vault.existingKeys(for: [PersonID($0)]) } ?? PersonKeys.none
        var to: String?
        if kind.isForBody {
            let channel = try BodyChannel.fetch(record.body, in: session.db)
            to = channel.webhook ?? channel.email
            if channel.webhook != nil { made.way = .webhook }
        } else {
            do {
                let contacts = try record.revealed(with: keys).contacts
                to = contacts?.email.flatMap { PersonalLetter.isAddress($0) ? $0 : nil }
                if to == nil, sendsMessages, let number = contacts?.phone.flatMap(PersonalSMSTransport.number) {
                    (to, made.way) = (number, .sms)
                }
            } catch is VaultError {
                // Whose key is lost cannot be written to; the others can.
                return false
            }
        }
        guard let to else {
            // Whoever gave no address is told by other means; a body without one is somebody's work.
            guard kind == .bodyComplaint else { return false }
            made.way = .paper
            try session.append([ComplaintNoticeEvent.complaintNoticeMade(made)], to: stream, expecting: 0)
            return true
        }
        let link = try link(kind.isForBody ? .complaint : .standing, to: record, in: session)
        let words = try words(kind, record, entry?.event, link, keys, in: session)
        let text: String
        let destination: String
        switch made.way {
        case .mail, .paper: (text, destination) = (words.text, Self.destination)
        case .sms: (text, destination) = ("\(words.subject). \(address)/status/\(link.token)", Self.messages)
        case .webhook:
            text = WebhookTransport.payload(of: kind, record, at: session.now)
            destination = Self.webhooks
        }
        let mail = try post.seal(
            id, to: to, subject: made.way == .webhook ? record.body : words.subject, text: text)
        (made.letter, made.person, made.link) = (mail.letter, mail.person, link.id)
        try session.append([ComplaintNoticeEvent.complaintNoticeMade(made)], to: stream, expecting: 0)
        try post.enqueue(mail, subject: id, to: destination, in: session.transaction)
        return true
    }

    /// A link of the body or of the applicant that is good for a while yet, or a new one.
    private func link(
        _ subject: LinkSubject, to record: ComplaintRecord, in session: CaseSession
    ) throws -> (id: String, token: String) {
        let soon = session.now.adding(milliseconds: 14 * 86_400_000)
        let known = try BodyLinkRecord.fetch(request: record.id, subject: subject, in: session.db).first { link in
            link.isOpen(at: soon) && (subject == .standing || link.body == record.body)
        }
        if let known { return (known.id, links.token(of: known)) }
        let id = post.newName()
        let days = subject == .standing ? Self.applicantDays : Self.bodyDays
        let end = session.zone.start(of: session.today.adding(days: days + 1))
        return (id, try links.make(id: id, complaint: record.id, for: subject, until: end, in: session))
    }

    private func words(
        _ kind: ComplaintMailKind, _ record: ComplaintRecord, _ event: ComplaintEvent?,
        _ link: (id: String, token: String),
        _ keys: PersonKeys, in session: CaseSession
    ) throws -> (subject: String, text: String) {
        func same(_ text: String) -> Localized { Localized(kk: text, ru: text) }
        func opened(_ sealed: String?) throws -> String {
            guard let sealed, let person = record.person else { return "" }
            return try keys.open(SealedText(sealed), of: PersonID(person)).map { String(decoding: $0, as: UTF8.self) }
                ?? ""
        }
        let path = kind.isForBody ? "/body/" : "/status/"
        var values = [
            "number": same(record.id), "due": same(LetterPDF.short(record.dueOn)),
            "link": same(address + path + link.token),
            "body": try Registry.localizedName(of: record.body, on: session.today, in: session.db) ?? same(record.body),
            "code": same(links.code(of: link.id)),
        ]
        switch event {
        case .complaintExtended(let event): values["reason"] = same(event.reason)
        case .complaintAnswered(let event): values["answer"] = same(try opened(event.answer))
        case .applicantAsked(let event): values["question"] = same(try opened(event.question))
        default: break
        }
        let languages: [Language] =
            kind.isForBody
            ? [.kk, .ru] : record.language.flatMap { Language(rawValue: $0) }.map { [$0] } ?? [.kk, .ru]
        return mails.mail(kind, values, in: languages)
    }

    /// Sends the body that has a complaint another mail about it, because an officer wants that.
    /// - Parameter id: random, 32 hexadecimal digits; from the edge.
    /// - Throws: `Refusal`: `closed`, `channelMissing` where no address of the body is known, `channelOff` where the site has no
    ///   address that could be sent.
    package func sendAgain(
        _ number: String, id: String, by actor: Actor, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        guard !address.isEmpty else {
            throw CorrespondenceRefusal.channelOff("Nothing leaves by mail: set public-address in bailanys.yaml.")
        }
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            guard let record = try ComplaintRecord.fetch(id: number, in: session.db) else {
                throw ComplaintRefusal.unknown("There is no such complaint: check the number.", field: "number")
            }
            guard record.status == .open else {
                throw ComplaintRefusal.closed("The complaint is closed: the body is asked nothing more.")
            }
            let channel = try BodyChannel.fetch(record.body, in: session.db)
            guard channel.email != nil || channel.webhook != nil else {
                throw CorrespondenceRefusal.channelMissing(
                    "No e-mail address of the body is known: set it on its page.")
            }
            return try make(id, .bodyComplaint, of: record, entry: nil, in: session)
        }
    }

    package func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        guard let made = try await notice(delivery.subject) else { return nil }
        return try await post.open(made.letter, of: made.person)
    }

    /// The applicant who was told of an extension has been told of it, as the law wants within three working days.
    package func delivered(
        _ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction
    ) throws {
        post.forget(delivery, in: transaction)
        let events = try transaction.events(of: StreamID(kind: "complaintNotice", id: delivery.subject))
        guard let first = events.first,
            case .complaintNoticeMade(let made)? = try casework.catalogue.read(first).content as? ComplaintNoticeEvent,
            made.about == .applicantExtended
        else { return }
        let session = try CaseSession(transaction: transaction, casework: casework)
        do {
            try session.perform(
                .tellApplicant(by: made.way == .sms ? "sms" : "e-mail", at: transaction.now), on: Complaint.self,
                id: made.complaint)
        } catch is Refusal {
            // It was closed meanwhile: there is nobody left to tell.
        }
    }

    /// The dead letter is visible as such; its words are forgotten.
    package func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws {
        post.forget(delivery, in: transaction)
    }

    private func notice(_ id: String) async throws -> ComplaintNoticeMade? {
        let history = try await casework.history(of: StreamID(kind: "complaintNotice", id: id))
        guard case .complaintNoticeMade(let made)? = history.first?.event.content as? ComplaintNoticeEvent else {
            return nil
        }
        return made
    }
}
