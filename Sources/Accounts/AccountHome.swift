/// Who vouches for a person: who says that he is there, that his password is right, and what he is employed for.
package enum AccountHome: String, CaseIterable, Hashable, Sendable {
    /// This centre itself: an administrator made the account.
    case local
    /// The organisation's directory (LDAP): the account was made at the first sign-in.
    case directory
    /// The organisation's provider of identities (OpenID Connect): the account was made at the first sign-in.
    case provider
}

/// A person as the organisation's directory knows him.
package struct ForeignPerson: Hashable, Sendable {
    /// What names him there for good.
    package let key: String
    /// What others see; empty where the directory does not say.
    package let displayName: String
    /// What his groups make him here; nobody's where none of them counts.
    package let roles: Set<Role>

    /// A person from his parts.
    package init(key: String, displayName: String, roles: Set<Role>) {
        self.key = key
        self.displayName = displayName
        self.roles = roles
    }
}

/// What the directory says of a name and a password.
package enum ForeignAnswer: Hashable, Sendable {
    /// They belong to this person.
    case person(ForeignPerson)
    /// They belong to nobody.
    case nobody
    /// It gave no answer: why, for the log; nothing in it was typed by anybody.
    case silent(String)
}

/// Where an organisation keeps its people, as `Accounts` asks it. Its calls end within seconds, whatever the other side does.
package protocol PeopleDirectory: Sendable {
    /// Whom a name and a password belong to.
    /// - Throws: `BlockingBusy` where too many wait for an answer; `CancellationError`.
    func person(named name: String, password: String) async throws -> ForeignAnswer

    /// The people with these keys, as they are now; who is missing is not there any more.
    /// - Throws: where it did not answer for all of them.
    func people(_ keys: [String]) async throws -> [String: ForeignPerson]
}
