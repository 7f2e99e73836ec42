import Casework
import GRDB
import Journal
import WorkingDays

/// The tables of what came in: one row each, the complaints they became, and what was made of each proposal.
package struct SubmissionProjection: Projection {
    package let name = "submissions"
    package let version = 1
    package let tables = ["submission", "submissionComplaint", "submissionChoice", "submissionNumber"]
    private let catalogue: EventCatalogue
    private let zone: CivilZone

    /// The tables over the events that a catalogue can read; days are told in `zone`.
    package init(catalogue: EventCatalogue, zone: CivilZone = .almaty) {
        self.catalogue = catalogue
        self.zone = zone
    }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE submission (
                  id TEXT PRIMARY KEY, channel TEXT NOT NULL, language TEXT, contact TEXT, forumNumber TEXT,
                  person TEXT NOT NULL, contacts TEXT, text TEXT, signature TEXT,
                  receivedAt INTEGER NOT NULL, receivedOn TEXT NOT NULL,
                  urgent INTEGER NOT NULL, sure INTEGER NOT NULL,
                  nature TEXT, kind TEXT, service TEXT, region TEXT, body TEXT,
                  state TEXT NOT NULL CHECK (state IN ('open', 'registered', 'closed')),
                  ground TEXT, duplicateOf TEXT, told TEXT, version INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX submissionOpen ON submission (urgent DESC, sure DESC, receivedAt, id) WHERE state = 'open';
                CREATE UNIQUE INDEX submissionForum ON submission (forumNumber) WHERE forumNumber IS NOT NULL;
                CREATE INDEX submissionByDay ON submission (receivedOn, id);
                CREATE INDEX submissionByPerson ON submission (person, receivedOn);
                CREATE INDEX submissionByContact ON submission (contact) WHERE contact IS NOT NULL;
                CREATE TABLE submissionComplaint (
                  complaint TEXT PRIMARY KEY, submission TEXT NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX submissionComplaintBySubmission ON submissionComplaint (submission, complaint);
                CREATE TABLE submissionChoice (
                  week TEXT NOT NULL, field TEXT NOT NULL, rule TEXT NOT NULL, proposed TEXT NOT NULL,
                  taken TEXT NOT NULL, choices INTEGER NOT NULL, sure INTEGER NOT NULL,
                  PRIMARY KEY (week, field, rule, proposed, taken)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE submissionNumber (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard event.stream.rawValue.hasPrefix("submission/") else { return }
        guard let content = try catalogue.read(event).content as? SubmissionEvent else { return }
        let id = event.stream.id
        switch content {
        case .submissionReceived(let received): try insert(received, event, in: db)
        case .submissionRegistered(let registered):
            // What it said is with the complaints now.
            try db.execute(
                sql:
                    "UPDATE submission SET state = 'registered', text = NULL, contacts = NULL, version = ? WHERE id = ?",
                arguments: [event.version, id])
            for complaint in registered.complaints {
                try db.execute(
                    sql: "INSERT INTO submissionComplaint VALUES (?, ?) ON CONFLICT DO NOTHING",
                    arguments: [complaint, id])
            }
            try count(registered.choices, event, in: db)
        case .submissionClosed(let closed):
            try db.execute(
                sql: """
                    UPDATE submission SET state = 'closed', ground = ?, duplicateOf = ?, told = ?, version = ? WHERE id = ?
                    """,
                arguments: [closed.ground.rawValue, closed.duplicateOf, closed.told, event.version, id])
            try count(closed.choices, event, in: db)
        case .submissionRevealed:
            try db.execute(sql: "UPDATE submission SET version = ? WHERE id = ?", arguments: [event.version, id])
        }
    }

    private func insert(_ received: SubmissionReceived, _ event: RecordedEvent, in db: Database) throws {
        let (id, proposal) = (event.stream.id, received.proposal)
        try db.execute(
            sql: """
                INSERT INTO submission (id, channel, language, contact, forumNumber, person, contacts, text, signature,
                  receivedAt, receivedOn, urgent, sure, nature, kind, service, region, body, state, version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?)
                """,
            arguments: [
                id, received.channel, received.language, received.contact, received.forumNumber, received.person,
                received.contacts, received.text, received.signature, event.occurredAt.millisecondsSince1970,
                zone.civilDate(of: event.occurredAt).description, proposal.urgent, proposal.sure,
                proposal[.nature]?.proposed, proposal[.kind]?.proposed, proposal[.service]?.proposed,
                proposal[.region]?.proposed, proposal[.body]?.proposed, event.version,
            ])
        guard let number = SubmissionNumber(id) else { return }
        try db.execute(
            sql: """
                INSERT INTO submissionNumber VALUES (?, ?) ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)
                """,
            arguments: [number.year, number.ordinal])
    }

    /// Choices are counted by week, rule and codes; a code that is missing stands as an empty text.
    private func count(_ choices: [FieldChoice], _ event: RecordedEvent, in db: Database) throws {
        let day = zone.civilDate(of: event.occurredAt)
        // Day 0 was a Thursday.
        let monday = CivilDate(dayNumber: day.dayNumber - ((day.dayNumber + 3) % 7 + 7) % 7)
        for choice in choices {
            try db.execute(
                sql: """
                    INSERT INTO submissionChoice VALUES (?, ?, ?, ?, ?, 1, ?)
                    ON CONFLICT DO UPDATE SET choices = choices + 1, sure = sure + excluded.sure
                    """,
                arguments: [
                    monday.description, choice.field.rawValue, choice.rule ?? "", choice.proposed ?? "",
                    choice.taken ?? "", choice.sure,
                ])
        }
    }
}

/// The number of a submission: `IN-2026-000001`.
package struct SubmissionNumber: Hashable, Sendable, CustomStringConvertible {
    /// The year of the arrival's record.
    package let year: Int
    /// The count within the year, from 1.
    package let ordinal: Int

    /// A number from its parts.
    package init(year: Int, ordinal: Int) {
        self.year = year
        self.ordinal = ordinal
    }

    /// Reads a number; nil for everything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "IN", let year = Int(parts[1]), let ordinal = Int(parts[2]) else {
            return nil
        }
        self.init(year: year, ordinal: ordinal)
    }

    package var description: String {
        let digits = String(ordinal)
        return "IN-\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// The next free number of a year, read inside the transaction that uses it.
    package static func next(in year: Int, from db: Database) throws -> SubmissionNumber {
        let last = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT last FROM submissionNumber WHERE year = ?"), arguments: [year])
        return SubmissionNumber(year: year, ordinal: (last ?? 0) + 1)
    }
}
