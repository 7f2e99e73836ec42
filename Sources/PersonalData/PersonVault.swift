import Crypto
import Foundation
import GRDB
import Stores
import Synchronization

/// The keys of the people whose personal data Bailanys keeps.
///
/// One file, one writing connection, durable commits: a key is on the disk before anything sealed with it can be.
package final class PersonVault: Sendable {
    private let pool: DatabasePool
    /// Keyed once; each identity is hashed by a copy.
    private let peppered: HMAC<SHA256>
    /// Keys that were given out and are not on the disk yet.
    private let promised = Mutex<[PersonID: SymmetricKey]>([:])

    /// Opens the vault at `path`, creating it when it is missing.
    /// - Throws: `DatabaseError` when the file cannot be opened, `VaultError.notAVault` when it holds something else,
    ///   `LaterStore`.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 2
        pool = try DatabasePool(path: path, configuration: configuration)
        try pool.settle(.durable)
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
        migrator.registerMigration("0002-erasures") { db in
            try db.execute(
                sql: """
                    CREATE TABLE erasure (person BLOB NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
                    CREATE TABLE tally (id INTEGER PRIMARY KEY CHECK (id = 1), keys INTEGER NOT NULL, erasures INTEGER NOT NULL)
                      STRICT;
                    INSERT INTO tally SELECT 1, count(*), 0 FROM personKey;
                    """)
            try db.execute(
                sql: "INSERT INTO secret (name, value) VALUES ('identity', ?)",
                arguments: [SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }])
        }
        try migrator.bring(pool, at: path)
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

    /// Closes the vault; all keys are in the one file then.
    package func close() throws { try pool.closeWhole() }

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
            var made = 0
            for person in people where keys[person] == nil {
                let id = Self.bytes(of: person)
                let key = promised.withLock { $0[person] }?.withUnsafeBytes { Data($0) } ?? Data(random.next(32))
                try make.execute(arguments: [id, key])
                // Most people of an import are new; only for the others the key must be looked up.
                let isNew = db.changesCount > 0
                if isNew { made += 1 }
                let known = isNew ? nil : try Data.fetchOne(find, arguments: [id])
                keys[person] = SymmetricKey(data: known ?? key)
            }
            if made > 0 { try db.execute(sql: "UPDATE tally SET keys = keys + ?", arguments: [made]) }
            return PersonKeys(keys: keys, erased: [])
        }
    }

    /// The keys of some people, made in memory for those who have none: nothing that is sealed with them may be committed
    /// before `keepPromises` has put them on the disk. Many promises then share one durable commit.
    /// - Throws: `DatabaseError` when the vault cannot be read.
    package func promisedKeys(for people: [PersonID]) throws -> PersonKeys {
        // Where keys are made, one after the other, so that nobody is ever given two.
        try pool.writeWithoutTransaction { db in
            let find = try db.cachedStatement(sql: "SELECT key FROM personKey WHERE person = ?")
            var keys: [PersonID: SymmetricKey] = [:]
            for person in people where keys[person] == nil {
                let known = try Data.fetchOne(find, arguments: [Self.bytes(of: person)]).map { SymmetricKey(data: $0) }
                keys[person] =
                    known
                    ?? promised.withLock { promised in
                        let key = promised[person] ?? SymmetricKey(size: .bits256)
                        promised[person] = key
                        return key
                    }
            }
            return PersonKeys(keys: keys, erased: [])
        }
    }

    /// Puts on the disk the keys that were promised.
    /// - Throws: `DatabaseError` when the vault cannot be written; the promises then stand.
    package func keepPromises() throws {
        let keys = promised.withLock { $0 }
        if keys.isEmpty { return }
        try pool.write { db in
            // Where an import has put one on the disk, it is the promised one.
            let make = try db.cachedStatement(
                sql: "INSERT INTO personKey (person, key) VALUES (?, ?) ON CONFLICT DO NOTHING")
            var made = 0
            for (person, key) in keys {
                // One that was erased meanwhile is not kept.
                guard promised.withLock({ $0[person] }) != nil else { continue }
                try make.execute(arguments: [Self.bytes(of: person), key.withUnsafeBytes { Data($0) }])
                made += db.changesCount
            }
            if made > 0 { try db.execute(sql: "UPDATE tally SET keys = keys + ?", arguments: [made]) }
        }
        promised.withLock { promised in for person in keys.keys { promised[person] = nil } }
    }

    /// The keys of those people who have one; nobody is given a new one.
    package func existingKeys(for people: [PersonID]) throws -> PersonKeys {
        // Looked at first: what is kept in the meantime is found on the disk.
        let promised = promised.withLock { $0 }
        return try pool.read { db in
            let find = try db.cachedStatement(sql: "SELECT key FROM personKey WHERE person = ?")
            let findErasure = try db.cachedStatement(sql: "SELECT 1 FROM erasure WHERE person = ?")
            var keys: [PersonID: SymmetricKey] = [:]
            var erased: Set<PersonID> = []
            for person in people where keys[person] == nil {
                let known = try Data.fetchOne(find, arguments: [Self.bytes(of: person)])
                keys[person] = promised[person] ?? known.map { SymmetricKey(data: $0) }
                if try Bool.fetchOne(findErasure, arguments: [Self.bytes(of: person)]) == true { erased.insert(person) }
            }
            return PersonKeys(keys: keys, erased: erased)
        }
    }

    /// Forgets a person: every text sealed for him, in every copy, can no longer be read by anyone. That he was erased is
    /// kept, by his number: a key that is missing without that was lost.
    /// - Returns: whether there was a key.
    @discardableResult
    package func erase(_ person: PersonID) throws -> Bool {
        try pool.write { db in
            // What is deleted is overwritten, whatever this SQLite does by itself.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            let id = Self.bytes(of: person)
            let wasPromised = promised.withLock { $0.removeValue(forKey: person) } != nil
            try db.execute(sql: "DELETE FROM personKey WHERE person = ?", arguments: [id])
            guard db.changesCount > 0 || wasPromised else { return false }
            try db.execute(sql: "INSERT INTO erasure (person) VALUES (?) ON CONFLICT DO NOTHING", arguments: [id])
            try db.execute(sql: "UPDATE tally SET erasures = erasures + 1")
            return true
        }
    }

    /// Leaves nothing of an erased key on the disk: neither in the free pages of the file nor in the log beside it.
    /// - Throws: `DatabaseError`; `VaultError.stillRead` where a reader held on to an older state, and it is to be asked again.
    package func scrub() throws {
        try pool.barrierWriteWithoutTransaction { db in
            let answer = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            guard answer?[0] == 0 else { throw VaultError.stillRead }
        }
    }

    /// Which vault this is, and how far it has come.
    package func mark() throws -> VaultMark { try pool.read { try Self.mark(in: $0) } }

    private static func mark(in db: Database) throws -> VaultMark {
        let identity = try Data.fetchOne(db, sql: "SELECT value FROM secret WHERE name = 'identity'") ?? Data()
        let tally = try Row.fetchOne(db, sql: "SELECT keys, erasures FROM tally")
        return VaultMark(
            identity: identity.map { String(format: "%02x", $0) }.joined(), keys: tally?[0] ?? 0,
            erasures: tally?[1] ?? 0)
    }

    /// Writes all that is in the vault as lines of JSON, keys too, as it is at one moment; for a backup that seals them.
    /// - Parameter write: takes one line without its line feed.
    /// - Returns: how far the vault had come, and how many rows were written.
    package func dump(to write: ([UInt8]) throws -> Void) throws -> (mark: VaultMark, rows: Int) {
        try pool.read { db in (mark: try Self.mark(in: db), rows: try StoreDump.write(in: db, to: write)) }
    }

    /// Makes a vault out of the lines of `dump`, in a file that does not exist yet.
    /// - Throws: `StoreDumpError`; `VaultError.notAVault` where the lines are those of something else.
    package static func restore(to path: String, from next: () throws -> [UInt8]?) throws -> VaultMark {
        let queue = try DatabaseQueue(path: path)
        _ = try queue.write { try StoreDump.load(in: $0, from: next) }
        try queue.close()
        let vault = try PersonVault(path: path)
        let mark = try vault.mark()
        try vault.close()
        return mark
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
    fileprivate let erased: Set<PersonID>

    /// No keys.
    package static let none = PersonKeys(keys: [:], erased: [])

    /// Whether a person's key is among these.
    package func has(_ person: PersonID) -> Bool { keys[person] != nil }

    /// Whether it is recorded that a person was erased.
    package func isErased(_ person: PersonID) -> Bool { erased.contains(person) }

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
    /// - Throws: `VaultError.keyMissing` where there is no key and nobody erased the person; `VaultError.doesNotOpen` where
    ///   the text was changed or belongs to another person.
    package func open(_ sealed: SealedText, of person: PersonID) throws -> [UInt8]? {
        guard let key = keys[person] else {
            if isErased(person) { return nil }
            throw VaultError.keyMissing(person)
        }
        guard let combined = Data(base64Encoded: sealed.rawValue),
            let box = try? AES.GCM.SealedBox(combined: combined),  // a text that is no box does not open
            let text = try? AES.GCM.open(box, using: key)  // nor does one whose tag is wrong
        else {
            // Erased, he has come again since, under another key.
            if isErased(person) { return nil }
            throw VaultError.doesNotOpen(person)
        }
        return Array(text)
    }
}
