import Foundation
import GRDB
import Stores
import Synchronization
import WorkingDays

/// The file of what must never be in the journal: names, password hashes, second-factor secrets, sessions.
///
/// It is no projection: nothing here can be derived from the events, and all of it can be erased. One connection reads
/// and writes; commits are durable, since a password that was changed must stay changed.
final class AccountVault: Sendable {
    private let queue: DatabaseQueue
    private let isClosed = Mutex(false)
    /// What is remembered of sessions, until anything changes.
    let memory = SessionMemory()

    /// Opens the file at `path`, creating it when it is missing.
    /// - Throws: `DatabaseError`; `LaterStore`.
    init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.journalMode = .wal
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA synchronous = FULL") }
        var migrator = DatabaseMigrator()
        migrator.registerMigration("0001-accounts") { db in
            try db.execute(
                sql: """
                    CREATE TABLE credential (
                      account INTEGER PRIMARY KEY CHECK (account > 0),
                      loginName TEXT NOT NULL UNIQUE,
                      displayName TEXT NOT NULL,
                      passwordHash TEXT NOT NULL,
                      mustChangePassword INTEGER NOT NULL DEFAULT 0 CHECK (mustChangePassword IN (0, 1)),
                      oneTimeSecret BLOB,
                      oneTimeLastStep INTEGER
                    ) STRICT;
                    CREATE TABLE session (
                      digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
                      account INTEGER NOT NULL REFERENCES credential (account) ON DELETE CASCADE,
                      kind TEXT NOT NULL CHECK (kind IN ('browser', 'program')),
                      label TEXT NOT NULL,
                      createdAt INTEGER NOT NULL,
                      lastSeenAt INTEGER NOT NULL
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX sessionByAccount ON session (account);
                    """)
        }
        migrator.registerMigration("0002-second-factor") { db in
            try db.execute(
                sql: """
                    ALTER TABLE credential ADD COLUMN oneTimeOffer BLOB;
                    ALTER TABLE session ADD COLUMN awaitsCode INTEGER NOT NULL DEFAULT 0 CHECK (awaitsCode IN (0, 1));
                    """)
        }
        migrator.registerMigration("0003-devices") { db in
            try db.execute(
                sql: """
                    CREATE TABLE device (
                      digest BLOB NOT NULL CHECK (length(digest) = 32),
                      account INTEGER NOT NULL REFERENCES credential (account) ON DELETE CASCADE,
                      usedAt INTEGER NOT NULL,
                      PRIMARY KEY (digest, account)
                    ) STRICT, WITHOUT ROWID;
                    CREATE INDEX deviceByAccount ON device (account, usedAt);
                    """)
        }
        migrator.registerMigration("0004-home") { db in
            try db.execute(
                sql: """
                    ALTER TABLE credential ADD COLUMN home TEXT NOT NULL DEFAULT 'local';
                    ALTER TABLE credential ADD COLUMN homeKey TEXT;
                    ALTER TABLE credential ADD COLUMN checkedAt INTEGER;
                    ALTER TABLE credential ADD COLUMN isEndedByHome INTEGER NOT NULL DEFAULT 0
                      CHECK (isEndedByHome IN (0, 1));
                    ALTER TABLE session ADD COLUMN homeSession TEXT;
                    CREATE UNIQUE INDEX credentialByHome ON credential (home, homeKey) WHERE homeKey IS NOT NULL;
                    """)
        }
        migrator.registerMigration("0005-sessions-and-recovery") { db in
            try db.execute(
                sql: """
                    ALTER TABLE session ADD COLUMN client TEXT;
                    ALTER TABLE session ADD COLUMN way TEXT;
                    ALTER TABLE session ADD COLUMN proof TEXT;
                    ALTER TABLE session ADD COLUMN scope TEXT;
                    ALTER TABLE session ADD COLUMN endsAt INTEGER;
                    CREATE TABLE recoveryCode (
                      account INTEGER NOT NULL REFERENCES credential (account) ON DELETE CASCADE,
                      digest BLOB NOT NULL CHECK (length(digest) = 32),
                      madeAt INTEGER NOT NULL,
                      PRIMARY KEY (account, digest)
                    ) STRICT, WITHOUT ROWID;
                    """)
        }
        migrator.registerMigration("0006-tally") { db in
            try db.execute(
                sql: """
                    CREATE TABLE tally (
                      id INTEGER PRIMARY KEY CHECK (id = 1), identity TEXT NOT NULL, changes INTEGER NOT NULL,
                      markedAt INTEGER NOT NULL
                    ) STRICT;
                    INSERT INTO tally VALUES (1, lower(hex(randomblob(16))), 0, 0);
                    """)
        }
        try migrator.bring(queue, at: path)
    }

    /// Closes the file once nothing uses it any more.
    func close() throws {
        isClosed.withLock { $0 = true }
        try queue.close()
    }

    func dump(to write: ([UInt8]) throws -> Void) throws -> Int {
        try refuseWhenClosed()
        // Gathered first: who signs in meanwhile does not wait for the disk of the backup.
        var lines: [[UInt8]] = []
        let rows = try queue.read { db in
            try StoreDump.write(without: ["session", "device", "recoveryCode"], in: db) { lines.append($0) }
        }
        for line in lines { try write(line) }
        return rows
    }

    static func restore(
        to path: String, knowing known: Set<Int64>, from next: () throws -> [UInt8]?
    ) throws -> Set<Int64> {
        let queue = try DatabaseQueue(path: path)
        let missing = try queue.write { db in
            try StoreDump.load(in: db, from: next)
            let kept = Set(try Int64.fetchAll(db, sql: "SELECT account FROM credential"))
            for number in kept.subtracting(known) {
                try db.execute(sql: "DELETE FROM credential WHERE account = ?", arguments: [number])
            }
            return known.subtracting(kept)
        }
        try queue.close()
        return missing
    }

    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try refuseWhenClosed()
        return try await queue.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try refuseWhenClosed()
        defer { memory.forget() }
        return try await queue.write { db in
            let value = try body(db)
            try db.execute(sql: "UPDATE tally SET changes = changes + 1")
            return value
        }
    }

    /// Reads and blocks, before anybody is signed in and while nothing else is at work in it.
    func readNow<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try refuseWhenClosed()
        return try queue.read(body)
    }

    /// Writes and blocks, without counting it as a change of somebody.
    func writeNow<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try refuseWhenClosed()
        defer { memory.forget() }
        return try queue.write(body)
    }

    /// GRDB 7.10 does not throw but crashes where a closed queue is read with `await`.
    private func refuseWhenClosed() throws {
        if isClosed.withLock({ $0 }) { throw AccountVaultClosed() }
    }
}

/// The accounts were used after they had been closed.
struct AccountVaultClosed: Error, CustomStringConvertible {
    var description: String { "The accounts have been closed: the program is stopping." }
}

/// What is kept of a person besides his account.
struct Credential: Hashable, Sendable {
    let account: Int64
    let loginName: String
    let displayName: String
    let passwordHash: PasswordHash?
    let mustChangePassword: Bool
    let oneTimeSecret: [UInt8]?
    let oneTimeLastStep: Int64?
    /// A secret that was shown but not confirmed by a code yet.
    let oneTimeOffer: [UInt8]?
    /// Who vouches for him.
    let home: AccountHome
    /// What names him there for good; nil for a local account.
    let homeKey: String?
    /// When he was last vouched for from there.
    let checkedAt: Moment?
    /// Whether it was from there that the account was closed, and not by an administrator.
    let isEndedByHome: Bool

    init(row: Row) {
        account = row["account"]
        loginName = row["loginName"]
        displayName = row["displayName"]
        passwordHash = PasswordHash(row["passwordHash"] as String)
        mustChangePassword = row["mustChangePassword"]
        oneTimeSecret = (row["oneTimeSecret"] as Data?).map(Array.init)
        oneTimeLastStep = row["oneTimeLastStep"]
        oneTimeOffer = (row["oneTimeOffer"] as Data?).map(Array.init)
        // A home that this edition does not know lets nobody in: there is no password for it here.
        home = AccountHome(rawValue: row["home"]) ?? .directory
        homeKey = row["homeKey"]
        checkedAt = (row["checkedAt"] as Int64?).map(Moment.init(millisecondsSince1970:))
        isEndedByHome = row["isEndedByHome"]
    }

    static func fetch(loginName: String, in db: Database) throws -> Credential? {
        try Row.fetchOne(db, sql: "SELECT * FROM credential WHERE loginName = ?", arguments: [loginName])
            .map(Credential.init)
    }

    static func fetch(home: AccountHome, key: String, in db: Database) throws -> Credential? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM credential WHERE home = ? AND homeKey = ?", arguments: [home.rawValue, key]
        ).map(Credential.init)
    }

    /// Whether who vouches for him has done so lately enough; a local account needs nobody.
    func isVouched(at now: Moment, policy: SessionPolicy) -> Bool {
        guard home != .local else { return true }
        guard let checkedAt else { return false }
        // The same into the future: a clock that was set back must not keep a session alive.
        return abs(now.millisecondsSince1970 - checkedAt.millisecondsSince1970) <= policy.vouchLimit
    }

    static func fetch(account: Int64, in db: Database) throws -> Credential? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM credential WHERE account = ?"), arguments: [account]
        ).map(Credential.init)
    }
}

extension StoredSession {
    static func fetch(_ digest: [UInt8], in db: Database) throws -> StoredSession? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT account, kind, label, createdAt, lastSeenAt, awaitsCode, homeSession, client, way, proof, scope, endsAt
                FROM session WHERE digest = ?
                """)
        return try Row.fetchOne(statement, arguments: [Data(digest)]).flatMap { row in
            guard let kind = SessionKind(rawValue: row[1]) else { return nil }
            return StoredSession(
                account: row[0], kind: kind, label: row[2], createdAt: Moment(millisecondsSince1970: row[3]),
                lastSeenAt: Moment(millisecondsSince1970: row[4]), awaitsCode: row[5],
                traits: SessionTraits(
                    homeSession: row[6], client: row[7], way: (row[8] as String?).flatMap(SignInWay.init),
                    proof: (row[9] as String?).flatMap(SecondProof.init),
                    scope: (row[10] as String?).map(SessionTraits.scope),
                    endsAt: (row[11] as Int64?).map(Moment.init(millisecondsSince1970:))))
        }
    }

    func insert(digest: [UInt8], in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO session
                  (digest, account, kind, label, createdAt, lastSeenAt, awaitsCode, homeSession, client, way, proof, scope, endsAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Data(digest), account, kind.rawValue, label, createdAt.millisecondsSince1970,
                lastSeenAt.millisecondsSince1970, awaitsCode, traits.homeSession, traits.client, traits.way?.rawValue,
                traits.proof?.rawValue, traits.scope.map(SessionTraits.text), traits.endsAt?.millisecondsSince1970,
            ])
    }
}
