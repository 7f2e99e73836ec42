import Casework
import GRDB
import Journal
import WorkingDays

/// The table of links that were made for bodies.
package struct BodyLinkProjection: Projection {
    package let name = "bodyLinks"
    package let version = 1
    package let tables = ["bodyLink"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE bodyLink (
                  id TEXT PRIMARY KEY, request TEXT NOT NULL, body TEXT NOT NULL, madeAt INTEGER NOT NULL,
                  expiresAt INTEGER NOT NULL, openedAt INTEGER, lastOpenedAt INTEGER, revokedAt INTEGER
                ) STRICT;
                CREATE INDEX bodyLinkByRequest ON bodyLink (request, madeAt);
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard BodyLinkEvent.names.contains(event.name),
            let content = try catalogue.read(event).content as? BodyLinkEvent
        else { return }
        let at = event.occurredAt.millisecondsSince1970
        switch content {
        case .bodyLinkMade(let made):
            try db.execute(
                sql: "INSERT INTO bodyLink (id, request, body, madeAt, expiresAt) VALUES (?, ?, ?, ?, ?)",
                arguments: [event.stream.id, made.request, made.body, at, made.expiresAt.millisecondsSince1970])
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
    /// The request that it opens.
    package let request: String
    /// The code of the body.
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

    init(_ row: Row) {
        func moment(_ column: String) -> Moment? {
            (row[column] as Int64?).map { Moment(millisecondsSince1970: $0) }
        }
        id = row["id"]
        request = row["request"]
        body = row["body"]
        madeAt = Moment(millisecondsSince1970: row["madeAt"])
        expiresAt = Moment(millisecondsSince1970: row["expiresAt"])
        openedAt = moment("openedAt")
        lastOpenedAt = moment("lastOpenedAt")
        revokedAt = moment("revokedAt")
    }

    /// Whether it opens anything at a moment.
    package func isOpen(at now: Moment) -> Bool { revokedAt == nil && now < expiresAt }

    /// The links to a request, the latest first.
    package static func fetch(request: String, in db: Database) throws -> [BodyLinkRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM bodyLink WHERE request = ? ORDER BY madeAt DESC, id", arguments: [request]
        ).map(BodyLinkRecord.init)
    }

    /// The links of a body, the latest first.
    package static func fetch(body: String, limit: Int = 100, in db: Database) throws -> [BodyLinkRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM bodyLink WHERE body = ? ORDER BY madeAt DESC, id LIMIT ?", arguments: [body, limit]
        ).map(BodyLinkRecord.init)
    }

    /// A link by its identity.
    package static func fetch(id: String, in db: Database) throws -> BodyLinkRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM bodyLink WHERE id = ?", arguments: [id]).map(BodyLinkRecord.init)
    }
}
