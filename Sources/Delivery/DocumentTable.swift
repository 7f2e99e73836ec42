import Crypto
import Foundation
import GRDB
import Journal

/// Documents beside the journal, each stored once under its SHA-256; the events hold only the digest.
///
/// A module that must be able to erase persons stores here only what it has encrypted under their keys, and gives
/// ``DeliverySubject/document(for:)`` the clear bytes.
package enum DocumentTable {
    /// Creates the table where it is missing; not a projection, since no event holds the bytes.
    package static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS document (
                  digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
                  bytes BLOB NOT NULL
                ) STRICT
                """)
    }

    /// Stores a document, once however often it is given.
    ///
    /// - Returns: Its SHA-256 in hexadecimal digits.
    @discardableResult
    package static func store(_ bytes: [UInt8], in db: Database) throws -> String {
        try create(in: db)
        let digest = EventLink.hexadecimal(Array(SHA256.hash(data: bytes)))
        try db.execute(
            sql: "INSERT INTO document (digest, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
            arguments: [digest, Data(bytes)])
        return digest
    }

    /// The document with this digest; nil if there is none.
    package static func bytes(of digest: String, in db: Database) throws -> [UInt8]? {
        guard try db.tableExists("document") else { return nil }
        return try Data.fetchOne(db, sql: "SELECT bytes FROM document WHERE digest = ?", arguments: [digest])
            .map { [UInt8]($0) }
    }
}
