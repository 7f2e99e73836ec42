import Foundation
import GRDB
import Journal
import WorkingDays

/// People whom the organisation's provider of identities vouches for: it has asked for their password, we have not.
extension Accounts {
    /// Lets in somebody whom the provider vouches for: his account is made at the first time and follows his groups.
    /// - Parameters:
    ///   - login: what he goes by there; the name of his account, where that is free.
    ///   - session: the provider's name for his session, by which it may end it.
    ///   - client: the kind of his browser; nil where it is not known.
    /// - Returns: `.refused` where none of his groups counts, the account is closed, or the name is another's.
    package func signIn(
        vouchedFor person: ForeignPerson, login: String, session: String?, client: String? = nil, at now: Moment
    ) async throws -> SignInOutcome {
        guard let name = Self.foreignName(login.trimmingCharacters(in: .whitespaces).lowercased()),
            let number = try await admit(person, of: .provider, as: name, at: now),
            let account = try await account(number),
            let credential = try await vault.read({ db in try Credential.fetch(account: number, in: db) })
        else { return .refused }
        guard !account.isDisabled else {
            try await record([.userSignInRefused(.disabled)], on: number, by: .user(number), at: now)
            return .refused
        }
        let traits = SessionTraits(homeSession: session, client: client, way: .provider)
        return try await enter(account, credential, [], traits, at: now)
    }

    /// Ends what a provider orders to be ended: all that somebody has opened in a browser, or the one session that it names.
    /// - Parameters:
    ///   - key: what names the person there; nil where only a session is named.
    ///   - session: the provider's name for a session.
    /// - Returns: whether there was anybody to sign out.
    package func endSessions(byProvider key: String?, session: String?, at now: Moment) async throws -> Bool {
        let account = try await vault.write { db -> Int64? in
            if let key {
                guard let person = try Credential.fetch(home: .provider, key: key, in: db) else { return nil }
                try db.execute(
                    sql: "DELETE FROM session WHERE account = ? AND kind = 'browser'", arguments: [person.account])
                return person.account
            }
            let found = try Int64.fetchOne(
                db,
                sql: """
                    SELECT s.account FROM session s JOIN credential c USING (account)
                    WHERE s.homeSession = ? AND c.home = 'provider'
                    """, arguments: [session])
            guard let found else { return nil }
            try db.execute(
                sql: "DELETE FROM session WHERE account = ? AND homeSession = ?", arguments: [found, session])
            return found
        }
        guard let account else { return false }
        try await record([.accountSessionsEnded], on: account, by: .timer, at: now)
        return true
    }
}
