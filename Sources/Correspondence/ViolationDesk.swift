import Casework
import Delivery
import GRDB
import Journal
import Languages
import PersonalData
import Registry
import Rulebook
import WorkingDays

/// The door to the ledger of violations: what people decide, what the body is told of it and replies by its link.
///
/// The mail holds a secret link; it is sealed with a key of its own, which is erased as soon as the mail has gone or was given
/// up. Where a body has no address, or the site has none, the link is handed over by whoever told it.
package struct ViolationDesk: DeliverySubject {
    /// The kind of delivery.
    package var kind: String { post.kind }
    let casework: Casework
    let post: SealedPost
    let links: BodyLinkDesk
    let mails: ComplaintMails
    /// Grounds, the term of a reply, thresholds of a surge.
    package let rules: ViolationRules
    /// Where the site is for others, without a slash at its end; empty where it has no address.
    let address: String

    /// A desk from its parts.
    package init(
        casework: Casework, vault: PersonVault, outbox: Outbox, links: BodyLinkDesk, mails: ComplaintMails,
        rules: ViolationRules, address: String, randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.casework = casework
        post = SealedPost("violation-notice", vault: vault, outbox: outbox, randomBytes: randomBytes)
        self.links = links
        self.mails = mails
        self.rules = rules
        self.address = address
    }

    /// Carries out a command on an entry. A violation that is confirmed is told to its body at once, where it was not before.
    /// - Parameter expected: the version of the entry that the person saw.
    /// - Returns: the version of the entry afterwards.
    /// - Throws: `Refusal`; `JournalError.conflict`; `CalendarError`.
    @discardableResult
    package func perform(
        _ command: ViolationCommand, on id: Violation.ID, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil,
        once key: CommandKey? = nil
    ) async throws -> Int {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let version = try session.perform(command, on: id, by: rules, expecting: expected)
            guard case .confirm = command, let entry = try session.violations(of: id.stream).entries[id],
                entry.body != nil, entry.toldOn == nil
            else { return version }
            return try tell(entry, in: session)
        }
    }

    /// Tells the body of an entry, also once more: from now on it has the whole term for its reply.
    /// - Returns: the version of the entry afterwards.
    /// - Throws: `Refusal`; `JournalError.conflict`; `CalendarError`.
    @discardableResult
    package func tell(
        _ id: Violation.ID, by actor: Actor, at now: Moment, expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let entries = try session.violations(of: id.stream).entries
            guard let entry = entries[id] else {
                throw ViolationRefusal.unknown("There is no entry “\(id)”: see the list of violations.")
            }
            if let expected, expected != entries.version(of: id) {
                throw JournalError.conflict(stream: id.stream, expected: expected)
            }
            return try tell(entry, in: session)
        }
    }

    /// Records the reply of a body, given by its link.
    /// - Throws: `Refusal`.
    package func reply(
        by link: BodyLinkRecord, text: String, document: String?, at now: Moment, once key: CommandKey? = nil
    ) async throws {
        guard link.subject == .violation, let id = Violation.ID(link.request) else {
            throw CorrespondenceRefusal.bodyLinkUnknown("There is no such link.")
        }
        _ = try await casework.transact(by: BodyLinkDesk.actor(of: link), at: now, once: key) { session in
            try session.perform(.reply(body: link.body, text: text, document: document), on: id, by: rules)
        }
    }

    /// The link by which a body replies to an entry, the latest that is open; nil where there is none.
    package func link(to id: Violation.ID, at now: Moment, in db: Database) throws -> (BodyLinkRecord, token: String)? {
        try BodyLinkRecord.fetch(request: id.description, subject: .violation, in: db).first { $0.isOpen(at: now) }
            .map { ($0, links.token(of: $0)) }
    }
}

extension ViolationDesk {
    /// Makes the link and, where it can leave, the sealed mail; then the entry says that the body was told.
    private func tell(_ entry: Violation, in session: CaseSession) throws -> Int {
        guard let body = entry.body else {
            throw ViolationRefusal.noBody("This duty was the centre's own: there is no body to be told.")
        }
        let link = try links.link(
            BodyLinkMade(
                request: entry.id.description, body: body,
                expiresAt: session.zone.start(of: session.today.adding(days: ComplaintNoticeDesk.bodyDays + 1)),
                opens: .violation), newID: post.newName, in: session)
        let replyBy = try session.calendar.dueDate(rules.reply, from: session.today)
        var told = ViolationTold(entry.id, body: body, replyBy: replyBy, way: "paper", link: link.id)
        let email = address.isEmpty ? nil : try BodyChannel.fetch(body, in: session.db).email
        guard let email else { return try session.perform(.tell(told), on: entry.id, by: rules) }
        let words = try words(entry, body, replyBy: replyBy, token: link.token, in: session)
        let mail = try post.seal(post.newName(), to: email, subject: words.subject, text: words.text)
        (told.letter, told.person, told.way) = (mail.letter, mail.person, "mail")
        let version = try session.perform(.tell(told), on: entry.id, by: rules)
        try post.enqueue(mail, subject: "\(entry.stream)#\(version)", in: session.transaction)
        return version
    }

    /// The mail: body, duty, dates and link; nobody's name.
    private func words(
        _ entry: Violation, _ body: String, replyBy: CivilDate, token: String, in session: CaseSession
    ) throws -> (subject: String, text: String) {
        func same(_ text: String) -> Localized { Localized(kk: text, ru: text) }
        let values = [
            "number": same(entry.stream.id), "due": same(LetterPDF.short(entry.due)),
            "duty": casework.rulebooks.title(of: entry.rule) ?? same(entry.rule),
            "replyBy": same(LetterPDF.short(replyBy)), "link": same("\(address)/body/\(token)"),
            "body": try Registry.localizedName(of: body, on: session.today, in: session.db) ?? same(body),
        ]
        return mails.mail(.bodyViolation, values, in: [.kk, .ru])
    }

    package func document(for delivery: DeliveryRecord) async throws -> [UInt8]? {
        let parts = delivery.subject.split(separator: "#").map(String.init)
        guard parts.count == 2, let version = Int(parts[1]) else { return nil }
        let history = try await casework.history(of: StreamID(parts[0]))
        let event = history.first { $0.recorded.version == version }?.event.content as? ViolationEvent
        guard case .violationTold(let told)? = event else { return nil }
        return try await post.open(told.letter, of: told.person)
    }

    /// Nothing follows from the receipt but that the words are forgotten: the delivery itself stands in the journal.
    package func delivered(
        _ delivery: DeliveryRecord, receipt: DeliveryReceipt, in transaction: JournalTransaction
    ) throws { post.forget(delivery, in: transaction) }

    /// The dead letter is visible as such; its words are forgotten.
    package func died(_ delivery: DeliveryRecord, reason: String, in transaction: JournalTransaction) throws {
        post.forget(delivery, in: transaction)
    }
}
