import Attachments
import GRDB
import Journal
import Logging
import Synchronization
import WorkingDays

/// Reads everything that is kept about once a day, a little each minute: each event against the chain, each page of the
/// journal's file, each attached file against its digest. What the disk has spoilt is known before it is needed.
package final class IntegrityWatch: Sendable {
    /// What was found.
    package struct Standing: Hashable, Sendable {
        /// When everything was last read to its end; nil before the first time since the start.
        package var readAt: Moment?
        /// What is not as it was written, a sentence each; at most `most` of them.
        package var faults: [String] = []
    }

    private enum Place {
        case events(JournalHead)
        case pages
        case files(Int)
        case rest(Moment)
    }

    private struct State {
        var place = Place.events(.empty)
        var found: [String] = []
        var standing = Standing()
    }

    private let state = Mutex(State())

    /// How many faults are kept in mind.
    package static let most = 20
    /// How many events are held at once, and how often in one round.
    static let (events, pieces) = (2_000, 10)
    /// How many bytes of files are read in one round, the last file whole.
    static let bytes = 64 << 20
    /// How long it rests after a reading, in milliseconds.
    static let rest: Int64 = 20 * 3_600_000

    init() {}

    /// What was found until now.
    package var standing: Standing { state.withLock(\.standing) }

    /// One piece.
    /// - Throws: `CancellationError`; `AttachmentError.system`; `DatabaseError` where the store does not answer for another
    ///   reason than its content.
    package func round(
        _ journal: Journal, _ attachments: AttachmentStore, at now: Moment, logger: Logger
    ) async throws {
        let place = state.withLock(\.place)
        let (next, faults) = try await read(place, journal, attachments, at: now)
        for fault in faults {
            logger.critical("integrity.broken", metadata: ["fault": "\(fault)", "remedy": "bailanys restore"])
        }
        state.withLock { state in
            state.place = next
            state.found = Array((state.found + faults).prefix(Self.most))
            if case .rest = next {
                if case .files = place { state.standing = Standing(readAt: now, faults: state.found) }
            } else if case .events(.empty) = next {
                state.found = []
            } else {
                // Known at once; forgotten only by a reading that found all in order.
                state.standing.faults = Array(
                    (state.standing.faults + faults.filter { !state.standing.faults.contains($0) }).prefix(Self.most))
            }
        }
    }

    private func read(
        _ place: Place, _ journal: Journal, _ attachments: AttachmentStore, at now: Moment
    ) async throws -> (next: Place, faults: [String]) {
        switch place {
        case .events(let head):
            do {
                var last = head
                // A few at a time, so that it holds little in memory beside a server that has just started.
                for _ in 0..<Self.pieces {
                    let (found, isLast, bad) = try await journal.verify(after: last, atMost: Self.events)
                    if let bad { return (.pages, ["event \(bad.position): \(bad.reason)"]) }
                    if isLast { return (.pages, []) }
                    last = found
                }
                return (.events(last), [])
            } catch let error as DatabaseError where error.isOfTheFile {
                return (.pages, ["the journal after event \(head.position): \(error)"])
            }
        case .pages:
            do {
                let said = try await journal.read { try String.fetchAll($0, sql: "PRAGMA quick_check(5)") }
                return (.files(0), said == ["ok"] ? [] : said.map { "journal.db: \($0)" })
            } catch let error as DatabaseError where error.isOfTheFile {
                return (.files(0), ["journal.db: \(error)"])
            }
        case .files(let shelf):
            let (next, damaged) = try await attachments.check(from: shelf, atMost: Self.bytes)
            let faults = damaged.map { "file \($0)" }
            return (next < AttachmentStore.shelfCount ? .files(next) : .rest(now), faults)
        case .rest(let since):
            // A clock that was set back does not put the next reading off.
            let rested = now.millisecondsSince1970 - since.millisecondsSince1970
            return ((0..<Self.rest).contains(rested) ? .rest(since) : .events(.empty), [])
        }
    }
}

extension DatabaseError {
    /// Whether it is the content of the file, or the disk below it, and not who else is at work.
    fileprivate var isOfTheFile: Bool {
        [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_IOERR].contains(resultCode.primaryResultCode)
    }
}
