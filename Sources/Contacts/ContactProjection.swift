import Casework
import GRDB
import Journal
import Languages
import WorkingDays

/// The tables of contacts: one row each, and counts by hour and by service for the dashboards.
package struct ContactProjection: Projection {
    package let name = "contacts"
    package let version = 2
    package let tables = [
        "contact", "contactCard", "contactHour", "contactService", "contactNumber", "contactComplaint",
    ]
    private let catalogue: EventCatalogue
    private let zone: CivilZone

    /// The tables over the events that a catalogue can read; days and hours are told in `zone`.
    package init(catalogue: EventCatalogue, zone: CivilZone = .almaty) {
        self.catalogue = catalogue
        self.zone = zone
    }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE contact (
                  id TEXT PRIMARY KEY, operator TEXT NOT NULL, channel TEXT NOT NULL, language TEXT NOT NULL,
                  topic TEXT, service TEXT, callHash TEXT, card TEXT, edition INTEGER, cardLanguage TEXT,
                  complaintGuidance INTEGER NOT NULL DEFAULT 0, stageGuidance INTEGER NOT NULL DEFAULT 0, gap TEXT,
                  startedAt INTEGER NOT NULL, day TEXT NOT NULL, hour INTEGER NOT NULL, outcome TEXT, seconds INTEGER,
                  closer TEXT, version INTEGER NOT NULL
                ) STRICT;
                CREATE UNIQUE INDEX contactOpen ON contact (operator) WHERE outcome IS NULL;
                CREATE INDEX contactByDay ON contact (day, id);
                CREATE INDEX contactByOperator ON contact (operator, startedAt);
                CREATE TABLE contactCard (
                  contact TEXT NOT NULL, card TEXT NOT NULL, edition INTEGER NOT NULL, language TEXT NOT NULL,
                  toldAt INTEGER NOT NULL, PRIMARY KEY (contact, card, edition, language)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX contactCardByCard ON contactCard (card, edition);
                CREATE TABLE contactHour (
                  day TEXT NOT NULL, hour INTEGER NOT NULL, channel TEXT NOT NULL, language TEXT NOT NULL,
                  outcome TEXT NOT NULL, contacts INTEGER NOT NULL, seconds INTEGER NOT NULL,
                  PRIMARY KEY (day, hour, channel, language, outcome)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE contactService (
                  day TEXT NOT NULL, service TEXT NOT NULL, contacts INTEGER NOT NULL, answered INTEGER NOT NULL,
                  PRIMARY KEY (day, service)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE contactComplaint (
                  contact TEXT NOT NULL, complaint TEXT NOT NULL, PRIMARY KEY (contact, complaint)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE contactNumber (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard event.stream.rawValue.hasPrefix("contact/") else { return }
        guard let content = try catalogue.read(event).content as? ContactEvent else { return }
        let id = event.stream.id
        func set(_ assignments: String, _ values: [(any DatabaseValueConvertible)?]) throws {
            try db.execute(
                sql: "UPDATE contact SET version = ?, \(assignments) WHERE id = ?",
                arguments: StatementArguments([event.version] + values + [id]))
        }
        switch content {
        case .contactStarted(let started): try begin(started, event, in: db)
        case .contactDescribed(let described):
            try set(
                "channel = coalesce(?, channel), language = coalesce(?, language), topic = coalesce(?, topic), "
                    + "service = coalesce(?, service)",
                [
                    described.channel?.rawValue, described.language?.rawValue, described.topic?.rawValue,
                    described.service,
                ])
        case .contactCardTold(let told):
            try set(
                "card = ?, edition = ?, cardLanguage = ?, service = ?, topic = coalesce(topic, 'service')",
                [told.card, told.edition, told.language.rawValue, told.card])
            try db.execute(
                sql: "INSERT INTO contactCard VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [
                    id, told.card, told.edition, told.language.rawValue, event.occurredAt.millisecondsSince1970,
                ])
        case .contactGuidanceGiven(let given):
            switch given.guidance {
            case .complaint: try set("complaintGuidance = 1, topic = coalesce(topic, 'complaint')", [])
            case .stage: try set("stageGuidance = 1, topic = coalesce(topic, 'stage')", [])
            }
        case .contactGapReported(let reported): try set("gap = ?", [reported.gap])
        case .contactComplaintFiled(let filed):
            try set("topic = 'complaint'", [])
            try db.execute(
                sql: "INSERT INTO contactComplaint VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [id, filed.complaint])
        case .contactClosed(let closed):
            try set(
                "outcome = ?, seconds = ?, closer = ?",
                [closed.outcome.rawValue, closed.seconds, closed.closer.rawValue])
            try count(id, closed, in: db)
        }
    }

    private func begin(_ started: ContactStarted, _ event: RecordedEvent, in db: Database) throws {
        let day = zone.civilDate(of: event.occurredAt)
        try db.execute(
            sql: """
                INSERT INTO contact (id, operator, channel, language, callHash, startedAt, day, hour, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                event.stream.id, event.actor.rawValue, started.channel.rawValue, started.language.rawValue,
                started.call, event.occurredAt.millisecondsSince1970, day.description,
                zone.wallClock(of: event.occurredAt).hour, event.version,
            ])
        let parts = event.stream.id.split(separator: "-")
        guard let year = parts.first.flatMap({ Int($0) }), let number = parts.last.flatMap({ Int($0) }) else { return }
        try db.execute(
            sql:
                "INSERT INTO contactNumber VALUES (?, ?) ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)",
            arguments: [year, number])
    }

    /// A closed contact is counted once, on the day and in the hour in which it began.
    private func count(_ id: String, _ closed: ContactClosed, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO contactHour
                SELECT day, hour, channel, language, outcome, 1, seconds FROM contact WHERE id = ?
                ON CONFLICT DO UPDATE SET contacts = contacts + 1, seconds = seconds + excluded.seconds
                """,
            arguments: [id])
        try db.execute(
            sql: """
                INSERT INTO contactService SELECT day, service, 1, ? FROM contact WHERE id = ? AND service IS NOT NULL
                ON CONFLICT DO UPDATE SET contacts = contacts + 1, answered = answered + excluded.answered
                """,
            arguments: [closed.outcome.isAnswer ? 1 : 0, id])
    }
}
