import CanonicalJSON
import Casework
import GRDB
import Journal
import WorkingDays

/// A form that was begun and not sent yet.
package struct CardDraft: Hashable, Sendable {
    /// What was typed.
    package let form: CardForm
    /// The edition of the card from which the form was made.
    package let edition: Int
    /// When it was kept last.
    package let savedAt: Moment

    /// A draft from its parts.
    package init(form: CardForm, edition: Int, savedAt: Moment) {
        self.form = form
        self.edition = edition
        self.savedAt = savedAt
    }
}

/// Forms that were begun: one of each person for a card, one of each body for a request.
///
/// They stand beside the events and are none: nobody reads them but who types, and they are erased when the form is sent.
package enum CardDrafts {
    /// The table.
    package static let table = "cardDraft"
    /// The largest draft, in bytes: a form of the longest card is a tenth of it.
    package static let largest = 1 << 18
    /// After how many days without a word a draft is forgotten.
    package static let days = 90

    /// The draft of somebody who keeps cards.
    package static func id(of actor: Actor, card: String) -> String { "\(actor.rawValue)/\(card)" }

    /// The draft of a body that answers a request.
    package static func id(request: String) -> String { "request/\(request)" }

    /// Makes the table where it is missing.
    package static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS \(table) (
                  id TEXT NOT NULL PRIMARY KEY, edition INTEGER NOT NULL, savedAt INTEGER NOT NULL,
                  content TEXT NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX IF NOT EXISTS cardDraftByTime ON \(table) (savedAt);
                """)
    }

    /// A draft; nil where none was kept.
    package static func fetch(_ id: String, in db: Database) throws -> CardDraft? {
        guard try db.tableExists(table),
            let row = try Row.fetchOne(db, sql: "SELECT * FROM \(table) WHERE id = ?", arguments: [id])
        else { return nil }
        // A draft of an edition of the program that had another form is forgotten, not a page that fails.
        guard let form = try? CanonicalCoding.decode(CardForm.self, from: (row["content"] as String).utf8) else {
            return nil
        }
        return CardDraft(
            form: form, edition: row["edition"], savedAt: Moment(millisecondsSince1970: row["savedAt"]))
    }

    /// Keeps a draft in the place of the former one, and forgets those that nobody has touched for long.
    /// - Throws: `Refusal` where it is larger than a card can be.
    package static func keep(_ draft: CardDraft, as id: String, in db: Database) throws {
        let content = String(decoding: try CanonicalCoding.encode(draft.form), as: UTF8.self)
        guard content.utf8.count <= largest else {
            throw KnowledgeRefusal.formTooLarge("The form holds more than a card may: shorten its texts.")
        }
        try create(in: db)
        let moment = draft.savedAt.millisecondsSince1970
        try db.execute(
            sql: """
                INSERT INTO \(table) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
                  edition = excluded.edition, savedAt = excluded.savedAt, content = excluded.content
                """, arguments: [id, draft.edition, moment, content])
        try db.execute(
            sql: "DELETE FROM \(table) WHERE savedAt < ?", arguments: [moment - Int64(days) * 86_400_000])
    }

    /// Forgets a draft.
    package static func remove(_ id: String, in db: Database) throws {
        guard try db.tableExists(table) else { return }
        try db.execute(sql: "DELETE FROM \(table) WHERE id = ?", arguments: [id])
    }
}

extension CardDesk {
    /// The draft of somebody; nil where none was kept.
    package func draft(_ id: String) async throws -> CardDraft? {
        try await casework.journal.read { try CardDrafts.fetch(id, in: $0) }
    }

    /// Keeps a draft in the place of the former one.
    /// - Throws: `Refusal` where it is larger than a card can be; `JournalError`.
    package func keep(_ draft: CardDraft, as id: String, by actor: Actor) async throws {
        _ = try await casework.transact(by: actor, at: draft.savedAt) { session in
            try CardDrafts.keep(draft, as: id, in: session.db)
            return 0
        }
    }

    /// Forgets a draft.
    package func forgetDraft(_ id: String, by actor: Actor, at now: Moment) async throws {
        _ = try await casework.transact(by: actor, at: now) { session in
            try CardDrafts.remove(id, in: session.db)
            return 0
        }
    }
}
