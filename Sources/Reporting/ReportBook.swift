import Casework
import GRDB
import Journal
import WorkingDays

/// What the timer and the lists need to know of every period at once, one row a report.
package struct ReportBook: Projection {
    package let name = "reports"
    package let version = 1
    package let tables = ["periodReport"]
    private let catalogue: EventCatalogue

    /// The book over the events that a catalogue can read.
    package init(catalogue: EventCatalogue) { self.catalogue = catalogue }

    package func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE periodReport (
                  kind TEXT NOT NULL, period TEXT NOT NULL, ended INTEGER NOT NULL DEFAULT 0,
                  revisions INTEGER NOT NULL DEFAULT 0, problemCode TEXT, problem TEXT, PRIMARY KEY (kind, period)
                ) STRICT, WITHOUT ROWID
                """)
    }

    package func apply(_ event: RecordedEvent, in db: Database) throws {
        guard Reports.kinds.contains(event.stream.kind),
            let happened = try catalogue.read(event).content as? ReportEvent
        else { return }
        let report = [event.stream.kind, event.stream.id]
        try db.execute(
            sql: "INSERT INTO periodReport (kind, period) VALUES (?, ?) ON CONFLICT DO NOTHING",
            arguments: StatementArguments(report))
        func set(_ assignments: String, _ values: [(any DatabaseValueConvertible)?] = []) throws {
            try db.execute(
                sql: "UPDATE periodReport SET \(assignments) WHERE kind = ? AND period = ?",
                arguments: StatementArguments(values + report))
        }
        switch happened {
        case .monthEnded, .quarterEnded: try set("ended = 1")
        case .reportSealed(let sealed): try set("revisions = ?, problemCode = NULL, problem = NULL", [sealed.revision])
        case .reportNotSealed(let problem): try set("problemCode = ?, problem = ?", [problem.code, problem.reason])
        case .reportDelivered, .reportUndelivered: break
        }
    }
}

/// The report of one period in the book.
package struct ReportStanding: Hashable, Sendable {
    /// The period.
    package let period: ReportPeriod
    /// Whether its end is recorded and its clock has started.
    package let hasEnded: Bool
    /// How many revisions are sealed.
    package let revisions: Int
    /// Why it could not be sealed by itself the last time; nil where nothing hinders it.
    package let problem: ReportNotSealed?

    /// All periods of which anything is recorded, the latest first.
    /// - Parameter kind: the kind of the reports: `monthly-report`.
    package static func fetchAll(kind: String, in db: Database) throws -> [ReportStanding] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT period, ended, revisions, problemCode, problem FROM periodReport WHERE kind = ?
                ORDER BY period DESC
                """, arguments: [kind])
        return rows.compactMap { row in
            // The stream of a report is named by its period; another name has no report.
            guard let period = ReportPeriod(row[0] as String) else { return nil }
            let problem = (row[4] as String?).map { ReportNotSealed(code: row[3] ?? "", reason: $0) }
            return ReportStanding(period: period, hasEnded: row[1], revisions: row[2], problem: problem)
        }
    }
}
