import GRDB
import Journal
import Languages
import WorkingDays

/// One information request in a list.
package struct InformationRequestRecord: Sendable, Hashable {
    /// The case, without its kind.
    package let id: String
    /// The plan.
    package let plan: String
    /// The line of the plan.
    package let line: String
    /// The code of the service.
    package let service: String
    /// The code of the body.
    package let body: String
    /// The unit of the centre.
    package let unit: String?
    /// The planned day of the request.
    package let requestOn: String
    /// The planned day of the acceptance.
    package let acceptanceOn: String?
    /// The outgoing number.
    package let number: String?
    /// The days of the steps, as ISO dates, in their order: sent, received, appointed, submitted, entered, trained,
    /// accepted, live.
    package let days: [String: String]
    /// How often the information was returned.
    package let returns: Int
    /// planned, sent, sendingFailed, received, appointed, submitted, returned, entered, trained, accepted, live, cancelled.
    package let state: String

    init(_ row: Row) {
        id = row["id"]
        plan = row["plan"]
        line = row["line"]
        service = row["service"]
        body = row["body"]
        unit = row["unit"]
        requestOn = row["requestOn"]
        acceptanceOn = row["acceptanceOn"]
        number = row["number"]
        returns = row["returns"]
        state = row["state"]
        var days: [String: String] = [:]
        for step in ["sent", "received", "appointed", "submitted", "entered", "trained", "completed", "live"] {
            days[step] = row[step + "On"] as String?
        }
        self.days = days
    }

    /// A choice of requests.
    package struct Filter: Sendable, Hashable {
        /// Only requests in this state.
        package var state: String?
        /// Only requests to this body.
        package var body: String?
        /// Only requests about this service.
        package var service: String?
        /// Only lines of this month.
        package var month: CivilMonth?
        /// Only requests that are not live or called off (true), or only those (false).
        package var isOpen: Bool?
        /// Only requests whose number, plan, line, body or service holds this text.
        package var text: String?

        /// Every request; set what narrows it.
        package init() {}
    }

    /// By what a list of requests is ordered; equal ones by planned day and number.
    package enum Order: Hashable, Sendable {
        /// By planned day.
        case planned
        /// By number.
        case number
        /// By the steps of a request, in their order.
        case state
        /// By the name of the service in a language.
        case service(Language)
        /// By the name of the body in a language.
        case body(Language)

        var sql: String {
            func name(_ language: Language) -> String { language == .kk ? "nameKK" : "nameRU" }
            return switch self {
            case .planned: "requestOn"
            case .number: "id"
            case .state:
                """
                CASE state WHEN 'planned' THEN 0 WHEN 'sendingFailed' THEN 1 WHEN 'sent' THEN 2 WHEN 'received' THEN 3
                  WHEN 'appointed' THEN 4 WHEN 'returned' THEN 5 WHEN 'submitted' THEN 6 WHEN 'entered' THEN 7
                  WHEN 'trained' THEN 8 WHEN 'accepted' THEN 9 WHEN 'live' THEN 10 ELSE 11 END
                """
            case .service(let language):
                """
                (SELECT \(name(language)) FROM service WHERE service.code = informationRequest.service) COLLATE kazakh
                """
            case .body(let language):
                "(SELECT \(name(language)) FROM body WHERE body.code = informationRequest.body) COLLATE kazakh"
            }
        }
    }

    /// The requests of a choice, by planned day unless said otherwise.
    package static func fetch(
        _ filter: Filter = Filter(), by order: Order = .planned, isDescending: Bool = false, limit: Int = 100,
        offset: Int = 0, in db: Database
    ) throws -> [InformationRequestRecord] {
        let (condition, arguments) = filter.sql
        return try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM informationRequest WHERE \(condition)
                ORDER BY \(order.sql) \(isDescending ? "DESC" : "ASC"), requestOn, id LIMIT ? OFFSET ?
                """, arguments: arguments + [limit, offset]
        ).map(InformationRequestRecord.init)
    }

    /// How many requests a choice holds.
    package static func count(_ filter: Filter = Filter(), in db: Database) throws -> Int {
        let (condition, arguments) = filter.sql
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM informationRequest WHERE \(condition)", arguments: arguments) ?? 0
    }

    /// One request, nil where there is none.
    package static func fetch(id: String, in db: Database) throws -> InformationRequestRecord? {
        try Row.fetchOne(db, sql: "SELECT * FROM informationRequest WHERE id = ?", arguments: [id])
            .map(InformationRequestRecord.init)
    }
}

extension InformationRequestRecord.Filter {
    var sql: (String, StatementArguments) {
        var parts = ["true"]
        var arguments = StatementArguments()
        func add(_ condition: String, _ values: [String]) {
            parts.append(condition)
            arguments += StatementArguments(values)
        }
        if let state { add("state = ?", [state]) }
        if let body { add("body = ?", [body]) }
        if let service { add("service = ?", [service]) }
        if let isOpen { add("state \(isOpen ? "NOT IN" : "IN") ('live', 'cancelled')", []) }
        if let text, !text.isEmpty {
            add("instr(lower(id || ' ' || coalesce(number, '') || ' ' || service), ?) > 0", [text.lowercased()])
        }
        if let month { add("requestOn BETWEEN ? AND ?", [month.first.description, month.last.description]) }
        return (parts.joined(separator: " AND "), arguments)
    }
}

/// One short case in a list.
package struct DutyRecord: Sendable, Hashable {
    /// The stream of the case.
    package let stream: StreamID
    /// The procedure.
    package let kind: String
    /// The code of the body.
    package let body: String
    /// The code of the service.
    package let service: String?
    /// The ISO date on which it began.
    package let begunOn: String
    /// The ISO date on which it ended.
    package let endedOn: String?
    /// The event that ended it.
    package let endedBy: String?
    /// The ground of a refusal.
    package let ground: String?
    /// What was asked.
    package let text: String

    init(_ row: Row) {
        stream = StreamID(row["id"] as String)
        kind = row["kind"]
        body = row["body"]
        service = row["service"]
        begunOn = row["begunOn"]
        endedOn = row["endedOn"]
        endedBy = row["endedBy"]
        ground = row["ground"]
        text = row["text"]
    }

    /// The short cases of a body, the latest first.
    package static func fetch(body: String, in db: Database) throws -> [DutyRecord] {
        try Row.fetchAll(db, sql: "SELECT * FROM duty WHERE body = ? ORDER BY begunOn DESC, id", arguments: [body])
            .map(DutyRecord.init)
    }

    /// From this many refusals within one month on a body has refused repeatedly (797 §12, “неоднократно”).
    package static let repeatedly = 2

    /// The refusals of a body in a calendar month (797 §12).
    package static func refusals(of body: String, in month: CivilMonth, _ db: Database) throws -> [DutyRecord] {
        try refusals(of: body, from: month.first, through: month.last, db)
    }

    /// The refusals of a body in a period.
    static func refusals(
        of body: String, from first: CivilDate, through last: CivilDate, _ db: Database
    ) throws -> [DutyRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM duty WHERE body = ? AND kind = 'additional-request' AND endedBy = 'additionalRefused'
                  AND endedOn BETWEEN ? AND ? ORDER BY endedOn, id
                """, arguments: [body, first.description, last.description]
        ).map(DutyRecord.init)
    }
}
