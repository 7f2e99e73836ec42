import CanonicalJSON
import Forms
import GRDB
import Languages
import WorkingDays

extension Measure {
    /// The rows of what it counts, narrowed to keys of dimensions.
    func choices(
        _ period: ReportPeriod, asOf today: CivilDate? = nil, keys: [(dimension: String, key: String)] = []
    ) -> [Choice] {
        guard case .rows(let choices) = counting else { return [] }
        return choices(period, today).map { choice in
            keys.reduce(choice) { choice, narrowed in
                guard let column = dimensions[narrowed.dimension] else { return choice }
                // A key that stands is looked up in the index; only what is empty may be missing too.
                guard narrowed.key.isEmpty else { return choice.with(" AND \(column) = ?", [narrowed.key]) }
                return choice.with(" AND coalesce(\(column), '') = ?", [narrowed.key])
            }
        }
    }

    /// A query for columns of what is chosen, in any order.
    static func query(_ columns: String, _ choices: [Choice]) -> (sql: String, arguments: StatementArguments) {
        let parts = choices.map { "SELECT \(columns) FROM \($0.table) WHERE \($0.condition)" }
        return (parts.joined(separator: " UNION ALL "), StatementArguments(choices.flatMap(\.values)))
    }

    /// How many there are.
    static func count(_ choices: [Choice], in db: Database) throws -> Int {
        let parts = choices.map { "(SELECT count(*) FROM \($0.table) WHERE \($0.condition))" }
        return try Int.fetchOne(
            db, sql: "SELECT " + parts.joined(separator: " + "),
            arguments: StatementArguments(choices.flatMap(\.values))) ?? 0
    }

    /// The number of a period.
    func value(
        _ period: ReportPeriod, asOf today: CivilDate?, calendar: WorkingCalendar, in db: Database
    ) throws -> Int? {
        switch counting {
        case .rows(let choices): try whole(choices(period, today), in: db)
        case .number(let number): try number(period, calendar, db)
        }
    }

    private func whole(_ choices: [Choice], in db: Database) throws -> Int {
        guard let column = amount.column else { return try Self.count(choices, in: db) }
        let (sql, arguments) = Self.query("\(column) AS amount", choices)
        return try Int.fetchOne(db, sql: "SELECT \(amount.sql) FROM (\(sql))", arguments: arguments) ?? 0
    }

    /// How many there are by dimensions, the outermost first and the most within it first.
    func parts(
        by keys: [String], _ period: ReportPeriod, asOf today: CivilDate?, in db: Database
    ) throws -> [FormFigures.Part] {
        let names = keys.map { dimensions[$0] ?? "''" }
        let aliases = keys.indices.map { "key\($0)" }
        let selected =
            zip(names, aliases).map { "coalesce(\($0), '') AS \($1)" }
            + (amount.column.map { ["\($0) AS amount"] } ?? [])
        let (sql, arguments) = Self.query(selected.joined(separator: ", "), choices(period, asOf: today))
        let grouped = aliases.joined(separator: ", ")
        let order = (aliases.dropLast() + ["\(amount.sql) DESC"] + aliases.suffix(1)).joined(separator: ", ")
        return try Row.fetchAll(
            db, sql: "SELECT \(grouped), \(amount.sql) FROM (\(sql)) GROUP BY \(grouped) ORDER BY \(order)",
            arguments: arguments
        ).map { row in FormFigures.Part(keys: keys.indices.map { row[$0] }, count: row[keys.count]) }
    }

    /// Writes what stands behind the number as an array, a member for each of the columns.
    func write(
        _ names: [String], _ period: ReportPeriod, services: [String: Localized], to json: inout JSONWriter,
        in db: Database
    ) throws {
        let chosen = names.sorted().compactMap { columns[$0] }
        let (sql, arguments) = Self.query((order + chosen.flatMap(\.columns)).joined(separator: ", "), choices(period))
        let context = ColumnContext(last: period.last, services: services)
        let places = order.indices.map { "\($0 + 1)" }.joined(separator: ", ")
        let rows = try Row.fetchCursor(db, sql: sql + " ORDER BY " + places, arguments: arguments)
        json.beginArray()
        while let row = try rows.next() {
            json.beginObject()
            var first = order.count
            for column in chosen {
                try column.write(row, first, context, &json)
                first += column.columns.count
            }
            json.endObject()
        }
        json.endArray()
    }
}
