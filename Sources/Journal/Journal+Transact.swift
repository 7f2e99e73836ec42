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
    private var counts = Counts()
    /// What is to be done once this is on the disk.
    fileprivate var followUps: [@Sendable () -> Void] = []
    /// What must have been done before this is committed.
    fileprivate var conditions: [String: @Sendable () throws -> Void] = [:]

    init(db: Database, now: Moment, actor: Actor, projections: [any Projection]) throws {
        self.db = db
        self.now = now
        self.actor = actor
        self.projections = projections
        store = SQLiteEventStore(db: db)
        head = try store.head()
    }

    /// Has something done once this unit of work is on the disk, and never where it was undone.
    ///
    /// Units share commits, so what waits for the commit of the connection would also be done for a unit that was refused.
    package func afterCommit(_ action: @escaping @Sendable () -> Void) { followUps.append(action) }

    /// Has something done before this is committed, once for all units that share the commit and ask for it by this name;
    /// where it fails, nothing is committed.
    package func beforeCommit(_ name: String, _ action: @escaping @Sendable () throws -> Void) {
        conditions[name] = action
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
        // A version that is too low meets the event that is there; one that is too high would leave a gap.
        if version > 0, try !store.has(version, of: stream) {
            throw JournalError.conflict(stream: stream, expected: version)
        }
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
        for projection in projections { try projection.apply(recorded, in: db, counting: &counts) }
        return recorded
    }

    /// Appends an event that another journal recorded, as it was.
    func take(_ event: RecordedEvent) throws {
        try chain(event)
        for projection in projections { try projection.apply([event], in: db, counting: &counts) }
    }

    /// Brings the counters up to date, at the end of the unit of work or before it reads them.
    package func writeCounts() throws { try counts.write(in: db) }

    private func chain(_ event: RecordedEvent) throws {
        let hash = EventLink.hash(event, after: head.hash, using: &writer)
        try store.append(event, previous: head.hash, hash: hash)
        head = JournalHead(position: event.position, hash: hash)
    }
}

extension Journal {
    /// Does one unit of work: all of it is on the disk when this returns, or none of it is.
    ///
    /// Units that wait for the writer together share a commit; each is undone by itself where it is refused. A unit whose task
    /// is cancelled after it was asked for is done all the same.
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
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            commits.add(
                CommitQueue.Unit { [self] db in
                    let result = Result<Done<Answer>, any Error> {
                        try refuseAfterFailure()
                        var done: Done<Answer>?
                        try db.inSavepoint {
                            done = try perform(in: db, by: actor, at: now, once: key, body)
                            return .commit
                        }
                        guard let done else { throw JournalError.stopped(reason: "a savepoint did nothing") }
                        return done
                    }
                    return ending(of: result, continuation)
                } refuse: { [self] error in
                    note(error)
                    continuation.resume(throwing: error)
                })
        }
    }

    private func ending<Answer: Sendable>(
        of result: Result<Done<Answer>, any Error>, _ continuation: CheckedContinuation<Answer, any Error>
    ) -> CommitQueue.Ending {
        switch result {
        case .failure(let error):
            note(error)
            return CommitQueue.Ending(error: error) { _ in continuation.resume(throwing: error) }
        case .success(let done):
            return CommitQueue.Ending(error: nil, conditions: done.conditions) { [self] failure in
                if let failure {
                    note(failure)
                    return continuation.resume(throwing: failure)
                }
                for action in done.followUps { action() }
                continuation.resume(returning: done.answer)
            }
        }
    }

    /// Does one unit of work and blocks the calling thread; for the command line, imports, benchmarks and tests.
    package func transactNow<Answer: Codable>(
        by actor: Actor, at now: Moment, once key: CommandKey? = nil, _ body: (JournalTransaction) throws -> Answer
    ) throws -> Answer {
        try refuseAfterFailure()
        do {
            let done = try write { db, _ in
                let done = try perform(in: db, by: actor, at: now, once: key, body)
                try CommitQueue.meet([done.conditions])
                return done
            }
            for action in done.followUps { action() }
            return done.answer
        } catch {
            note(error)
            throw error
        }
    }

    /// Whether the command of a key was done.
    /// - Throws: `JournalError.keyReused` where the key belongs to another command.
    package func isDone(_ key: CommandKey) async throws -> Bool {
        try await read { try CommandReceipt.row(of: key, in: $0) != nil }
    }

    /// The answer of a unit of work, and what follows once it is on the disk.
    private struct Done<Answer> {
        let answer: Answer
        var followUps: [@Sendable () -> Void] = []
        var conditions: [String: @Sendable () throws -> Void] = [:]
    }

    private func perform<Answer: Codable>(
        in db: Database, by actor: Actor, at now: Moment, once key: CommandKey?,
        _ body: (JournalTransaction) throws -> Answer
    ) throws -> Done<Answer> {
        if let key, let earlier = try CommandReceipt.answer(to: key, as: Answer.self, in: db) {
            return Done(answer: earlier)
        }
        let transaction = try JournalTransaction(db: db, now: now, actor: actor, projections: projections)
        let answer = try body(transaction)
        try transaction.writeCounts()
        if let key { try CommandReceipt.keep(answer, for: key, at: now, position: transaction.position, in: db) }
        return Done(answer: answer, followUps: transaction.followUps, conditions: transaction.conditions)
    }
}

/// The answers given to commands that carried a key.
enum CommandReceipt {
    /// The answer that was given to this key, or nil where the key is new.
    /// - Throws: `JournalError.keyReused` where it was given to another command.
    static func answer<Answer: Decodable>(to key: CommandKey, as type: Answer.Type, in db: Database) throws -> Answer? {
        guard let row = try row(of: key, in: db) else { return nil }
        return try JSONDecoder().decode([Answer].self, from: Data((row[1] as String).utf8)).first
    }

    /// The receipt of a key; nil where the key is new.
    /// - Throws: `JournalError.keyReused` where it was given to another command.
    static func row(of key: CommandKey, in db: Database) throws -> Row? {
        let row = try Row.fetchOne(
            db, sql: "SELECT digest, answer FROM commandReceipt WHERE key = ?", arguments: [key.rawValue])
        if let row, Array(row[0] as Data) != key.digest { throw JournalError.keyReused(key.rawValue) }
        return row
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
