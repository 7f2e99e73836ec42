import CanonicalJSON
import Foundation
import GRDB
import Journal
import WorkingDays

/// How far the file of accounts had come; kept in the journal, so that an older copy of the file is known for one.
struct AccountsMark: Codable, Equatable, Sendable {
    /// The file itself, whatever becomes of it.
    let identity: String
    /// How often something of an account's person, password or session had changed in it.
    let changes: Int64
}

/// What the file of accounts has lost against the journal, and what was done about it.
package enum AccountsLoss: Error, Equatable, CustomStringConvertible {
    /// It knows nobody, and the journal knows so many accounts.
    case missing(path: String, accounts: Int)
    /// It is an earlier state, or another file: all sessions and tokens were ended, and so many passwords closed that had
    /// been changed since.
    case older(path: String, ended: Int, closed: [Int64])

    package var description: String {
        switch self {
        case .missing(let path, let accounts):
            "“\(path)” was lost: nobody of the \(accounts) accounts that the journal knows can sign in. Restore it (“bailanys restore”), or make a new account: “bailanys accounts add LOGIN --name NAME --role administrator”."
        case .older(let path, let ended, let closed):
            "“\(path)” is older than the journal: \(ended) sessions and tokens were ended, since some of them may have been revoked."
                + (closed.isEmpty
                    ? ""
                    : " Passwords or second factors of the accounts \(closed.map(String.init).joined(separator: ", ")) had been changed since: what is in the file opens nothing any more, give them new ones (“bailanys accounts reset-password”).")
        }
    }
}

/// Holds the file of accounts and the journal together, as the vault of persons is.
///
/// What the journal knows of an account (its roles, that it is closed) holds whatever the file says. Sessions, tokens and passwords
/// stand in the file alone: an older copy would open again what was ended.
extension Accounts {
    private static let store = "accounts"

    /// Notes how far the file has come; to be called now and then, and at the end.
    /// - Throws: `DatabaseError`; `JournalError.stopped`.
    package func keepMark(at now: Moment) throws {
        let found = try mark()
        guard try known() != found else { return }
        // First here: a file that is ahead of its mark is no older one.
        try vault.writeNow { db in
            try db.execute(sql: "UPDATE tally SET markedAt = ?", arguments: [now.millisecondsSince1970])
        }
        try journal.keepMark(String(decoding: CanonicalCoding.encode(found), as: UTF8.self), of: Self.store)
    }

    /// Holds the file against what the journal knows of it; an older one loses what may have been ended since.
    /// - Returns: what it has lost; nil where it is in step.
    /// - Throws: `DatabaseError`; `JournalError.stopped`.
    package func checkBond(path: String, at now: Moment) throws -> AccountsLoss? {
        let accounts = try journal.readNow { try Account.fetchAll(in: $0) }
        let people = try vault.readNow { try Int.fetchOne($0, sql: "SELECT count(*) FROM credential") ?? 0 }
        if people == 0, !accounts.isEmpty {
            try keepMark(at: now)
            return .missing(path: path, accounts: accounts.count)
        }
        let found = try mark()
        guard let known = try known(), known.identity != found.identity || known.changes > found.changes else {
            return nil
        }
        let since = known.identity == found.identity ? try markedAt() : 0
        let closed = try changedSince(since)
        let ended = try vault.writeNow { db in
            let ended = try Int.fetchOne(db, sql: "SELECT count(*) FROM session") ?? 0
            try db.execute(sql: "DELETE FROM session")
            try db.execute(sql: "DELETE FROM recoveryCode")
            for number in closed {
                try db.execute(
                    sql: "UPDATE credential SET passwordHash = '', mustChangePassword = 1 WHERE account = ?",
                    arguments: [number])
            }
            // From here on it is ahead of every state that was marked.
            try db.execute(sql: "UPDATE tally SET changes = max(changes, ?) + 1", arguments: [known.changes])
            return ended
        }
        try keepMark(at: now)
        return .older(path: path, ended: ended, closed: closed)
    }

    /// The accounts whose password or second factor was changed after a moment, by the journal.
    private func changedSince(_ moment: Int64) throws -> [Int64] {
        try journal.readNow { db in
            let streams = try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT stream FROM event
                    WHERE stream >= 'user/' AND stream < 'user0' AND recordedAt > ?
                      AND name IN ('accountPasswordChanged', 'accountPasswordReset', 'accountSecondFactorAdded')
                    """, arguments: [moment])
            return streams.compactMap { Int64($0.dropFirst(5)) }.sorted()
        }
    }

    private func mark() throws -> AccountsMark {
        try vault.readNow { db in
            let row = try Row.fetchOne(db, sql: "SELECT identity, changes FROM tally")
            return AccountsMark(identity: row?[0] ?? "", changes: row?[1] ?? 0)
        }
    }

    private func markedAt() throws -> Int64 {
        try vault.readNow { try Int64.fetchOne($0, sql: "SELECT markedAt FROM tally") ?? 0 }
    }

    private func known() throws -> AccountsMark? {
        try journal.mark(of: Self.store).map { try CanonicalCoding.decode(AccountsMark.self, from: Array($0.utf8)) }
    }
}
