import Casework
import WorkingDays

/// What can happen in the registry. Streams: `region/71`, `body/KGD`, `service/S0001`, `registryImport/knowledge`.
package enum RegistryEvent: EventContent, Equatable {
    /// A region was entered.
    case regionRegistered(Region)
    /// What is known of a region changed.
    case regionChanged(EntryChanged<Region>)
    /// A body was entered.
    case bodyRegistered(PublicBody)
    /// What is known of a body changed.
    case bodyChanged(EntryChanged<PublicBody>)
    /// A body ceased to exist.
    case bodyClosed(BodyClosed)
    /// A service was entered.
    case serviceRegistered(PublicService)
    /// What is known of a service changed.
    case serviceChanged(EntryChanged<PublicService>)
    /// A body told who answers for it (797 §5, §7); the details are sealed.
    case responsiblePersonRegistered(ResponsiblePersonRegistered)
    /// Somebody no longer answers for a body.
    case responsiblePersonReleased(ResponsiblePersonReleased)
    /// Somebody looked at the names and contacts of those who answer for a body.
    case responsiblePersonRevealed(ResponsiblePersonRevealed)
    /// The files of a folder were taken in.
    case registryImported(RegistryImported)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case regionRegistered, regionChanged, bodyRegistered, bodyChanged, bodyClosed, serviceRegistered,
            serviceChanged, responsiblePersonRegistered, responsiblePersonReleased, responsiblePersonRevealed,
            registryImported
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .regionRegistered(let event): Tagged(.regionRegistered, event)
        case .regionChanged(let event): Tagged(.regionChanged, event)
        case .bodyRegistered(let event): Tagged(.bodyRegistered, event)
        case .bodyChanged(let event): Tagged(.bodyChanged, event)
        case .bodyClosed(let event): Tagged(.bodyClosed, event)
        case .serviceRegistered(let event): Tagged(.serviceRegistered, event)
        case .serviceChanged(let event): Tagged(.serviceChanged, event)
        case .responsiblePersonRegistered(let event): Tagged(.responsiblePersonRegistered, event)
        case .responsiblePersonReleased(let event): Tagged(.responsiblePersonReleased, event)
        case .responsiblePersonRevealed(let event): Tagged(.responsiblePersonRevealed, event)
        case .registryImported(let event): Tagged(.registryImported, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .regionRegistered: .regionRegistered(try content())
        case .regionChanged: .regionChanged(try content())
        case .bodyRegistered: .bodyRegistered(try content())
        case .bodyChanged: .bodyChanged(try content())
        case .bodyClosed: .bodyClosed(try content())
        case .serviceRegistered: .serviceRegistered(try content())
        case .serviceChanged: .serviceChanged(try content())
        case .responsiblePersonRegistered: .responsiblePersonRegistered(try content())
        case .responsiblePersonReleased: .responsiblePersonReleased(try content())
        case .responsiblePersonRevealed: .responsiblePersonRevealed(try content())
        case .registryImported: .registryImported(try content())
        }
    }

    package var facts: [String: String] {
        switch self {
        case .bodyRegistered(let body): ["body": body.code]
        case .bodyChanged(let change): ["body": change.entry.code]
        case .bodyClosed(let closed): ["body": closed.code]
        case .serviceRegistered(let service): ["service": service.code]
        case .serviceChanged(let change): ["service": change.entry.code]
        case .responsiblePersonRegistered(let event): ["body": event.body]
        case .responsiblePersonReleased(let event): ["body": event.body]
        case .responsiblePersonRevealed(let event): ["body": event.body]
        case .regionRegistered, .regionChanged, .registryImported: [:]
        }
    }
}

/// An entry as it is now, and what of it changed.
package struct EntryChanged<Entry: RegistryEntry>: Codable, Equatable, Sendable {
    /// The fields that changed.
    package let changes: [FieldChange]
    /// The whole entry afterwards.
    package let entry: Entry
}

/// The end of a body.
package struct BodyClosed: Codable, Equatable, Sendable {
    /// The body.
    package let code: String
    /// The last day of its existence.
    package let on: CivilDate
    /// The body that took over from it, where there is one.
    package let successor: String?
}

/// That the files of a folder were taken in, so that the same files need not be read again.
package struct RegistryImported: Codable, Equatable, Sendable {
    /// SHA-256 of all files, in hexadecimal digits.
    package let digest: String
    /// How many entries were new.
    package let added: Int
    /// How many entries changed.
    package let changed: Int
    /// How many rows were refused.
    package let refused: Int
}
