import Foundation
import GRDB
import Journal
import Languages
import Synchronization
import WorkingDays

/// Why an account was not created or changed.
package enum AccountError: Error, Hashable, CustomStringConvertible {
    /// The login name is no name: 3-64 letters, digits, dots, hyphens or underscores.
    case badLoginName
    /// Somebody has the login name already.
    case loginNameTaken
    /// The account needs a name to show and at least one role.
    case incomplete
    /// The name to show has characters that deceive its reader.
    case badDisplayName
    /// There is no such account.
    case unknown(Int64)
    /// The password is not good enough.
    case badPassword(PasswordRules.Problem)
    /// The present password is wrong.
    case wrongPassword
    /// The one-time code is wrong or was used before.
    case wrongCode
    /// There is a second factor already.
    case hasSecondFactor
    /// There is no second factor, so that nothing can take its place.
    case noSecondFactor
    /// There is no such token.
    case unknownToken(String)
    /// There is no such session.
    case unknownSession(String)
    /// A token must say what it is for.
    case badLabel
    /// A token must be allowed something, and nothing that its account may not do.
    case badScope
    /// A token ends after 1 to 365 days.
    case badTerm
    /// The account has as many tokens as it may.
    case tooManyTokens
    /// It would leave nobody who can manage accounts.
    case lastAdministrator
    /// Password and roles are the directory's to change.
    case foreign(Int64)
    /// The account is closed, so nothing may be issued to it.
    case closed(Int64)

    package var description: String {
        switch self {
        case .badLoginName: "A login name has 3 to 64 letters, digits, dots, hyphens or underscores."
        case .loginNameTaken: "Somebody has this login name already: choose another."
        case .incomplete: "An account needs a name to show and at least one role."
        case .badDisplayName:
            "The name has control characters, or such as turn the direction of reading: remove them."
        case .unknown(let number): "There is no account \(number)."
        case .badPassword(let problem): "The password is not taken (\(problem.rawValue)): choose another."
        case .wrongPassword: "The present password is wrong."
        case .wrongCode: "The code is wrong or was used already: wait for the next one and type that."
        case .unknownToken(let id): "The account has no valid token “\(id)”: list its tokens to see them."
        case .unknownSession(let id): "There is no open session “\(id)”: it has ended, or never was."
        case .noSecondFactor: "There is no second factor yet: set it up first."
        case .badLabel: "Say in at most 80 characters what the token is for."
        case .badScope: "Choose at least one right, and only such as the account has."
        case .badTerm: "A token ends after 1 to 365 days."
        case .tooManyTokens: "The account has \(Accounts.mostTokens) tokens: revoke those that nobody uses."
        case .hasSecondFactor: "The account has a second factor: an administrator can remove it."
        case .lastAdministrator:
            "This would leave nobody who can manage accounts: give another account that role first."
        case .foreign(let number):
            "Account \(number) is the directory's: its password and its roles are changed there, by its groups."
        case .closed(let number):
            "Account \(number) is closed, so a token would open nothing: open the account again first."
        }
    }
}

extension Accounts {
    /// Creates an account and returns its number.
    /// - Parameter mustChangePassword: the person has to choose a password of his own at the first sign-in.
    /// - Throws: `NotPermitted`, `AccountError`, `PasswordHasherBusy`.
    @discardableResult
    package func create(
        loginName: String, displayName: String, password: String, roles: Set<Role>, mustChangePassword: Bool,
        by authority: Authority, at now: Moment
    ) async throws -> Int64 {
        try authority.require(.manageAccounts)
        let loginName = try Self.checked(loginName: loginName)
        let displayName = displayName.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !displayName.isEmpty, displayName.count <= 120, !roles.isEmpty else { throw AccountError.incomplete }
        guard !displayName.deceives else { throw AccountError.badDisplayName }
        if let problem = PasswordRules.problem(with: password, loginName: loginName) {
            throw AccountError.badPassword(problem)
        }
        let hash = try await hasher.hash(password)
        return try await creations.run { [self] in
            let number = try await insert(
                loginName: loginName, displayName: displayName, passwordHash: hash.description,
                mustChangePassword: mustChangePassword)
            try await record([.accountCreated(roles: roles)], on: number, by: authority.actor, at: now)
            return number
        }
    }

    /// Puts a person into the file under the next number, which is returned; the account follows in the journal. Called in turn.
    /// - Throws: `AccountError.loginNameTaken`.
    func insert(
        loginName: String, displayName: String, passwordHash: String, mustChangePassword: Bool,
        home: AccountHome = .local, key: String? = nil, checkedAt: Moment? = nil
    ) async throws -> Int64 {
        let last = try await journal.read { db in try Account.fetchAll(in: db).last?.number ?? 0 }
        // The person goes in first: a person without an account cannot sign in, and what is left of an attempt that
        // died in between is cleared away here.
        return try await vault.write { db in
            try db.execute(sql: "DELETE FROM credential WHERE account > ?", arguments: [last])
            guard try Credential.fetch(loginName: loginName, in: db) == nil else { throw AccountError.loginNameTaken }
            try db.execute(
                sql: """
                    INSERT INTO credential
                      (account, loginName, displayName, passwordHash, mustChangePassword, home, homeKey, checkedAt)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    last + 1, loginName, displayName, passwordHash, mustChangePassword, home.rawValue, key,
                    checkedAt?.millisecondsSince1970,
                ])
            return last + 1
        }
    }

    /// Changes what somebody is employed for; his sessions end.
    /// - Throws: `NotPermitted`, `AccountError`.
    package func changeRoles(of number: Int64, to roles: Set<Role>, by authority: Authority, at now: Moment)
        async throws
    {
        try authority.require(.manageAccounts)
        guard !roles.isEmpty else { throw AccountError.incomplete }
        try await requireLocal(number)
        try await refuseToLoseLastAdministrator(number, keeps: roles.contains(.administrator))
        try await record([.accountRolesChanged(roles: roles)], on: number, by: authority.actor, at: now)
        try await deleteSessions(of: number)
    }

    /// Keeps somebody out from now on; his sessions end.
    /// - Throws: `NotPermitted`, `AccountError`.
    package func disable(_ number: Int64, reason: String, by authority: Authority, at now: Moment) async throws {
        try authority.require(.manageAccounts)
        try await refuseToLoseLastAdministrator(number, keeps: false)
        // From now on it is an administrator who keeps him out, also where the directory had done so before.
        try await vault.write { db in
            try db.execute(sql: "UPDATE credential SET isEndedByHome = 0 WHERE account = ?", arguments: [number])
        }
        try await record([.accountDisabled(reason: reason)], on: number, by: authority.actor, at: now)
        try await deleteSessions(of: number)
    }

    /// Lets somebody in again, with a sign-in or a token of the time after: what was opened before stays ended.
    /// - Throws: `NotPermitted`, `AccountError`.
    package func enable(_ number: Int64, by authority: Authority, at now: Moment) async throws {
        try authority.require(.manageAccounts)
        guard let account = try await account(number) else { throw AccountError.unknown(number) }
        // A token that was issued in the same instant as the account was closed may be left; it must not come to life.
        if account.isDisabled { try await deleteSessions(of: number) }
        try await record([.accountEnabled], on: number, by: authority.actor, at: now)
    }

    /// Gives somebody a new password which he has to change at the next sign-in; his sessions end.
    /// - Throws: `NotPermitted`, `AccountError`, `PasswordHasherBusy`.
    package func resetPassword(of number: Int64, to password: String, by authority: Authority, at now: Moment)
        async throws
    {
        try authority.require(.manageAccounts)
        try await setPassword(of: number, to: password, mustChange: true)
        try await record([.accountPasswordReset], on: number, by: authority.actor, at: now)
    }

    /// Changes one's own password; all one's sessions end. Wrong present passwords are counted like those of a sign-in:
    /// whoever holds a stolen session must not guess on.
    /// - Throws: `AccountError`, `TooManyAttempts`, `PasswordHasherBusy`.
    package func changePassword(of user: SignedInUser, from old: String, to new: String, at now: Moment) async throws {
        try await requireLocal(user.number)
        let stored = try await vault.read { db in try Credential.fetch(account: user.number, in: db)?.passwordHash }
        let keys = [AttemptKey.present(user.number)]
        let checked = try await attempt(keys, at: now) {
            try await self.hasher.verify(old, against: stored, in: .known)
        }
        if case .refused(let until) = checked { throw TooManyAttempts(until: until) }
        guard case .looked(true) = checked else { throw AccountError.wrongPassword }
        throttle.withLock { $0.noteSuccess(keys) }
        try await setPassword(of: user.number, to: new, mustChange: false)
        try await record([.accountPasswordChanged], on: user.number, by: .user(user.number), at: now)
    }

    private func setPassword(of number: Int64, to password: String, mustChange: Bool) async throws {
        guard let person = try await vault.read({ db in try Credential.fetch(account: number, in: db) }) else {
            throw AccountError.unknown(number)
        }
        guard person.home == .local else { throw AccountError.foreign(number) }
        if let problem = PasswordRules.problem(with: password, loginName: person.loginName) {
            throw AccountError.badPassword(problem)
        }
        let hash = try await hasher.hash(password)
        try await vault.write { db in
            try db.execute(
                sql: "UPDATE credential SET passwordHash = ?, mustChangePassword = ? WHERE account = ?",
                arguments: [hash.description, mustChange, number])
            try db.execute(sql: "DELETE FROM session WHERE account = ?", arguments: [number])
        }
    }

    private func requireLocal(_ number: Int64) async throws {
        let person = try await vault.read { db in try Credential.fetch(account: number, in: db) }
        guard person?.home ?? .local == .local else { throw AccountError.foreign(number) }
    }

    private func refuseToLoseLastAdministrator(_ number: Int64, keeps: Bool) async throws {
        let accounts = try await journal.read { db in try Account.fetchAll(in: db) }
        guard let account = accounts.first(where: { $0.number == number }) else { throw AccountError.unknown(number) }
        func manages(_ account: Account) -> Bool { !account.isDisabled && account.roles.contains(.administrator) }
        let others = accounts.contains { $0.number != number && manages($0) }
        guard keeps || others || !manages(account) else { throw AccountError.lastAdministrator }
    }

    private static func checked(loginName: String) throws -> String {
        let name = loginName.trimmingCharacters(in: .whitespaces).lowercased()
        let isFine = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || ".-_".unicodeScalars.contains($0)
        }
        guard (3...64).contains(name.count), isFine else { throw AccountError.badLoginName }
        return name
    }
}
