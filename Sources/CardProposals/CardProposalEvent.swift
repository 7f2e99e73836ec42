import Casework
import KnowledgeBase

/// A body filled in the form of a card and submitted it (797 §5).
package struct CardProposed: Codable, Hashable, Sendable {
    /// What the card would say.
    package var card: Card
    /// The edition from which the form was made.
    package var base: Int
    /// The code of the body.
    package var body: String
}

/// A word on one field of a form that is returned.
package struct CardProposalRemark: Codable, Hashable, Sendable {
    /// The field, by the name that it has in files.
    package var field: String
    /// What has to be mended.
    package var text: String

    /// A remark on a field.
    package init(field: String, text: String) {
        self.field = field
        self.text = text
    }
}

/// A form was returned with remarks; that the information was, stands in the request.
package struct CardProposalReturned: Codable, Hashable, Sendable {
    /// The remarks, in the order of the form.
    package var remarks: [CardProposalRemark]
}

/// A form was accepted.
package struct CardProposalAccepted: Codable, Hashable, Sendable {
    /// The edition of the card that says what was submitted.
    package var edition: Int
}

/// What can happen to the forms of a request, stream `cardProposal/<request>`.
package enum CardProposalEvent: EventContent, Equatable {
    /// A form was submitted.
    case cardProposed(CardProposed)
    /// It was returned with remarks.
    case cardProposalReturned(CardProposalReturned)
    /// It became an edition.
    case cardProposalAccepted(CardProposalAccepted)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case cardProposed, cardProposalReturned, cardProposalAccepted
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .cardProposed(let event): Tagged(.cardProposed, event)
        case .cardProposalReturned(let event): Tagged(.cardProposalReturned, event)
        case .cardProposalAccepted(let event): Tagged(.cardProposalAccepted, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .cardProposed: .cardProposed(try content())
        case .cardProposalReturned: .cardProposalReturned(try content())
        case .cardProposalAccepted: .cardProposalAccepted(try content())
        }
    }
}
