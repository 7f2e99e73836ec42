import Casework
import GRDB
import Journal
import WorkingDays

/// The table of links that were made for bodies.
package struct BodyLinkProjection: Projection {
    package let name = "bodyLinks"
    package let version = 3
    package let tables = ["bodyLink"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE bodyLink (
                  id TEXT PRIMARY KEY, request TEXT NOT NULL, body TEXT NOT NULL, subject TEXT NOT NULL,
                  madeAt INTEGER NOT NULL,
                  expiresAt INTEGER NOT NULL, openedAt INTEGER, lastOpenedAt INTEGER, revokedAt INTEGER
                ) STRICT;
                CREATE INDEX bodyLinkByRequest ON bodyLink (request, subject, madeAt);
                CREATE INDEX bodyLinkByBody ON bodyLink (body, madeAt);
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard BodyLinkEvent.has(event.name),
            let content = try catalogue.read(event).content as? BodyLinkEvent
        else { return }
        let at = event.occurredAt.millisecondsSince1970
        switch content {
        case .bodyLinkMade(let made):
            try db.execute(
                sql: """
                    INSERT INTO bodyLink (id, request, body, subject, madeAt, expiresAt) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    event.stream.id, made.request, made.body, made.subject.rawValue, at,
                    made.expiresAt.millisecondsSince1970,
                ])
        case .bodyLinkOpened:
            try db.execute(
                sql: "UPDATE bodyLink SET openedAt = coalesce(openedAt, ?), lastOpenedAt = ? WHERE id = ?",
                arguments: [at, at, event.stream.id])
        case .bodyLinkRevoked:
            try db.execute(sql: "UPDATE bodyLink SET revokedAt = ? WHERE id = ?", arguments: [at, event.stream.id])
        }
    }
}

/// A link as it stands.
package struct BodyLinkRecord: Hashable, Sendable {
    /// Its identity; without the signature it opens nothing.
    package let id: String
    /// The request, the complaint or the campaign that it opens.
    package let request: String
    /// Which of them, and for whom.
    package let subject: LinkSubject
    /// The code of the body; empty where it is the applicant's.
    package let body: String
    /// When it was made.
    package let madeAt: Moment
    /// When it ends.
    package let expiresAt: Moment
    /// When the body looked at it first.
    package let openedAt: Moment?
    /// When a look was recorded last.
    package let lastOpenedAt: Moment?
    /// When it was revoked.
    package let revokedAt: Moment?

    init(_ row: Row) throws {
        func moment(_ column: String) -> Moment? {
            (row[column] as Int64?).map { Moment(millisecondsSince1970: $0) }
        }
        id = row["id"]
        request = row["request"]
        subject = try row.value("subject")
        body = row["body"]
        madeAt = Moment(millisecondsSince1970: row["madeAt"])
        expiresAt = Moment(millisecondsSince1970: row["expiresAt"])
        openedAt = moment("openedAt")
        lastOpenedAt = moment("lastOpenedAt")
        revokedAt = moment("revokedAt")
    }

    /// Whether it opens anything at a moment.
    package func isOpen(at now: Moment) -> Bool { revokedAt == nil && now < expiresAt }

    /// The links to a request, or to what else is said, the latest first.
    package static func fetch(
        request: String, subject: LinkSubject = .request, in db: Database
    ) throws -> [BodyLinkRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM bodyLink WHERE request = ? AND subject = ? ORDER BY madeAt DESC, id",
            arguments: [request, subject.rawValue]
        ).map(BodyLinkRecord.init)
    }

    /// The links of a body to requests, the latest first; those to complaints are for people who may read complaints.
    package static func fetch(body: String, limit: Int = 100, in db: Database) throws -> [BodyLinkRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM bodyLink WHERE body = ? AND subject = 'request' ORDER BY madeAt DESC, id LIMIT ?",
            arguments: [body, limit]
        ).map(BodyLinkRecord.init)
    }

    /// A link by its identity.
    package static func fetch(id: String, in db: Database) throws -> BodyLinkRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM bodyLink WHERE id = ?", arguments: [id]).map(BodyLinkRecord.init)
    }
}
