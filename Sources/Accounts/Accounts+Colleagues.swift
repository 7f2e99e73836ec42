import GRDB
import Journal

/// Somebody who has an account, as those who work with him see him.
package struct Colleague: Hashable, Sendable {
    /// The number, which the journal knows the person by.
    package let number: Int64
    /// What he types to sign in.
    package let loginName: String
    /// What others see.
    package let displayName: String
    /// Whether he may do now what was asked about.
    package let mayAct: Bool
}

extension Account {
    /// Whether the account may do something now: by its roles, and it is not kept out.
    package func may(_ permission: Permission) -> Bool {
        !isDisabled && roles.contains { $0.permissions.contains(permission) }
    }
}

extension Accounts {
    /// The account that somebody names by what he signs in with, or by its number; nil where there is none.
    /// - Throws: as `colleagues`.
    package func colleague(named name: String, who permission: Permission) async throws -> Colleague? {
        let all = try await colleagues(who: permission)
        let name = name.lowercased()
        return all.first { $0.loginName == name } ?? all.first { "\($0.number)" == name }
    }

    /// Everybody who has an account and was not erased, by number, and whether he may do something; for those who hand work to
    /// one another.
    /// - Throws: `DatabaseError`; `AccountVaultClosed` where the program is stopping.
    package func colleagues(who permission: Permission) async throws -> [Colleague] {
        let accounts = try await journal.read { db in try Account.fetchAll(in: db) }
        let people = try await vault.read { db in
            try Row.fetchAll(db, sql: "SELECT account, loginName, displayName FROM credential").map { row in
                (number: row[0] as Int64, loginName: row[1] as String, displayName: row[2] as String)
            }
        }
        let names = Dictionary(people.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        return accounts.compactMap { account in
            names[account.number].map {
                Colleague(
                    number: account.number, loginName: $0.loginName, displayName: $0.displayName,
                    mayAct: account.may(permission))
            }
        }
    }
}
