import Crypto
import Foundation
import GRDB
import Synchronization

/// The keys of the people whose personal data Bailanys keeps.
///
/// One file, one writing connection, durable commits: a key is on the disk before anything sealed with it can be.
package final class PersonVault: Sendable {
    private let pool: DatabasePool
    private let pepper: SymmetricKey

    /// Opens the vault at `path`, creating it when it is missing.
    /// - Throws: `DatabaseError` when the file cannot be opened, `VaultError.notAVault` when it holds something else.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 2
        pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001-vault") { db in
            try db.execute(
                sql: """
                    CREATE TABLE personKey (person BLOB NOT NULL PRIMARY KEY, key BLOB NOT NULL) STRICT, WITHOUT ROWID;
                    CREATE TABLE secret (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
                    """)
            try db.execute(
                sql: "INSERT INTO secret (name, value) VALUES ('pepper', ?)",
                arguments: [SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }])
        }
        try migrator.migrate(pool)
        let stored = try pool.read { db in
            try Data.fetchOne(db, sql: "SELECT value FROM secret WHERE name = 'pepper'")
        }
        guard let stored else { throw VaultError.notAVault(path: path) }
        pepper = SymmetricKey(data: stored)
    }

    /// Closes the vault.
    package func close() throws { try pool.close() }

    /// The person behind something that is his alone (an IIN, or what stands for it), always the same number.
    ///
    /// The number is a keyed hash, so that it cannot be found by trying all IINs without the vault.
    package func person(knownBy identity: String) -> PersonID {
        let code = HMAC<SHA256>.authenticationCode(for: Data(identity.utf8), using: pepper)
        return PersonID(Data(code).prefix(16).map { byte in Self.hexadecimal[Int(byte)] }.joined())
    }

    /// The keys of several people at once; a key is made for each who has none.
    /// - Throws: `DatabaseError` when the vault cannot be written.
    package func keys(for people: [PersonID]) throws -> PersonKeys {
        try pool.write { db in
            let find = try db.makeStatement(sql: "SELECT key FROM personKey WHERE person = ?")
            let make = try db.makeStatement(sql: "INSERT INTO personKey (person, key) VALUES (?, ?)")
            var keys: [PersonID: SymmetricKey] = [:]
            keys.reserveCapacity(people.count)
            for person in people where keys[person] == nil {
                let id = Self.bytes(of: person)
                if let known = try Data.fetchOne(find, arguments: [id]) {
                    keys[person] = SymmetricKey(data: known)
                } else {
                    let key = SymmetricKey(size: .bits256)
                    try make.execute(arguments: [id, key.withUnsafeBytes { Data($0) }])
                    keys[person] = key
                }
            }
            return PersonKeys(keys: keys)
        }
    }

    /// The keys of those people who have one; nobody is given a new one.
    package func existingKeys(for people: [PersonID]) throws -> PersonKeys {
        try pool.read { db in
            let find = try db.cachedStatement(sql: "SELECT key FROM personKey WHERE person = ?")
            var keys: [PersonID: SymmetricKey] = [:]
            for person in people where keys[person] == nil {
                let known = try Data.fetchOne(find, arguments: [Self.bytes(of: person)])
                keys[person] = known.map { SymmetricKey(data: $0) }
            }
            return PersonKeys(keys: keys)
        }
    }

    /// Forgets a person: every text sealed for him, in every copy, can no longer be read by anyone.
    /// - Returns: whether there was a key.
    @discardableResult
    package func erase(_ person: PersonID) throws -> Bool {
        try pool.write { db in
            try db.execute(sql: "DELETE FROM personKey WHERE person = ?", arguments: [Self.bytes(of: person)])
            return db.changesCount > 0
        }
    }

    private static let hexadecimal: [String] = (0..<256).map { value in
        let digits = String(value, radix: 16)
        return value < 16 ? "0" + digits : digits
    }

    private static func bytes(of person: PersonID) -> Data {
        let digits = Array(person.rawValue)
        return Data(
            stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) })
    }
}

/// The keys of some people, in memory only, for sealing and opening without asking the vault for each text.
package struct PersonKeys: Sendable {
    fileprivate let keys: [PersonID: SymmetricKey]

    /// No keys.
    package static let none = PersonKeys(keys: [:])

    /// Whether a person's key is among these.
    package func has(_ person: PersonID) -> Bool { keys[person] != nil }

    /// Encrypts a text for a person.
    /// - Throws: `VaultError.doesNotOpen` where the person's key is not among these.
    package func seal(_ text: [UInt8], for person: PersonID) throws -> SealedText {
        guard let key = keys[person] else { throw VaultError.doesNotOpen(person) }
        let box = try AES.GCM.seal(text, using: key)
        guard let combined = box.combined else { throw VaultError.doesNotOpen(person) }
        return SealedText(combined.base64EncodedString())
    }

    /// The text that was sealed, or nil where the person has been erased.
    /// - Throws: `VaultError.doesNotOpen` where the text was changed or belongs to another person.
    package func open(_ sealed: SealedText, of person: PersonID) throws -> [UInt8]? {
        guard let key = keys[person] else { return nil }
        guard let combined = Data(base64Encoded: sealed.rawValue),
            let box = try? AES.GCM.SealedBox(combined: combined),  // a text that is no box does not open
            let text = try? AES.GCM.open(box, using: key)  // nor does one whose tag is wrong
        else { throw VaultError.doesNotOpen(person) }
        return Array(text)
    }
}
