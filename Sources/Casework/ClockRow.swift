import GRDB
import Journal
import Rulebook
import WorkingDays

/// One clock in a worklist.
package struct ClockRow: Sendable, Hashable {
    /// The case.
    package let stream: StreamID
    /// The rule: "appoint-responsible-person".
    package let rule: String
    /// Whose duty it is.
    package let owner: ClockOwner
    /// What force it has.
    package let force: ClockForce
    /// The body whose duty it is, where the case names one.
    package let body: String?
    /// The service that it is about, where the case names one.
    package let service: String?
    /// Day zero.
    package let dayZero: CivilDate
    /// The date it had first.
    package let firstDue: CivilDate
    /// The date it has now.
    package let due: CivilDate
    /// The working-day target of a fixed date.
    package let target: CivilDate?
    /// The compact proof of `due`.
    package let proof: String
    /// Whether `due` depends on an estimated year.
    package let isProvisional: Bool
    /// Where it stands in its own course; what is told of it is `standing`.
    package let status: Clock.Status
    /// Where it stands, a violation of law told from an internal target that was missed.
    package let standing: ClockStanding
    /// The day on which it ended; nil while it is open.
    package let endedOn: CivilDate?
    /// The day on which its date was first noted as passed; stays when the clock begins anew after a return, nil where there was none.
    package let breachedOn: CivilDate?
    /// Whether a change of the calendar put its outcome in doubt.
    package let isFlagged: Bool
    /// The last days of former terms, of bodies that had the duty before, that a change of the calendar put in doubt.
    package let flaggedLapses: [CivilDate]

    init(_ row: Row) throws {
        stream = StreamID(row["stream"] as String)
        rule = row["rule"]
        owner = try row.value("owner")
        force = try row.value("force")
        body = row["body"]
        service = row["service"]
        dayZero = try row.date("dayZero")
        firstDue = try row.date("firstDue")
        due = try row.date("due")
        target = try row.optionalDate("target")
        proof = row["proof"]
        isProvisional = row["isProvisional"]
        status = try row.value("status")
        standing = ClockStanding(status, force: force)
        endedOn = try row.optionalDate("endedOn")
        breachedOn = try row.optionalDate("breachedOn")
        isFlagged = row["isFlagged"]
        flaggedLapses = (row["flaggedLapses"] as String).split(separator: " ").compactMap { CivilDate($0) }
    }
}

/// A choice of clocks for a worklist.
package struct ClockFilter: Sendable, Hashable {
    /// Only open clocks (true), only ended ones (false), or both (nil).
    package var isOpen: Bool?
    /// Only clocks that stand so; empty for all.
    package var standings: Set<ClockStanding> = []
    /// Only clocks of these forces; empty for all.
    package var forces: Set<ClockForce> = []
    /// Only clocks due from this day on.
    package var dueFrom: CivilDate?
    /// Only clocks due until this day.
    package var dueThrough: CivilDate?
    /// Only clocks of this body.
    package var body: String?
    /// Only clocks of this rule.
    package var rule: String?
    /// Only clocks whose term was exceeded at least once (true), or never (false).
    package var isLate: Bool?
    /// Only clocks whose date was noted as passed on this day or later.
    package var breachedFrom: CivilDate?
    /// Only clocks past their term and not done (true), or all others (false).
    package var isOverdue: Bool?
    /// Only clocks of cases of these kinds, the first part of the stream; nil for all, empty for none.
    package var caseKinds: Set<String>?
    /// Only clocks of these owners; empty for all.
    package var owners: Set<ClockOwner> = []
    /// Only clocks whose outcome, or that of a former term, a calendar change put in doubt.
    package var isFlagged: Bool?

    /// Every clock; set what narrows it.
    package init() {}
}

/// By what a list of clocks is ordered; equal ones by date, case and rule.
package struct ClockOrder: Sendable, Hashable {
    let sql: String

    /// By an expression over the table `clock`; other modules add theirs where their names decide.
    package init(sql: String) { self.sql = sql }

    /// By date.
    package static let due = ClockOrder(sql: "due")
    /// By the number of the case; sorted, since the table itself would be walked to its end for a few.
    package static let stream = ClockOrder(sql: "+stream")

    /// By rule, in the order in which the rules are given; others last.
    package static func rules(_ rules: [String]) -> ClockOrder {
        guard !rules.isEmpty else { return ClockOrder(sql: "rule") }
        let places = rules.enumerated().map { place, rule in
            "WHEN '\(rule.replacing("'", with: "''"))' THEN \(place)"
        }
        return ClockOrder(sql: "CASE rule \(places.joined(separator: " ")) ELSE \(rules.count) END")
    }
}

extension ClockRow {
    /// How many clocks a list counts and shows at most, and how many are sorted: a choice that holds more is to be narrowed.
    package static let listed = 10_000

    /// The clocks of a choice, earliest date first unless said otherwise.
    package static func fetch(
        _ filter: ClockFilter, by order: ClockOrder = .due, isDescending: Bool = false, limit: Int = 200,
        offset: Int = 0, in db: Database
    ) throws -> [ClockRow] {
        let (sql, arguments) = listQuery(filter, by: order, isDescending: isDescending)
        return try Row.fetchAll(db, sql: sql, arguments: arguments + [limit, offset]).map { try ClockRow($0) }
    }

    /// The query of a part of a list; limit and offset are its last arguments. By date it walks an index of that order; what is
    /// sorted is chosen within an index, and only the rows that are shown are looked up.
    static func listQuery(
        _ filter: ClockFilter, by order: ClockOrder = .due, isDescending: Bool = false
    ) -> (sql: String, arguments: StatementArguments) {
        let (condition, arguments) = filter.sql
        let direction = isDescending ? "DESC" : "ASC"
        if order == .due {
            let columns = "due \(direction), stream \(direction), rule \(direction)"
            return ("SELECT * FROM clock WHERE \(condition) ORDER BY \(columns) LIMIT ? OFFSET ?", arguments)
        }
        let columns = "\(order.sql) \(direction), due, stream, rule"
        let sql = """
            SELECT * FROM clock WHERE (stream, rule) IN (
              SELECT stream, rule FROM clock WHERE \(condition) ORDER BY \(columns) LIMIT ? OFFSET ?
            ) ORDER BY \(columns)
            """
        return (sql, arguments)
    }

    /// How many clocks a choice holds.
    package static func count(_ filter: ClockFilter, in db: Database) throws -> Int {
        let (condition, arguments) = filter.sql
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM clock WHERE \(condition)", arguments: arguments) ?? 0
    }

    /// How many clocks a choice holds, counted up to one more than a list shows.
    package static func countListed(_ filter: ClockFilter, in db: Database) throws -> Int {
        let (condition, arguments) = filter.sql
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM (SELECT 1 FROM clock WHERE \(condition) LIMIT ?)",
            arguments: arguments + [listed + 1]) ?? 0
    }

    /// The clocks of one case, in the order of their dates.
    package static func fetch(of stream: StreamID, in db: Database) throws -> [ClockRow] {
        try Row.fetchAll(db, sql: "SELECT * FROM clock WHERE stream = ? ORDER BY due", arguments: [stream.rawValue])
            .map { try ClockRow($0) }
    }
}

extension ClockFilter {
    fileprivate var sql: (String, StatementArguments) {
        var parts: [String] = ["true"]
        var arguments = StatementArguments()
        func add(_ condition: String, _ values: [any DatabaseValueConvertible] = []) {
            parts.append(condition)
            arguments += StatementArguments(values)
        }
        if let isOpen { add(isOpen ? "endedOn IS NULL" : "endedOn IS NOT NULL") }
        if !standings.isEmpty { add(standingCondition.sql, standingCondition.values) }
        if !forces.isEmpty { add("force IN (\(marks(forces.count)))", forces.map(\.rawValue).sorted()) }
        if let dueFrom { add("due >= ?", [dueFrom.description]) }
        if let dueThrough { add("due <= ?", [dueThrough.description]) }
        if let body { add("body = ?", [body]) }
        if let rule { add("rule = ?", [rule]) }
        if let isLate { add(isLate ? "breachedOn IS NOT NULL" : "breachedOn IS NULL") }
        if let isOverdue { add((isOverdue ? "" : "NOT ") + "(status = 'breached' AND endedOn IS NULL)") }
        if let breachedFrom { add("breachedOn >= ?", [breachedFrom.description]) }
        if let caseKinds {
            // A stream is named kind/id, and “0” follows “/”. Chosen within an index of dates, not by the cases one by one.
            let ranges = caseKinds.map { _ in "+stream >= ? AND +stream < ?" }.joined(separator: " OR ")
            add(caseKinds.isEmpty ? "false" : "(\(ranges))", caseKinds.sorted().flatMap { [$0 + "/", $0 + "0"] })
        }
        if !owners.isEmpty { add("owner IN (\(marks(owners.count)))", owners.map(\.rawValue).sorted()) }
        if let isFlagged { add((isFlagged ? "" : "NOT ") + "(isFlagged OR flaggedLapses <> '')") }
        return (parts.joined(separator: " AND "), arguments)
    }

    /// The standings by the columns of the indexes, which do not know the derived column `standing`.
    private var standingCondition: (sql: String, values: [String]) {
        var plain = standings.subtracting([.breached, .missed]).map(\.rawValue).sorted()
        var parts: [String] = []
        switch (standings.contains(.breached), standings.contains(.missed)) {
        case (true, true): plain.append(ClockStanding.breached.rawValue)
        case (true, false): parts.append("status = 'breached' AND force = 'statutory'")
        case (false, true): parts.append("status = 'breached' AND force <> 'statutory'")
        case (false, false): break
        }
        if !plain.isEmpty { parts.append("status IN (\(marks(plain.count)))") }
        return ("(\(parts.joined(separator: " OR ")))", plain)
    }

    private func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
}
