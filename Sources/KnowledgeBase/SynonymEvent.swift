import CardSearch
import Casework

/// A group of synonyms was written or changed.
package struct SynonymGroupSaved: Codable, Hashable, Sendable {
    /// The whole group.
    package var group: SynonymTable.Group
    /// Why.
    package var reason: String
}

/// A group of synonyms applies no more.
package struct SynonymGroupWithdrawn: Codable, Hashable, Sendable {
    /// The identifier of the group.
    package var id: String
    /// Why.
    package var reason: String
}

/// A query and the card that should answer it, kept to see what changes do.
package struct SavedQueryKept: Codable, Hashable, Sendable {
    /// The words as they are typed, personal numbers masked.
    package var text: String
    /// The code of the card.
    package var card: String
}

/// A kept query is no longer tried.
package struct SavedQueryDropped: Codable, Hashable, Sendable {
    /// The words.
    package var text: String
}

/// What can happen to the words of the search: streams `synonym/ID` and `savedQuery/DIGEST`.
package enum SynonymEvent: EventContent, Equatable {
    /// A group was written or changed.
    case synonymGroupSaved(SynonymGroupSaved)
    /// A group applies no more.
    case synonymGroupWithdrawn(SynonymGroupWithdrawn)
    /// A query is tried at each change.
    case savedQueryKept(SavedQueryKept)
    /// It is tried no more.
    case savedQueryDropped(SavedQueryDropped)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case synonymGroupSaved, synonymGroupWithdrawn, savedQueryKept, savedQueryDropped
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .synonymGroupSaved(let event): Tagged(.synonymGroupSaved, event)
        case .synonymGroupWithdrawn(let event): Tagged(.synonymGroupWithdrawn, event)
        case .savedQueryKept(let event): Tagged(.savedQueryKept, event)
        case .savedQueryDropped(let event): Tagged(.savedQueryDropped, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .synonymGroupSaved: .synonymGroupSaved(try content())
        case .synonymGroupWithdrawn: .synonymGroupWithdrawn(try content())
        case .savedQueryKept: .savedQueryKept(try content())
        case .savedQueryDropped: .savedQueryDropped(try content())
        }
    }
}
