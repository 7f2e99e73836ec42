import Casework
import GRDB
import Journal
import WorkingDays

/// The latest known stage of each application.
package struct StageProjection: Projection {
    package let name = "stages"
    package let version = 1
    package let tables = ["applicationStage"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE applicationStage (
                  application TEXT PRIMARY KEY, service TEXT NOT NULL, stage TEXT NOT NULL, date TEXT NOT NULL,
                  body TEXT NOT NULL
                ) STRICT, WITHOUT ROWID
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard event.name == "stagesImported", let content = try catalogue.read(event).content as? StageEvent else {
            return
        }
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO applicationStage VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (application) DO UPDATE SET service = excluded.service, stage = excluded.stage,
                  date = excluded.date, body = excluded.body WHERE excluded.date >= date
                """)
        for line in content.lines {
            try insert.execute(
                arguments: [line.application, line.service, line.stage.rawValue, line.date.description, line.body])
        }
    }
}

/// What is known of an application.
package struct StageRecord: Hashable, Sendable {
    /// The code of the service.
    package let service: String
    /// The stage.
    package let stage: ApplicationStage
    /// Since when.
    package let date: CivilDate
    /// The code of the body where it lies.
    package let body: String

    /// The stage of an application by the keyed hash of its number; nil where nothing is known of it.
    package static func fetch(_ application: String, in db: Database) throws -> StageRecord? {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM applicationStage WHERE application = ?"), arguments: [application])
        guard let row, let stage = ApplicationStage(rawValue: row["stage"]), let date = CivilDate(row["date"] as String)
        else { return nil }
        return StageRecord(service: row["service"], stage: stage, date: date, body: row["body"])
    }

    /// How many applications there is stage data of.
    package static func count(in db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM applicationStage") ?? 0
    }
}
