import GRDB
import Languages
import WorkingDays

extension Registry {
    /// A region by its code.
    package static func region(_ code: String, in db: Database) throws -> Region? {
        try regions(where: "code = ?", [code], in: db).first
    }

    /// The regions that exist on a day (17 from June 2018, 20 from June 2022), without the republic; all there ever were
    /// where no day is given.
    package static func regions(on date: CivilDate? = nil, in db: Database) throws -> [Region] {
        var condition = Condition()
        condition.add("code <> ?", [Region.republic])
        condition.add(existsOn: date)
        return try regions(where: condition.sql, condition.arguments, in: db)
    }

    /// The zone by whose clocks a body lives; nil where that is the centre's, or the body is not known.
    package static func zone(ofBody code: String, in db: Database) throws -> CivilZone? {
        let statement = try db.cachedStatement(
            sql: "SELECT region.zone FROM body JOIN region ON region.code = body.region WHERE body.code = ?")
        return try String.fetchOne(statement, arguments: [code]).flatMap { CivilZone.named($0) }
    }

    static func allRegions(in db: Database) throws -> [Region] { try regions(where: "true", [], in: db) }

    private static func regions(where sql: String, _ arguments: StatementArguments, in db: Database) throws -> [Region]
    {
        var names: [String: [DatedName]] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT * FROM regionName ORDER BY region, validFrom") {
            names[row["region"], default: []].append(try DatedName(row))
        }
        return try Row.fetchAll(db, sql: "SELECT * FROM region WHERE \(sql) ORDER BY code", arguments: arguments).map {
            row in
            Region(
                code: row["code"], names: names[row["code"]] ?? [], validFrom: try RegistryRow.date(row, "validFrom"),
                validTo: try RegistryRow.date(row, "validTo"), successor: row["successor"],
                predecessor: row["predecessor"], note: row["note"], zone: row["zone"])
        }
    }
}
