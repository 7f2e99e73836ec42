import Casework
import GRDB
import Journal
import Languages
import WorkingDays

/// The table of drafts of requests for additional information.
package struct RequestDraftProjection: Projection {
    package let name = "requestDrafts"
    package let version = 1
    package let tables = ["requestDraft", "requestDraftNumber"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE requestDraft (
                  id TEXT PRIMARY KEY, body TEXT NOT NULL, service TEXT, text TEXT NOT NULL, language TEXT NOT NULL,
                  gap TEXT, draftedAt INTEGER NOT NULL, draftedBy TEXT NOT NULL,
                  state TEXT NOT NULL CHECK (state IN ('draft', 'sent', 'dropped')), request TEXT, reason TEXT
                ) STRICT;
                CREATE INDEX requestDraftByState ON requestDraft (state, id);
                CREATE TABLE requestDraftNumber (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard RequestDraftEvent.has(event.name),
            let content = try catalogue.read(event).content as? RequestDraftEvent
        else { return }
        let id = event.stream.id
        switch content {
        case .requestDrafted(let drafted):
            try db.execute(
                sql: """
                    INSERT INTO requestDraft (id, body, service, text, language, gap, draftedAt, draftedBy, state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'draft')
                    """,
                arguments: [
                    id, drafted.body, drafted.service, drafted.text, drafted.language.rawValue, drafted.gap,
                    event.occurredAt.millisecondsSince1970, event.actor.rawValue,
                ])
            let parts = id.split(separator: "-").compactMap { Int($0) }
            guard parts.count == 2 else { return }
            try db.execute(
                sql: """
                    INSERT INTO requestDraftNumber VALUES (?, ?)
                    ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)
                    """, arguments: [parts[0], parts[1]])
        case .requestDraftSent(let sent):
            try db.execute(
                sql: "UPDATE requestDraft SET state = 'sent', request = ? WHERE id = ?", arguments: [sent.request, id])
        case .requestDraftDropped(let dropped):
            try db.execute(
                sql: "UPDATE requestDraft SET state = 'dropped', reason = ? WHERE id = ?",
                arguments: [dropped.reason, id])
        }
    }
}

/// A draft as it stands.
package struct RequestDraftRecord: Codable, Hashable, Sendable {
    /// The number: `2026-000001`.
    package let id: String
    /// The code of the body that is to be asked.
    package let body: String
    /// The code of the service, where it is known.
    package let service: String?
    /// What is asked.
    package let text: String
    /// The language in which the caller asked.
    package let language: Language
    /// The gap that an answer would close.
    package let gap: String?
    /// When it was written.
    package let draftedAt: Moment
    /// Who wrote it.
    package let draftedBy: String

    init(_ row: Row) throws {
        id = row["id"]
        body = row["body"]
        service = row["service"]
        text = row["text"]
        language = try row.named("language")
        gap = row["gap"]
        draftedAt = Moment(millisecondsSince1970: row["draftedAt"])
        draftedBy = row["draftedBy"]
    }

    /// The drafts that wait to be sent, the oldest first.
    package static func waiting(limit: Int = 200, in db: Database) throws -> [RequestDraftRecord] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM requestDraft WHERE state = 'draft' ORDER BY id LIMIT ?"),
            arguments: [limit]
        ).map(RequestDraftRecord.init)
    }

    /// How many drafts wait to be sent.
    package static func waitingCount(in db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM requestDraft WHERE state = 'draft'") ?? 0
    }

    /// A draft by its number, nil where there is none.
    package static func fetch(_ id: String, in db: Database) throws -> RequestDraftRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM requestDraft WHERE id = ?"), arguments: [id])
            .map(RequestDraftRecord.init)
    }

    static func nextNumber(in year: Int, from db: Database) throws -> String {
        let last = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT last FROM requestDraftNumber WHERE year = ?"), arguments: [year])
        let digits = String((last ?? 0) + 1)
        return "\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
