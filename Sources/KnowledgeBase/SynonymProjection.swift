import CanonicalJSON
import CardSearch
import Casework
import GRDB
import Journal
import WorkingDays

/// What coordinators changed of the synonyms, and the queries they keep to try changes on.
package struct SynonymProjection: Projection {
    package let name = "synonyms"
    package let version = 1
    package let tables = ["synonymGroup", "synonymChange", "savedQuery"]
    private let catalogue: EventCatalogue

    /// The tables over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE synonymGroup (id TEXT PRIMARY KEY, version INTEGER NOT NULL, body TEXT) STRICT;
                CREATE TABLE synonymChange (
                  id TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
                  reason TEXT NOT NULL, body TEXT, PRIMARY KEY (id, version)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX synonymChangeByTime ON synonymChange (at, id);
                CREATE TABLE savedQuery (
                  text TEXT PRIMARY KEY, card TEXT NOT NULL, keptAt INTEGER NOT NULL, keptBy TEXT NOT NULL
                ) STRICT;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard SynonymEvent.has(event.name),
            let content = try catalogue.read(event).content as? SynonymEvent
        else { return }
        func change(_ id: String, _ body: String?, _ reason: String) throws {
            try db.execute(
                sql: """
                    INSERT INTO synonymGroup VALUES (?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body
                    """, arguments: [id, event.version, body])
            try db.execute(
                sql: "INSERT INTO synonymChange VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    id, event.version, event.occurredAt.millisecondsSince1970, event.actor.rawValue, reason, body,
                ])
        }
        switch content {
        case .synonymGroupSaved(let saved):
            let body = String(decoding: try CanonicalCoding.encode(saved.group), as: UTF8.self)
            try change(saved.group.id, body, saved.reason)
        case .synonymGroupWithdrawn(let withdrawn): try change(withdrawn.id, nil, withdrawn.reason)
        case .savedQueryKept(let kept):
            try db.execute(
                sql: """
                    INSERT INTO savedQuery VALUES (?, ?, ?, ?) ON CONFLICT (text) DO UPDATE SET card = excluded.card,
                      keptAt = excluded.keptAt, keptBy = excluded.keptBy
                    """,
                arguments: [kept.text, kept.card, event.occurredAt.millisecondsSince1970, event.actor.rawValue])
        case .savedQueryDropped(let dropped):
            try db.execute(sql: "DELETE FROM savedQuery WHERE text = ?", arguments: [dropped.text])
        }
    }
}
