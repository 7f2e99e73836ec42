import CanonicalJSON
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

    package static let names = [
        "synonymGroupSaved", "synonymGroupWithdrawn", "savedQueryKept", "savedQueryDropped",
    ]

    package var name: String {
        switch self {
        case .synonymGroupSaved: "synonymGroupSaved"
        case .synonymGroupWithdrawn: "synonymGroupWithdrawn"
        case .savedQueryKept: "savedQueryKept"
        case .savedQueryDropped: "savedQueryDropped"
        }
    }

    package func write(to json: inout JSONWriter) throws {
        switch self {
        case .synonymGroupSaved(let event): json.canonical(try CanonicalCoding.encode(event))
        case .synonymGroupWithdrawn(let event): json.canonical(try CanonicalCoding.encode(event))
        case .savedQueryKept(let event): json.canonical(try CanonicalCoding.encode(event))
        case .savedQueryDropped(let event): json.canonical(try CanonicalCoding.encode(event))
        }
    }

    package init(name: String, payload: [UInt8]) throws {
        func read<Event: Decodable>(_ type: Event.Type) throws -> Event {
            try CanonicalCoding.decode(type, from: payload)
        }
        switch name {
        case "synonymGroupSaved": self = .synonymGroupSaved(try read(SynonymGroupSaved.self))
        case "synonymGroupWithdrawn": self = .synonymGroupWithdrawn(try read(SynonymGroupWithdrawn.self))
        case "savedQueryKept": self = .savedQueryKept(try read(SavedQueryKept.self))
        default: self = .savedQueryDropped(try read(SavedQueryDropped.self))
        }
    }
}
