import GRDB
import Languages

extension Registry {
    /// A service by its code.
    package static func service(_ code: String, in db: Database) throws -> PublicService? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM service WHERE code = ?")
        return try Row.fetchOne(statement, arguments: [code]).map { PublicService($0) }
    }

    /// The services of a choice.
    package static func services(_ filter: ServiceFilter = ServiceFilter(), in db: Database) throws -> [PublicService] {
        let condition = filter.condition
        let sql =
            "SELECT * FROM service WHERE \(condition.sql) ORDER BY \(Condition.order(filter.order)) LIMIT ? OFFSET ?"
        let arguments = condition.arguments + [filter.limit, filter.offset]
        return try Row.fetchAll(db, sql: sql, arguments: arguments).map { PublicService($0) }
    }

    /// The names of all services by their codes, for tables and reports that name many.
    package static func serviceNames(in db: Database) throws -> [String: Localized] {
        var names: [String: Localized] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT code, nameKK, nameRU FROM service") {
            names[row["code"]] = Localized(kk: row["nameKK"], ru: row["nameRU"])
        }
        return names
    }

    /// The codes of the bodies that answer for a service.
    package static func owners(in db: Database) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT DISTINCT owner FROM service ORDER BY owner")
    }

    /// The spheres that services belong to, with how many services each has.
    package static func spheres(in db: Database) throws -> [(sphere: String, services: Int)] {
        try Row.fetchAll(db, sql: "SELECT sphere, count(*) FROM service GROUP BY sphere ORDER BY sphere").map {
            ($0[0], $0[1])
        }
    }
}

extension PublicService {
    init(_ row: Row) {
        func list(_ column: String) -> [String] { (row[column] as String).split(separator: ";").map(String.init) }
        self.init(
            code: row["code"], registerCode: row["registerCode"], egovCode: row["egovCode"],
            name: Localized(kk: row["nameKK"], ru: row["nameRU"]), owner: row["owner"],
            provider: Localized(kk: row["providerKK"], ru: row["providerRU"]),
            channels: list("channels").compactMap { ServiceChannel(rawValue: $0) }, sphere: row["sphere"],
            isVerified: row["isVerified"], keywords: list("keywords"))
    }
}
