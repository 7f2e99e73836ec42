import GRDB
import WorkingDays

/// One page of a list, and where the next begins.
package struct InformationRequestList: Sendable, Hashable {
    /// The requests of the page, by planned day and number.
    package let records: [InformationRequestRecord]
    /// What to ask with for the next page; nil on the last.
    package let next: String?
}

extension InformationRequestRecord {
    /// A page of a choice, by planned day and number; a page stays right while others are added.
    ///
    /// - Parameters:
    ///   - cursor: `next` of the page before; nil for the first. What is no cursor gives the first page.
    ///   - limit: how many, from 1.
    package static func page(
        _ filter: Filter = Filter(), after cursor: String? = nil, limit: Int = 100, in db: Database
    ) throws -> InformationRequestList {
        let (condition, arguments) = filter.sql
        let parts = (cursor ?? "").split(separator: "~", maxSplits: 1).map(String.init)
        let (day, id) = parts.count == 2 ? (parts[0], parts[1]) : ("", "")
        let limit = max(1, limit)
        let records = try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM informationRequest WHERE \(condition) AND (requestOn, id) > (?, ?)
                ORDER BY requestOn, id LIMIT ?
                """, arguments: arguments + [day, id, limit + 1]
        ).map(InformationRequestRecord.init)
        let page = Array(records.prefix(limit))
        return InformationRequestList(
            records: page, next: records.count > limit ? page.last.map { "\($0.requestOn)~\($0.id)" } : nil)
    }

    /// The requests of one line of a plan, by body.
    package static func fetch(plan: String, line: String, in db: Database) throws -> [InformationRequestRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM informationRequest WHERE plan = ? AND line = ? ORDER BY body",
            arguments: [plan, line]
        ).map(InformationRequestRecord.init)
    }
}
