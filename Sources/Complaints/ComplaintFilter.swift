import GRDB
import WorkingDays

/// A choice of complaints for a list.
package struct ComplaintFilter: Sendable, Hashable {
    /// Only complaints in these states; empty for all.
    package var statuses: Set<ComplaintStatus> = []
    /// Only complaints of these kinds; empty for all.
    package var kinds: Set<ComplaintKind> = []
    /// Only complaints that this body must answer.
    package var body: String?
    /// Only complaints about this service.
    package var service: String?
    /// Only complaints of this region.
    package var region: String?
    /// Only complaints filed on this day or later.
    package var filedFrom: CivilDate?
    /// Only complaints filed on this day or earlier.
    package var filedThrough: CivilDate?
    /// Only complaints past their term: closed after it, or open on this day, which is after it.
    package var overdueOn: CivilDate?
    /// Only complaints that were closed after their term.
    package var isLate = false
    /// Only complaints that are in these hands.
    package var holder: ComplaintHolder?
    /// Only complaints whose number, ours or the forum's, begins so; figures alone are also the running count within any year,
    /// with or without its zeros.
    package var number: String?

    /// Every complaint; set what narrows it.
    package init() {}

    var sql: (condition: String, arguments: StatementArguments) {
        var parts: [String] = ["true"]
        var arguments = StatementArguments()
        func add(_ condition: String, _ values: [any DatabaseValueConvertible]) {
            parts.append(condition)
            arguments += StatementArguments(values)
        }
        func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
        if statuses == [.open] {
            // The table holds that both say the same, and the index of what is open knows days only.
            parts.append("closedOn IS NULL")
        } else if let status = statuses.first, statuses.count == 1 {
            // Written out, so that the index of this state is found.
            parts.append("status = '\(status.rawValue)'")
        } else if !statuses.isEmpty {
            add("status IN (\(marks(statuses.count)))", statuses.map(\.rawValue).sorted())
        }
        if !kinds.isEmpty { add("kind IN (\(marks(kinds.count)))", kinds.map(\.rawValue).sorted()) }
        if let body { add("body = ?", [body]) }
        if let service { add("service = ?", [service]) }
        if let region { add("region = ?", [region]) }
        switch holder {
        case .nobody: parts.append("assignee IS NULL")
        case .officer(let number): add("assignee = ?", [number])
        case nil: break
        }
        if let filedFrom { add("filedOn >= ?", [filedFrom.description]) }
        if let filedThrough { add("filedOn <= ?", [filedThrough.description]) }
        if let overdueOn, statuses == [.open] {
            add("dueOn < ?", [overdueOn.description])
        } else if let overdueOn {
            parts.append("status <> 'annulled'")
            add("coalesce(closedOn, ?) > dueOn", [overdueOn.description])
        }
        if isLate { parts.append("closedOn > dueOn AND status <> 'annulled'") }
        if let number {
            // Each part is a stretch of an index; a condition with OR in it would walk the whole list instead.
            let end = number + "\u{10FFFF}"
            var sources = [
                "SELECT id FROM complaint WHERE id >= ? AND id < ?",
                "SELECT id FROM complaint WHERE forumNumber >= ? AND forumNumber < ?",
            ]
            var values: [any DatabaseValueConvertible] = [number, end, number, end]
            if number.count <= 9, number.allSatisfy({ $0.isASCII && $0.isNumber }), let ordinal = Int(number) {
                sources.append("SELECT printf('%04d-%06d', year, ?) FROM complaintNumber")
                values.append(ordinal)
            }
            add("id IN (\(sources.joined(separator: " UNION ALL ")))", values)
        }
        return (parts.joined(separator: " AND "), arguments)
    }
}

extension ComplaintRecord {
    /// A place in a list, to go on from.
    package struct Cursor: Hashable, Sendable, Codable {
        /// The day of filing of the last row seen.
        package let filedOn: CivilDate
        /// The number of the last row seen.
        package let id: String

        /// A place from its parts.
        package init(filedOn: CivilDate, id: String) {
            self.filedOn = filedOn
            self.id = id
        }
    }

    /// The place of this row.
    package var cursor: Cursor { Cursor(filedOn: filedOn, id: id) }

    /// The complaints of a choice, filed last first.
    /// - Parameter cursor: the last row of the page before; nil for the first page.
    package static func fetch(
        _ filter: ComplaintFilter, after cursor: Cursor? = nil, limit: Int = 50, in db: Database
    ) throws -> [ComplaintRecord] {
        var (condition, arguments) = filter.sql
        if let cursor {
            condition += " AND (filedOn, id) < (?, ?)"
            arguments += [cursor.filedOn.description, cursor.id]
        }
        let sql = "SELECT \(columns) FROM complaint WHERE \(condition) ORDER BY filedOn DESC, id DESC LIMIT ?"
        return try Row.fetchAll(db, sql: sql, arguments: arguments + [limit]).map { try ComplaintRecord($0) }
    }

    /// How many complaints a choice holds.
    package static func count(_ filter: ComplaintFilter, in db: Database) throws -> Int {
        let (condition, arguments) = filter.sql
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM complaint WHERE \(condition)", arguments: arguments) ?? 0
    }

    /// The numbers of the accounts that have open complaints, each found by a step in an index.
    package static func holders(in db: Database) throws -> [Int64] {
        try Int64.fetchAll(
            db,
            sql: """
                WITH RECURSIVE holder (account) AS (
                  SELECT min(assignee) FROM complaint WHERE closedOn IS NULL AND assignee IS NOT NULL
                  UNION ALL
                  SELECT (SELECT min(assignee) FROM complaint WHERE closedOn IS NULL AND assignee > account)
                  FROM holder WHERE account IS NOT NULL
                ) SELECT account FROM holder WHERE account IS NOT NULL
                """)
    }

    /// The complaint with a number; nil where there is none.
    package static func fetch(id: String, in db: Database) throws -> ComplaintRecord? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM complaint WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map { try ComplaintRecord($0) }
    }

    /// The complaint with a number of the forum; nil where there is none.
    package static func fetch(forumNumber: String, in db: Database) throws -> ComplaintRecord? {
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM complaint WHERE forumNumber = ?")
        return try Row.fetchOne(statement, arguments: [forumNumber]).map { try ComplaintRecord($0) }
    }
}
