import GRDB
import Journal
import Postgres
import PostgresJournal
import PostgresSupport
import Synchronization
import TestSupport
import WorkingDays

/// A projection for tests: counts the events of each stream and keeps the last name.
struct CountingProjection: Projection {
    let name = "counting"
    let version = 1
    let tables = ["streamCount"]

    func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE streamCount (stream TEXT PRIMARY KEY, events INTEGER NOT NULL, lastName TEXT NOT NULL) STRICT
                """)
    }

    func apply(_ event: RecordedEvent, in db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO streamCount VALUES (?, 1, ?)
                ON CONFLICT (stream) DO UPDATE SET events = events + 1, lastName = excluded.lastName
                """, arguments: [event.stream.rawValue, event.name])
    }
}

/// A table beside the events, as documents are.
let notes = BesideTable("note", key: "digest") { db in
    try db.execute(
        sql:
            "CREATE TABLE IF NOT EXISTS note (digest TEXT NOT NULL PRIMARY KEY, bytes BLOB NOT NULL, size INTEGER) STRICT"
    )
}

/// One node: a file of its own, which follows a journal on a server.
struct Node {
    let folder: TemporaryFolder
    let authority: PostgresAuthority
    let journal: Journal

    static let actor = Actor("cli:test")
    static let noon = Moment(millisecondsSince1970: 1_773_900_000_000)

    init(
        _ address: String, in folder: TemporaryFolder = TemporaryFolder(),
        limits: PostgresAuthority.Limits = PostgresAuthority.Limits(),
        _ wrap: (PostgresAuthority) -> any JournalAuthority = { $0 }
    ) throws {
        self.folder = folder
        authority = try PostgresAuthority(address, limits: limits)
        journal = try Journal(
            path: folder.file("journal.db"), projections: [CountingProjection()], authority: wrap(authority),
            beside: [notes])
    }

    /// A journal that is its own authority.
    static func embedded(in folder: TemporaryFolder) throws -> Journal {
        try Journal(path: folder.file("journal.db"), projections: [CountingProjection()])
    }

    @discardableResult
    func append(
        _ name: String = "n", to stream: String, expecting version: Int, key: String? = nil
    ) throws -> Int64 { try Self.append(name, to: stream, expecting: version, key: key, in: journal) }

    @discardableResult
    static func append(
        _ name: String = "n", to stream: String, expecting version: Int, key: String? = nil, in journal: Journal
    ) throws -> Int64 {
        try journal.transactNow(by: actor, at: noon, once: key.map { CommandKey($0, content: []) }) { transaction in
            try transaction.append([event(name)], to: StreamID(stream), expecting: version)
            return transaction.position
        }
    }

    static func event(_ name: String) -> NewEvent {
        NewEvent(name: name, occurredAt: noon, payload: Array(#"{"сөз":"\#(name)"}"#.utf8))
    }

    /// All lines of the journal's export.
    static func lines(_ journal: Journal) throws -> [[UInt8]] {
        var lines: [[UInt8]] = []
        try journal.export { lines.append(Array($0.dropLast())) }
        return lines
    }

    /// The number of events in the server's table, past all of our code.
    static func count(at address: String) throws -> Int64 {
        var connection = try PostgresConnection(to: try PostgresAddress(address))
        return try connection.run("SELECT count(*) FROM bailanys.event").int(0, 0)
    }

    /// Does something on the server, past all of our code.
    static func command(_ sql: String, at address: String) throws {
        var connection = try PostgresConnection(to: try PostgresAddress(address), patience: .seconds(30))
        try connection.command(sql)
    }
}

/// An authority whose sessions do something at their commit, as a machine that dies there would.
final class FaultyAuthority: JournalAuthority {
    struct Dead: Error {}
    private let real: PostgresAuthority
    private let atCommit: @Sendable (any AuthoritySession) throws -> Void

    init(_ real: PostgresAuthority, atCommit: @escaping @Sendable (any AuthoritySession) throws -> Void) {
        self.real = real
        self.atCommit = atCommit
    }

    func begin() throws -> any AuthoritySession { Session(real: try real.begin(), atCommit: atCommit) }
    func look() throws -> any AuthoritySession { try real.look() }

    private struct Session: AuthoritySession {
        let real: any AuthoritySession
        let atCommit: @Sendable (any AuthoritySession) throws -> Void
        var begun: AuthorityHead { real.begun }
        func head() throws -> JournalHead { try real.head() }
        func events(of stream: StreamID) throws -> [RecordedEvent] { try real.events(of: stream) }
        func events(after position: Int64, limit: Int) throws -> [RecordedEvent] {
            try real.events(after: position, limit: limit)
        }
        func link(at position: Int64) throws -> (previous: [UInt8], hash: [UInt8])? { try real.link(at: position) }
        func append(_ event: RecordedEvent, previous: [UInt8], hash: [UInt8]) throws {
            try real.append(event, previous: previous, hash: hash)
        }
        func linked(after position: Int64, limit: Int) throws -> [LinkedEvent] {
            try real.linked(after: position, limit: limit)
        }
        func beside(after ordinal: Int64, limit: Int) throws -> (rows: [BesideRow], last: Int64) {
            try real.beside(after: ordinal, limit: limit)
        }
        func append(_ events: [LinkedEvent]) throws { try real.append(events) }
        func write(_ rows: [BesideRow]) throws -> Int64 { try real.write(rows) }
        func commit() throws { try atCommit(real) }
        func end() { real.end() }
    }
}
