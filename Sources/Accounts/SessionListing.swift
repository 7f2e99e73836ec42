import Foundation
import GRDB
import Journal
import WorkingDays

/// One line of the list of somebody's sessions.
package struct SessionListing: Hashable, Sendable {
    /// What it is ended by: the beginning of its digest, which opens nothing.
    package let id: String
    /// What holds it.
    package let kind: SessionKind
    /// What a program's token is for.
    package let label: String
    /// When it was opened.
    package let createdAt: Moment
    /// When it was last used, to the minute.
    package let lastSeenAt: Moment
    /// Whether it is the one that asks.
    package let isThis: Bool
    /// The kind of browser; nil where it is not known.
    package let client: String?
    /// How its holder got in; nil where it is not known.
    package let way: SignInWay?
    /// What else he showed.
    package let proof: SecondProof?
}

/// A session with what it is found by.
struct FoundSession: Sendable {
    let digest: Data
    let session: StoredSession

    /// The beginning of the digest of the token.
    var id: String { digest.prefix(6).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }

    /// All sessions of an account, also those that are over, the last used first.
    static func fetchAll(of account: Int64, in db: Database) throws -> [FoundSession] {
        try Data.fetchAll(
            db, sql: "SELECT digest FROM session WHERE account = ? ORDER BY lastSeenAt DESC, digest",
            arguments: [account]
        ).compactMap { digest in
            try StoredSession.fetch(Array(digest), in: db).map { FoundSession(digest: digest, session: $0) }
        }
    }
}

extension Accounts {
    /// The sessions and tokens of somebody that are valid now, the last used first.
    package func sessions(
        of user: SignedInUser, seenBy token: SessionToken, at now: Moment
    ) async throws -> [SessionListing] {
        try await sessions(of: user.number, seenBy: token, by: user.authority, at: now)
    }

    /// The same of an account: one's own, or with `manageAccounts` anybody's.
    /// - Parameter token: the session that asks; nil where none of these can be it.
    /// - Throws: `NotPermitted`; `AccountError.unknown`.
    package func sessions(
        of number: Int64, seenBy token: SessionToken? = nil, by authority: Authority, at now: Moment
    ) async throws -> [SessionListing] {
        if authority.actor != .user(number) { try authority.require(.manageAccounts) }
        guard try await account(number) != nil else { throw AccountError.unknown(number) }
        let own = token.map { Data($0.digest) }
        let stored = try await vault.read { db in try FoundSession.fetchAll(of: number, in: db) }
        return stored.filter { !$0.session.isOver(at: now, policy: policy) && !$0.session.awaitsCode }.map { found in
            let session = found.session
            return SessionListing(
                id: found.id, kind: session.kind, label: session.label, createdAt: session.createdAt,
                lastSeenAt: session.lastSeenAt, isThis: found.digest == own, client: session.traits.client,
                way: session.traits.way, proof: session.traits.proof)
        }
    }

    /// Ends one session of a browser: one's own or, with `manageAccounts`, anybody's.
    /// - Throws: `NotPermitted`; `AccountError.unknown`, `.unknownSession`.
    package func endSession(_ id: String, of number: Int64, by authority: Authority, at now: Moment) async throws {
        if authority.actor != .user(number) { try authority.require(.manageAccounts) }
        guard try await account(number) != nil else { throw AccountError.unknown(number) }
        try await vault.write { db in
            let found = try FoundSession.fetchAll(of: number, in: db).first {
                $0.id == id && $0.session.kind == .browser
            }
            guard let found else { throw AccountError.unknownSession(id) }
            try db.execute(sql: "DELETE FROM session WHERE digest = ?", arguments: [found.digest])
        }
        try await record([.accountSessionEnded], on: number, by: authority.actor, at: now)
    }

    /// Ends all sessions of one's browsers but the one that asks; tokens for programs stay.
    /// - Throws: `DatabaseError`.
    package func endOtherSessions(of user: SignedInUser, but token: SessionToken, at now: Moment) async throws {
        let own = Data(token.digest)
        try await vault.write { db in
            try db.execute(
                sql: "DELETE FROM session WHERE account = ? AND kind = 'browser' AND digest <> ?",
                arguments: [user.number, own])
        }
        try await record([.accountSessionsEnded], on: user.number, by: .user(user.number), at: now)
    }

    /// Who vouches for the person of an account; nil where he has been erased.
    package func home(_ number: Int64) async throws -> AccountHome? {
        try await vault.read { db in try Credential.fetch(account: number, in: db)?.home }
    }

    /// Whether an account has a second factor.
    package func hasSecondFactor(_ number: Int64) async throws -> Bool {
        try await vault.read { db in try Credential.fetch(account: number, in: db)?.oneTimeSecret != nil }
    }
}
