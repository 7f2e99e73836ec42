import Casework
import Languages

/// We had nothing for a caller: what was asked, with personal numbers masked.
package struct GapReported: Codable, Hashable, Sendable {
    /// The words, normalised and masked; empty where only the service is known.
    package var words: String
    /// The language of the conversation.
    package var language: Language
    /// The code of the service it is about, where it is known.
    package var service: String?
    /// The code of the body that would know, where it is known.
    package var body: String?
}

/// The same was asked again while the gap was open.
package struct GapRepeated: Codable, Hashable, Sendable {
    /// The language of the conversation.
    package var language: Language
}

/// A body was asked for what is missing (797 §10).
package struct GapRequestLinked: Codable, Hashable, Sendable {
    /// The number of the additional information request.
    package var request: String
}

/// A card answers it now.
package struct GapClosed: Codable, Hashable, Sendable {
    /// The code of the card.
    package var card: String
    /// The edition that holds the answer.
    package var edition: Int
    /// The group of synonyms that leads to it, where only the words were missing.
    package var group: String?
}

/// Nothing is to be done about it.
package struct GapDismissed: Codable, Hashable, Sendable {
    /// Why.
    package var reason: String
}

/// What can happen to a gap, stream `knowledgeGap/2026-000001`.
package enum GapEvent: EventContent, Equatable {
    /// It was found.
    case gapReported(GapReported)
    /// It was met again.
    case gapRepeated(GapRepeated)
    /// A body was asked.
    case gapRequestLinked(GapRequestLinked)
    /// A card answers it.
    case gapClosed(GapClosed)
    /// It is none.
    case gapDismissed(GapDismissed)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case gapReported, gapRepeated, gapRequestLinked, gapClosed, gapDismissed
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .gapReported(let event): Tagged(.gapReported, event)
        case .gapRepeated(let event): Tagged(.gapRepeated, event)
        case .gapRequestLinked(let event): Tagged(.gapRequestLinked, event)
        case .gapClosed(let event): Tagged(.gapClosed, event)
        case .gapDismissed(let event): Tagged(.gapDismissed, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .gapReported: .gapReported(try content())
        case .gapRepeated: .gapRepeated(try content())
        case .gapRequestLinked: .gapRequestLinked(try content())
        case .gapClosed: .gapClosed(try content())
        case .gapDismissed: .gapDismissed(try content())
        }
    }
}
