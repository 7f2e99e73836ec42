import Casework
import GRDB
import Journal
import WorkingDays

/// The tables of filings and discrepancies, one row each.
package struct InternalControlProjection: Projection {
    package let name = "internalControl"
    package let version = 1
    package let tables = ["bodyFiling", "discrepancy"]
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
                CREATE TABLE bodyFiling (
                  id TEXT NOT NULL PRIMARY KEY, form TEXT NOT NULL, period TEXT NOT NULL, body TEXT NOT NULL,
                  takenOn TEXT, returnedOn TEXT, revisions INTEGER NOT NULL DEFAULT 0, faults INTEGER NOT NULL DEFAULT 0,
                  doubts INTEGER NOT NULL DEFAULT 0, answers INTEGER NOT NULL DEFAULT 0
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX bodyFilingByPeriod ON bodyFiling (form, period, body);
                CREATE INDEX bodyFilingByBody ON bodyFiling (body, period);
                CREATE TABLE discrepancy (
                  id TEXT NOT NULL PRIMARY KEY, filing TEXT NOT NULL, form TEXT NOT NULL, period TEXT NOT NULL,
                  body TEXT NOT NULL, row TEXT NOT NULL, theirs INTEGER, ours INTEGER NOT NULL,
                  difference INTEGER NOT NULL, explained INTEGER NOT NULL DEFAULT 0, foundOn TEXT NOT NULL,
                  sentOn TEXT, settledOn TEXT, state TEXT NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX discrepancyByDay ON discrepancy (foundOn DESC, id, state, body);
                CREATE INDEX discrepancyByState ON discrepancy (state, foundOn DESC, id, body);
                CREATE INDEX discrepancyByBody ON discrepancy (body, foundOn DESC, id, state);
                CREATE INDEX discrepancyOpen ON discrepancy (foundOn DESC, id, body) WHERE state <> 'settled';
                CREATE INDEX discrepancyByFiling ON discrepancy (filing);
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        let stream = event.stream
        guard [Filing.streamKind, Discrepancy.streamKind].contains(stream.kind), catalogue.knows(event.name) else {
            return
        }
        let day = zone.civilDate(of: event.occurredAt).description
        switch try catalogue.read(event).content {
        case let content as FilingEvent: try take(content, of: stream.id, on: day, in: db)
        case let content as DiscrepancyEvent: try take(content, of: stream.id, on: day, in: db)
        default: return
        }
    }

    private func take(_ event: FilingEvent, of id: String, on day: String, in db: Database) throws {
        switch event {
        case .filingTaken(let note):
            try insert(note, id, in: db)
            try db.execute(
                sql: """
                    UPDATE bodyFiling SET takenOn = coalesce(takenOn, ?), returnedOn = NULL, revisions = revisions + 1,
                      faults = 0, doubts = ?, answers = 0 WHERE id = ?
                    """, arguments: [day, note.doubts, id])
        case .filingReturned(let note):
            try insert(note, id, in: db)
            try db.execute(
                sql: "UPDATE bodyFiling SET returnedOn = ?, faults = ? WHERE id = ?",
                arguments: [day, note.faults, id])
        case .filingAnswered:
            try db.execute(sql: "UPDATE bodyFiling SET answers = answers + 1 WHERE id = ?", arguments: [id])
        }
    }

    private func insert(_ note: FilingNote, _ id: String, in db: Database) throws {
        try db.execute(
            sql: "INSERT INTO bodyFiling (id, form, period, body) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [id, note.form, note.period, note.body])
    }

    private func take(_ event: DiscrepancyEvent, of id: String, on day: String, in db: Database) throws {
        func set(_ assignments: String, _ values: [(any DatabaseValueConvertible)?] = []) throws {
            try db.execute(
                sql: "UPDATE discrepancy SET \(assignments) WHERE id = ?", arguments: StatementArguments(values + [id]))
        }
        switch event {
        case .discrepancyFound(let figures):
            guard let filing = FilingID(figures.filing) else { return }
            try db.execute(
                sql: """
                    INSERT INTO discrepancy
                      (id, filing, form, period, body, row, theirs, ours, difference, foundOn, state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'found')
                    """,
                arguments: [
                    id, figures.filing, filing.form, filing.period.description, figures.body, figures.row,
                    figures.figures.last?.theirs, figures.figures.last?.ours ?? 0, figures.difference, day,
                ])
        case .discrepancyRestated(let figures):
            try set(
                "theirs = ?, ours = ?, difference = ?, settledOn = NULL, state = CASE state WHEN 'settled' THEN 'sent' ELSE state END",
                [figures.figures.last?.theirs, figures.figures.last?.ours ?? 0, figures.difference])
        case .discrepancyCauseConfirmed(let cause): try set("explained = explained + ?", [cause.units])
        case .discrepancyCauseWithdrawn(let note):
            try set("explained = explained - ?", [note.units ?? 0])
        case .explanationSealed: try set("state = 'underway'")
        case .explanationSent: try set("sentOn = coalesce(sentOn, ?), state = 'sent'", [day])
        case .explanationUndelivered: try set("state = 'undelivered'")
        case .discrepancySettled: try set("settledOn = ?, state = 'settled'", [day])
        case .discrepancyBodyAnswered: return
        }
    }
}
