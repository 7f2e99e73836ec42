import CanonicalJSON
import Casework

/// Where an edition comes from.
package enum CardOrigin: String, Codable, CaseIterable, Hashable, Sendable {
    /// A file of the knowledge folder.
    case file
    /// What a body submitted (797 §5, §6).
    case submission
    /// A coordinator's own hand.
    case coordinator
}

/// An edition of a card, whole.
package struct CardEdited: Codable, Hashable, Sendable {
    /// What the card says.
    package var card: Card
    /// The name of the file, the number of the submission, or why it was edited.
    package var source: String
    /// Where it comes from; events of the time when only files were read have none.
    package var origin: CardOrigin?
    /// Whether it brings what the card was marked out of date for (797 §6).
    package var renews: Bool?
}

/// Words about a card: who confirmed it, why it was withdrawn.
package struct CardRemark: Codable, Hashable, Sendable {
    /// The code of the card.
    package var code: String
    /// What was said.
    package var text: String
    /// For a confirmation: the edition that the body saw.
    package var edition: Int?
    /// For a confirmation: the code of the body.
    package var body: String?
    /// For a card out of date: the fields that are, where they are known.
    package var fields: [String]?

    /// A remark from its parts.
    package init(code: String, text: String, edition: Int? = nil, body: String? = nil, fields: [String]? = nil) {
        self.code = code
        self.text = text
        self.edition = edition
        self.body = body
        self.fields = fields
    }
}

/// The files of the knowledge folder were read and nothing in them was refused.
package struct CardsImported: Codable, Hashable, Sendable {
    /// SHA-256 of the files, by which the next start knows that nothing has changed.
    package var digest: String
    /// New cards.
    package var added: Int
    /// Cards with a new edition.
    package var changed: Int
    /// Files that were left because the card was edited or confirmed since.
    package var kept: Int
}

/// What can happen to a card, stream `card/S0001`; `cardsImported` is of the stream `cardImport/services`.
package enum CardEvent: EventContent, Equatable {
    /// A new edition.
    case cardEdited(CardEdited)
    /// A body confirmed an edition.
    case cardConfirmed(CardRemark)
    /// The information has changed and the new one is not here yet (797 §6).
    case cardOutOfDate(CardRemark)
    /// The card is no longer shown to operators.
    case cardWithdrawn(CardRemark)
    /// The card is shown again.
    case cardRestored(CardRemark)
    /// The files were read.
    case cardsImported(CardsImported)

    package static let names = [
        "cardEdited", "cardConfirmed", "cardOutOfDate", "cardWithdrawn", "cardRestored", "cardsImported",
    ]

    package var name: String {
        switch self {
        case .cardEdited: "cardEdited"
        case .cardConfirmed: "cardConfirmed"
        case .cardOutOfDate: "cardOutOfDate"
        case .cardWithdrawn: "cardWithdrawn"
        case .cardRestored: "cardRestored"
        case .cardsImported: "cardsImported"
        }
    }

    package func write(to json: inout JSONWriter) throws {
        switch self {
        case .cardEdited(let event): json.canonical(try CanonicalCoding.encode(event))
        case .cardConfirmed(let remark), .cardOutOfDate(let remark), .cardWithdrawn(let remark),
            .cardRestored(let remark):
            json.canonical(try CanonicalCoding.encode(remark))
        case .cardsImported(let event): json.canonical(try CanonicalCoding.encode(event))
        }
    }

    package init(name: String, payload: [UInt8]) throws {
        func remark() throws -> CardRemark { try CanonicalCoding.decode(CardRemark.self, from: payload) }
        switch name {
        case "cardEdited": self = .cardEdited(try CanonicalCoding.decode(CardEdited.self, from: payload))
        case "cardConfirmed": self = .cardConfirmed(try remark())
        case "cardOutOfDate": self = .cardOutOfDate(try remark())
        case "cardWithdrawn": self = .cardWithdrawn(try remark())
        case "cardRestored": self = .cardRestored(try remark())
        default: self = .cardsImported(try CanonicalCoding.decode(CardsImported.self, from: payload))
        }
    }
}
