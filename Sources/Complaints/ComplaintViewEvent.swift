import Casework

/// An officer named a choice of the list of complaints; the same name again replaces the choice.
package struct ComplaintViewKept: Codable, Hashable, Sendable {
    /// What is chosen, by the names that the list's address has for it.
    package var choice: [String: String]
    /// What the officer calls it; holds no names of persons.
    package var name: String
}

/// A named choice is wanted no more.
package struct ComplaintViewDropped: Codable, Hashable, Sendable {
    /// What the officer called it.
    package var name: String
}

/// What an officer keeps of his way of looking at complaints: streams `complaintViews/NUMBER`, one an account.
package enum ComplaintViewEvent: EventContent, Equatable {
    /// A choice was named.
    case complaintViewKept(ComplaintViewKept)
    /// It is wanted no more.
    case complaintViewDropped(ComplaintViewDropped)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case complaintViewKept, complaintViewDropped
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .complaintViewKept(let event): Tagged(.complaintViewKept, event)
        case .complaintViewDropped(let event): Tagged(.complaintViewDropped, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .complaintViewKept: .complaintViewKept(try content())
        case .complaintViewDropped: .complaintViewDropped(try content())
        }
    }
}
