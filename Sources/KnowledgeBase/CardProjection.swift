import CanonicalJSON
import CardSearch
import Casework
import GRDB
import Journal

/// The cards as they stand, all their editions, and the search index over them.
package struct CardProjection: Projection {
    package let name = "cards"
    package let version = 1
    package let tables = ["card", "cardEdition", "serviceAcceptance"] + SearchIndex.tables
    private let catalogue: EventCatalogue

    /// The tables over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE card (
                  code TEXT PRIMARY KEY, edition INTEGER NOT NULL, content TEXT NOT NULL, sphere TEXT NOT NULL,
                  owner TEXT NOT NULL, titleKK TEXT NOT NULL, titleRU TEXT NOT NULL, mark TEXT NOT NULL DEFAULT 'present',
                  editedAt INTEGER NOT NULL, confirmedAt INTEGER, body TEXT NOT NULL
                ) STRICT;
                CREATE TABLE cardEdition (
                  code TEXT NOT NULL, edition INTEGER NOT NULL, editedAt INTEGER NOT NULL, actor TEXT NOT NULL,
                  source TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (code, edition)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE serviceAcceptance (
                  service TEXT PRIMARY KEY, state TEXT NOT NULL, since INTEGER NOT NULL
                ) STRICT;
                """)
        try SearchIndex.create(in: db)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        switch event.name {
        // Of the events of onboarding only the name and the fact `service` are used.
        case "protocolCompleted", "wentLive":
            guard let service = try catalogue.read(event).content.facts["service"] else { return }
            try db.execute(
                sql: """
                    INSERT INTO serviceAcceptance VALUES (?, ?, ?)
                    ON CONFLICT (service) DO UPDATE SET state = CASE state WHEN 'live' THEN 'live' ELSE excluded.state END,
                      since = CASE state WHEN 'live' THEN since ELSE excluded.since END
                    """,
                arguments: [
                    service, event.name == "wentLive" ? "live" : "accepted", event.occurredAt.millisecondsSince1970,
                ])
            try index(service, in: db)
        case let name where CardEvent.names.contains(name):
            guard let content = try catalogue.read(event).content as? CardEvent else { return }
            try take(content, event, in: db)
        default: return
        }
    }

    private func take(_ content: CardEvent, _ event: RecordedEvent, in db: Database) throws {
        let code = event.stream.id
        func mark(_ mark: String) throws {
            try db.execute(sql: "UPDATE card SET mark = ? WHERE code = ?", arguments: [mark, code])
        }
        switch content {
        case .cardEdited(let edited):
            let body = String(decoding: try CanonicalCoding.encode(edited.card), as: UTF8.self)
            let moment = event.recordedAt.millisecondsSince1970
            let edition =
                (try Int.fetchOne(db, sql: "SELECT edition FROM card WHERE code = ?", arguments: [code]) ?? 0) + 1
            let card = edited.card
            try db.execute(
                sql: """
                    INSERT INTO card (code, edition, content, sphere, owner, titleKK, titleRU, editedAt, body)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (code) DO UPDATE SET edition = excluded.edition, content = excluded.content,
                      sphere = excluded.sphere, owner = excluded.owner, titleKK = excluded.titleKK,
                      titleRU = excluded.titleRU, editedAt = excluded.editedAt, confirmedAt = NULL, body = excluded.body,
                      mark = CASE mark WHEN 'outOfDate' THEN 'present' ELSE mark END
                    """,
                arguments: [
                    code, edition, card.content.rawValue, card.sphere, card.owner, card.title.kk ?? "",
                    card.title.ru ?? "", moment, body,
                ])
            try db.execute(
                sql: "INSERT INTO cardEdition VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [code, edition, moment, event.actor.rawValue, edited.source, body])
        case .cardConfirmed:
            try db.execute(
                sql: "UPDATE card SET confirmedAt = ? WHERE code = ?",
                arguments: [event.occurredAt.millisecondsSince1970, code])
        case .cardOutOfDate: try mark("outOfDate")
        case .cardWithdrawn: try mark("withdrawn")
        case .cardRestored: try mark("present")
        }
        try index(code, in: db)
    }

    private func index(_ code: String, in db: Database) throws {
        guard let record = try CardRecord.fetch(code, in: db) else { return }
        try SearchIndex.save(record.card.searchable(state: record.state.rawValue), in: db)
    }
}
