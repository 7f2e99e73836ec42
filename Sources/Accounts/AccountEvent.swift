import Casework
import Journal

/// What happens to an account; stream `user/<number>`. No event holds a name, a password or an address.
package enum AccountEvent: PlainEvent, Hashable {
    /// Why somebody was not let in.
    package enum Refusal: String, Hashable, Sendable {
        case wrongPassword
        case wrongCode
        case disabled
        case tooManyAttempts
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
    case accountTokenIssued(label: String)
    case accountTokenRevoked(label: String)
    case userSignedIn
    case userSignedOut
    case userSignInRefused(Refusal)

    /// The stream of an account.
    package static func stream(_ number: Int64) -> StreamID { StreamID(kind: "user", id: String(number)) }

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case accountCreated, accountRolesChanged, accountPasswordChanged, accountPasswordReset, accountDisabled,
            accountEnabled, accountSecondFactorAdded, accountSecondFactorRemoved, accountSessionsEnded,
            accountTokenIssued, accountTokenRevoked, userSignedIn, userSignedOut, userSignInRefused
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
        case .accountTokenIssued(let label): Tagged(.accountTokenIssued, ["label": label])
        case .accountTokenRevoked(let label): Tagged(.accountTokenRevoked, ["label": label])
        case .userSignedIn: Tagged(.userSignedIn)
        case .userSignedOut: Tagged(.userSignedOut)
        case .userSignInRefused(let refusal): Tagged(.userSignInRefused, ["because": refusal.rawValue])
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
        case .accountTokenIssued: .accountTokenIssued(label: try text("label"))
        case .accountTokenRevoked: .accountTokenRevoked(label: try text("label"))
        case .userSignedIn: .userSignedIn
        case .userSignedOut: .userSignedOut
        case .userSignInRefused: .userSignInRefused(Refusal(rawValue: try text("because")) ?? .wrongPassword)
        }
    }
}
