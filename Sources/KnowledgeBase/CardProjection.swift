import CanonicalJSON
import CardSearch
import Casework
import GRDB
import Journal
import Languages
import Rulebook
import WorkingDays

/// The cards as they stand, all their editions, and the search index over them.
package struct CardProjection: Projection {
    package let name = "cards"
    package let version = 6
    package let tables =
        ["card", "cardEdition", "cardItem", "cardImport", "serviceAcceptance"] + SearchIndex.tables
    private let catalogue: EventCatalogue

    /// The clock of the rulebook that ends on the first day of consulting (797 §9).
    private static let waitingClock = "start-consulting"

    /// The tables over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE card (
                  code TEXT PRIMARY KEY, edition INTEGER NOT NULL, content TEXT NOT NULL, sphere TEXT NOT NULL,
                  owner TEXT NOT NULL, region TEXT, titleKK TEXT NOT NULL, titleRU TEXT NOT NULL,
                  mark TEXT NOT NULL DEFAULT 'present' CHECK (mark IN ('present', 'withdrawn')), markReason TEXT,
                  outdatedAt INTEGER, outdatedReason TEXT, outdatedFields TEXT, origin TEXT NOT NULL,
                  fileEdition INTEGER, editedAt INTEGER NOT NULL, confirmedAt INTEGER, confirmedBy TEXT,
                  isOneLanguage INTEGER NOT NULL, isUneven INTEGER NOT NULL, version INTEGER NOT NULL,
                  body TEXT NOT NULL, missing TEXT NOT NULL, vague TEXT NOT NULL
                ) STRICT;
                CREATE INDEX cardSilent ON card (code) WHERE missing <> '' OR vague <> '';
                CREATE INDEX cardByOwner ON card (owner, code);
                CREATE INDEX cardBySphere ON card (sphere, code);
                CREATE TABLE cardEdition (
                  code TEXT NOT NULL, edition INTEGER NOT NULL, editedAt INTEGER NOT NULL, actor TEXT NOT NULL,
                  source TEXT NOT NULL, origin TEXT NOT NULL, confirmedAt INTEGER, confirmedBy TEXT,
                  confirmation TEXT, body TEXT NOT NULL, PRIMARY KEY (code, edition)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE cardItem (
                  code TEXT NOT NULL, field TEXT NOT NULL, newer TEXT NOT NULL CHECK (newer IN ('kk', 'ru')),
                  PRIMARY KEY (code, field)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE cardImport (
                  version INTEGER PRIMARY KEY, digest TEXT NOT NULL, importedAt INTEGER NOT NULL
                ) STRICT;
                CREATE TABLE serviceAcceptance (
                  service TEXT PRIMARY KEY, state TEXT NOT NULL, since INTEGER NOT NULL, stream TEXT NOT NULL,
                  liveFrom TEXT
                ) STRICT;
                """)
        try SearchIndex.create(in: db)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        switch event.name {
        // Of the events of onboarding only the name, the fact `service` and the waiting period are used.
        case "protocolCompleted", "wentLive": try accept(event, in: db)
        case "changeTookEffect": try outdate(event, in: db)
        case "clocksRecalculated", "entryCorrected": try move(event, in: db)
        case let name where CardEvent.has(name):
            guard let content = try catalogue.read(event).content as? CardEvent else { return }
            try take(content, event, in: db)
        default: return
        }
    }

    // MARK: - Acceptance

    private func accept(_ event: RecordedEvent, in db: Database) throws {
        let read = try catalogue.read(event)
        guard let service = read.content.facts["service"] else { return }
        let liveFrom = read.changes.last { $0.clock == Self.waitingClock && $0.due != nil }?.due
        // A service once consulted on stays so, whatever another body's request for it still has to wait for.
        try db.execute(
            sql: """
                INSERT INTO serviceAcceptance VALUES (?, ?, ?, ?, ?) ON CONFLICT (service) DO UPDATE SET
                  state = excluded.state, since = excluded.since, stream = excluded.stream,
                  liveFrom = coalesce(excluded.liveFrom, liveFrom)
                WHERE state <> 'live'
                """,
            arguments: [
                service, event.name == "wentLive" ? "live" : "accepted", event.occurredAt.millisecondsSince1970,
                event.stream.rawValue, liveFrom?.description,
            ])
        try index(service, in: db)
    }

    private func move(_ event: RecordedEvent, in db: Database) throws {
        let changes = try catalogue.read(event).changes
        guard let due = changes.last(where: { $0.clock == Self.waitingClock && $0.due != nil })?.due else { return }
        try db.execute(
            sql: "UPDATE serviceAcceptance SET liveFrom = ? WHERE stream = ?",
            arguments: [due.description, event.stream.rawValue])
    }

    /// The information of an accepted service has changed (797 §6): its card is out of date until an edition brings the
    /// new one. What was marked before, and why, stays.
    private func outdate(_ event: RecordedEvent, in db: Database) throws {
        guard let service = try catalogue.read(event).content.facts["service"] else { return }
        try db.execute(
            sql: """
                UPDATE card SET outdatedAt = ?, outdatedReason = ?, outdatedFields = ''
                WHERE code = ? AND mark = 'present' AND outdatedAt IS NULL
                  AND EXISTS (SELECT 1 FROM serviceAcceptance WHERE service = card.code)
                """,
            arguments: [event.occurredAt.millisecondsSince1970, "797 §6: \(event.stream.rawValue)", service])
        try index(service, in: db)
    }

    // MARK: - Cards

    private func take(_ content: CardEvent, _ event: RecordedEvent, in db: Database) throws {
        let code = event.stream.id
        func set(_ assignments: String, _ values: [(any DatabaseValueConvertible)?]) throws {
            try db.execute(
                sql: "UPDATE card SET version = ?, \(assignments) WHERE code = ?",
                arguments: StatementArguments([event.version] + values + [code]))
        }
        switch content {
        case .cardEdited(let edited): try edit(edited, event, in: db)
        case .cardConfirmed(let remark): try confirm(remark, event, in: db)
        case .cardOutOfDate(let remark):
            try set(
                "outdatedAt = ?, outdatedReason = ?, outdatedFields = ?",
                [
                    event.occurredAt.millisecondsSince1970, remark.text,
                    (remark.fields ?? []).sorted().joined(separator: " "),
                ])
        case .cardWithdrawn(let remark): try set("mark = 'withdrawn', markReason = ?", [remark.text])
        case .cardRestored(let remark):
            // What is out of date stays so while a card is away; on a card that was not, this lifts that mark.
            try set(
                """
                outdatedAt = CASE mark WHEN 'withdrawn' THEN outdatedAt END,
                outdatedReason = CASE mark WHEN 'withdrawn' THEN outdatedReason END,
                outdatedFields = CASE mark WHEN 'withdrawn' THEN outdatedFields END, mark = 'present', markReason = ?
                """, [remark.text])
        case .cardsImported(let imported):
            try db.execute(
                sql: "INSERT INTO cardImport VALUES (?, ?, ?)",
                arguments: [event.version, imported.digest, event.recordedAt.millisecondsSince1970])
            return
        }
        try index(code, in: db)
    }

    private func edit(_ edited: CardEdited, _ event: RecordedEvent, in db: Database) throws {
        let card = edited.card
        let code = event.stream.id
        let before = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT edition, outdatedAt, outdatedFields, body FROM card WHERE code = ?"),
            arguments: [code])
        let old = try before.map { try CanonicalCoding.decode(Card.self, from: ($0["body"] as String).utf8) }
        let edition = (before?["edition"] ?? 0) + 1
        let origin = edited.origin ?? .file
        let body = String(decoding: try CanonicalCoding.encode(card), as: UTF8.self)
        let moment = event.recordedAt.millisecondsSince1970
        let silence = CardSilence(card)
        let isUneven = try CardItems.take(card, after: old, in: db)
        var outdated = (before?["outdatedFields"] as String?)?.split(separator: " ").map(String.init)
        var isRenewed = edited.renews == true
        if let old, let fields = outdated, !fields.isEmpty {
            let changed = CardDifference.fields(old, card)
            outdated = fields.filter { !changed.contains($0) }
            isRenewed = isRenewed || outdated?.isEmpty == true
        }
        try db.execute(
            sql: """
                INSERT INTO card (code, edition, content, sphere, owner, region, titleKK, titleRU, origin, fileEdition,
                  editedAt, isOneLanguage, isUneven, version, body, missing, vague)
                VALUES (:code, :edition, :content, :sphere, :owner, :region, :kk, :ru, :origin, :file, :at, :one, :uneven,
                  :version, :body, :missing, :vague)
                ON CONFLICT (code) DO UPDATE SET edition = excluded.edition, content = excluded.content,
                  sphere = excluded.sphere, owner = excluded.owner, region = excluded.region,
                  titleKK = excluded.titleKK, titleRU = excluded.titleRU, origin = excluded.origin,
                  fileEdition = coalesce(excluded.fileEdition, fileEdition), editedAt = excluded.editedAt,
                  confirmedAt = NULL, confirmedBy = NULL, isOneLanguage = excluded.isOneLanguage,
                  isUneven = excluded.isUneven, version = excluded.version, body = excluded.body,
                  missing = excluded.missing, vague = excluded.vague
                """,
            arguments: [
                "code": code, "edition": edition, "content": card.content.rawValue, "sphere": card.sphere,
                "owner": card.owner, "region": card.region, "kk": card.title.kk ?? "", "ru": card.title.ru ?? "",
                "origin": origin.rawValue, "file": origin == .file ? edition : nil, "at": moment,
                "one": !card.oneLanguageItems.isEmpty, "uneven": isUneven, "version": event.version, "body": body,
                "missing": CardSilence.column(silence.missing), "vague": CardSilence.column(silence.vague),
            ])
        // An edition lifts the mark only where it brings what was out of date (797 §6).
        try db.execute(
            sql: isRenewed
                ? """
                UPDATE card SET outdatedAt = NULL, outdatedReason = NULL, outdatedFields = NULL WHERE code = :code
                """
                : "UPDATE card SET outdatedFields = :fields WHERE code = :code AND outdatedAt IS NOT NULL",
            arguments: isRenewed ? ["code": code] : ["code": code, "fields": outdated?.joined(separator: " ")])
        try db.execute(
            sql: "INSERT INTO cardEdition VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, NULL, ?)",
            arguments: [code, edition, moment, event.actor.rawValue, edited.source, origin.rawValue, body])
    }

    /// A confirmation counts for the edition that it names; for the card only while that is the present one.
    private func confirm(_ remark: CardRemark, _ event: RecordedEvent, in db: Database) throws {
        let code = event.stream.id
        let moment = event.occurredAt.millisecondsSince1970
        let present = try Int.fetchOne(db, sql: "SELECT edition FROM card WHERE code = ?", arguments: [code])
        let edition = remark.edition ?? present
        try db.execute(
            sql: """
                UPDATE cardEdition SET confirmedAt = ?, confirmedBy = ?, confirmation = ? WHERE code = ? AND edition = ?
                """, arguments: [moment, remark.body, remark.text, code, edition])
        try db.execute(
            sql: """
                UPDATE card SET confirmedAt = ?, confirmedBy = ?, outdatedAt = NULL, outdatedReason = NULL,
                  outdatedFields = NULL
                WHERE code = ? AND edition = ?
                """, arguments: [moment, remark.body, code, edition])
        try db.execute(sql: "UPDATE card SET version = ? WHERE code = ?", arguments: [event.version, code])
    }

    private func index(_ code: String, in db: Database) throws {
        guard let record = try CardRecord.fetch(code, in: db) else { return }
        try SearchIndex.save(record.card.searchable(state: record.state.rawValue), in: db)
    }
}

/// The parts of cards that are newer in one language than in the other.
enum CardItems {
    /// Takes in an edition: a part that was changed in one language only waits for the other to follow.
    /// - Returns: whether any part of the card waits.
    static func take(_ card: Card, after old: Card?, in db: Database) throws -> Bool {
        guard let old else { return false }
        let newer = CardTwins.newer(card, after: old, known: try uneven(card.code, in: db))
        try db.cachedStatement(sql: "DELETE FROM cardItem WHERE code = ?").execute(arguments: [card.code])
        let statement = try db.cachedStatement(sql: "INSERT INTO cardItem VALUES (?, ?, ?)")
        for (field, language) in newer.sorted(by: { $0.key < $1.key }) {
            try statement.execute(arguments: [card.code, field, language.rawValue])
        }
        return !newer.isEmpty
    }

    /// The parts of a card that are newer in one language, with that language.
    static func uneven(_ code: String, in db: Database) throws -> [String: Language] {
        try Row.fetchAll(
            db.cachedStatement(sql: "SELECT field, newer FROM cardItem WHERE code = ?"), arguments: [code]
        ).reduce(into: [:]) { $0[$1[0]] = Language(rawValue: $1[1]) }
    }
}
