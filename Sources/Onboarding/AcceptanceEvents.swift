/// Information that the responsible person submitted (797 §5).
package struct InformationSubmitted: Codable, Hashable, Sendable {
    /// Whether the head of the body signed it.
    package var isSignedByHead: Bool
    /// Whether every field of the appendix form is filled in.
    package var isComplete: Bool
    /// `electronic`, `paper` or `both`.
    package var medium: String
    /// The SHA-256 of the form.
    package var document: String?
    /// The fields of the form that lack, in the order of the form; nil where nothing lacks or nobody said.
    package var missing: [AppendixField]?

    /// A value from its parts.
    package init(
        isSignedByHead: Bool, isComplete: Bool, medium: String = "electronic", document: String? = nil,
        missing: [AppendixField]? = nil
    ) {
        self.isSignedByHead = isSignedByHead
        self.isComplete = isComplete
        self.medium = medium
        self.document = document
        self.missing = missing
    }
}

/// The card into which the information was entered (797 §5).
package struct InformationEntered: Codable, Hashable, Sendable {
    /// The code of the card.
    package var card: String
    /// Its edition.
    package var edition: Int

    /// A value from its parts.
    package init(card: String, edition: Int) {
        self.card = card
        self.edition = edition
    }
}

/// What the knowledge base knows of the card that an entry names.
package struct CardStanding: Hashable, Sendable {
    /// The code of the service that the card is of.
    package let service: String
    /// Its present edition; earlier ones exist as well.
    package let edition: Int

    /// A card of a service at an edition.
    package init(service: String, edition: Int) {
        self.service = service
        self.edition = edition
    }
}

/// A signature under the protocol of acceptance (797 §8).
package struct ProtocolSigned: Codable, Hashable, Sendable {
    /// Who signs.
    package enum Side: String, Codable, CaseIterable, Hashable, Sendable {
        /// The contact centre.
        case centre
        /// The body.
        case body
    }

    /// The side.
    package var side: Side
    /// The position of the authorised representative.
    package var position: String
    /// The SHA-256 of the signed protocol.
    package var document: String?

    /// A value from its parts.
    package init(side: Side, position: String, document: String? = nil) {
        self.side = side
        self.position = position
        self.document = document
    }
}
