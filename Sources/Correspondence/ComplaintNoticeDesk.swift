import Casework
import Complaints
import Crypto
import Delivery
import GRDB
import Journal
import PersonalData
import Synchronization
import WorkingDays

/// Tells the body of each complaint that it must answer, and the applicant of what becomes of it: by mail through the
/// outbox, each once.
///
/// Nothing is remembered but the journal: the identity of a notice is made from the entry that it tells of and from whom
/// it goes to, and the outbox takes an identity once for ever. The mail holds a link, and to the applicant perhaps his
/// answer; it is sealed with a key of its own, which is erased as soon as the mail has gone or was given up.
package struct ComplaintNoticeDesk: DeliverySubject {
    /// The name of the destination in the outbox; personal mail of all kinds goes there.
    package static let destination = "mail"
    /// The name of the destination of short messages.
    package static let messages = "sms"
    /// The name of the destination of what bodies' systems are told.
    package static let webhooks = "webhooks"
    /// The kind of delivery.
    package var kind: String { post.kind }
    /// What happened longer ago is no news any more, so that the first start does not write of old complaints; days.
    static let news = 3
    /// How long a link in a mail is good for, in calendar days: an answer may come late, and is wanted all the same.
    package static let bodyDays = 90
    static let applicantDays = 365

    let casework: Casework
    let vault: PersonVault
    let post: SealedPost
    let links: BodyLinkDesk
    let mails: ComplaintMails
    let rules: ReminderRules
    /// Where the site is for others, without a slash at its end: `https://1414.example.kz`.
    let address: String
    /// Whether whoever gave a telephone and no address gets short messages.
    let sendsMessages: Bool
    private let cursor = Cursor()

    /// How far the journal was looked through, for as long as the program runs.
    private final class Cursor: Sendable {
        let position = Mutex<Int64?>(nil)
    }

    /// A desk from its parts.
    package init(
        casework: Casework, vault: PersonVault, outbox: Outbox, links: BodyLinkDesk, mails: ComplaintMails,
        rules: ReminderRules, address: String, sendsMessages: Bool = false,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.casework = casework
        self.vault = vault
        post = SealedPost("complaint-notice", vault: vault, outbox: outbox, randomBytes: randomBytes)
        self.links = links
        self.mails = mails
        self.rules = rules
        self.address = address
        self.sendsMessages = sendsMessages
    }

    /// Queues what is to be told of since the last round.
    /// - Returns: how many notices were made.
    /// - Throws: `JournalError`; `VaultError` where the key of an applicant is lost.
    @discardableResult
    package func round(at now: Moment) async throws -> Int {
        let oldest = now.adding(milliseconds: -Int64(Self.news) * 86_400_000)
        var position: Int64
        if let known = cursor.position.withLock(\.self) {
            position = known
        } else {
            position = try await casework.journal.read { try Self.position(before: oldest, in: $0) }
        }
        var made = 0
        while true {
            try Task.checkCancellation()
            let after = position
            let events = try await casework.journal.read { db in
                try SQLiteEventStore(db: db).events(after: after, limit: 500)
            }
            guard let last = events.last else { break }
            for event in events where event.stream.kind == Complaint.streamKind && event.occurredAt >= oldest {
                made += try await tell(of: event, at: now)
            }
            position = last.position
        }
        let reached = position
        cursor.position.withLock { $0 = reached }
        return made
    }

    /// The last position recorded before a moment; positions and moments of recording grow together.
    private static func position(before moment: Moment, in db: Database) throws -> Int64 {
        let store = SQLiteEventStore(db: db)
        var (low, high) = (Int64(0), try store.head().position)
        while low < high {
            let middle = (low + high + 1) / 2
            guard let event = try store.events(after: middle - 1, limit: 1).first else { break }
            if event.recordedAt < moment { low = middle } else { high = middle - 1 }
        }
        return low
    }

    /// Makes the notices that follow from one entry of a complaint.
    private func tell(of event: RecordedEvent, at now: Moment) async throws -> Int {
        guard ComplaintEvent.has(event.name),
            let content = try casework.catalogue.read(event).content as? ComplaintEvent
        else { return 0 }
        let kinds = Self.notices(of: content)
        guard !kinds.isEmpty else { return 0 }
        let number = event.stream.id
        return try await casework.transact(by: .timer, at: now) { session in
            guard let record = try ComplaintRecord.fetch(id: number, in: session.db), record.status != .annulled else {
                return 0
            }
            return try kinds.count { kind in
                // A body that has it no more is told nothing; the next entry tells of the next one.
                if let body = content.nextBody, body != record.body { return false }
                if kind.isForBody, record.status != .open { return false }
                let id = Self.identity(["\(event.stream)", "\(event.version)", kind.rawValue])
                return try make(id, kind, of: record, entry: (event.version, content), in: session)
            }
        }
    }

    /// Who is told what of an entry; pure.
    static func notices(of event: ComplaintEvent) -> [ComplaintMailKind] {
        switch event {
        case .complaintRegistered: [.bodyComplaint, .applicantRegistered]
        case .complaintTransferred: [.bodyComplaint, .applicantTransferred]
        case .complaintExtended: [.applicantExtended]
        case .complaintAnswered: [.applicantAnswered]
        case .applicantAsked: [.applicantAsked]
        case .applicantAdded: [.bodyAdded]
        case .complaintReturnDeclined: [.bodyDeclined]
        case .applicantTold, .complaintWithdrawn, .complaintClassified, .complaintCorrected, .complaintAnnulled,
            .complaintNoted, .complaintRevealed, .complaintReceived, .complaintReturnProposed, .answerRated,
            .complaintContinued, .unlawfulStepFound, .complaintAssigned:
            []
        }
    }

    static func identity(_ parts: [String]) -> String {
        let digest = SHA256.hash(data: Array(parts.joined(separator: "\n").utf8))
        return String(EventLink.hexadecimal(Array(digest)).prefix(40))
    }
}

extension ComplaintEvent {
    /// The body that must answer from this entry on.
    fileprivate var nextBody: String? {
        switch self {
        case .complaintRegistered(let event): event.body
        case .complaintTransferred(let event): event.body
        default: nil
        }
    }
}
