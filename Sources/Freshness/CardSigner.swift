import Casework
import Registry

/// Somebody said who answers for a body by its link; name and post are sealed with the key of the person.
package struct CardSignerNamed: Codable, Hashable, Sendable {
    /// The code of the body.
    package var body: String
    /// The number of the campaign.
    package var campaign: String
    /// The identity of the link.
    package var link: String
    /// Name and post, sealed.
    package var sealed: SealedResponsiblePerson
}

/// What can happen at a sitting, stream `cardSigner/<id>`: whoever answers says once who he is.
package enum CardSignerEvent: EventContent, Equatable {
    /// He said it.
    case cardSignerNamed(CardSignerNamed)

    /// The names in the journal.
    package enum Name: String, CaseIterable { case cardSignerNamed }

    package var tagged: Tagged<Name> {
        switch self {
        case .cardSignerNamed(let event): Tagged(.cardSignerNamed, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .cardSignerNamed: .cardSignerNamed(try content())
        }
    }
}
