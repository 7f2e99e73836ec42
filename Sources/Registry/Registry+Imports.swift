import GRDB
import Journal
import WorkingDays

/// One import of the folder of knowledge, as a page of administration lists it.
package struct PastImport: Hashable, Sendable {
    /// When it was.
    package let at: Moment
    /// Who did it.
    package let actor: Actor
    /// How many entries were new.
    package let added: Int
    /// How many entries changed.
    package let changed: Int
    /// How many rows were refused; the same files are not read again, so a number here asks for mended files.
    package let refused: Int
    /// SHA-256 of the files.
    package let digest: String
}

extension Registry {
    /// The imports of the folder of knowledge, the latest first.
    package static func imports(limit: Int = 50, in db: Database) throws -> [PastImport] {
        let sql = "SELECT * FROM registryImport ORDER BY version DESC LIMIT ?"
        return try Row.fetchAll(db, sql: sql, arguments: [limit]).map { row in
            PastImport(
                at: Moment(millisecondsSince1970: row["importedAt"]), actor: Actor(row["actor"] as String),
                added: row["added"], changed: row["changed"], refused: row["refused"], digest: row["digest"])
        }
    }

    /// Where the last change of a body or a service stands in the journal, 0 where there was none: the same position, the
    /// same bodies and services.
    package static func position(in db: Database) throws -> Int64 {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT position FROM registryChange")) ?? 0
    }
}
