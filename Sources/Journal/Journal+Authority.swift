import Foundation
import GRDB

// A journal whose commits are acknowledged on another engine (`JournalAuthority`).
extension Journal {
    /// Whether commits are acknowledged on another engine.
    package var hasAuthority: Bool { writing.authority != nil }

    /// Does `body` in a transaction that is durable, and acknowledged where that is done elsewhere.
    func write<Value>(_ body: (Database, HandOver) throws -> Value) throws -> Value {
        guard hasAuthority else { return try pool.write { try body($0, HandOver(db: $0)) } }
        return try pool.writeWithoutTransaction { db in
            var value: Value?
            try writing.transaction(in: db) { value = try body(db, $0) }
            guard let value else { throw JournalError.stopped(reason: "a transaction did nothing") }
            return value
        }
    }

    /// Makes the file one that follows, brings along what stands in it where the journal there is empty, and catches up.
    func join(_ catchesUp: Bool) throws {
        guard let authority = writing.authority else {
            if try pool.read({ try JournalFollowing.isFollower($0) }) { throw JournalError.follower }
            return
        }
        try withRoom {
            let begins = try pool.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    try writing.following.prepare(db)
                    return .commit
                }
                let begins = try JournalFollowing.begins(db)
                if begins, try SQLiteEventStore(db: db).head() != .empty { try bringAlong(to: authority, in: db) }
                return begins
            }
            guard catchesUp else { return }
            // Rows beside the events that stood here before go along in the commit in which the file begins to follow.
            if begins { try write { _, _ in } } else { try catchUp() }
        }
    }

    /// A file that stood by itself begins the journal there: all of its events go there as they are, in one commit.
    private func bringAlong(to authority: any JournalAuthority, in db: Database) throws {
        let session = try authority.begin()
        defer { session.end() }
        guard session.begun.head == .empty else { return }
        try db.inTransaction(.immediate) {
            var position: Int64 = 0
            while true {
                let events = try SQLiteEventStore(db: db).linked(after: position, limit: Self.batch)
                guard let last = events.last else { break }
                try session.append(events)
                position = last.event.position
            }
            _ = try writing.following.handOverBeside(to: session, in: db)
            try session.commit()
            return .commit
        }
    }

    /// Brings the file up to the journal's head, without holding up anybody who writes.
    /// - Returns: how many events came.
    /// - Throws: `JournalError.unavailable`; `JournalError.otherTimeline` after which nothing more is written; `DatabaseError`.
    @discardableResult
    package func catchUp() throws -> Int {
        guard let authority = writing.authority else { return 0 }
        try refuseAfterFailure()
        do {
            return try pool.writeWithoutTransaction { db in
                // Begun while nobody writes here: otherwise the file might be further than what the session sees.
                let session = try authority.look()
                defer { session.end() }
                var count = 0
                try db.inTransaction(.immediate) {
                    count = try writing.following.follow(session, in: db)
                    return .commit
                }
                return count
            }
        } catch {
            note(error)
            throw error
        }
    }

    /// Leaves a timeline that did not win: goes back to the last event that is in the journal there too, makes the tables anew
    /// from those that stay, and catches up.
    ///
    /// - Parameter lost: takes each event that is given up, as a line of an export; it was recorded here and is nowhere else.
    /// - Returns: the position of the last event that both have.
    /// - Throws: `JournalError.otherJournal` where not even the first event is common and there are some; `DatabaseError`.
    @discardableResult
    package func leaveTimeline(lost: ([UInt8]) throws -> Void) throws -> Int64 {
        guard let authority = writing.authority else { return try head().position }
        let session = try authority.look()
        defer { session.end() }
        let common = try lastCommon(with: session)
        try pool.read { db in
            let link = try SQLiteEventStore(db: db).link(at: common)
            let start = link.map { JournalHead(position: common, hash: $0.hash) } ?? .empty
            _ = try Self.export(after: start, through: nil, in: db, to: lost)
        }
        try withRoom {
            try pool.write { db in
                // The trigger guards against everything else; it stands again before this commits.
                let trigger = try String.fetchOne(
                    db, sql: "SELECT sql FROM sqlite_schema WHERE name = 'eventIsNeverDeleted'")
                try db.execute(sql: "DROP TRIGGER IF EXISTS eventIsNeverDeleted")
                try db.execute(sql: "DELETE FROM event WHERE position > ?", arguments: [common])
                try db.execute(sql: "DELETE FROM commandReceipt WHERE position > ?", arguments: [common])
                if let trigger { try db.execute(sql: trigger) }
                try db.execute(sql: "DELETE FROM nodeState; DELETE FROM temp.besideChange")
                _ = try rebuild(projections, in: db, progress: { _ in })
            }
        }
        failure.forget()
        try catchUp()
        return common
    }

    /// The last position at which both have the same event: where two chains are the same once, they are so before.
    private func lastCommon(with session: any AuthoritySession) throws -> Int64 {
        try pool.read { db in
            let store = SQLiteEventStore(db: db)
            var known: Int64 = 0
            var unknown = min(try store.head().position, session.begun.head.position) + 1
            while unknown - known > 1 {
                let middle = known + (unknown - known) / 2
                if try store.link(at: middle)?.hash == session.link(at: middle)?.hash {
                    known = middle
                } else {
                    unknown = middle
                }
            }
            return known
        }
    }

    /// Checks every event of the journal there against its hash and the one before, and the file's head against it.
    /// - Returns: nil where commits are acknowledged in the file itself.
    package func verifyAuthority(
        told: Set<ToldHead> = [], progress: (Int64) throws -> Void = { _ in }
    ) throws -> JournalVerification? {
        guard let authority = writing.authority else { return nil }
        let session = try authority.look()
        defer { session.end() }
        return try Self.verify(session, told: told, progress: progress)
    }
}
