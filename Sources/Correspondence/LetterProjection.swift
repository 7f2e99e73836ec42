import Casework
import GRDB
import Journal
import Languages
import WorkingDays

/// The table of letters, with the last outgoing number of each year.
package struct LetterProjection: Projection {
    package let name = "letters"
    package let version = 2
    package let tables = ["letter", "letterNumber"]
    private let catalogue: EventCatalogue

    /// The table over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE letter (
                  id TEXT PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, body TEXT NOT NULL,
                  subjectKK TEXT NOT NULL, subjectRU TEXT NOT NULL, draftedAt INTEGER NOT NULL,
                  state TEXT NOT NULL CHECK (state IN ('draft', 'finished', 'signed', 'dropped')),
                  year INTEGER, number INTEGER, date TEXT, document TEXT, scan TEXT, UNIQUE (year, number)
                ) STRICT;
                CREATE INDEX letterByState ON letter (state, id);
                CREATE INDEX letterByCase ON letter (about, id);
                CREATE INDEX letterByBody ON letter (body, id);
                CREATE TABLE letterNumber (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard LetterEvent.has(event.name),
            let content = try catalogue.read(event).content as? LetterEvent
        else { return }
        let id = event.stream.id
        switch content {
        case .letterDrafted(let drafted):
            try db.execute(
                sql: """
                    INSERT INTO letter (id, kind, about, body, subjectKK, subjectRU, draftedAt, state)
                    VALUES (?, ?, ?, ?, ?, ?, ?, 'draft')
                    """,
                arguments: [
                    id, drafted.kind.rawValue, drafted.about, drafted.body, drafted.kk.subject, drafted.ru.subject,
                    event.occurredAt.millisecondsSince1970,
                ])
        case .letterEdited(let edited):
            try db.execute(
                sql: "UPDATE letter SET subjectKK = ?, subjectRU = ? WHERE id = ?",
                arguments: [edited.kk.subject, edited.ru.subject, id])
        case .letterFinished(let finished):
            try db.execute(
                sql: """
                    UPDATE letter SET state = 'finished', year = ?, number = ?, date = ?, document = ? WHERE id = ?
                    """,
                arguments: [finished.year, finished.number, finished.date.description, finished.document, id])
            try db.execute(
                sql: """
                    INSERT INTO letterNumber VALUES (?, ?)
                    ON CONFLICT (year) DO UPDATE SET last = max(last, excluded.last)
                    """, arguments: [finished.year, finished.number])
        case .letterSigned(let signed):
            try db.execute(
                sql: "UPDATE letter SET state = 'signed', scan = ? WHERE id = ?", arguments: [signed.document, id])
        case .letterDropped:
            try db.execute(sql: "UPDATE letter SET state = 'dropped' WHERE id = ?", arguments: [id])
        }
    }
}

/// Where a letter stands.
package enum LetterStage: String, CaseIterable, Codable, Hashable, Sendable {
    /// Its text can be changed.
    case draft
    /// It has its number and its PDF.
    case finished
    /// Its signed scan is here.
    case signed
    /// It was given up.
    case dropped
}

/// One letter in a list.
package struct LetterRecord: Hashable, Sendable {
    /// The number of the draft.
    package let id: String
    /// What it is for.
    package let kind: LetterKind
    /// The stream of the case that it is about.
    package let about: StreamID
    /// The code of the body.
    package let body: String
    /// What it is about, in Kazakh and in Russian.
    package let subject: (kk: String, ru: String)
    /// Where it stands.
    package let stage: LetterStage
    /// The outgoing number, `17/2026`; nil while it is a draft.
    package let outgoing: String?
    /// The day on it.
    package let date: CivilDate?
    /// The SHA-256 of the PDF.
    package let document: String?
    /// The SHA-256 of the signed scan.
    package let scan: String?

    package static func == (left: LetterRecord, right: LetterRecord) -> Bool {
        left.id == right.id && left.stage == right.stage && left.scan == right.scan && left.subject == right.subject
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(id) }

    init(_ row: Row) throws {
        id = row["id"]
        kind = LetterKind(rawValue: row["kind"]) ?? .request
        about = StreamID(row["about"] as String)
        body = row["body"]
        subject = (row["subjectKK"], row["subjectRU"])
        stage = try row.named("state")
        let number: Int? = row["number"]
        let year: Int? = row["year"]
        outgoing = if let number, let year { "\(number)/\(year)" } else { nil }
        date = CivilDate((row["date"] as String?) ?? "")
        document = row["document"]
        scan = row["scan"]
    }

    /// A choice of letters; set what narrows it.
    package struct Filter: Hashable, Sendable {
        /// Only letters in this stage.
        package var stage: LetterStage?
        /// Only letters for this.
        package var kind: LetterKind?
        /// Only letters to this body.
        package var body: String?
        /// Whether letters with complaints are left out: not everybody who reads letters reads complaints.
        package var isWithoutComplaints = false

        /// Every letter.
        package init(_ stage: LetterStage? = nil, body: String? = nil) {
            self.stage = stage
            self.body = body
        }

        fileprivate var sql: (String, StatementArguments) {
            let parts = [("state", stage?.rawValue), ("kind", kind?.rawValue), ("body", body)]
                .compactMap { column, value in value.map { (column, $0) } }
            let all = parts.map { "\($0.0) = ?" } + (isWithoutComplaints ? ["kind <> 'complaint'"] : ["true"])
            return (all.joined(separator: " AND "), StatementArguments(parts.map(\.1)))
        }
    }

    /// By what a list of letters is ordered; equal ones the latest first.
    package enum Order: Hashable, Sendable {
        /// By the number of the draft.
        case drafted
        /// By the outgoing number; drafts first.
        case outgoing
        /// By the subject in a language.
        case subject(Language)
        /// By the name of the body in a language.
        case body(Language)
        /// By the stage, from the draft on.
        case stage

        fileprivate func sql(_ direction: String) -> String {
            switch self {
            case .drafted: "id \(direction)"
            case .outgoing: "year \(direction), number \(direction)"
            case .subject(let language):
                "\(language == .kk ? "subjectKK" : "subjectRU") COLLATE kazakh \(direction)"
            case .body(let language):
                """
                (SELECT \(language == .kk ? "nameKK" : "nameRU") FROM body WHERE body.code = letter.body)
                  COLLATE kazakh \(direction)
                """
            case .stage:
                """
                CASE state WHEN 'draft' THEN 0 WHEN 'finished' THEN 1 WHEN 'signed' THEN 2 ELSE 3 END \(direction)
                """
            }
        }
    }

    /// The letters of a choice, the latest first unless said otherwise.
    package static func fetch(
        _ filter: Filter = Filter(), by order: Order = .drafted, isDescending: Bool = true, limit: Int = 100,
        offset: Int = 0, in db: Database
    ) throws -> [LetterRecord] {
        let (condition, arguments) = filter.sql
        return try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM letter WHERE \(condition) ORDER BY \(order.sql(isDescending ? "DESC" : "ASC")), id DESC
                LIMIT ? OFFSET ?
                """, arguments: arguments + [limit, offset]
        ).map(LetterRecord.init)
    }

    /// How many letters a choice holds.
    package static func count(_ filter: Filter = Filter(), in db: Database) throws -> Int {
        let (condition, arguments) = filter.sql
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM letter WHERE \(condition)", arguments: arguments) ?? 0
    }

    /// A letter by the number of its draft, nil where there is none.
    package static func fetch(id: String, in db: Database) throws -> LetterRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM letter WHERE id = ?", arguments: [id]).map(LetterRecord.init)
    }

    /// The letters about a case, the latest first.
    package static func fetch(about stream: StreamID, in db: Database) throws -> [LetterRecord] {
        try Row.fetchAll(db, sql: "SELECT * FROM letter WHERE about = ? ORDER BY id DESC", arguments: [stream.rawValue])
            .map(LetterRecord.init)
    }

    /// The number of the next draft of a year.
    static func nextID(in year: Int, from db: Database) throws -> String {
        let last = try String.fetchOne(
            db, sql: "SELECT max(id) FROM letter WHERE id >= ? AND id < ?", arguments: ["\(year)-", "\(year)."])
        let digits = String((last?.split(separator: "-").last.flatMap { Int($0) } ?? 0) + 1)
        return "\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// The next outgoing number of a year.
    static func nextNumber(in year: Int, from db: Database) throws -> Int {
        (try Int.fetchOne(db, sql: "SELECT last FROM letterNumber WHERE year = ?", arguments: [year]) ?? 0) + 1
    }
}
