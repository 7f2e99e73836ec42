import Casework
import Complaints
import GRDB
import Journal
import WorkingDays

/// By which way somebody is told of a complaint.
package enum NoticeWay: String, CaseIterable, Codable, Hashable, Sendable {
    /// A mail leaves through the outbox.
    case mail
    /// The body's own system is told, through the outbox.
    case webhook
    /// A short message leaves through the outbox.
    case sms
    /// No address is known: somebody must write.
    case paper
}

/// Somebody is told of a complaint; the mail itself is sealed with a key of its own, which is erased when it has gone.
package struct ComplaintNoticeMade: Codable, Hashable, Sendable {
    /// What it is about.
    package var about: ComplaintMailKind
    /// The code of the body, where it goes to one; nil where it goes to the applicant.
    package var body: String?
    /// The number of the complaint.
    package var complaint: String
    /// The entry of the complaint that it tells of, by its place in the case; nil for a reminder.
    package var entry: Int?
    /// The sealed mail; nil on paper.
    package var letter: String?
    /// The identity of the link in it.
    package var link: String?
    /// Whose key seals the mail; good for this one mail.
    package var person: String?
    /// By which way.
    package var way: NoticeWay
}

/// What can happen to a notice, stream `complaintNotice/<id>`; whether it has gone the delivery of the same name says.
package enum ComplaintNoticeEvent: EventContent, Equatable {
    /// It was made, and with it its delivery.
    case complaintNoticeMade(ComplaintNoticeMade)

    /// The names in the journal.
    package enum Name: String, CaseIterable { case complaintNoticeMade }

    package var tagged: Tagged<Name> {
        switch self {
        case .complaintNoticeMade(let made): Tagged(.complaintNoticeMade, made)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .complaintNoticeMade: .complaintNoticeMade(try content())
        }
    }
}

/// The table of notices about complaints, and of those by which a body got a complaint that it has not confirmed.
package struct ComplaintNoticeProjection: Projection {
    package let name = "complaintNotices"
    package let version = 1
    package let tables = ["complaintNotice"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE complaintNotice (
                  id TEXT NOT NULL PRIMARY KEY, complaint TEXT NOT NULL, about TEXT NOT NULL, body TEXT,
                  way TEXT NOT NULL CHECK (way IN ('mail', 'webhook', 'sms', 'paper')), madeAt INTEGER NOT NULL,
                  -- Of those by which a body got the complaint: whether it has not confirmed that.
                  isOpen INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX complaintNoticeByComplaint ON complaintNotice (complaint, madeAt);
                CREATE INDEX complaintNoticeOpen ON complaintNotice (madeAt, complaint, body) WHERE isOpen = 1;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        switch event.name {
        case ComplaintNoticeEvent.Name.complaintNoticeMade.rawValue:
            guard case .complaintNoticeMade(let made)? = try catalogue.read(event).content as? ComplaintNoticeEvent
            else { return }
            try db.execute(
                sql: """
                    INSERT INTO complaintNotice (id, complaint, about, body, way, madeAt, isOpen)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    event.stream.id, made.complaint, made.about.rawValue, made.body, made.way.rawValue,
                    event.occurredAt.millisecondsSince1970, made.about == .bodyComplaint,
                ])
        // Every act of a body begins with it.
        case ComplaintEvent.Name.complaintReceived.rawValue:
            guard case .complaintReceived(let received)? = try catalogue.read(event).content as? ComplaintEvent
            else { return }
            try db.execute(
                sql: "UPDATE complaintNotice SET isOpen = 0 WHERE complaint = ? AND body = ? AND isOpen = 1",
                arguments: [event.stream.id, received.body])
        default: return
        }
    }
}

/// A notice as pages read it.
package struct ComplaintNoticeRecord: Hashable, Sendable {
    /// Its identity; its delivery has the same after `complaint-notice-`.
    package let id: String
    /// The number of the complaint.
    package let complaint: String
    /// What it is about.
    package let about: ComplaintMailKind
    /// The code of the body; nil where it went to the applicant.
    package let body: String?
    /// By which way.
    package let way: NoticeWay
    /// When it was made.
    package let madeAt: Moment

    init(_ row: Row) throws {
        id = row["id"]
        complaint = row["complaint"]
        about = try row.value("about")
        body = row["body"]
        way = try row.value("way")
        madeAt = Moment(millisecondsSince1970: row["madeAt"])
    }

    /// The notices about a complaint, oldest first.
    package static func fetch(complaint: String, in db: Database) throws -> [ComplaintNoticeRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM complaintNotice WHERE complaint = ? ORDER BY madeAt, id", arguments: [complaint]
        ).map(ComplaintNoticeRecord.init)
    }

    /// Whether there is a notice of an identity.
    package static func exists(_ id: String, in db: Database) throws -> Bool {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT 1 FROM complaintNotice WHERE id = ?"), arguments: [id]) != nil
    }

    /// The open complaints whose body was told before a moment and has not confirmed that it has them, and those for whose
    /// body no address is known, whenever it was; the oldest first.
    package static func unreceived(before moment: Moment, limit: Int, in db: Database) throws -> [ComplaintNoticeRecord]
    {
        try Row.fetchAll(
            db, sql: "SELECT complaintNotice.* \(Self.waiting) ORDER BY complaintNotice.madeAt LIMIT ?",
            arguments: [moment.millisecondsSince1970, limit]
        ).map(ComplaintNoticeRecord.init)
    }

    /// How many they are.
    package static func unreceivedCount(before moment: Moment, in db: Database) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT count(*) \(Self.waiting)", arguments: [moment.millisecondsSince1970]) ?? 0
    }

    private static let waiting = """
        FROM complaintNotice JOIN complaint ON complaint.id = complaintNotice.complaint
        WHERE complaintNotice.isOpen = 1 AND complaint.status = 'open' AND complaint.body = complaintNotice.body
          AND (complaintNotice.madeAt < ? OR complaintNotice.way = 'paper')
        """
}
