import GRDB

extension ComplaintRecord {
    /// By what a list is ordered.
    package enum Order: Hashable, Sendable {
        /// By filing.
        case filed
        /// By number.
        case number
        /// By the last day of the term.
        case due
        /// By the day of the answer.
        case closed
    }

    /// How many complaints a list counts and shows at most: a choice that holds more is to be narrowed.
    package static let listed = 10_000

    /// How many complaints a choice holds, counted up to one more than a list shows.
    package static func countListed(_ filter: ComplaintFilter, in db: Database) throws -> Int {
        let (condition, arguments) = filter.sql
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM (SELECT 1 FROM complaint WHERE \(condition) LIMIT ?)",
            arguments: arguments + [listed + 1]) ?? 0
    }

    /// Whether a choice can be put in an order without reading more of a million complaints than a list shows.
    ///
    /// What is few is read and sorted. What is many is walked along an index of that order: every complaint has a day of
    /// filing and a number, those under review have a day by which they are due, those closed a day of closing.
    /// - Parameter count: what `countListed` says.
    package static func canOrder(_ filter: ComplaintFilter, by order: Order, count: Int) -> Bool {
        switch order {
        case .filed, .number: true
        case .due: count <= listed || filter.statuses == [.open]
        case .closed: count <= listed || filter.isClosed
        }
    }

    /// A part of a list.
    /// - Parameter count: what `countListed` says of the choice; it decides how the list is read.
    package static func fetch(
        _ filter: ComplaintFilter, by order: Order, isDescending: Bool, count: Int, limit: Int, offset: Int,
        in db: Database
    ) throws -> [ComplaintRecord] {
        let (sql, arguments) = listQuery(filter, by: order, isDescending: isDescending, count: count)
        return try Row.fetchAll(db, sql: sql, arguments: arguments + [limit, offset]).map { try ComplaintRecord($0) }
    }

    /// The query of a part of a list; limit and offset are its last arguments.
    static func listQuery(
        _ filter: ComplaintFilter, by order: Order, isDescending: Bool, count: Int
    ) -> (sql: String, arguments: StatementArguments) {
        let order = canOrder(filter, by: order, count: count) ? order : .filed
        let (condition, arguments) = filter.sql
        let direction = isDescending ? "DESC" : "ASC"
        let columns = order.columns.map { "\($0) \(direction)" }.joined(separator: ", ")
        let wanted = "SELECT \(Self.columns) FROM complaint WHERE \(condition)"
        // Days of closing are indexed where there is one.
        let isWalked = order == .closed && count > listed
        return (
            wanted + (isWalked ? " AND closedOn IS NOT NULL" : "") + " ORDER BY \(columns) LIMIT ? OFFSET ?", arguments
        )
    }
}

extension ComplaintRecord.Order {
    fileprivate var columns: [String] {
        switch self {
        case .filed: ["filedOn", "id"]
        case .number: ["id"]
        case .due: ["dueOn", "filedOn", "id"]
        case .closed: ["closedOn", "rowid"]
        }
    }
}

extension ComplaintFilter {
    /// Whether only closed complaints are wanted.
    fileprivate var isClosed: Bool { isLate || (!statuses.isEmpty && !statuses.contains(.open)) }
}
