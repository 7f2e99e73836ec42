import GRDB
import Journal
import WorkingDays

/// A choice of entries of the ledger for a list.
package struct ViolationFilter: Hashable, Sendable {
    /// Only entries of cases of these kinds: what the reader may see; nil for all, empty for none.
    package var caseKinds: Set<String>?
    /// Only entries of this body.
    package var body: String?
    /// Only entries of this clock.
    package var rule: String?
    /// Only entries that stand so; empty for all.
    package var states: Set<Violation.State> = []
    /// Only entries whose first day past the last one is this or a later one.
    package var from: CivilDate?
    /// Only entries whose first day past the last one is this or an earlier one.
    package var through: CivilDate?
    /// Only entries of cases whose number begins so.
    package var number: String?

    /// Every entry; set what narrows it.
    package init() {}

    /// The entries that count in a month.
    package mutating func choose(_ month: CivilMonth) { (from, through) = (month.first, month.last) }

    fileprivate var sql: (condition: String, arguments: StatementArguments) {
        var parts: [String] = ["true"]
        var arguments = StatementArguments()
        func add(_ condition: String, _ values: [any DatabaseValueConvertible]) {
            parts.append(condition)
            arguments += StatementArguments(values)
        }
        if let state = states.first, states.count == 1 {
            add("state = ?", [state.rawValue])
        } else if !states.isEmpty {
            let marks = Array(repeating: "?", count: states.count).joined(separator: ", ")
            add("+state IN (\(marks))", states.map(\.rawValue).sorted())
        }
        // Of two columns that each have an index the state is the narrower one.
        if let body { add(states.count == 1 ? "+body = ?" : "body = ?", [body]) }
        if let rule { add("+rule = ?", [rule]) }
        if let from { add("violatedOn >= ?", [from.description]) }
        if let through { add("violatedOn <= ?", [through.description]) }
        let kinds = caseKinds?.sorted()
        if let kinds {
            // A stream is named kind/id, and “0” follows “/”.
            let ranges = kinds.map { _ in "+stream >= ? AND +stream < ?" }.joined(separator: " OR ")
            add(kinds.isEmpty ? "false" : "(\(ranges))", kinds.flatMap { [$0 + "/", $0 + "0"] })
        }
        if let number {
            let all = kinds ?? []
            let sources = all.map { _ in "SELECT id FROM violation WHERE stream >= ? AND stream < ?" }
            let values = all.flatMap { ["\($0)/\(number)", "\($0)/\(number)\u{10FFFF}"] }
            add(all.isEmpty ? "false" : "+id IN (\(sources.joined(separator: " UNION ALL ")))", values)
        }
        return (parts.joined(separator: " AND "), arguments)
    }
}

extension Violation {
    /// A place in a list, to go on from.
    package struct Cursor: Hashable, Sendable {
        /// The first day past the last one of the last row seen.
        package let violatedOn: CivilDate
        /// The name of the last row seen.
        package let id: String

        /// The place of a row.
        package init(_ entry: Violation) { (violatedOn, id) = (entry.violatedOn, entry.id.description) }

        /// Reads a place as an address has it; nil where it is none.
        package init?(_ text: String) {
            guard let day = CivilDate(String(text.prefix(10))), text.count > 11 else { return nil }
            (violatedOn, id) = (day, String(text.dropFirst(11)))
        }

        /// The place as an address has it.
        package var text: String { "\(violatedOn)~\(id)" }
    }

    /// How many entries a list counts at most: a choice that holds more is to be narrowed.
    package static let listed = 10_000

    /// The entries of a choice by the day on which they count, the last first unless said otherwise.
    /// - Parameters:
    ///   - cursor: the last row of the page before; nil for the first page.
    ///   - isAscending: the earliest come first.
    ///   - limit: how many at most; negative for all.
    package static func fetch(
        _ filter: ViolationFilter, after cursor: Cursor? = nil, isAscending: Bool = false, limit: Int = 50,
        in db: Database
    ) throws -> [Violation] {
        var (condition, arguments) = filter.sql
        let (sign, direction) = isAscending ? (">", "ASC") : ("<", "DESC")
        if let cursor {
            condition += " AND (violatedOn, id) \(sign) (?, ?)"
            arguments += [cursor.violatedOn.description, cursor.id]
        }
        let sql = """
            SELECT * FROM violation WHERE \(condition) ORDER BY violatedOn \(direction), id \(direction) LIMIT ?
            """
        return try Row.fetchAll(db, sql: sql, arguments: arguments + [limit]).map { try Violation($0) }
    }

    /// How many entries a choice holds, counted up to one more than a list shows.
    package static func countListed(_ filter: ViolationFilter, in db: Database) throws -> Int {
        let (condition, arguments) = filter.sql
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM (SELECT 1 FROM violation WHERE \(condition) LIMIT ?)",
            arguments: arguments + [listed + 1]) ?? 0
    }

    /// An entry by its name; nil where there is none.
    package static func fetch(_ id: ID, in db: Database) throws -> Violation? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM violation WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id.description]).map { try Violation($0) }
    }

    /// The entries of a case, as they were drafted.
    package static func fetch(of stream: StreamID, in db: Database) throws -> [Violation] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM violation WHERE stream = ? ORDER BY violatedOn, id")
        return try Row.fetchAll(statement, arguments: [stream.rawValue]).map { try Violation($0) }
    }
}
