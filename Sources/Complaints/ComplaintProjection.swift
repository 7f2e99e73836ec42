import Casework
import GRDB
import Journal
import WorkingDays

/// The table of all complaints, from which lists, the monthly report and the import read.
package struct ComplaintProjection: ProjectionWithCounts {
    package let name = "complaints"
    package let version = 7
    package let tables = [
        "complaint", "complaintLapse", "complaintBlame", "complaintBefore", "complaintNumber",
        ComplaintCounts.byMonth.name,
    ]
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
                CREATE TABLE complaint (
                  id TEXT NOT NULL PRIMARY KEY,
                  forumNumber TEXT UNIQUE,
                  kind TEXT NOT NULL CHECK (kind IN ('order', 'standard', 'employees', 'other')),
                  service TEXT,
                  body TEXT NOT NULL,
                  bodyKind TEXT NOT NULL,
                  reviewer TEXT NOT NULL CHECK (reviewer IN ('body', 'agency')),
                  region TEXT,
                  channel TEXT NOT NULL,
                  language TEXT,
                  person TEXT,
                  contacts TEXT,
                  subject TEXT,
                  filedAt INTEGER NOT NULL,
                  filedOn TEXT NOT NULL,
                  registeredOn TEXT NOT NULL,
                  dueOn TEXT NOT NULL,
                  closedOn TEXT,
                  status TEXT NOT NULL CHECK (status IN ('open', 'answered', 'withdrawn', 'annulled')),
                  outcome TEXT,
                  extendedBy INTEGER NOT NULL,
                  position INTEGER NOT NULL,
                  annulledAs TEXT,
                  duplicateOf TEXT,
                  assignee INTEGER,
                  CHECK ((status = 'open') = (closedOn IS NULL))
                ) STRICT;
                CREATE TABLE complaintLapse (
                  id TEXT NOT NULL, body TEXT NOT NULL, bodyKind TEXT NOT NULL, dueOn TEXT NOT NULL,
                  isLifted INTEGER NOT NULL DEFAULT 0,
                  PRIMARY KEY (dueOn, id)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE complaintBlame (
                  id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE complaintBefore (
                  dueOn TEXT NOT NULL, id TEXT NOT NULL, endedOn TEXT NOT NULL, body TEXT NOT NULL, bodyKind TEXT NOT NULL,
                  PRIMARY KEY (dueOn, id, endedOn)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE complaintNumber (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
                """ + ComplaintCounts.indexes)
        try ComplaintCounts.byMonth.create(in: db)
    }

    private func apply(_ event: RecordedEvent, in db: Database, counting counts: inout Counts) throws {
        guard event.stream.rawValue.hasPrefix("complaint/") else { return }
        let read = try catalogue.read(event)
        if let record = ComplaintRecord(event, read, zone: zone) {
            record.count(1, in: &counts)
            return try insert(record, in: db)
        }
        let select = try db.cachedStatement(sql: "SELECT \(ComplaintRecord.columns) FROM complaint WHERE id = ?")
        guard let row = try Row.fetchOne(select, arguments: [event.stream.id]) else { return }
        var record = try ComplaintRecord(row)
        record.count(-1, in: &counts)
        record.apply(event, read, zone: zone)
        record.count(1, in: &counts)
        try update(record, in: db)
    }

    /// Events of one complaint from its registration on become one row at once.
    package func apply(_ events: [RecordedEvent], in db: Database, counting counts: inout Counts) throws {
        guard events.count > 1, let first = events.first, first.version == 1,
            first.stream.rawValue.hasPrefix("complaint/"),
            var record = ComplaintRecord(first, try catalogue.read(first), zone: zone)
        else {
            for event in events { try apply(event, in: db, counting: &counts) }
            return
        }
        for event in events.dropFirst() { record.apply(event, try catalogue.read(event), zone: zone) }
        record.count(1, in: &counts)
        try insert(record, in: db)
    }

    private static let insertion = """
        INSERT INTO complaint (\(ComplaintRecord.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    private static let counting = """
        INSERT INTO complaintNumber (year, last) VALUES (?, ?)
        ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)
        """

    private func insert(_ record: ComplaintRecord, in db: Database) throws {
        try db.insertRow(Self.insertion) { row in
            row.bind(record.id)
            row.bind(record.forumNumber)
            row.bind(record.kind.rawValue)
            row.bind(record.service)
            row.bind(record.body)
            row.bind(record.bodyKind)
            row.bind(record.reviewer.rawValue)
            row.bind(record.region)
            row.bind(record.channel)
            row.bind(record.language)
            row.bind(record.person)
            row.bind(record.contacts)
            row.bind(record.subject)
            row.bind(record.filedAt.millisecondsSince1970)
            row.bind(record.filedOn.description)
            row.bind(record.registeredOn.description)
            row.bind(record.dueOn.description)
            row.bind(record.closedOn?.description)
            row.bind(record.status.rawValue)
            row.bind(record.outcome?.rawValue)
            row.bind(record.extendedBy)
            row.bind(record.position)
            row.bind(record.annulledAs?.rawValue)
            row.bind(record.duplicateOf)
            row.bind(record.assignee)
        }
        try storeLapses(record, in: db)
        guard let number = ComplaintNumber(record.id) else { return }
        try db.insertRow(Self.counting) { row in
            row.bind(number.year)
            row.bind(number.ordinal)
        }
    }

    /// Who is complained about where that is another kind than who has it, and who had it before: what a month counts must not
    /// change with what happens to the complaint later.
    private func storeBefores(_ record: ComplaintRecord, in db: Database) throws {
        if let blamed = record.blamedKind ?? record.befores.first?.bodyKind, blamed != record.bodyKind {
            try db.cachedStatement(sql: "INSERT INTO complaintBlame (id, kind) VALUES (?, ?) ON CONFLICT DO NOTHING")
                .execute(arguments: [record.id, blamed])
        }
        for before in record.befores {
            try db.cachedStatement(
                sql: """
                    INSERT INTO complaintBefore (dueOn, id, endedOn, body, bodyKind) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """
            ).execute(arguments: [
                before.dueOn.description, record.id, before.endedOn.description, before.body, before.bodyKind,
            ])
        }
        guard record.status == .annulled else { return }
        try db.cachedStatement(sql: "DELETE FROM complaintBefore WHERE id = ?").execute(arguments: [record.id])
    }

    private func storeLapses(_ record: ComplaintRecord, in db: Database) throws {
        try storeBefores(record, in: db)
        for lapse in record.lapses {
            try db.cachedStatement(
                sql: "INSERT INTO complaintLapse (id, body, bodyKind, dueOn) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
            ).execute(arguments: [record.id, lapse.body, lapse.bodyKind, lapse.dueOn.description])
        }
        for review in record.reviews {
            try db.cachedStatement(
                sql: "UPDATE complaintLapse SET dueOn = ?, isLifted = ? WHERE dueOn = ? AND id = ?"
            ).execute(arguments: [review.dueOn.description, !review.isLate, review.was.description, record.id])
        }
        // What is no complaint violated no term.
        if record.status == .annulled {
            try db.cachedStatement(sql: "DELETE FROM complaintLapse WHERE id = ?").execute(arguments: [record.id])
        }
    }

    private func update(_ record: ComplaintRecord, in db: Database) throws {
        let update = try db.cachedStatement(
            sql: """
                UPDATE complaint SET kind = ?, body = ?, bodyKind = ?, reviewer = ?, dueOn = ?, closedOn = ?, status = ?,
                  outcome = ?, extendedBy = ?, position = ?, filedAt = ?, filedOn = ?, registeredOn = ?, annulledAs = ?,
                  duplicateOf = ?, assignee = ? WHERE id = ?
                """)
        try update.execute(arguments: [
            record.kind.rawValue, record.body, record.bodyKind, record.reviewer.rawValue, record.dueOn.description,
            record.closedOn?.description, record.status.rawValue, record.outcome?.rawValue, record.extendedBy,
            record.position, record.filedAt.millisecondsSince1970, record.filedOn.description,
            record.registeredOn.description, record.annulledAs?.rawValue, record.duplicateOf, record.assignee,
            record.id,
        ])
        try storeLapses(record, in: db)
    }
}

/// The number of a complaint: the year of its registration and a running count, `2026-000123`.
package struct ComplaintNumber: Hashable, Sendable, CustomStringConvertible {
    /// The year.
    package let year: Int
    /// The count within the year, from 1.
    package let ordinal: Int

    /// A number from its parts.
    package init(year: Int, ordinal: Int) {
        self.year = year
        self.ordinal = ordinal
    }

    /// Reads a number; nil for everything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].count == 4, parts[1].count >= 6, let year = Int(parts[0]),
            let ordinal = Int(parts[1]), ordinal > 0
        else { return nil }
        self.init(year: year, ordinal: ordinal)
    }

    package var description: String {
        let digits = String(ordinal)
        return "\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// The next free number of a year, read inside the transaction that uses it.
    package static func next(in year: Int, from db: Database) throws -> ComplaintNumber {
        let last = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT last FROM complaintNumber WHERE year = ?"), arguments: [year])
        return ComplaintNumber(year: year, ordinal: (last ?? 0) + 1)
    }
}
