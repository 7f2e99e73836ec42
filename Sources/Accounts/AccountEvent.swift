import Casework
import Journal

/// What happens to an account; stream `user/<number>`. No event holds a name, a password or an address.
package enum AccountEvent: PlainEvent, Hashable {
    /// Why somebody was not let in.
    package enum Refusal: String, CaseIterable, Hashable, Sendable {
        case wrongPassword
        case wrongCode
        case disabled
        case tooManyAttempts
    }

    /// A token for a program that was issued.
    package struct TokenIssued: Codable, Hashable, Sendable {
        /// What it is for.
        package let label: String
        /// The rights that it is narrowed to, by their codes; nil where it may do all that its account may.
        package var scope: [String]?
        /// When it ends, in ISO 8601; nil where the policy alone ends it.
        package var until: String?

        /// A token that is narrowed by nothing but what is given.
        package init(label: String, scope: [String]? = nil, until: String? = nil) {
            self.label = label
            self.scope = scope
            self.until = until
        }
    }

    /// A list that somebody took out as a file.
    package struct ListTaken: Codable, Hashable, Sendable {
        /// The name of the list, a code of the program.
        package let list: String
        /// What it was written as: `csv`, `xlsx`.
        package let format: String
        /// How many rows there were in it.
        package let rows: Int

        /// A list from its parts.
        package init(list: String, format: String, rows: Int) {
            self.list = list
            self.format = format
            self.rows = rows
        }
    }

    case accountCreated(roles: Set<Role>)
    case accountRolesChanged(roles: Set<Role>)
    case accountPasswordChanged
    case accountPasswordReset
    case accountDisabled(reason: String)
    case accountEnabled
    case accountSecondFactorAdded
    case accountSecondFactorRemoved
    case accountSessionsEnded
    case accountSessionEnded
    case accountRecoveryCodesMade
    case accountRecoveryCodeUsed(left: Int)
    case accountTokenIssued(TokenIssued)
    case accountTokenRevoked(label: String)
    case userSignedIn
    case userSignedOut
    case userSignInRefused(Refusal)
    case userTookList(ListTaken)

    /// The stream of an account.
    package static func stream(_ number: Int64) -> StreamID { StreamID(kind: "user", id: String(number)) }

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case accountCreated, accountRolesChanged, accountPasswordChanged, accountPasswordReset, accountDisabled,
            accountEnabled, accountSecondFactorAdded, accountSecondFactorRemoved, accountSessionsEnded,
            accountSessionEnded, accountRecoveryCodesMade, accountRecoveryCodeUsed, accountTokenIssued,
            accountTokenRevoked, userSignedIn, userSignedOut, userSignInRefused, userTookList
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .accountCreated(let roles): Tagged(.accountCreated, ["roles": roles.map(\.rawValue).sorted()])
        case .accountRolesChanged(let roles): Tagged(.accountRolesChanged, ["roles": roles.map(\.rawValue).sorted()])
        case .accountPasswordChanged: Tagged(.accountPasswordChanged)
        case .accountPasswordReset: Tagged(.accountPasswordReset)
        case .accountDisabled(let reason): Tagged(.accountDisabled, ["reason": reason])
        case .accountEnabled: Tagged(.accountEnabled)
        case .accountSecondFactorAdded: Tagged(.accountSecondFactorAdded)
        case .accountSecondFactorRemoved: Tagged(.accountSecondFactorRemoved)
        case .accountSessionsEnded: Tagged(.accountSessionsEnded)
        case .accountSessionEnded: Tagged(.accountSessionEnded)
        case .accountRecoveryCodesMade: Tagged(.accountRecoveryCodesMade)
        case .accountRecoveryCodeUsed(let left): Tagged(.accountRecoveryCodeUsed, ["left": left])
        case .accountTokenIssued(let token): Tagged(.accountTokenIssued, token)
        case .accountTokenRevoked(let label): Tagged(.accountTokenRevoked, ["label": label])
        case .userSignedIn: Tagged(.userSignedIn)
        case .userSignedOut: Tagged(.userSignedOut)
        case .userSignInRefused(let refusal): Tagged(.userSignInRefused, ["because": refusal.rawValue])
        case .userTookList(let list): Tagged(.userTookList, list)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        // A role that this edition does not know gives no right.
        func roles() throws -> Set<Role> {
            Set((try content([String: [String]].self)["roles"] ?? []).compactMap(Role.init))
        }
        func text(_ member: String) throws -> String { try content([String: String].self)[member] ?? "" }
        return switch name {
        case .accountCreated: .accountCreated(roles: try roles())
        case .accountRolesChanged: .accountRolesChanged(roles: try roles())
        case .accountPasswordChanged: .accountPasswordChanged
        case .accountPasswordReset: .accountPasswordReset
        case .accountDisabled: .accountDisabled(reason: try text("reason"))
        case .accountEnabled: .accountEnabled
        case .accountSecondFactorAdded: .accountSecondFactorAdded
        case .accountSecondFactorRemoved: .accountSecondFactorRemoved
        case .accountSessionsEnded: .accountSessionsEnded
        case .accountSessionEnded: .accountSessionEnded
        case .accountRecoveryCodesMade: .accountRecoveryCodesMade
        case .accountRecoveryCodeUsed:
            .accountRecoveryCodeUsed(left: try content([String: Int].self)["left"] ?? 0)
        case .accountTokenIssued: .accountTokenIssued(try content(TokenIssued.self))
        case .accountTokenRevoked: .accountTokenRevoked(label: try text("label"))
        case .userSignedIn: .userSignedIn
        case .userSignedOut: .userSignedOut
        case .userTookList: .userTookList(try content(ListTaken.self))
        case .userSignInRefused: .userSignInRefused(Refusal(rawValue: try text("because")) ?? .wrongPassword)
        }
    }
}
