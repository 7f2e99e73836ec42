import CanonicalJSON
import Journal
import WorkingDays

/// An enum with a case for each thing that can happen, in the past tense, and its recorded form.
///
/// Names, reading and writing come from three members that the compiler holds to each other: a name that was added to
/// `Name` and forgotten in `read`, or a case that was forgotten in `tagged`, does not build.
///
///     package enum BodyLinkEvent: EventContent {
///         case bodyLinkMade(BodyLinkMade), bodyLinkRevoked(BodyLinkRevoked)
///         package enum Name: String, CaseIterable { case bodyLinkMade, bodyLinkRevoked }
///         package var tagged: Tagged<Name> {
///             switch self {
///             case .bodyLinkMade(let event): Tagged(.bodyLinkMade, event)
///             case .bodyLinkRevoked(let event): Tagged(.bodyLinkRevoked, event)
///             }
///         }
///         package static func read(_ name: Name, _ content: EventReader) throws -> Self {
///             switch name {
///             case .bodyLinkMade: .bodyLinkMade(try content())
///             case .bodyLinkRevoked: .bodyLinkRevoked(try content())
///             }
///         }
///     }
package protocol TypedEvent: Sendable {
    /// The names in the journal, by which rulebooks refer to the events; they are never renamed and never used twice.
    associatedtype Name: RawRepresentable<String>, CaseIterable, Sendable

    /// The name of this event and what is recorded of it.
    var tagged: Tagged<Name> { get }

    /// The event of a name, from what was recorded.
    /// - Throws: `DecodingError` or another error that says which member is wrong.
    static func read(_ name: Name, _ content: EventReader) throws -> Self

    /// Writes what is recorded as one canonical JSON object; only events by the million need one of their own.
    func write(to json: inout JSONWriter) throws
}

/// The name of an event and what is recorded of it.
package struct Tagged<Name: Sendable> {
    /// The name.
    package let name: Name
    /// What is recorded.
    package let content: any Encodable

    /// An event that is its name and what is recorded of it.
    package init(_ name: Name, _ content: any Encodable) {
        self.name = name
        self.content = content
    }

    /// An event that says all by its name.
    package init(_ name: Name) { self.init(name, NothingMore()) }
}

/// What is recorded of an event that says all by its name: an empty object.
package struct NothingMore: Codable, Hashable, Sendable {
    /// Nothing.
    package init() {}
}

/// What was recorded of an event, read as the type that its place asks for.
package struct EventReader {
    private let payload: [UInt8]

    init(_ payload: [UInt8]) { self.payload = payload }

    /// What was recorded, as `Content`.
    /// - Throws: `DecodingError` that names the member which is missing or wrong.
    package func callAsFunction<Content: Decodable>(_ type: Content.Type = Content.self) throws -> Content {
        try CanonicalCoding.decode(type, from: payload)
    }
}

extension TypedEvent {
    /// The names of all events of this type.
    package static var names: [String] { Name.allCases.map(\.rawValue) }

    /// Whether one of the events of this type is called so.
    package static func has(_ name: String) -> Bool { Name(rawValue: name) != nil }

    /// The name of this event, one of `names`.
    package var name: String { tagged.name.rawValue }

    /// Writes what is recorded in the form of its type.
    package func write(to json: inout JSONWriter) throws {
        json.canonical(try CanonicalCoding.encode(tagged.content))
    }

    /// Reads an event that was written under a name.
    /// - Throws: `DecodingError` that says which member is wrong, or that no event of this type is called so.
    package init(name: String, payload: [UInt8]) throws {
        guard let known = Name(rawValue: name) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [], debugDescription: "“\(name)” is none of the events of \(Self.self)"))
        }
        self = try Self.read(known, EventReader(payload))
    }
}

/// Events without clocks: those of accounts and deliveries, which no rulebook asks about.
///
/// They stand in the journal as they are, not inside the envelope of a case.
package protocol PlainEvent: TypedEvent {}

extension PlainEvent {
    /// The event as the journal takes it.
    /// - Throws: what writing it throws.
    package func new(at now: Moment) throws -> NewEvent {
        var json = JSONWriter(capacity: 256)
        try write(to: &json)
        return NewEvent(
            name: name, occurredAt: now, payload: json.bytes.withUnsafeBufferPointer { Array($0) }, content: self)
    }

    /// Reads an event of the journal; nil where its name is none of ours.
    /// - Throws: `DecodingError` where the payload is not what its name says.
    package init?(_ event: RecordedEvent) throws {
        if let content = event.content as? Self {
            self = content
            return
        }
        guard let name = Name(rawValue: event.name) else { return nil }
        self = try Self.read(name, EventReader(event.payload))
    }
}
