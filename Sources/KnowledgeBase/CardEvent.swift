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
    /// For a confirmation that a campaign asked for: the number of the campaign.
    package var campaign: String?
    /// For a confirmation that a campaign asked for: the number of the sitting, under which name and post are kept.
    package var signer: String?

    /// A remark from its parts.
    package init(
        code: String, text: String, edition: Int? = nil, body: String? = nil, fields: [String]? = nil,
        asked: CardAsked? = nil
    ) {
        self.code = code
        self.text = text
        self.edition = edition
        self.body = body
        self.fields = fields
        campaign = asked?.campaign
        signer = asked?.signer
    }
}

/// By which campaign a confirmation was asked for, and who gave it.
package struct CardAsked: Hashable, Sendable {
    /// The number of the campaign.
    package let campaign: String
    /// The number of the sitting, under which name and post are kept.
    package let signer: String

    /// A campaign and who answered it.
    package init(campaign: String, signer: String) {
        self.campaign = campaign
        self.signer = signer
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

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case cardEdited, cardConfirmed, cardOutOfDate, cardWithdrawn, cardRestored, cardsImported
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .cardEdited(let event): Tagged(.cardEdited, event)
        case .cardConfirmed(let event): Tagged(.cardConfirmed, event)
        case .cardOutOfDate(let event): Tagged(.cardOutOfDate, event)
        case .cardWithdrawn(let event): Tagged(.cardWithdrawn, event)
        case .cardRestored(let event): Tagged(.cardRestored, event)
        case .cardsImported(let event): Tagged(.cardsImported, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .cardEdited: .cardEdited(try content())
        case .cardConfirmed: .cardConfirmed(try content())
        case .cardOutOfDate: .cardOutOfDate(try content())
        case .cardWithdrawn: .cardWithdrawn(try content())
        case .cardRestored: .cardRestored(try content())
        case .cardsImported: .cardsImported(try content())
        }
    }
}
