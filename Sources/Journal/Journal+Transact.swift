import CanonicalJSON
import Crypto
import Foundation
import GRDB
import WorkingDays

/// Makes a command safe to repeat: the same key with the same content gives the first answer again.
package struct CommandKey: Hashable, Sendable {
    /// What the sender chose; unique for one command.
    package let rawValue: String
    /// SHA-256 of what was asked, so that a key cannot be used for something else.
    package let digest: [UInt8]

    /// A key and the content it stands for.
    package init(_ rawValue: String, content: some Sequence<UInt8>) {
        self.rawValue = rawValue
        digest = Array(SHA256.hash(data: Array(content)))
    }
}

/// One unit of work on the journal: everything appended through it commits together, with the projections it changed.
package final class JournalTransaction {
    /// The writing connection, for reading projections and for tables that are kept beside the journal.
    package let db: Database
    /// When this is recorded.
    package let now: Moment
    /// Who records it.
    package let actor: Actor
    private let store: SQLiteEventStore
    private let projections: [any Projection]
    private var head: JournalHead
    private var writer = JSONWriter(capacity: 1024)

    init(db: Database, now: Moment, actor: Actor, projections: [any Projection]) throws {
        self.db = db
        self.now = now
        self.actor = actor
        self.projections = projections
        store = SQLiteEventStore(db: db)
        head = try store.head()
    }

    /// The position of the last event, including those appended in this transaction.
    package var position: Int64 { head.position }

    /// All events of a stream, including those appended in this transaction.
    package func events(of stream: StreamID) throws -> [RecordedEvent] { try store.events(of: stream) }

    /// Appends events to a stream and brings the projections up to date.
    /// - Parameter version: the version of the stream that the caller decided on; 0 for a stream that does not exist.
    /// - Throws: `JournalError.conflict` where the stream has another version by now; what a projection throws.
    @discardableResult
    package func append(_ events: [NewEvent], to stream: StreamID, expecting version: Int) throws -> [RecordedEvent] {
        var recorded: [RecordedEvent] = []
        recorded.reserveCapacity(events.count)
        for (index, event) in events.enumerated() {
            let event = RecordedEvent(
                position: head.position + 1, stream: stream, version: version + index + 1, name: event.name,
                occurredAt: event.occurredAt, recordedAt: now, actor: actor, payload: event.payload,
                content: event.content)
            try chain(event)
            recorded.append(event)
        }
        for projection in projections { try projection.apply(recorded, in: db) }
        return recorded
    }

    /// Appends an event that another journal recorded, as it was.
    func take(_ event: RecordedEvent) throws {
        try chain(event)
        for projection in projections { try projection.apply(event, in: db) }
    }

    private func chain(_ event: RecordedEvent) throws {
        let hash = EventLink.hash(event, after: head.hash, using: &writer)
        try store.append(event, previous: head.hash, hash: hash)
        head = JournalHead(position: event.position, hash: hash)
    }
}

extension Journal {
    /// Does one unit of work: all of it is on the disk when this returns, or none of it is.
    ///
    /// - Parameters:
    ///   - actor: who does it.
    ///   - now: when it is recorded.
    ///   - key: when given, the same key with the same content returns the first answer and does nothing else.
    /// - Throws: what `body` throws; `JournalError.keyReused` where the key belongs to another command;
    ///   `JournalError.stopped` after a disk error; `DatabaseError` where the commit failed.
    package func transact<Answer: Codable & Sendable>(
        by actor: Actor, at now: Moment, once key: CommandKey? = nil,
        _ body: @escaping @Sendable (JournalTransaction) throws -> Answer
    ) async throws -> Answer {
        try refuseAfterFailure()
        do {
            return try await pool.write { [projections] db in
                try Self.perform(in: db, by: actor, at: now, once: key, projections: projections, body)
            }
        } catch {
            note(error)
            throw error
        }
    }

    /// Does one unit of work and blocks the calling thread; for the command line, imports, benchmarks and tests.
    package func transactNow<Answer: Codable>(
        by actor: Actor, at now: Moment, once key: CommandKey? = nil, _ body: (JournalTransaction) throws -> Answer
    ) throws -> Answer {
        try refuseAfterFailure()
        do {
            return try pool.write { db in
                try Self.perform(in: db, by: actor, at: now, once: key, projections: projections, body)
            }
        } catch {
            note(error)
            throw error
        }
    }

    private static func perform<Answer: Codable>(
        in db: Database, by actor: Actor, at now: Moment, once key: CommandKey?, projections: [any Projection],
        _ body: (JournalTransaction) throws -> Answer
    ) throws -> Answer {
        if let key, let earlier = try CommandReceipt.answer(to: key, as: Answer.self, in: db) { return earlier }
        let transaction = try JournalTransaction(db: db, now: now, actor: actor, projections: projections)
        let answer = try body(transaction)
        if let key { try CommandReceipt.keep(answer, for: key, at: now, position: transaction.position, in: db) }
        return answer
    }
}

/// The answers given to commands that carried a key.
enum CommandReceipt {
    /// The answer that was given to this key, or nil where the key is new.
    /// - Throws: `JournalError.keyReused` where it was given to another command.
    static func answer<Answer: Decodable>(to key: CommandKey, as type: Answer.Type, in db: Database) throws -> Answer? {
        let row = try Row.fetchOne(
            db, sql: "SELECT digest, answer FROM commandReceipt WHERE key = ?", arguments: [key.rawValue])
        guard let row else { return nil }
        guard Array(row[0] as Data) == key.digest else { throw JournalError.keyReused(key.rawValue) }
        return try JSONDecoder().decode([Answer].self, from: Data((row[1] as String).utf8)).first
    }

    /// Keeps the answer to a key.
    static func keep<Answer: Encodable>(
        _ answer: Answer, for key: CommandKey, at now: Moment, position: Int64, in db: Database
    ) throws {
        let text = String(decoding: try JSONEncoder().encode([answer]), as: UTF8.self)
        try db.execute(
            sql: "INSERT INTO commandReceipt (key, digest, answer, position, recordedAt) VALUES (?, ?, ?, ?, ?)",
            arguments: [key.rawValue, Data(key.digest), text, position, now.millisecondsSince1970])
    }
}
