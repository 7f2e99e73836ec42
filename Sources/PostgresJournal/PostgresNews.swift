import Glibc
import Journal
import Postgres

extension PostgresAuthority {
    /// Holds the calling thread up, which may block.
    func pause(_ time: Duration) { usleep(UInt32(clamping: time.milliseconds * 1_000)) }
}

/// Hears that something was appended: a hint, never the truth. Whoever follows also looks by himself now and then.
package final class PostgresNews {
    private let authority: PostgresAuthority
    private var line: PostgresLine?

    /// News of an authority; nothing is connected yet.
    package init(of authority: PostgresAuthority) { self.authority = authority }

    /// Waits for news, on a thread that may block; a connection that broke counts as news, since something may have been missed.
    /// - Returns: whether there was any.
    package func wait(within limit: Duration) -> Bool {
        do {
            if let line { return try line.connection.waitForNotification(within: limit) }
            let new = PostgresLine(try authority.connect())
            try new.connection.command("LISTEN bailanys")
            line = new
            return true
        } catch {
            line = nil
            authority.pause(min(limit, .seconds(1)))
            return true
        }
    }
}

extension Journal {
    /// Follows the journal on the server until `isOver` says so, and blocks the calling thread.
    /// - Parameters:
    ///   - every: how long it waits for news before it looks by itself; `isOver` is asked as often.
    ///   - note: told why it could not follow, once for each reason in a row.
    /// - Throws: what ends the following for good: another timeline, a fault of the disk.
    package func follow(
        _ authority: PostgresAuthority, every: Duration = .seconds(1), until isOver: () -> Bool,
        note: (String) -> Void = { _ in }
    ) throws {
        let news = PostgresNews(of: authority)
        var told: String?
        while !isOver() {
            _ = news.wait(within: every)
            do {
                try catchUp()
                told = nil
            } catch JournalError.unavailable(let reason) {
                if told != reason { note(reason) }
                told = reason
            }
        }
    }
}
