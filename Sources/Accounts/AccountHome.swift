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
    /// It answered, but what it said of this one person cannot be used; others may sign in all the same.
    case odd(String)
    /// It gave no answer: why, for the log; nothing in it was typed by anybody.
    case silent(String)
}

/// Where an organisation keeps its people, as `Accounts` asks it. Its calls end within seconds, whatever the other side does.
package protocol PeopleDirectory: Sendable {
    /// Whom a name and a password belong to.
    /// - Throws: `BlockingBusy` where too many wait for an answer; `CancellationError`.
    func person(named name: String, password: String) async throws -> ForeignAnswer

    /// The people with these keys, as they are now.
    /// - Throws: where it did not answer at all.
    func people(_ keys: [String]) async throws -> ForeignFindings
}

/// What the directory says of several people.
package struct ForeignFindings: Hashable, Sendable {
    /// Who is there, by the key; who is neither here nor among the unsure is not there any more.
    package var found: [String: ForeignPerson]
    /// Of whom it said nothing that can be used: they stay as they are.
    package var unsure: Set<String>

    /// Findings from their parts.
    package init(found: [String: ForeignPerson] = [:], unsure: Set<String> = []) {
        self.found = found
        self.unsure = unsure
    }
}

/// The directory says of everybody at once that he is not there or may not work here: rather it than all of them is wrong.
package struct DirectoryImplausible: Error, Hashable, CustomStringConvertible {
    /// How many it was asked about.
    package let asked: Int

    package var description: String {
        "The directory finds none of \(asked) people in a group that counts, so nobody was closed: see directory-base, directory-filter, directory-groups and the rights of directory-user. Whoever did leave is closed by hand (bailanys accounts disable)."
    }
}
