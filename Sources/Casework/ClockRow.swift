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
        owner = ClockOwner(rawValue: row["owner"]) ?? .ucc
        let force = ClockForce(rawValue: row["force"]) ?? .statutory
        self.force = force
        body = row["body"]
        service = row["service"]
        dayZero = try ClockRow.date(row["dayZero"])
        firstDue = try ClockRow.date(row["firstDue"])
        due = try ClockRow.date(row["due"])
        target = CivilDate((row["target"] as String?) ?? "")
        proof = row["proof"]
        isProvisional = row["isProvisional"]
        let status = Clock.Status(rawValue: row["status"]) ?? .running
        self.status = status
        standing = ClockStanding(status, force: force)
        endedOn = CivilDate((row["endedOn"] as String?) ?? "")
        breachedOn = CivilDate((row["breachedOn"] as String?) ?? "")
        isFlagged = row["isFlagged"]
        flaggedLapses = (row["flaggedLapses"] as String).split(separator: " ").compactMap { CivilDate($0) }
    }

    private static func date(_ text: String) throws -> CivilDate {
        guard let date = CivilDate(text) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "“\(text)” in the table clock is no date")
        }
        return date
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
    /// Only clocks past their term and not done (true), or all others (false).
    package var isOverdue: Bool?
    /// Only clocks of cases of this kind, the first part of the stream.
    package var caseKind: String?
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
    /// By the number of the case.
    package static let stream = ClockOrder(sql: "stream")

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
    /// The clocks of a choice, earliest date first unless said otherwise.
    package static func fetch(
        _ filter: ClockFilter, by order: ClockOrder = .due, isDescending: Bool = false, limit: Int = 200,
        offset: Int = 0, in db: Database
    ) throws -> [ClockRow] {
        let (condition, arguments) = filter.sql
        let first = order.sql + (isDescending ? " DESC" : "")
        let sql = "SELECT * FROM clock WHERE \(condition) ORDER BY \(first), due, stream, rule LIMIT ? OFFSET ?"
        return try Row.fetchAll(db, sql: sql, arguments: arguments + [limit, offset]).map { try ClockRow($0) }
    }

    /// How many clocks a choice holds.
    package static func count(_ filter: ClockFilter, in db: Database) throws -> Int {
        let (condition, arguments) = filter.sql
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM clock WHERE \(condition)", arguments: arguments) ?? 0
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
        if !standings.isEmpty {
            add("standing IN (\(marks(standings.count)))", standings.map(\.rawValue).sorted())
        }
        if !forces.isEmpty { add("force IN (\(marks(forces.count)))", forces.map(\.rawValue).sorted()) }
        if let dueFrom { add("due >= ?", [dueFrom.description]) }
        if let dueThrough { add("due <= ?", [dueThrough.description]) }
        if let body { add("body = ?", [body]) }
        if let rule { add("rule = ?", [rule]) }
        if let isLate { add(isLate ? "breachedOn IS NOT NULL" : "breachedOn IS NULL") }
        if let isOverdue { add("(status = 'breached' AND endedOn IS NULL) = ?", [isOverdue]) }
        if let caseKind { add("stream >= ? AND stream < ?", [caseKind + "/", caseKind + "0"]) }
        if !owners.isEmpty { add("owner IN (\(marks(owners.count)))", owners.map(\.rawValue).sorted()) }
        if let isFlagged { add("(isFlagged OR flaggedLapses <> '') = ?", [isFlagged]) }
        return (parts.joined(separator: " AND "), arguments)
    }

    private func marks(_ count: Int) -> String { Array(repeating: "?", count: count).joined(separator: ", ") }
}
