import CanonicalJSON
import Casework

/// An edition of a card, whole.
package struct CardEdited: Codable, Hashable, Sendable {
    /// What the card says.
    package var card: Card
    /// Where it comes from: a file, or the number of a submission.
    package var source: String
}

/// Words about a card: who confirmed it, why it was withdrawn.
package struct CardRemark: Codable, Hashable, Sendable {
    /// The code of the card.
    package var code: String
    /// What was said.
    package var text: String

    /// A remark from its parts.
    package init(code: String, text: String) {
        self.code = code
        self.text = text
    }
}

/// What can happen to a card, stream `card/S0001`.
package enum CardEvent: EventContent, Equatable {
    /// A new edition.
    case cardEdited(CardEdited)
    /// The body confirmed the present edition.
    case cardConfirmed(CardRemark)
    /// The information has changed and the new one is not here yet (797 §6).
    case cardOutOfDate(CardRemark)
    /// The card is no longer shown to operators.
    case cardWithdrawn(CardRemark)
    /// The card is shown again.
    case cardRestored(CardRemark)

    package static let names = ["cardEdited", "cardConfirmed", "cardOutOfDate", "cardWithdrawn", "cardRestored"]

    package var name: String {
        switch self {
        case .cardEdited: "cardEdited"
        case .cardConfirmed: "cardConfirmed"
        case .cardOutOfDate: "cardOutOfDate"
        case .cardWithdrawn: "cardWithdrawn"
        case .cardRestored: "cardRestored"
        }
    }

    package func write(to json: inout JSONWriter) throws {
        switch self {
        case .cardEdited(let event): json.canonical(try CanonicalCoding.encode(event))
        case .cardConfirmed(let remark), .cardOutOfDate(let remark), .cardWithdrawn(let remark),
            .cardRestored(let remark):
            json.canonical(try CanonicalCoding.encode(remark))
        }
    }

    package init(name: String, payload: [UInt8]) throws {
        func remark() throws -> CardRemark { try CanonicalCoding.decode(CardRemark.self, from: payload) }
        switch name {
        case "cardEdited": self = .cardEdited(try CanonicalCoding.decode(CardEdited.self, from: payload))
        case "cardConfirmed": self = .cardConfirmed(try remark())
        case "cardOutOfDate": self = .cardOutOfDate(try remark())
        case "cardWithdrawn": self = .cardWithdrawn(try remark())
        default: self = .cardRestored(try remark())
        }
    }
}
