import CanonicalJSON
import Journal
import WorkingDays

/// What happens to an account; stream `user/<number>`. No event holds a name, a password or an address.
package enum AccountEvent: Hashable, Sendable {
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

    /// The name in the journal.
    package var name: String {
        switch self {
        case .accountCreated: "accountCreated"
        case .accountRolesChanged: "accountRolesChanged"
        case .accountPasswordChanged: "accountPasswordChanged"
        case .accountPasswordReset: "accountPasswordReset"
        case .accountDisabled: "accountDisabled"
        case .accountEnabled: "accountEnabled"
        case .accountSecondFactorAdded: "accountSecondFactorAdded"
        case .accountSecondFactorRemoved: "accountSecondFactorRemoved"
        case .accountSessionsEnded: "accountSessionsEnded"
        case .accountTokenIssued: "accountTokenIssued"
        case .accountTokenRevoked: "accountTokenRevoked"
        case .userSignedIn: "userSignedIn"
        case .userSignedOut: "userSignedOut"
        case .userSignInRefused: "userSignInRefused"
        }
    }

    /// The payload in the journal.
    package var payload: JSON {
        switch self {
        case .accountCreated(let roles), .accountRolesChanged(let roles):
            .object(["roles": .array(roles.map(\.rawValue).sorted().map(JSON.string))])
        case .accountDisabled(let reason): .object(["reason": .string(reason)])
        case .accountTokenIssued(let label), .accountTokenRevoked(let label): .object(["label": .string(label)])
        case .userSignInRefused(let refusal): .object(["because": .string(refusal.rawValue)])
        default: .object([:])
        }
    }

    /// The event as the journal takes it.
    func new(at now: Moment) -> NewEvent {
        NewEvent(name: name, occurredAt: now, payload: payload.bytes, content: self)
    }

    /// Reads an event of the journal; nil where its name is none of ours.
    /// - Throws: `JSONParsingError` where the payload is not JSON.
    package init?(_ event: RecordedEvent) throws {
        if let content = event.content as? AccountEvent {
            self = content
            return
        }
        let payload = try JSON(parsing: event.payload)
        let roles = Set((payload["roles"]?.array ?? []).compactMap { $0.string.flatMap(Role.init) })
        switch event.name {
        case "accountCreated": self = .accountCreated(roles: roles)
        case "accountRolesChanged": self = .accountRolesChanged(roles: roles)
        case "accountPasswordChanged": self = .accountPasswordChanged
        case "accountPasswordReset": self = .accountPasswordReset
        case "accountDisabled": self = .accountDisabled(reason: payload["reason"]?.string ?? "")
        case "accountEnabled": self = .accountEnabled
        case "accountSecondFactorAdded": self = .accountSecondFactorAdded
        case "accountSecondFactorRemoved": self = .accountSecondFactorRemoved
        case "accountSessionsEnded": self = .accountSessionsEnded
        case "accountTokenIssued": self = .accountTokenIssued(label: payload["label"]?.string ?? "")
        case "accountTokenRevoked": self = .accountTokenRevoked(label: payload["label"]?.string ?? "")
        case "userSignedIn": self = .userSignedIn
        case "userSignedOut": self = .userSignedOut
        case "userSignInRefused":
            self = .userSignInRefused(payload["because"]?.string.flatMap(Refusal.init) ?? .wrongPassword)
        default: return nil
        }
    }
}
