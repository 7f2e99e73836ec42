import GRDB
import Synchronization

/// How a unit of work is committed: in the file alone, or first on the engine that acknowledges and then in the file.
///
/// ```
/// lock the head there · bring the file up to it · decide, apply in the file · append there · COMMIT there · COMMIT here
///                                                                                            └ acknowledged
/// ```
///
/// Whatever breaks before the commit there has happened nowhere. Whatever breaks after it is done: the file comes up to it when
/// it is looked at next.
struct JournalWriting: Sendable {
    let authority: (any JournalAuthority)?
    let following: JournalFollowing
    let failure: JournalFailure

    /// Does `body` in a transaction of the writing connection, durable where this returns.
    func transaction(in db: Database, _ body: (HandOver) throws -> Void) throws {
        guard let authority else {
            return try db.inTransaction(.immediate) {
                try body(HandOver(db: db))
                return .commit
            }
        }
        let session = try authority.begin()
        defer { session.end() }
        var isAcknowledged = false
        do {
            try db.inTransaction(.immediate) {
                try following.follow(session, in: db)
                let handOver = HandOver(db: db, session: session)
                try body(handOver)
                try handOver.now()
                if try following.handOverBeside(to: session, in: db) || handOver.hasHanded {
                    try session.commit()
                    isAcknowledged = true
                }
                return .commit
            }
        } catch  where isAcknowledged {
            // It was acknowledged where that counts. The file comes up to it, once its disk does again.
            failure.note(error)
        } catch {
            failure.note(error)
            throw error
        }
    }
}

/// Hands over to the engine that acknowledges what was appended in the file; nothing where the file is the journal itself.
final class HandOver {
    private let db: Database
    private let session: (any AuthoritySession)?
    private var last: Int64
    /// Whether anything was handed over.
    private(set) var hasHanded = false

    init(db: Database, session: (any AuthoritySession)? = nil) {
        self.db = db
        self.session = session
        last = session?.begun.head.position ?? 0
    }

    /// Hands over what was appended since the last time; to be called now and then where much is.
    func now() throws {
        guard let session else { return }
        while true {
            // As they stand in the file: a unit that was undone has left nothing.
            let events = try SQLiteEventStore(db: db).linked(after: last, limit: Journal.batch)
            guard let end = events.last else { return }
            try session.append(events)
            last = end.event.position
            hasHanded = true
        }
    }
}

/// Why nothing can be written any more.
final class JournalFailure: Sendable {
    private let words = Mutex<String?>(nil)

    /// The reason; nil while all is well.
    var reason: String? { words.withLock { $0 } }

    /// Keeps an error after which nothing more may be written: of the disk, or where another timeline won.
    func note(_ error: any Error) {
        if case JournalError.otherTimeline? = error as? JournalError { return keep("\(error)") }
        if case JournalError.deposed? = error as? JournalError { return keep("\(error)") }
        guard let error = error as? DatabaseError else { return }
        let final: [ResultCode] = [.SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB]
        guard final.contains(error.resultCode.primaryResultCode) else { return }
        keep("\(error)")
    }

    /// Forgets the reason, once it is mended.
    func forget() { words.withLock { $0 = nil } }

    private func keep(_ text: String) { words.withLock { $0 = $0 ?? text } }
}
