import GRDB
import Journal
import Languages
import WorkingDays

/// A contact as it stands; it says nothing of who called.
package struct ContactRecord: Codable, Hashable, Sendable {
    /// The number: `2026-000001`.
    package let id: String
    /// The actor whose contact it is.
    package let `operator`: String
    /// How the caller turned to us.
    package let channel: ContactChannel
    /// The language of the conversation.
    package let language: Language
    /// What it is about.
    package let topic: ContactTopic?
    /// The code of the service.
    package let service: String?
    /// The card that was read last.
    package let card: String?
    /// Its edition.
    package let edition: Int?
    /// The language in which it was read.
    package let cardLanguage: Language?
    /// Whether the way of complaining was explained.
    package let complaintGuidance: Bool
    /// Whether the stage of an application was told.
    package let stageGuidance: Bool
    /// The gap that was reported.
    package let gap: String?
    /// When it began.
    package let startedAt: Moment
    /// How it ended; nil while it is open.
    package let outcome: ContactOutcome?
    /// How long it took, in seconds; nil while it is open.
    package let seconds: Int?
    /// The number of its events.
    package let version: Int

    init(_ row: Row) throws {
        id = row["id"]
        `operator` = row["operator"]
        channel = try row.named("channel")
        language = try row.named("language")
        topic = (row["topic"] as String?).flatMap(ContactTopic.init(rawValue:))
        service = row["service"]
        card = row["card"]
        edition = row["edition"]
        cardLanguage = (row["cardLanguage"] as String?).flatMap(Language.init(rawValue:))
        complaintGuidance = row["complaintGuidance"]
        stageGuidance = row["stageGuidance"]
        gap = row["gap"]
        startedAt = Moment(millisecondsSince1970: row["startedAt"])
        outcome = (row["outcome"] as String?).flatMap(ContactOutcome.init(rawValue:))
        seconds = row["seconds"]
        version = row["version"]
    }

    /// A contact by its number, nil where there is none.
    package static func fetch(_ id: String, in db: Database) throws -> ContactRecord? {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM contact WHERE id = ?"), arguments: [id])
            .map(ContactRecord.init)
    }

    /// The complaints that were registered from a contact, by number.
    package static func complaints(of id: String, in db: Database) throws -> [String] {
        let sql = "SELECT complaint FROM contactComplaint WHERE contact = ? ORDER BY complaint"
        return try String.fetchAll(db.cachedStatement(sql: sql), arguments: [id])
    }

    /// The open contact of an operator, nil where there is none; nobody has two.
    package static func open(of actor: String, in db: Database) throws -> ContactRecord? {
        let sql = "SELECT * FROM contact WHERE operator = ? AND outcome IS NULL"
        return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [actor]).map(ContactRecord.init)
    }

    /// The contacts of some days, the latest first.
    /// - Parameters:
    ///   - actor: only those of this operator; of all where nil.
    ///   - limit: how many at most.
    package static func fetch(
        _ days: ClosedRange<CivilDate>, of actor: String? = nil, limit: Int = 100, offset: Int = 0, in db: Database
    ) throws -> [ContactRecord] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT * FROM contact WHERE day BETWEEN ?1 AND ?2 AND (?3 IS NULL OR operator = ?3)
                    ORDER BY day DESC, id DESC LIMIT ?4 OFFSET ?5
                    """),
            arguments: [days.lowerBound.description, days.upperBound.description, actor, limit, offset]
        ).map(ContactRecord.init)
    }

    /// A choice of contacts; set what narrows it.
    package struct Filter: Hashable, Sendable {
        /// The days.
        package var days: ClosedRange<CivilDate>
        /// Only contacts of this operator.
        package var `operator`: String?
        /// Only contacts that came this way.
        package var channel: ContactChannel?
        /// Only contacts that ended so.
        package var outcome: ContactOutcome?
        /// Only contacts about these services; empty for all.
        package var services: Set<String> = []
        /// Only contacts about this.
        package var topic: ContactTopic?

        /// Every contact of some days.
        package init(_ days: ClosedRange<CivilDate>) { self.days = days }

        fileprivate var sql: (String, StatementArguments) {
            var parts = ["day BETWEEN ? AND ?"]
            var arguments: StatementArguments = [days.lowerBound.description, days.upperBound.description]
            let values = [
                ("operator", `operator`), ("channel", channel?.rawValue), ("outcome", outcome?.rawValue),
                ("topic", topic?.rawValue),
            ]
            for (column, value) in values {
                guard let value else { continue }
                parts.append("\(column) = ?")
                arguments += [value]
            }
            if !services.isEmpty {
                parts.append("service IN (\(services.map { _ in "?" }.joined(separator: ", ")))")
                arguments += StatementArguments(services.sorted())
            }
            return (parts.joined(separator: " AND "), arguments)
        }
    }

    /// By what a list of contacts is ordered; equal ones the latest first.
    package enum Order: String, Hashable, Sendable {
        /// By the moment it began.
        case started = "startedAt"
        /// By its length.
        case seconds
        /// By the way it came.
        case channel
        /// By how it ended.
        case outcome
        /// By the code of the service.
        case service
        /// By the operator.
        case `operator`
    }

    /// The contacts of a choice, the latest first unless said otherwise.
    package static func fetch(
        _ filter: Filter, by order: Order = .started, isDescending: Bool = true, limit: Int = 100, offset: Int = 0,
        in db: Database
    ) throws -> [ContactRecord] {
        let (condition, arguments) = filter.sql
        let direction = isDescending ? "DESC" : "ASC"
        // Days are in the index; within the chosen ones they are in the order of the moments.
        let first = order == .started ? "day \(direction), id \(direction)" : "\(order.rawValue) \(direction), id DESC"
        return try Row.fetchAll(
            db, sql: "SELECT * FROM contact WHERE \(condition) ORDER BY \(first) LIMIT ? OFFSET ?",
            arguments: arguments + [limit, offset]
        ).map(ContactRecord.init)
    }

    /// How many contacts a choice holds.
    package static func count(_ filter: Filter, in db: Database) throws -> Int {
        let (condition, arguments) = filter.sql
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM contact WHERE \(condition)", arguments: arguments) ?? 0
    }

    /// Everybody who recorded a contact on some days.
    package static func operators(_ days: ClosedRange<CivilDate>, in db: Database) throws -> [String] {
        try String.fetchAll(
            db, sql: "SELECT DISTINCT operator FROM contact WHERE day BETWEEN ? AND ? ORDER BY operator",
            arguments: [days.lowerBound.description, days.upperBound.description])
    }

    /// The number of the next contact of a year.
    package static func nextNumber(in year: Int, from db: Database) throws -> String {
        let last = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT last FROM contactNumber WHERE year = ?"), arguments: [year])
        let digits = String((last ?? 0) + 1)
        return "\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// Whether no contact was ever recorded.
    package static func isEmpty(in db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT NOT EXISTS (SELECT 1 FROM contact)") ?? true
    }
}
