import Casework
import Correspondence
import GRDB
import Journal
import WorkingDays

/// The tables of filings, of what bodies are told of them, and of discrepancies, one row each.
package struct InternalControlProjection: Projection {
    package let name = "internalControl"
    package let version = 3
    package let tables = ["bodyFiling", "bodyFilingAnswer", "filingNotice", "discrepancy"]
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
                CREATE INDEX bodyFilingByBody ON bodyFiling (body, period DESC, id);
                CREATE TABLE bodyFilingAnswer (
                  id TEXT NOT NULL, question TEXT NOT NULL, PRIMARY KEY (id, question)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE filingNotice (
                  id TEXT NOT NULL PRIMARY KEY, filing TEXT NOT NULL, body TEXT NOT NULL, about TEXT NOT NULL,
                  way TEXT NOT NULL, madeAt INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX filingNoticeByFiling ON filingNotice (filing, madeAt, id);
                CREATE TABLE discrepancy (
                  id TEXT NOT NULL PRIMARY KEY, filing TEXT NOT NULL, form TEXT NOT NULL, period TEXT NOT NULL,
                  body TEXT NOT NULL, row TEXT NOT NULL, theirs INTEGER, ours INTEGER NOT NULL,
                  difference INTEGER NOT NULL, explained INTEGER NOT NULL DEFAULT 0, foundOn TEXT NOT NULL,
                  sentOn TEXT, settledOn TEXT, state TEXT NOT NULL, answeredOn TEXT, stance TEXT,
                  explainedTheirs INTEGER NOT NULL DEFAULT 0, explainedOurs INTEGER NOT NULL DEFAULT 0,
                  explainedMoved INTEGER NOT NULL DEFAULT 0, listedOn TEXT
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
        let isOurs =
            [Filing.streamKind, Discrepancy.streamKind].contains(stream.kind) || FilingNoticeEvent.has(event.name)
        guard isOurs, catalogue.knows(event.name) else { return }
        let day = zone.civilDate(of: event.occurredAt).description
        switch try catalogue.read(event).content {
        case let content as FilingEvent: try take(content, of: stream.id, on: day, in: db)
        case let content as DiscrepancyEvent: try take(content, of: stream.id, on: day, in: db)
        case .filingNoticeMade(let made) as FilingNoticeEvent:
            try db.execute(
                sql: "INSERT INTO filingNotice VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    stream.id, made.filing, made.body, made.about.rawValue, made.way.rawValue,
                    event.occurredAt.millisecondsSince1970,
                ])
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
            try db.execute(sql: "DELETE FROM bodyFilingAnswer WHERE id = ?", arguments: [id])
        case .filingReturned(let note):
            try insert(note, id, in: db)
            try db.execute(
                sql: "UPDATE bodyFiling SET returnedOn = ?, faults = ? WHERE id = ?",
                arguments: [day, note.faults, id])
        case .filingAnswered(let answer, _):
            // A question that is answered anew is one question all the same.
            try db.execute(
                sql: "INSERT INTO bodyFilingAnswer VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [id, answer.question])
            try db.execute(
                sql: """
                    UPDATE bodyFiling SET answers = (SELECT count(*) FROM bodyFilingAnswer WHERE id = ?1) WHERE id = ?1
                    """, arguments: [id])
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
        func add(_ units: Int, _ side: CaseSide?) throws {
            let column =
                switch side {
                case nil: "explained"
                case .theirs: "explainedTheirs"
                case .ours: "explainedOurs"
                case .moved: "explainedMoved"
                }
            try set("\(column) = \(column) + ?", [units])
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
        case .discrepancyCauseConfirmed(let cause): try add(cause.units, cause.side)
        case .discrepancyCauseWithdrawn(let note): try add(-(note.units ?? 0), note.side)
        case .discrepancyListed: try set("listedOn = ?", [day])
        case .explanationSealed: try set("state = 'underway'")
        case .explanationSent: try set("sentOn = coalesce(sentOn, ?), state = 'sent'", [day])
        case .explanationUndelivered: try set("state = 'undelivered'")
        case .discrepancySettled: try set("settledOn = ?, state = 'settled'", [day])
        case .discrepancyBodyAnswered(let note):
            try set("answeredOn = ?, stance = coalesce(?, stance)", [day, note.stance?.rawValue])
        }
    }
}
