import Journal

/// In whose name something is done and what he may do; every command of a feature takes one.
///
/// Permissions are asked for here, below the routes, so that a route that forgets to ask opens nothing.
package struct Authority: Hashable, Sendable {
    /// Who the journal says it was.
    package let actor: Actor
    /// What he may do.
    package let permissions: Set<Permission>

    /// An authority from its parts.
    package init(actor: Actor, permissions: Set<Permission>) {
        self.actor = actor
        self.permissions = permissions
    }

    /// Somebody at the command line of the server itself, who could read and write the files anyway.
    package static func commandLine(_ name: String) -> Authority {
        Authority(actor: .commandLine(name), permissions: Set(Permission.allCases))
    }

    /// The program's own timers.
    package static let timer = Authority(actor: .timer, permissions: Set(Permission.allCases))

    /// Whether `permission` is among his.
    package func may(_ permission: Permission) -> Bool { permissions.contains(permission) }

    /// Goes on only where `permission` is among his.
    /// - Throws: `NotPermitted` where it is not.
    package func require(_ permission: Permission) throws(NotPermitted) {
        guard may(permission) else { throw NotPermitted(permission: permission) }
    }
}

/// Somebody asked for what his roles do not allow.
package struct NotPermitted: Error, Hashable, CustomStringConvertible {
    /// What was missing.
    package let permission: Permission

    /// A refusal for want of `permission`.
    package init(permission: Permission) { self.permission = permission }

    package var description: String {
        "The permission “\(permission.rawValue)” is needed: ask an administrator for a role that has it."
    }
}

/// A person with a valid session.
package struct SignedInUser: Hashable, Sendable {
    /// The number of the account.
    package let number: Int64
    /// What he types to sign in.
    package let loginName: String
    /// What others see.
    package let displayName: String
    /// What he is employed for.
    package let roles: Set<Role>
    /// What the session allows at most, whatever his roles do: the scope of a program's token; nil where it narrows nothing.
    package let limit: Set<Permission>?

    /// A user from his parts.
    package init(
        number: Int64, loginName: String, displayName: String, roles: Set<Role>, limit: Set<Permission>? = nil
    ) {
        self.limit = limit
        self.number = number
        self.loginName = loginName
        self.displayName = displayName
        self.roles = roles
    }

    /// What he may do, in his name.
    package var authority: Authority {
        let all = roles.reduce(into: Set<Permission>()) { $0.formUnion($1.permissions) }
        return Authority(actor: .user(number), permissions: limit.map(all.intersection) ?? all)
    }
}
