import CanonicalJSON
import Journal
import Rulebook
import WorkingDays

/// The events of one kind of case: typed, named, and with what clocks ask about them.
package protocol EventContent: TypedEvent {
    /// What rulebooks may ask of this event (`where: {reviewer: agency}`) and what a clock is shown with.
    ///
    /// Two facts are also kept with each clock: `body` (the code of the body whose duty it is) and `service`. The fact
    /// `zone` names the zone of that body, for clocks that go by it.
    var facts: [String: String] { get }

    /// The civil date that counts for the clocks, where it is not the local date on which the event happened: the date
    /// of registration, the end of a period, the day a change takes effect.
    var clockDate: CivilDate? { get }

    /// The moment of an earlier entry of the same case that this event puts right; nil for all other events.
    var correction: MomentCorrection? { get }
}

extension EventContent {
    /// No facts, unless an event says otherwise.
    package var facts: [String: String] { [:] }

    /// The day on which the event happened, unless an event says otherwise.
    package var clockDate: CivilDate? { nil }

    /// Puts nothing right, unless an event says otherwise.
    package var correction: MomentCorrection? { nil }
}

/// An event of a stream together with what it did to the clocks of the case.
///
/// In the journal it is one object, `{"clocks":[…],"edition":"…","event":{…}}`: a due date is recorded with the event that set it.
package struct CaseEvent: Sendable {
    /// What happened.
    package let content: any EventContent
    /// What it did to the clocks.
    package let changes: [ClockChange]
    /// For the first event of a case: the edition of the rulebook that the case runs under to its end.
    package let edition: String?

    /// An event and its effect on the clocks.
    package init(_ content: any EventContent, changes: [ClockChange] = [], edition: String? = nil) {
        self.content = content
        self.changes = changes
        self.edition = edition
    }

    /// This event, ready to be appended.
    /// - Throws: what writing the content throws.
    package func journalled(occurredAt: Moment) throws -> NewEvent {
        var json = JSONWriter(capacity: 1_536)
        return try journalled(occurredAt: occurredAt, using: &json)
    }

    /// The same with a writer that is used again for the next event.
    func journalled(occurredAt: Moment, using json: inout JSONWriter) throws -> NewEvent {
        json.removeAll()
        json.beginObject()
        if !changes.isEmpty {
            json.key("clocks")
            json.beginArray()
            for change in changes { json.clockChange(change) }
            json.endArray()
        }
        json.member("edition", edition)
        json.key("event")
        try content.write(to: &json)
        json.endObject()
        let payload = json.bytes.withUnsafeBufferPointer { Array($0) }
        return NewEvent(name: content.name, occurredAt: occurredAt, payload: payload, content: self)
    }
}

/// Which type reads which event.
package struct EventCatalogue: Sendable {
    private let types: [String: any EventContent.Type]
    private let documented: Set<String>

    /// A catalogue of several types of events; those of `Casework` itself are always in it.
    /// - Precondition: no name stands in two of them (a mistake of the program, found by every test).
    package init(_ types: [any EventContent.Type]) {
        var all: [String: any EventContent.Type] = [:]
        for type in [CaseworkEvent.self, CalendarEvent.self, ViolationEvent.self] + types {
            for name in type.names {
                precondition(all[name] == nil, "two types of events call themselves “\(name)”")
                all[name] = type
            }
        }
        self.types = all
        documented = Set(
            ([ViolationEvent.self] + types).compactMap { $0 as? any DocumentedEvent.Type }.flatMap {
                $0.documentedNames
            })
    }

    /// All names that a rulebook may use.
    package var names: Set<String> { Set(types.keys) }

    /// Whether an event of this name is one of the catalogue; accounts and deliveries keep theirs to themselves.
    package func knows(_ name: String) -> Bool { types[name] != nil }

    /// Whether an event of this name may carry documents.
    package func carriesDocuments(_ name: String) -> Bool { documented.contains(name) }

    /// The typed form of a recorded event.
    /// - Throws: `CaseworkError.unreadable` where the name is unknown or the payload is not what the name says.
    package func read(_ event: RecordedEvent) throws -> CaseEvent {
        if let known = event.content as? CaseEvent { return known }
        guard let type = types[event.name] else {
            throw CaseworkError.unreadable(position: event.position, reason: "no type reads “\(event.name)”")
        }
        do {
            let envelope = try JSON(parsing: event.payload)
            guard let payload = envelope["event"] else {
                throw CaseworkError.unreadable(position: event.position, reason: "the member “event” is missing")
            }
            let changes = try (envelope["clocks"]?.array ?? []).map {
                try CanonicalCoding.decode(ClockChange.self, from: $0)
            }
            return CaseEvent(
                try Self.content(type, event.name, payload.bytes), changes: changes,
                edition: envelope["edition"]?.string)
        } catch let error as CaseworkError {
            throw error
        } catch {
            throw CaseworkError.unreadable(position: event.position, reason: "\(error)")
        }
    }

    private static func content(
        _ type: (some EventContent).Type, _ name: String, _ payload: [UInt8]
    ) throws -> any EventContent {
        try type.init(name: name, payload: payload)
    }
}

extension JSONWriter {
    /// Writes a change of a clock as one object.
    mutating func clockChange(_ change: ClockChange) {
        beginObject()
        change.visitFields { key, value in
            self.key(key)
            switch value {
            case .string(let text): string(text)
            case .int(let number): int(number)
            case .yes: bool(true)
            }
        }
        endObject()
    }
}
