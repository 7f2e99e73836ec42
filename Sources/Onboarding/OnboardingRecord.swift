import Casework
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
    package let requestOn: CivilDate
    /// The planned day of the acceptance.
    package let acceptanceOn: CivilDate?
    /// The outgoing number.
    package let number: String?
    /// The days of the steps that have happened.
    package let days: [RequestDay: CivilDate]
    /// How often the information was returned.
    package let returns: Int
    /// Where it stands.
    package let state: RequestState

    init(_ row: Row) throws {
        id = row["id"]
        plan = row["plan"]
        line = row["line"]
        service = row["service"]
        body = row["body"]
        unit = row["unit"]
        requestOn = try row.date("requestOn")
        acceptanceOn = try row.optionalDate("acceptanceOn")
        number = row["number"]
        returns = row["returns"]
        state = try row.value("state")
        days = try RequestDay.allCases.reduce(into: [:]) { $0[$1] = try row.optionalDate($1.column) }
    }

    /// A choice of requests.
    package struct Filter: Sendable, Hashable {
        /// Only requests in this state.
        package var state: RequestState?
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
                "CASE state \(RequestState.allCases.enumerated().map { "WHEN '\($1)' THEN \($0)" }.joined(separator: " ")) END"
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
        if let state { add("state = ?", [state.rawValue]) }
        if let body { add("body = ?", [body]) }
        if let service { add("service = ?", [service]) }
        if let isOpen {
            let done = RequestState.allCases.filter(\.isDone).map { "'\($0)'" }.joined(separator: ", ")
            add("state \(isOpen ? "NOT IN" : "IN") (\(done))", [])
        }
        if let text, !text.isEmpty {
            add("instr(words, ?) > 0", [text.lowercased()])
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
    /// The ISO date on which it was annulled as entered by mistake; nil where it stands.
    package let annulledOn: String?

    init(_ row: Row) {
        annulledOn = row["annulledOn"]
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

    /// The short cases of a choice, the latest first.
    /// - Parameter isOpen: only such as have neither ended nor were annulled.
    package static func fetch(
        kinds: Set<DutyName> = [], body: String? = nil, isOpen: Bool = false, limit: Int, offset: Int = 0,
        in db: Database
    ) throws -> [DutyRecord] {
        let names = kinds.map(\.rawValue).sorted()
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        var arguments = StatementArguments(names)
        arguments += [body, body, limit, offset]
        return try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM duty WHERE \(names.isEmpty ? "true" : "kind IN (\(marks))") AND (? IS NULL OR body = ?)
                  AND \(isOpen ? "endedOn IS NULL AND annulledOn IS NULL" : "true")
                ORDER BY begunOn DESC, id LIMIT ? OFFSET ?
                """, arguments: arguments
        ).map(DutyRecord.init)
    }

    /// The refusals of a body in a calendar month that stand (797 §12).
    package static func refusals(of body: String, in month: CivilMonth, _ db: Database) throws -> [DutyRecord] {
        try refusals(of: body, in: db).filter { CivilDate($0.endedOn ?? "").map(month.contains) ?? false }
    }

    /// The refusals of a body that stand, the earliest first.
    static func refusals(of body: String, in db: Database) throws -> [DutyRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM duty WHERE body = ? AND kind = 'additional-request' AND endedBy = 'additionalRefused'
                  AND annulledOn IS NULL ORDER BY endedOn, id
                """, arguments: [body]
        ).map(DutyRecord.init)
    }

    /// The notices of a body's refusals that stand, the earliest first.
    static func notices(of body: String, in db: Database) throws -> [DutyRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM duty WHERE body = ? AND kind = 'refusal-notice' AND annulledOn IS NULL
                ORDER BY begunOn, id
                """, arguments: [body]
        ).map(DutyRecord.init)
    }
}
