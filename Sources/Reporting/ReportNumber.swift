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
    case violations(bodyKind: String? = nil, body: String? = nil)
    /// Open at the end of the month, with a term that ran out in an earlier month (item 3).
    case overdueFromEarlier
    /// Received in the month, about the order of providing or the standard (item 4).
    case orderAndStandard(service: String? = nil)
    /// Received in the month, about action or inaction of employees (item 5).
    case employees(bodyKind: String? = nil)

    /// The condition on the table `complaint` for a month, with its values.
    func condition(_ month: CivilMonth) -> (sql: String, values: [String]) {
        let (first, last) = (month.first.description, month.last.description)
        // A violation is dated by the first day after the due date.
        let (dueFrom, dueThrough) = (month.first.adding(days: -1).description, month.last.adding(days: -1).description)
        switch self {
        case .opening: return ("filedOn < ? AND (closedOn IS NULL OR closedOn >= ?)", [first, first])
        case .received: return ("filedOn BETWEEN ? AND ?", [first, last])
        case .closed: return ("closedOn BETWEEN ? AND ?", [first, last])
        case .closing: return ("filedOn <= ? AND (closedOn IS NULL OR closedOn > ?)", [last, last])
        case .forum: return ("filedOn BETWEEN ? AND ? AND channel = 'forum'", [first, last])
        case .reviewed:
            return ("(filedOn BETWEEN ? AND ? OR closedOn BETWEEN ? AND ?)", [first, last, first, last])
        case .withinTerm:
            return ("closedOn BETWEEN ? AND ? AND status = 'answered' AND closedOn <= dueOn", [first, last])
        case .pastTerm:
            return ("closedOn BETWEEN ? AND ? AND status = 'answered' AND closedOn > dueOn", [first, last])
        case .violations(let bodyKind, let body):
            var sql = "dueOn BETWEEN ? AND ? AND (closedOn IS NULL OR closedOn > dueOn)"
            var values = [dueFrom, dueThrough]
            if let bodyKind {
                sql += " AND bodyKind = ?"
                values.append(bodyKind)
            }
            if let body {
                sql += " AND body = ?"
                values.append(body)
            }
            return (sql, values)
        case .overdueFromEarlier:
            return ("dueOn < ? AND (closedOn IS NULL OR closedOn > ?)", [dueFrom, last])
        case .orderAndStandard(let service):
            let sql = "filedOn BETWEEN ? AND ? AND kind IN ('order', 'standard')"
            guard let service else { return (sql, [first, last]) }
            return (sql + " AND coalesce(service, '') = ?", [first, last, service])
        case .employees(let bodyKind):
            let sql = "filedOn BETWEEN ? AND ? AND kind = 'employees'"
            guard let bodyKind else { return (sql, [first, last]) }
            return (sql + " AND bodyKind = ?", [first, last, bodyKind])
        }
    }

    /// How many complaints it holds.
    package func count(_ month: CivilMonth, in db: Database) throws -> Int {
        let (sql, values) = condition(month)
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM complaint WHERE \(sql)", arguments: StatementArguments(values)) ?? 0
    }

    /// The complaints behind the number, by number.
    package func complaints(
        _ month: CivilMonth, limit: Int = 200, offset: Int = 0, in db: Database
    ) throws -> [String] {
        let (sql, values) = condition(month)
        return try String.fetchAll(
            db, sql: "SELECT id FROM complaint WHERE \(sql) ORDER BY id LIMIT ? OFFSET ?",
            arguments: StatementArguments(values) + [limit, offset])
    }

    /// How many complaints it holds, by a column of the table.
    func counts(by column: String, _ month: CivilMonth, in db: Database) throws -> [(key: String, count: Int)] {
        let (sql, values) = condition(month)
        return try Row.fetchAll(
            db,
            sql: """
                SELECT coalesce(\(column), '') AS key, count(*) FROM complaint WHERE \(sql) GROUP BY key ORDER BY key
                """, arguments: StatementArguments(values)
        ).map { (key: $0[0], count: $0[1]) }
    }
}
