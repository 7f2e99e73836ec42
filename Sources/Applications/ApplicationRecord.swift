import Casework
import GRDB
import Journal
import WorkingDays

/// A version of an application as it was told, with the position at which it came.
package struct ApplicationRecord: Sendable {
    /// What was told, and what followed from it.
    package let line: ApplicationLine
    /// 1 for the first, then counting up with each correction.
    package let revision: Int
    /// The position of the journal at which it came.
    package let position: Int64
    /// When it came.
    package let takenAt: Moment
    /// By which way it came.
    package let source: ApplicationSource

    /// What was told.
    package var application: Application { line.application }

    /// How many days past the last one an open application is, in the unit of its term; nil where it is not, or has ended.
    /// - Throws: `CalendarError` where a year is missing.
    package func overdue(
        on today: CivilDate, _ calendar: WorkingCalendar
    ) throws(CalendarError) -> Int? {
        guard application.finishedAt == nil, today > line.due else { return nil }
        guard line.unit == .working else { return today.dayNumber - line.due.dayNumber }
        return max(1, try calendar.workingDays(after: line.due, through: today))
    }

    /// The last version of an application by its number; nil where nothing is known of it.
    /// - Throws: `CaseworkError.unreadable`.
    package static func fetch(
        _ number: String, _ catalogue: EventCatalogue, in db: Database
    ) throws -> ApplicationRecord? {
        try versions(of: number, catalogue, in: db).last
    }

    /// All versions of an application by its number, the first first.
    /// - Throws: `CaseworkError.unreadable`.
    package static func versions(
        of number: String, _ catalogue: EventCatalogue, in db: Database
    ) throws -> [ApplicationRecord] {
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT revision, position, place FROM application WHERE id = ? ORDER BY revision"),
            arguments: [Application.key(of: number)])
        return try rows.compactMap { try read($0[0], $0[1], $0[2], catalogue, in: db) }
    }

    private static func read(
        _ revision: Int, _ position: Int64, _ place: Int, _ catalogue: EventCatalogue, in db: Database
    ) throws -> ApplicationRecord? {
        guard let event = try SQLiteEventStore(db: db).events(after: position - 1, limit: 1).first,
            let content = try catalogue.read(event).content as? ApplicationEvent,
            content.content.lines.indices.contains(place)
        else { return nil }
        return ApplicationRecord(
            line: content.content.lines[place], revision: revision, position: position, takenAt: event.recordedAt,
            source: content.content.source)
    }

    /// Whether there is any record of an application.
    package static func hasAny(in db: Database) throws -> Bool {
        try String.fetchOne(db, sql: "SELECT max(id) FROM application") != nil
    }
}

/// A row of the table, for lists: what stands behind a number of a report.
package struct ApplicationRow: Hashable, Sendable {
    /// Its key.
    package let id: String
    /// Its number, as the provider writes it.
    package let number: String
    /// The version.
    package let revision: Int
    /// The code of the service.
    package let service: String
    /// The code of the provider.
    package let body: String
    /// When it was accepted.
    package let acceptedOn: CivilDate
    /// The last day that counts.
    package let dueOn: CivilDate
    /// When its result was there.
    package let finishedOn: CivilDate?
    /// How it ended.
    package let result: ApplicationResult?
    /// By how many days it was late.
    package let late: Int?
    /// In which days that is counted.
    package let unit: LateUnit
    /// Why it was late.
    package let cause: LateCause?
    /// Whether the cause is a technical one of 452.
    package let isTechnical: Bool
    /// Whether an act proves it.
    package let isProven: Bool

    /// The columns that it is read from.
    package static let columns = """
        id, number, revision, service, body, acceptedOn, dueOn, finishedOn, result, late, unit, cause, isTechnical, isProven
        """

    /// Reads a row; nil where it holds words of a later edition.
    package init?(_ row: Row) {
        guard let accepted = CivilDate(row["acceptedOn"] as String), let due = CivilDate(row["dueOn"] as String),
            let unit = LateUnit(rawValue: row["unit"])
        else { return nil }
        id = row["id"]
        number = row["number"]
        revision = row["revision"]
        service = row["service"]
        body = row["body"]
        acceptedOn = accepted
        dueOn = due
        finishedOn = (row["finishedOn"] as String?).flatMap { CivilDate($0) }
        result = (row["result"] as String?).flatMap(ApplicationResult.init)
        late = row["late"]
        self.unit = unit
        cause = (row["cause"] as String?).flatMap(LateCause.init)
        isTechnical = row["isTechnical"]
        isProven = row["isProven"]
    }
}
