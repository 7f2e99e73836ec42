import Casework
import GRDB
import Journal
import WorkingDays

/// The table of applications, a row for each version that was told: what is corrected stays, with the positions between which it
/// stood, so that a sealed number opens what it counted.
package struct ApplicationProjection: Projection {
    package let name = "applications"
    package let version = 1
    package let tables = ["application"]
    private let catalogue: EventCatalogue
    private let zone: CivilZone

    /// The table over the events that a catalogue can read, with dates told in `zone`.
    package init(catalogue: EventCatalogue, zone: CivilZone = .almaty) {
        self.catalogue = catalogue
        self.zone = zone
    }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE application (
                  id TEXT NOT NULL, revision INTEGER NOT NULL, number TEXT NOT NULL, position INTEGER NOT NULL,
                  place INTEGER NOT NULL, until INTEGER, digest TEXT NOT NULL, service TEXT NOT NULL, body TEXT NOT NULL,
                  bodyKind TEXT NOT NULL, way TEXT NOT NULL, form TEXT NOT NULL, acceptedOn TEXT NOT NULL,
                  dueOn TEXT NOT NULL, unit TEXT NOT NULL, finishedOn TEXT, result TEXT, late INTEGER, cause TEXT,
                  isTechnical INTEGER NOT NULL, isProven INTEGER NOT NULL, refusal TEXT, doubts INTEGER NOT NULL,
                  PRIMARY KEY (id, revision)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX applicationEnded ON application
                  (finishedOn, way, form, body, service, result, position, until) WHERE finishedOn IS NOT NULL;
                CREATE INDEX applicationLate ON application
                  (finishedOn, way, form, bodyKind, body, service, unit, late, cause, isTechnical, isProven, result,
                   dueOn, position, until)
                  WHERE late IS NOT NULL;
                CREATE INDEX applicationRefused ON application
                  (finishedOn, way, form, body, service, refusal, position, until) WHERE result = 'refused';
                CREATE INDEX applicationOpen ON application (dueOn, bodyKind, body, service, position, until)
                  WHERE finishedOn IS NULL;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard event.name == ApplicationEvent.Name.applicationsTaken.rawValue,
            let content = try catalogue.read(event).content as? ApplicationEvent
        else { return }
        let last = try db.cachedStatement(sql: "SELECT max(revision) FROM application WHERE id = ?")
        let close = try db.cachedStatement(sql: "UPDATE application SET until = ? WHERE id = ? AND revision = ?")
        for (place, line) in content.content.lines.enumerated() {
            let key = line.application.key
            let revision = try Int.fetchOne(last, arguments: [key]) ?? 0
            if revision > 0 { try close.execute(arguments: [event.position, key, revision]) }
            try insert(line, key, revision: revision + 1, at: event.position, place, in: db)
        }
    }

    private static let insertion = """
        INSERT INTO application VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    private func insert(
        _ line: ApplicationLine, _ key: String, revision: Int, at position: Int64, _ place: Int, in db: Database
    ) throws {
        let application = line.application
        let digest = try ApplicationLine.digest(of: application)
        let isTechnical = application.cause == .system && application.systemKeeper == .nit
        try db.insertRow(Self.insertion) { row in
            row.bind(key)
            row.bind(revision)
            row.bind(application.number)
            row.bind(position)
            row.bind(place)
            row.bind(digest)
            row.bind(application.service)
            row.bind(application.provider)
            row.bind(line.bodyKind)
            row.bind(application.way.rawValue)
            row.bind(application.form.rawValue)
            row.bind(zone.civilDate(of: application.acceptedAt).description)
            row.bind(line.due.description)
            row.bind(line.unit.rawValue)
            row.bind(application.finishedAt.map { zone.civilDate(of: $0).description })
            row.bind(application.result?.rawValue)
            row.bind(line.late)
            row.bind(application.cause?.rawValue)
            row.bind(isTechnical)
            row.bind(application.act != nil)
            row.bind(application.refusalGround?.rawValue)
            row.bind(line.doubts.count)
        }
    }
}
