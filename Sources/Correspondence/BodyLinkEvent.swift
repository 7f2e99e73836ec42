import CanonicalJSON
import Casework
import WorkingDays

/// A link was made for one body and one request.
package struct BodyLinkMade: Codable, Hashable, Sendable {
    /// The request, without its kind.
    package var request: String
    /// The code of the body.
    package var body: String
    /// When the link ends.
    package var expiresAt: Moment
}

/// A link was opened by the body; at most one a day is recorded.
package struct BodyLinkOpened: Codable, Hashable, Sendable {}

/// A link was revoked.
package struct BodyLinkRevoked: Codable, Hashable, Sendable {
    /// Why.
    package var reason: String
}

/// What can happen to a link, stream `bodyLink/<id>`; the link itself is never written down.
package enum BodyLinkEvent: EventContent, Equatable {
    /// It was made.
    case bodyLinkMade(BodyLinkMade)
    /// The body looked at it.
    case bodyLinkOpened(BodyLinkOpened)
    /// It was revoked.
    case bodyLinkRevoked(BodyLinkRevoked)

    package static let names = ["bodyLinkMade", "bodyLinkOpened", "bodyLinkRevoked"]

    package var name: String {
        switch self {
        case .bodyLinkMade: "bodyLinkMade"
        case .bodyLinkOpened: "bodyLinkOpened"
        case .bodyLinkRevoked: "bodyLinkRevoked"
        }
    }

    package func write(to json: inout JSONWriter) throws {
        switch self {
        case .bodyLinkMade(let event): try json.coded(event)
        case .bodyLinkOpened(let event): try json.coded(event)
        case .bodyLinkRevoked(let event): try json.coded(event)
        }
    }

    package init(name: String, payload: [UInt8]) throws {
        switch name {
        case "bodyLinkMade": self = .bodyLinkMade(try CanonicalCoding.decode(BodyLinkMade.self, from: payload))
        case "bodyLinkOpened": self = .bodyLinkOpened(try CanonicalCoding.decode(BodyLinkOpened.self, from: payload))
        default: self = .bodyLinkRevoked(try CanonicalCoding.decode(BodyLinkRevoked.self, from: payload))
        }
    }
}
