import Casework
import GRDB
import Languages
import WorkingDays

extension Registry {
    /// A body by its code.
    package static func body(_ code: String, in db: Database) throws -> PublicBody? {
        guard
            let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM body WHERE code = ?"), arguments: [code])
        else { return nil }
        let names = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT * FROM bodyName WHERE body = ? ORDER BY validFrom"), arguments: [code])
        return try PublicBody(row, names: names.map { try DatedName($0) })
    }

    /// The bodies of a choice.
    package static func bodies(_ filter: BodyFilter = BodyFilter(), in db: Database) throws -> [PublicBody] {
        let condition = filter.condition
        let rows = try Row.fetchAll(
            db,
            sql: "SELECT * FROM body WHERE \(condition.sql) ORDER BY \(Condition.order(filter.order)) LIMIT ? OFFSET ?",
            arguments: condition.arguments + [filter.limit, filter.offset])
        let names = try bodyNames(of: rows.count <= 20 ? rows.map { $0["code"] } : nil, in: db)
        return try rows.map { try PublicBody($0, names: names[$0["code"] as String] ?? []) }
    }

    /// How many bodies a choice holds, whatever its limit.
    package static func bodyCount(_ filter: BodyFilter = BodyFilter(), in db: Database) throws -> Int {
        let condition = filter.condition
        return try Int.fetchOne(
            db, sql: "SELECT count(*) FROM body WHERE \(condition.sql)", arguments: condition.arguments) ?? 0
    }

    /// What a body was called on a day in a language; nil where the code is unknown.
    package static func name(
        of code: String, on date: CivilDate, _ language: Language, in db: Database
    ) throws -> String? {
        try localizedName(of: code, on: date, in: db)?[language]
    }

    /// What a body was called on a day; nil where the code is unknown.
    package static func localizedName(of code: String, on date: CivilDate, in db: Database) throws -> Localized? {
        try bodyNames(of: [code], in: db)[code]?.name(on: date)
    }

    /// What every body was called on a day, for tables and reports that name many.
    package static func bodyNames(on date: CivilDate, in db: Database) throws -> [String: Localized] {
        try bodyNames(of: nil, in: db).compactMapValues { $0.name(on: date) }
    }

    /// The bodies above one, its parent first; empty where it stands alone.
    package static func ancestors(of code: String, in db: Database) throws -> [PublicBody] {
        var found: [PublicBody] = []
        var seen: Set<String> = [code]
        var next = try body(code, in: db)?.parent
        while let code = next, seen.insert(code).inserted, let parent = try body(code, in: db) {
            found.append(parent)
            next = parent.parent
        }
        return found
    }

    /// Whether a body answers for what another one owns: it is the same, or above it, or took over from it.
    package static func answers(_ body: String, for owner: String, in db: Database) throws -> Bool {
        var (next, seen): (String?, Set<String>) = (owner, [])
        while let code = next, seen.insert(code).inserted {
            if code == body { return true }
            if try ancestors(of: code, in: db).contains(where: { $0.code == body }) { return true }
            next = try self.body(code, in: db)?.successor
        }
        return false
    }

    /// The body that does on a day what this one did: itself while it exists, else its successor's successor…; nil where
    /// nobody took over or the code is unknown.
    package static func bodyInCharge(of code: String, on date: CivilDate, in db: Database) throws -> PublicBody? {
        var seen: Set<String> = []
        var next: String? = code
        while let code = next, seen.insert(code).inserted, let candidate = try body(code, in: db) {
            guard let end = candidate.validTo, date > end else { return candidate }
            next = candidate.successor
        }
        return nil
    }

    /// The names of some bodies, or of all.
    private static func bodyNames(of codes: [String]?, in db: Database) throws -> [String: [DatedName]] {
        var condition = Condition()
        if let codes {
            let marks = Array(repeating: "?", count: codes.count).joined(separator: ", ")
            condition.add("body IN (\(marks))", codes)
        }
        let sql = "SELECT * FROM bodyName WHERE \(condition.sql) ORDER BY body, validFrom"
        var names: [String: [DatedName]] = [:]
        for row in try Row.fetchAll(db.cachedStatement(sql: sql), arguments: condition.arguments) {
            names[row["body"], default: []].append(try DatedName(row))
        }
        return names
    }
}

extension ClockOrder {
    /// By the name of the body in a language, in the order of its alphabet; clocks of no body first.
    package static func body(_ language: Language) -> ClockOrder {
        let name = language == .kk ? "nameKK" : "nameRU"
        return ClockOrder(sql: "(SELECT \(name) FROM body WHERE body.code = clock.body) COLLATE kazakh")
    }
}

extension PublicBody {
    init(_ row: Row, names: [DatedName]) throws {
        let kind: String = row["kind"]
        guard let kind = BodyKind(rawValue: kind) else { throw RegistryRow.unreadable("body", "kind", kind) }
        self.init(
            code: row["code"], kind: kind, level: (row["level"] as String?).flatMap { LocalLevel(rawValue: $0) },
            parent: row["parent"], region: row["region"], names: names,
            validFrom: try RegistryRow.date(row, "validFrom"), validTo: try RegistryRow.date(row, "validTo"),
            successor: row["successor"], note: row["note"])
    }
}

extension DatedName {
    init(_ row: Row) throws {
        self.init(
            from: try RegistryRow.date(row, "validFrom"), through: try RegistryRow.date(row, "validTo"),
            name: Localized(kk: row["kk"], ru: row["ru"], en: row["en"]))
    }
}

/// Reads fields of the registry's tables.
enum RegistryRow {
    /// A date or nothing.
    static func date(_ row: Row, _ column: String) throws -> CivilDate? {
        guard let text: String = row[column] else { return nil }
        guard let date = CivilDate(text) else { throw unreadable("the registry", column, text) }
        return date
    }

    /// An error about a field that the projection cannot have written.
    static func unreadable(_ table: String, _ column: String, _ text: String) -> DatabaseError {
        DatabaseError(
            resultCode: .SQLITE_CORRUPT,
            message: "“\(text)” in the column \(column) of \(table) cannot be read: run `bailanys journal rebuild`")
    }
}
