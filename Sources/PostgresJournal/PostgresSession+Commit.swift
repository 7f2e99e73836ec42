import Journal
import Postgres

extension PostgresSession {
    /// See `AuthoritySession`.
    ///
    /// Where the answer does not come, or comes with a warning (a standby was not waited for), a new connection takes the lock,
    /// which the old transaction holds until it has ended, looks whether its last event or row is there, and commits a change of
    /// its own: once that is on the standby, so is all before it.
    package func commit() throws {
        guard let line = takeLine() else { throw JournalError.unavailable(reason: "the session has ended") }
        let word: String
        do {
            word = try line.connection.command("COMMIT", within: authority.limits.commit)
        } catch {
            guard error.mayHaveHadEffect || !line.connection.isUsable else {
                throw JournalError.unavailable(reason: "\(error)")
            }
            return try findOut("\(error)")
        }
        if line.connection.takeWarning() { return try findOut("the server warned that it is not on its standby") }
        authority.giveBack(line)
        guard word == "COMMIT" else {
            throw JournalError.unavailable(reason: "the server undid what was to be committed")
        }
    }

    /// Finds out what became of the commit.
    /// - Throws: `JournalError.unavailable` where it was not done, `JournalError.unknownOutcome` where no server says.
    private func findOut(_ reason: String) throws {
        let deadline = ContinuousClock.now.advanced(by: authority.limits.findingOut)
        var last = reason
        while ContinuousClock.now < deadline {
            do {
                if try wasCommitted() { return }
                throw JournalError.unavailable(reason: reason)
            } catch PostgresLookFailure.noAnswer(let why) {
                last = why
            }
            authority.pause(.milliseconds(200))
        }
        throw JournalError.unknownOutcome(reason: last)
    }

    private func wasCommitted() throws -> Bool {
        do {
            var connection = try authority.connect()
            try connection.command("BEGIN")
            let found = try connection.run(Self.lock)
            let journal = try found.bytes(0, 0), position = try found.int(0, 1), beside = try found.int(0, 3)
            guard journal == begun.journal else { throw PostgresLookFailure.noAnswer("another journal is there") }
            let isThere =
                if current != begun.head {
                    try connection.run(
                        "SELECT EXISTS (SELECT 1 FROM bailanys.event WHERE position = $1 AND hash = $2)",
                        [.int(current.position), .bytes(current.hash)]
                    ).bool(0, 0)
                } else {
                    // Rows alone: whoever wrote others meanwhile may have replaced them, so that only this is certain.
                    position >= begun.head.position && beside == lastOrdinal
                }
            try connection.command("UPDATE bailanys.head SET position = position")
            let word = try connection.command("COMMIT", within: authority.limits.commit)
            guard word == "COMMIT", !connection.takeWarning() else {
                throw PostgresLookFailure.noAnswer("the server warned that it is not on its standby")
            }
            return isThere
        } catch let error as PostgresLookFailure {
            throw error
        } catch {
            throw PostgresLookFailure.noAnswer("\(error)")
        }
    }
}

/// Why what became of a commit could not be found out this time.
private enum PostgresLookFailure: Error {
    case noAnswer(String)
}
