import Casework
import GRDB
import Journal
import Languages
import WorkingDays

/// The table of gaps.
package struct GapProjection: Projection {
    package let name = "knowledgeGaps"
    package let version = 2
    package let tables = ["knowledgeGap", "knowledgeGapNumber"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE knowledgeGap (
                  id TEXT PRIMARY KEY, words TEXT NOT NULL, language TEXT NOT NULL, service TEXT, body TEXT,
                  times INTEGER NOT NULL, reportedAt INTEGER NOT NULL, lastAt INTEGER NOT NULL, reportedBy TEXT NOT NULL,
                  state TEXT NOT NULL CHECK (state IN ('open', 'asked', 'closed', 'dismissed')), request TEXT, card TEXT,
                  edition INTEGER, synonymGroup TEXT, reason TEXT, endedAt INTEGER, endedBy TEXT, version INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX knowledgeGapByState ON knowledgeGap (state, lastAt, id);
                CREATE INDEX knowledgeGapByTime ON knowledgeGap (lastAt, id);
                CREATE INDEX knowledgeGapByWords ON knowledgeGap (words, state);
                CREATE INDEX knowledgeGapByBody ON knowledgeGap (body, lastAt) WHERE state IN ('open', 'asked');
                CREATE INDEX knowledgeGapByService ON knowledgeGap (service, lastAt) WHERE state IN ('open', 'asked');
                CREATE TABLE knowledgeGapNumber (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard GapEvent.has(event.name), let content = try catalogue.read(event).content as? GapEvent else {
            return
        }
        let id = event.stream.id
        let moment = event.occurredAt.millisecondsSince1970
        func set(_ assignments: String, _ values: [(any DatabaseValueConvertible)?]) throws {
            try db.execute(
                sql: "UPDATE knowledgeGap SET version = ?, \(assignments) WHERE id = ?",
                arguments: StatementArguments([event.version] + values + [id]))
        }
        switch content {
        case .gapReported(let gap):
            try db.execute(
                sql: """
                    INSERT INTO knowledgeGap (id, words, language, service, body, times, reportedAt, lastAt, reportedBy,
                      state, version) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, 'open', ?)
                    """,
                arguments: [
                    id, gap.words, gap.language.rawValue, gap.service, gap.body, moment, moment, event.actor.rawValue,
                    event.version,
                ])
            let parts = id.split(separator: "-")
            guard let year = parts.first.flatMap({ Int($0) }), let number = parts.last.flatMap({ Int($0) }) else {
                return
            }
            try db.execute(
                sql: """
                    INSERT INTO knowledgeGapNumber VALUES (?, ?)
                    ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)
                    """, arguments: [year, number])
        case .gapRepeated: try set("times = times + 1, lastAt = ?", [moment])
        case .gapRequestLinked(let link): try set("state = 'asked', request = ?", [link.request])
        case .gapClosed(let closed):
            try set(
                "state = 'closed', card = ?, edition = ?, synonymGroup = ?, endedAt = ?, endedBy = ?",
                [closed.card, closed.edition, closed.group, moment, event.actor.rawValue])
        case .gapDismissed(let dismissed):
            try set(
                "state = 'dismissed', reason = ?, endedAt = ?, endedBy = ?",
                [dismissed.reason, moment, event.actor.rawValue])
        }
    }
}
