import Casework
import Correspondence
import GRDB
import Journal
import KnowledgeBase
import Registry
import WorkingDays

/// The tables of campaigns: what each asks of whom, what was confirmed, what bodies say is wrong, who was written to.
package struct FreshnessProjection: Projection {
    package let name = "freshness"
    package let version = 1
    package let tables = [
        "cardCampaign", "cardCampaignBody", "cardCampaignCard", "cardSigner", "cardObjection", "cardObjectionNumber",
        "campaignNotice",
    ]
    private let catalogue: EventCatalogue

    /// The tables over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE cardCampaign (
                  id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, months INTEGER, sphere TEXT, body TEXT,
                  lastDay TEXT NOT NULL, begunAt INTEGER NOT NULL, begunBy TEXT NOT NULL, endedAt INTEGER,
                  endedBy TEXT, endReason TEXT, version INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX cardCampaignRunning ON cardCampaign (lastDay, id) WHERE endedAt IS NULL;
                CREATE TABLE cardCampaignBody (
                  campaign TEXT NOT NULL, body TEXT NOT NULL, cards INTEGER NOT NULL, confirmed INTEGER NOT NULL,
                  remarks INTEGER NOT NULL, openRemarks INTEGER NOT NULL, actedAt INTEGER,
                  PRIMARY KEY (campaign, body)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE cardCampaignCard (
                  campaign TEXT NOT NULL, body TEXT NOT NULL, code TEXT NOT NULL, edition INTEGER NOT NULL,
                  confirmedAt INTEGER, confirmedEdition INTEGER, confirmedBy TEXT, signer TEXT,
                  PRIMARY KEY (campaign, body, code)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX cardCampaignCardByCode ON cardCampaignCard (code, campaign);
                CREATE TABLE cardSigner (
                  id TEXT NOT NULL PRIMARY KEY, campaign TEXT NOT NULL, body TEXT NOT NULL, person TEXT NOT NULL,
                  details TEXT NOT NULL, namedAt INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX cardSignerByBody ON cardSigner (campaign, body, namedAt);
                CREATE TABLE cardObjection (
                  id TEXT NOT NULL PRIMARY KEY, campaign TEXT NOT NULL, body TEXT NOT NULL, card TEXT NOT NULL,
                  edition INTEGER NOT NULL, field TEXT, text TEXT NOT NULL, signer TEXT NOT NULL,
                  madeAt INTEGER NOT NULL, how TEXT, draft TEXT, settledEdition INTEGER, reason TEXT, settledAt INTEGER,
                  settledBy TEXT, version INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX cardObjectionOpen ON cardObjection (id) WHERE settledAt IS NULL;
                CREATE INDEX cardObjectionByBody ON cardObjection (campaign, body, id);
                CREATE INDEX cardObjectionByCard ON cardObjection (card, id);
                CREATE TABLE cardObjectionNumber (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
                CREATE TABLE campaignNotice (
                  id TEXT NOT NULL PRIMARY KEY, campaign TEXT NOT NULL, body TEXT NOT NULL, about TEXT NOT NULL,
                  way TEXT NOT NULL, madeAt INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX campaignNoticeByBody ON campaignNotice (campaign, body, madeAt, id);
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        let isOurs =
            CardCampaignEvent.has(event.name) || CardObjectionEvent.has(event.name) || CardSignerEvent.has(event.name)
            || CampaignNoticeEvent.has(event.name) || event.name == CardEvent.Name.cardConfirmed.rawValue
        guard isOurs else { return }
        switch try catalogue.read(event).content {
        case let content as CardCampaignEvent: try take(content, event, in: db)
        case let content as CardObjectionEvent: try take(content, event, in: db)
        case let content as CardSignerEvent: try take(content, event, in: db)
        case let content as CampaignNoticeEvent: try take(content, event, in: db)
        case let content as CardEvent:
            guard case .cardConfirmed(let remark) = content else { return }
            try confirm(remark, event, in: db)
        default: return
        }
    }

    private func take(_ content: CardSignerEvent, _ event: RecordedEvent, in db: Database) throws {
        switch content {
        case .cardSignerNamed(let named):
            try db.execute(
                sql: "INSERT INTO cardSigner VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    event.stream.id, named.campaign, named.body, named.sealed.person, named.sealed.details,
                    event.occurredAt.millisecondsSince1970,
                ])
        }
    }

    private func take(_ content: CampaignNoticeEvent, _ event: RecordedEvent, in db: Database) throws {
        switch content {
        case .campaignNoticeMade(let made):
            try db.execute(
                sql: "INSERT INTO campaignNotice VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    event.stream.id, made.campaign, made.body, made.about.rawValue, made.way.rawValue,
                    event.occurredAt.millisecondsSince1970,
                ])
        }
    }

    private func take(_ content: CardCampaignEvent, _ event: RecordedEvent, in db: Database) throws {
        let (id, at) = (event.stream.id, event.occurredAt.millisecondsSince1970)
        switch content {
        case .cardCampaignBegun(let begun):
            let selection = begun.selection
            try db.execute(
                sql: """
                    INSERT INTO cardCampaign (id, kind, months, sphere, body, lastDay, begunAt, begunBy, version)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, selection.kind.rawValue, selection.months, selection.sphere, selection.body,
                    begun.lastDay.description, at, event.actor.rawValue, event.version,
                ])
            let body = try db.cachedStatement(sql: "INSERT INTO cardCampaignBody VALUES (?, ?, ?, 0, 0, 0, NULL)")
            let card = try db.cachedStatement(
                sql: "INSERT INTO cardCampaignCard (campaign, body, code, edition) VALUES (?, ?, ?, ?)")
            for asked in begun.bodies {
                try body.execute(arguments: [id, asked.body, asked.cards.count])
                for one in asked.cards { try card.execute(arguments: [id, asked.body, one.code, one.edition]) }
            }
        case .cardCampaignEnded(let ended):
            try db.execute(
                sql: "UPDATE cardCampaign SET endedAt = ?, endedBy = ?, endReason = ?, version = ? WHERE id = ?",
                arguments: [at, event.actor.rawValue, ended.reason, event.version, id])
        case .cardSignersRevealed:
            try db.execute(
                sql: "UPDATE cardCampaign SET version = ? WHERE id = ?", arguments: [event.version, id])
        }
    }

    private func take(_ content: CardObjectionEvent, _ event: RecordedEvent, in db: Database) throws {
        let (id, at) = (event.stream.id, event.occurredAt.millisecondsSince1970)
        switch content {
        case .cardObjected(let made):
            try db.execute(
                sql: """
                    INSERT INTO cardObjection (id, campaign, body, card, edition, field, text, signer, madeAt, version)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, made.campaign, made.body, made.card, made.edition, made.field, made.text, made.signer, at,
                    event.version,
                ])
            try db.execute(
                sql: """
                    UPDATE cardCampaignBody SET remarks = remarks + 1, openRemarks = openRemarks + 1, actedAt = ?
                    WHERE campaign = ? AND body = ?
                    """, arguments: [at, made.campaign, made.body])
            let parts = id.split(separator: "-").compactMap { Int($0) }
            guard parts.count == 2 else { return }
            try db.execute(
                sql: """
                    INSERT INTO cardObjectionNumber VALUES (?, ?)
                    ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)
                    """, arguments: [parts[0], parts[1]])
        case .cardObjectionSettled(let settled):
            try db.execute(
                sql: """
                    UPDATE cardObjection SET how = ?, draft = ?, settledEdition = ?, reason = ?, settledAt = ?,
                      settledBy = ?, version = ? WHERE id = ?
                    """,
                arguments: [
                    settled.how.rawValue, settled.draft, settled.edition, settled.reason, at, event.actor.rawValue,
                    event.version, id,
                ])
            try db.execute(
                sql: """
                    UPDATE cardCampaignBody SET openRemarks = openRemarks - 1
                    WHERE (campaign, body) = (SELECT campaign, body FROM cardObjection WHERE id = ?)
                    """, arguments: [id])
        }
    }

    /// A confirmation counts for every running campaign that asks for the card, by whichever way it came.
    private func confirm(_ remark: CardRemark, _ event: RecordedEvent, in db: Database) throws {
        let (code, at) = (event.stream.id, event.occurredAt.millisecondsSince1970)
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT card.campaign, card.body, card.confirmedAt FROM cardCampaignCard AS card
                    JOIN cardCampaign ON cardCampaign.id = card.campaign AND cardCampaign.endedAt IS NULL
                    WHERE card.code = ?
                    """), arguments: [code])
        for row in rows {
            let (campaign, body): (String, String) = (row[0], row[1])
            let isFirst = (row[2] as Int64?) == nil
            try db.execute(
                sql: """
                    UPDATE cardCampaignCard SET confirmedAt = ?, confirmedEdition = ?, confirmedBy = ?, signer = ?
                    WHERE campaign = ? AND body = ? AND code = ?
                    """, arguments: [at, remark.edition, remark.body, remark.signer, campaign, body, code])
            try db.execute(
                sql: """
                    UPDATE cardCampaignBody SET confirmed = confirmed + ?, actedAt = ? WHERE campaign = ? AND body = ?
                    """, arguments: [isFirst ? 1 : 0, at, campaign, body])
        }
    }
}
