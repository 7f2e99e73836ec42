import Foundation
import GRDB
import Journal
import WorkingDays

/// A token for a program, as it is listed: nothing in it opens anything.
package struct TokenListing: Hashable, Sendable {
    /// What it is revoked by: the beginning of the digest of the token.
    package let id: String
    /// What it is for.
    package let label: String
    /// When it was issued.
    package let createdAt: Moment
    /// When it was last used, to the minute.
    package let lastSeenAt: Moment
}

extension Accounts {
    /// Issues a token for a program that acts in the name of an account, over `Authorization: Bearer`.
    /// - Parameter label: what the token is for; shown in lists.
    /// - Throws: `NotPermitted` for anybody else's account without `manageAccounts`, `AccountError.unknown`, `.closed`.
    package func issueToken(
        for number: Int64, label: String, by authority: Authority, at now: Moment
    ) async throws -> SessionToken {
        if authority.actor != .user(number) { try authority.require(.manageAccounts) }
        guard let account = try await account(number) else { throw AccountError.unknown(number) }
        guard !account.isDisabled else { throw AccountError.closed(number) }
        let token = try await open(.program, label: label, account: number, at: now)
        try await record([.accountTokenIssued(label: label)], on: number, by: authority.actor, at: now)
        return token
    }

    /// The tokens for programs of an account that are valid now, the last used first.
    /// - Throws: `NotPermitted` for anybody else's account without `manageAccounts`, `AccountError.unknown`.
    package func tokens(of number: Int64, by authority: Authority, at now: Moment) async throws -> [TokenListing] {
        if authority.actor != .user(number) { try authority.require(.manageAccounts) }
        guard try await account(number) != nil else { throw AccountError.unknown(number) }
        let stored = try await vault.read { db in try Self.programs(of: number, in: db) }
        return stored.filter { !$0.session.isOver(at: now, policy: policy) }.map { stored in
            TokenListing(
                id: stored.id, label: stored.session.label, createdAt: stored.session.createdAt,
                lastSeenAt: stored.session.lastSeenAt)
        }
    }

    /// Ends one token of an account; the program that holds it is let in no more.
    /// - Throws: `NotPermitted` for anybody else's account without `manageAccounts`, `AccountError.unknown`,
    ///   `.unknownToken`.
    package func revokeToken(_ id: String, of number: Int64, by authority: Authority, at now: Moment) async throws {
        if authority.actor != .user(number) { try authority.require(.manageAccounts) }
        guard try await account(number) != nil else { throw AccountError.unknown(number) }
        let label = try await vault.write { db -> String in
            guard let stored = try Self.programs(of: number, in: db).first(where: { $0.id == id }) else {
                throw AccountError.unknownToken(id)
            }
            try db.execute(sql: "DELETE FROM session WHERE digest = ?", arguments: [stored.digest])
            return stored.session.label
        }
        try await record([.accountTokenRevoked(label: label)], on: number, by: authority.actor, at: now)
    }

    private struct StoredToken: Sendable {
        let digest: Data
        let session: StoredSession

        var id: String {
            digest.prefix(6).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        }
    }

    /// The tokens of an account, valid or over.
    private static func programs(of number: Int64, in db: Database) throws -> [StoredToken] {
        try Data.fetchAll(
            db,
            sql: """
                SELECT digest FROM session WHERE account = ? AND kind = 'program' ORDER BY lastSeenAt DESC, digest
                """, arguments: [number]
        ).compactMap { digest in
            try StoredSession.fetch(Array(digest), in: db).map { StoredToken(digest: digest, session: $0) }
        }
    }
}
