import Crypto
import Foundation
import GRDB
import Synchronization

/// The keys of the people whose personal data Bailanys keeps.
///
/// One file, one writing connection, durable commits: a key is on the disk before anything sealed with it can be.
package final class PersonVault: Sendable {
    private let pool: DatabasePool
    /// Keyed once; each identity is hashed by a copy.
    private let peppered: HMAC<SHA256>

    /// Opens the vault at `path`, creating it when it is missing.
    /// - Throws: `DatabaseError` when the file cannot be opened, `VaultError.notAVault` when it holds something else.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 2
        pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
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
        peppered = HMAC<SHA256>(key: SymmetricKey(data: stored))
    }

    /// Gives the writing connection room for as long as the keys of many people are made.
    ///
    /// Their numbers are scattered over the whole table: a batch of new ones touches a page each.
    package func withRoom<Value>(_ body: () throws -> Value) throws -> Value {
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = -16000") }
        let result = Result { try body() }
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA cache_size = -2000; PRAGMA shrink_memory") }
        return try result.get()
    }

    /// Closes the vault.
    package func close() throws { try pool.close() }

    /// The person behind something that is his alone (an IIN, or what stands for it), always the same number.
    ///
    /// The number is a keyed hash, so that it cannot be found by trying all IINs without the vault.
    package func person(knownBy identity: String) -> PersonID {
        var hash = peppered
        var identity = identity
        identity.withUTF8 { hash.update(data: UnsafeRawBufferPointer($0)) }
        let code = hash.finalize()
        return PersonID(
            String(unsafeUninitializedCapacity: 32) { digits in
                for (index, byte) in code.prefix(16).enumerated() {
                    digits[index * 2] = Self.digit(byte >> 4)
                    digits[index * 2 + 1] = Self.digit(byte & 15)
                }
                return 32
            })
    }

    /// The keys of several people at once; a key is made for each who has none.
    /// - Throws: `DatabaseError` when the vault cannot be written.
    package func keys(for people: [PersonID]) throws -> PersonKeys {
        try pool.write { db in
            let find = try db.makeStatement(sql: "SELECT key FROM personKey WHERE person = ?")
            let make = try db.makeStatement(
                sql: "INSERT INTO personKey (person, key) VALUES (?, ?) ON CONFLICT DO NOTHING")
            var keys: [PersonID: SymmetricKey] = [:]
            keys.reserveCapacity(people.count)
            var random = RandomBytes(atATime: 32 * min(people.count, 256))
            for person in people where keys[person] == nil {
                let id = Self.bytes(of: person)
                let key = Data(random.next(32))
                try make.execute(arguments: [id, key])
                // Most people of an import are new; only for the others the key must be looked up.
                let known = db.changesCount == 0 ? try Data.fetchOne(find, arguments: [id]) : nil
                keys[person] = SymmetricKey(data: known ?? key)
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

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

    private static func value(_ digit: UInt8) -> UInt8 { digit >= 97 ? digit &- 87 : digit &- 48 }

    private static func bytes(of person: PersonID) -> Data {
        var bytes = Data(capacity: 16)
        var high: UInt8?
        for digit in person.rawValue.utf8 {
            if let first = high {
                bytes.append((Self.value(first) & 15) << 4 | (Self.value(digit) & 15))
                high = nil
            } else {
                high = digit
            }
        }
        return bytes
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
        var random = RandomBytes(atATime: 12)
        return try seal(text, for: person, nonces: &random)
    }

    /// The same for many texts, with nonces taken from `nonces`.
    package func seal(_ text: [UInt8], for person: PersonID, nonces: inout RandomBytes) throws -> SealedText {
        guard let key = keys[person] else { throw VaultError.doesNotOpen(person) }
        let box = try AES.GCM.seal(text, using: key, nonce: try AES.GCM.Nonce(data: nonces.next(12)))
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
