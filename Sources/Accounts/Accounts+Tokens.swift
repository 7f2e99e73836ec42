import Foundation
import GRDB
import Journal
import Languages
import WorkingDays

/// A token for a program, as it is listed: nothing in it opens anything.
package struct TokenListing: Hashable, Sendable {
    /// What it is revoked by: the beginning of the digest of the token.
    package let id: String
    /// What it is for.
    package let label: String
    /// What it may do at most; nil where it may do all that its account may.
    package let scope: Set<Permission>?
    /// When it was issued.
    package let createdAt: Moment
    /// When it was last used, to the minute.
    package let lastSeenAt: Moment
    /// When it ends by itself.
    package let endsAt: Moment

    /// Whether it was used since it was issued.
    package var wasUsed: Bool { lastSeenAt != createdAt }
}

extension Accounts {
    /// So many valid tokens an account may have.
    package static let mostTokens = 50
    /// For how many days a token may be issued.
    package static let tokenDays = 1...365

    /// Issues a token for a program that acts in the name of an account, over `Authorization: Bearer`.
    /// - Parameters:
    ///   - label: what the token is for, at most 80 characters; shown in lists.
    ///   - scope: what it may do at most, of what the account may; nil for all of it, also what it may later.
    ///   - days: after how many days it ends; nil for as long as the policy lets it.
    /// - Throws: `NotPermitted` for anybody else's account without `manageAccounts`; `AccountError.unknown`, `.closed`, `.badLabel`,
    ///   `.badScope`, `.badTerm`, `.tooManyTokens`.
    package func issueToken(
        for number: Int64, label: String, scope: Set<Permission>? = nil, days: Int? = nil, by authority: Authority,
        at now: Moment
    ) async throws -> SessionToken {
        if authority.actor != .user(number) { try authority.require(.manageAccounts) }
        guard let account = try await account(number) else { throw AccountError.unknown(number) }
        guard !account.isDisabled else { throw AccountError.closed(number) }
        guard label.count <= 80, !label.deceives else { throw AccountError.badLabel }
        if let scope {
            let all = account.roles.reduce(into: Set<Permission>()) { $0.formUnion($1.permissions) }
            guard !scope.isEmpty, scope.isSubset(of: all) else { throw AccountError.badScope }
        }
        if let days, !Self.tokenDays.contains(days) { throw AccountError.badTerm }
        guard try await tokens(of: number, by: authority, at: now).count < Self.mostTokens else {
            throw AccountError.tooManyTokens
        }
        let endsAt = days.map { now.adding(milliseconds: Int64($0) * 86_400_000) }
        let token = try await open(
            .program, label: label, account: number, traits: SessionTraits(scope: scope, endsAt: endsAt), at: now)
        let issued = AccountEvent.TokenIssued(
            label: label, scope: scope?.map(\.rawValue).sorted(), until: endsAt?.description)
        try await record([.accountTokenIssued(issued)], on: number, by: authority.actor, at: now)
        return token
    }

    /// The tokens for programs of an account that are valid now, the last used first.
    /// - Throws: `NotPermitted` for anybody else's account without `manageAccounts`, `AccountError.unknown`.
    package func tokens(of number: Int64, by authority: Authority, at now: Moment) async throws -> [TokenListing] {
        if authority.actor != .user(number) { try authority.require(.manageAccounts) }
        guard try await account(number) != nil else { throw AccountError.unknown(number) }
        let stored = try await vault.read { db in try Self.programs(of: number, in: db) }
        return stored.filter { !$0.session.isOver(at: now, policy: policy) }.map { found in
            TokenListing(
                id: found.id, label: found.session.label, scope: found.session.traits.scope,
                createdAt: found.session.createdAt, lastSeenAt: found.session.lastSeenAt,
                endsAt: found.session.end(policy))
        }
    }

    /// Ends one token of an account; the program that holds it is let in no more.
    /// - Throws: `NotPermitted` for anybody else's account without `manageAccounts`, `AccountError.unknown`,
    ///   `.unknownToken`.
    package func revokeToken(_ id: String, of number: Int64, by authority: Authority, at now: Moment) async throws {
        if authority.actor != .user(number) { try authority.require(.manageAccounts) }
        guard try await account(number) != nil else { throw AccountError.unknown(number) }
        let label = try await vault.write { db -> String in
            guard let found = try Self.programs(of: number, in: db).first(where: { $0.id == id }) else {
                throw AccountError.unknownToken(id)
            }
            try db.execute(sql: "DELETE FROM session WHERE digest = ?", arguments: [found.digest])
            return found.session.label
        }
        try await record([.accountTokenRevoked(label: label)], on: number, by: authority.actor, at: now)
    }

    /// What an account may do by its roles; nothing where there is none.
    /// - Throws: `NotPermitted` for anybody else's account without `manageAccounts`.
    package func permissions(of number: Int64, by authority: Authority) async throws -> Set<Permission> {
        if authority.actor != .user(number) { try authority.require(.manageAccounts) }
        let roles = try await account(number)?.roles ?? []
        return roles.reduce(into: []) { $0.formUnion($1.permissions) }
    }

    /// Records that somebody took a list out as a file, before he gets it.
    /// - Throws: `DatabaseError`, `JournalError` where it cannot be recorded: nothing is given out then.
    package func recordListTaken(
        _ list: AccountEvent.ListTaken, by number: Int64, at now: Moment
    ) async throws {
        try await record([.userTookList(list)], on: number, by: .user(number), at: now)
    }

    /// The tokens of an account, valid or over.
    private static func programs(of number: Int64, in db: Database) throws -> [FoundSession] {
        try FoundSession.fetchAll(of: number, in: db).filter { $0.session.kind == .program }
    }
}
