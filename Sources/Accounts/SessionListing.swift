import Foundation
import GRDB
import WorkingDays

/// One line of the list of one's sessions.
package struct SessionListing: Hashable, Sendable {
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
}

extension Accounts {
    /// The sessions and tokens of somebody that are valid now, the last used first.
    package func sessions(
        of user: SignedInUser, seenBy token: SessionToken, at now: Moment
    ) async throws -> [SessionListing] {
        let digest = token.digest
        let stored = try await vault.read { db in
            try Data.fetchAll(
                db, sql: "SELECT digest FROM session WHERE account = ? ORDER BY lastSeenAt DESC, digest",
                arguments: [user.number]
            ).compactMap { own in
                try StoredSession.fetch(Array(own), in: db).map { ($0, Array(own) == digest) }
            }
        }
        return stored.filter { !$0.0.isOver(at: now, policy: policy) && !$0.0.awaitsCode }.map { session, isThis in
            SessionListing(
                kind: session.kind, label: session.label, createdAt: session.createdAt,
                lastSeenAt: session.lastSeenAt, isThis: isThis)
        }
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
