import CanonicalJSON
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

    package static let names = [
        "regionRegistered", "regionChanged", "bodyRegistered", "bodyChanged", "bodyClosed", "serviceRegistered",
        "serviceChanged", "responsiblePersonRegistered", "responsiblePersonReleased",
        "responsiblePersonRevealed", "registryImported",
    ]

    package var name: String {
        switch self {
        case .regionRegistered: "regionRegistered"
        case .regionChanged: "regionChanged"
        case .bodyRegistered: "bodyRegistered"
        case .bodyChanged: "bodyChanged"
        case .bodyClosed: "bodyClosed"
        case .serviceRegistered: "serviceRegistered"
        case .serviceChanged: "serviceChanged"
        case .responsiblePersonRegistered: "responsiblePersonRegistered"
        case .responsiblePersonReleased: "responsiblePersonReleased"
        case .responsiblePersonRevealed: "responsiblePersonRevealed"
        case .registryImported: "registryImported"
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

    package func write(to json: inout JSONWriter) throws {
        func encode(_ value: some Encodable) throws { json.canonical(try CanonicalCoding.encode(value)) }
        switch self {
        case .regionRegistered(let event): try encode(event)
        case .regionChanged(let event): try encode(event)
        case .bodyRegistered(let event): try encode(event)
        case .bodyChanged(let event): try encode(event)
        case .bodyClosed(let event): try encode(event)
        case .serviceRegistered(let event): try encode(event)
        case .serviceChanged(let event): try encode(event)
        case .responsiblePersonRegistered(let event): try encode(event)
        case .responsiblePersonReleased(let event): try encode(event)
        case .responsiblePersonRevealed(let event): try encode(event)
        case .registryImported(let event): try encode(event)
        }
    }

    package init(name: String, payload: [UInt8]) throws {
        func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try CanonicalCoding.decode(Value.self, from: payload)
        }
        switch name {
        case "regionRegistered": self = .regionRegistered(try decode())
        case "regionChanged": self = .regionChanged(try decode())
        case "bodyRegistered": self = .bodyRegistered(try decode())
        case "bodyChanged": self = .bodyChanged(try decode())
        case "bodyClosed": self = .bodyClosed(try decode())
        case "serviceRegistered": self = .serviceRegistered(try decode())
        case "serviceChanged": self = .serviceChanged(try decode())
        case "responsiblePersonRegistered": self = .responsiblePersonRegistered(try decode())
        case "responsiblePersonReleased": self = .responsiblePersonReleased(try decode())
        case "responsiblePersonRevealed": self = .responsiblePersonRevealed(try decode())
        default: self = .registryImported(try decode())
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
