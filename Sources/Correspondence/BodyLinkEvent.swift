import Casework
import WorkingDays

/// What a link opens.
package enum LinkSubject: String, CaseIterable, Codable, Hashable, Sendable {
    /// A request for information, to its body.
    case request
    /// A complaint, to the body that must answer it.
    case complaint
    /// The standing of a complaint, to the person who complained.
    case standing
    /// The cards that a campaign asks a body to confirm.
    case cards
    /// An entry of the ledger of violations, to the body whose duty it was.
    case violation
    /// The forms on internal control that a body owes, and what in them disagrees with our numbers.
    case filings
}

/// A link was made: for one body and one request, complaint or campaign, or for the person who complained.
package struct BodyLinkMade: Codable, Hashable, Sendable {
    /// The request, the complaint or the campaign, without its kind, the name of the entry of the ledger, or the code of the
    /// body whose forms it opens.
    package var request: String
    /// The code of the body; empty where the link is the applicant's.
    package var body: String
    /// When the link ends.
    package var expiresAt: Moment
    /// What it opens; nil for a request, as links made before there were others have it.
    package var opens: LinkSubject?

    /// What it opens.
    package var subject: LinkSubject { opens ?? .request }

    /// A link from its parts.
    package init(request: String, body: String, expiresAt: Moment, opens: LinkSubject? = nil) {
        self.request = request
        self.body = body
        self.expiresAt = expiresAt
        self.opens = opens
    }
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

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case bodyLinkMade, bodyLinkOpened, bodyLinkRevoked
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .bodyLinkMade(let event): Tagged(.bodyLinkMade, event)
        case .bodyLinkOpened(let event): Tagged(.bodyLinkOpened, event)
        case .bodyLinkRevoked(let event): Tagged(.bodyLinkRevoked, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .bodyLinkMade: .bodyLinkMade(try content())
        case .bodyLinkOpened: .bodyLinkOpened(try content())
        case .bodyLinkRevoked: .bodyLinkRevoked(try content())
        }
    }
}
