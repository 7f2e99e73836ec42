import CanonicalJSON
import GRDB
import Stores

/// What a check of the whole chain found.
package struct JournalVerification: Equatable, Sendable {
    /// How many events were checked and found right.
    package let checked: Int64
    /// The first position that is wrong, and what is wrong there; nil where all is right.
    package let firstBad: FirstBad?
    /// The hash of the last event that is right, in hexadecimal.
    package let head: String
    /// What the chain says to each head that somebody was told; empty where none was asked about.
    package let told: [ToldHead: ToldHeadFinding]

    /// The first wrong place.
    package struct FirstBad: Equatable, Sendable {
        /// The position of the event.
        package let position: Int64
        /// What is wrong with it.
        package let reason: String
    }
}

extension Journal {
    /// Checks every event against its hash and every hash against the one before.
    /// - Parameters:
    ///   - told: heads that somebody was told and that are looked for on the way.
    ///   - progress: told the position reached, now and then; what it throws ends the check.
    package func verify(
        told: Set<ToldHead> = [], progress: (Int64) throws -> Void = { _ in }
    ) throws -> JournalVerification {
        try pool.read { db in try Self.verify(in: db, told: told, progress: progress) }
    }

    /// The same of a file that nothing works on; writes nothing, and needs no place where it could.
    /// - Throws: `FileAtRestError`; `DatabaseError`; what `progress` throws.
    package static func verify(
        _ file: FileAtRest, told: Set<ToldHead> = [], progress: (Int64, _ total: Int64) throws -> Void
    ) throws -> JournalVerification {
        try file.read { db in
            let total = try SQLiteEventStore(db: db).head().position
            return try verify(in: db, told: told) { try progress($0, total) }
        }
    }

    private static func verify(
        in db: Database, told: Set<ToldHead>, progress: (Int64) throws -> Void
    ) throws -> JournalVerification { try verify(SQLiteEventStore(db: db), told: told, progress: progress) }

    /// The same of the events of any engine.
    static func verify(
        _ store: some EventStore, told: Set<ToldHead>, progress: (Int64) throws -> Void
    ) throws -> JournalVerification {
        var check = ToldHeadCheck(told)
        var writer = JSONWriter(capacity: 1024)
        var head = JournalHead.empty
        func result(_ bad: JournalVerification.FirstBad?) -> JournalVerification {
            JournalVerification(
                checked: head.position, firstBad: bad, head: EventLink.hexadecimal(head.hash),
                told: check.findings(last: head.position, brokenAt: bad?.position))
        }
        while true {
            let events = try store.events(after: head.position, limit: Self.batch)
            if events.isEmpty { return result(nil) }
            for event in events {
                if let bad = try follow(event, from: &head, in: store, using: &writer) { return result(bad) }
                check.pass(head)
            }
            try progress(head.position)
        }
    }

    /// Takes an event for the next one of the chain.
    /// - Returns: what is wrong with it; nil where it is right, and the head is its own then.
    private static func follow(
        _ event: RecordedEvent, from head: inout JournalHead, in store: some EventStore, using writer: inout JSONWriter
    ) throws -> JournalVerification.FirstBad? {
        let expected = head.position + 1
        guard event.position == expected else {
            return .init(position: expected, reason: "there is no event at this position")
        }
        guard let link = try store.link(at: event.position), link.previous == head.hash else {
            return .init(position: expected, reason: "it does not follow the event before it")
        }
        guard EventLink.hash(event, after: head.hash, using: &writer) == link.hash else {
            return .init(position: expected, reason: "its content does not match its hash")
        }
        head = JournalHead(position: event.position, hash: link.hash)
        return nil
    }

    /// Checks the events that follow one that was found right, a few at a time, for whoever reads all of them again and again.
    /// - Parameters:
    ///   - head: the event after which to begin.
    ///   - limit: how many events at most.
    /// - Returns: the last one that is right, whether it was the last of all, and what is wrong after it.
    /// - Throws: `DatabaseError` where the file itself is broken.
    package func verify(
        after head: JournalHead, atMost limit: Int
    ) async throws -> (head: JournalHead, isLast: Bool, bad: JournalVerification.FirstBad?) {
        try await read { db in
            let store = SQLiteEventStore(db: db)
            var (head, writer) = (head, JSONWriter(capacity: 1_024))
            let events = try store.events(after: head.position, limit: limit)
            for event in events {
                if let bad = try Self.follow(event, from: &head, in: store, using: &writer) {
                    return (head, false, bad)
                }
            }
            return (head, events.count < limit, nil)
        }
    }
}
