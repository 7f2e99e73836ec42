import Complaints
import GRDB
import WorkingDays

/// A number of the monthly report, as a choice of complaints.
///
/// All dates are local civil dates of the centre. What happened after the last day of the month does not count: a
/// complaint answered on the first day of the next month was open at the end of this one.
package enum ReportNumber: Hashable, Sendable {
    /// Open when the month began.
    case opening
    /// Filed in the month.
    case received
    /// Answered or withdrawn in the month.
    case closed
    /// Open when the month ended.
    case closing
    /// Filed through the forum in the month (item 1).
    case forum
    /// Received or closed in the month (item 2).
    case reviewed
    /// Answered in the month within the term (item 2).
    case withinTerm
    /// Answered in the month past the term (item 2).
    case pastTerm
    /// The term ran out in the month: the first day after the due date lies in it, and the complaint was open (item 3).
    /// Where it was handed on afterwards, the violation stays with the body that had it; the other has a term of its own.
    case violations(bodyKind: String? = nil, body: String? = nil)
    /// Open at the end of the month, with a term that ran out in an earlier month (item 3).
    case overdueFromEarlier
    /// Received in the month, about the order of providing or the standard (item 4).
    case orderAndStandard(service: String? = nil)
    /// Received in the month, about action or inaction of employees (item 5).
    case employees(bodyKind: String? = nil)

    /// A condition on the table `complaint` or another with its columns, with its values.
    struct Choice: Hashable, Sendable {
        let table: String
        let sql: String
        let values: [String]

        /// - Parameter sql: what is open, or was withdrawn, counts as it says; what was annulled counts nowhere.
        init(_ sql: String, _ values: String..., of table: String = "complaint") {
            self.table = table
            self.sql =
                sql + (table == "complaint" && !sql.contains("closedOn IS NULL") ? " AND status <> 'annulled'" : "")
            self.values = values
        }

        func and(_ sql: String, _ value: String?) -> Choice {
            guard let value else { return self }
            return Choice(self.sql + " AND " + sql, values: values + [value], table: table)
        }

        private init(_ sql: String, values: [String], table: String) {
            self.table = table
            self.sql = sql
            self.values = values
        }
    }

    /// The complaints of the number, in parts that have none in common; each part is the range of one index, so that a
    /// month costs what the month holds and not what the years hold.
    /// - Parameter today: for a month that is not over: a term that ends today or later is no violation yet.
    func choices(_ month: CivilMonth, asOf today: CivilDate? = nil) -> [Choice] {
        let (first, last) = (month.first.description, month.last.description)
        // A violation is dated by the first day after the due date.
        let (dueFrom, dueThrough) = (month.first.adding(days: -1).description, month.last.adding(days: -1).description)
        let passed = min(month.last, today ?? month.last).adding(days: -1).description
        switch self {
        case .opening:
            return [
                Choice("closedOn IS NULL AND filedOn < ?", first),
                Choice("closedOn >= ? AND filedOn < ?", first, first),
            ]
        case .received: return [Choice("filedOn BETWEEN ? AND ?", first, last)]
        case .closed: return [Choice("closedOn BETWEEN ? AND ?", first, last)]
        case .closing:
            return [
                Choice("closedOn IS NULL AND filedOn <= ?", last),
                Choice("closedOn > ? AND filedOn <= ?", last, last),
            ]
        case .forum: return [Choice("filedOn BETWEEN ? AND ? AND channel = 'forum'", first, last)]
        case .reviewed:
            return [
                Choice("filedOn BETWEEN ? AND ?", first, last),
                Choice("closedOn BETWEEN ? AND ? AND NOT filedOn BETWEEN ? AND ?", first, last, first, last),
            ]
        case .withinTerm:
            return [Choice("closedOn BETWEEN ? AND ? AND status = 'answered' AND closedOn <= dueOn", first, last)]
        case .pastTerm:
            return [Choice("closedOn BETWEEN ? AND ? AND status = 'answered' AND closedOn > dueOn", first, last)]
        case .violations(let bodyKind, let body):
            // What was closed past a due date of the month was closed after the first of these dates.
            return [
                Choice("closedOn IS NULL AND dueOn BETWEEN ? AND ?", dueFrom, passed),
                Choice("closedOn > ? AND closedOn > dueOn AND dueOn BETWEEN ? AND ?", dueFrom, dueFrom, dueThrough),
                // Handed on after its term had run out.
                Choice("NOT isLifted AND dueOn BETWEEN ? AND ?", dueFrom, dueThrough, of: "complaintLapse"),
            ].map { $0.and("bodyKind = ?", bodyKind).and("body = ?", body) }
        case .overdueFromEarlier:
            return [
                Choice("closedOn IS NULL AND dueOn < ?", dueFrom),
                Choice("closedOn > ? AND dueOn < ?", last, dueFrom),
            ]
        case .orderAndStandard(let service):
            let choice = Choice("filedOn BETWEEN ? AND ? AND kind IN ('order', 'standard')", first, last)
            return [choice.and("coalesce(service, '') = ?", service)]
        case .employees(let bodyKind):
            return [Choice("filedOn BETWEEN ? AND ? AND kind = 'employees'", first, last).and("bodyKind = ?", bodyKind)]
        }
    }

    /// A query for columns of the complaints of the number, in any order.
    func query(
        _ columns: String, _ month: CivilMonth, asOf today: CivilDate? = nil
    ) -> (sql: String, arguments: StatementArguments) {
        let choices = choices(month, asOf: today)
        let parts = choices.map { "SELECT \(columns) FROM \($0.table) WHERE \($0.sql)" }
        return (parts.joined(separator: " UNION ALL "), StatementArguments(choices.flatMap(\.values)))
    }

    /// How many complaints it holds.
    /// - Parameter today: for a month that is not over, as for `MonthlyFigures`.
    package func count(_ month: CivilMonth, asOf today: CivilDate? = nil, in db: Database) throws -> Int {
        let choices = choices(month, asOf: today)
        let parts = choices.map { "(SELECT count(*) FROM \($0.table) WHERE \($0.sql))" }
        return try Int.fetchOne(
            db, sql: "SELECT " + parts.joined(separator: " + "),
            arguments: StatementArguments(choices.flatMap(\.values))) ?? 0
    }

    /// The complaints behind the number, by number.
    /// - Parameter today: for a month that is not over, as for `MonthlyFigures`.
    package func complaints(
        _ month: CivilMonth, asOf today: CivilDate? = nil, limit: Int = 200, offset: Int = 0, in db: Database
    ) throws -> [String] {
        let (sql, arguments) = query("id", month, asOf: today)
        return try String.fetchAll(
            db, sql: sql + " ORDER BY id LIMIT ? OFFSET ?", arguments: arguments + [limit, offset])
    }

    /// How many complaints it holds, by a column of the table.
    func counts(by column: String, _ month: CivilMonth, in db: Database) throws -> [(key: String, count: Int)] {
        let (sql, arguments) = query("coalesce(\(column), '') AS key", month)
        return try Row.fetchAll(
            db, sql: "SELECT key, count(*) FROM (\(sql)) GROUP BY key ORDER BY key", arguments: arguments
        ).map { (key: $0[0], count: $0[1]) }
    }
}
