import WorkingDays

/// The name of a stream: all events of one case or thing, for instance `complaint/2026-000123`.
package struct StreamID: Hashable, Sendable, CustomStringConvertible, Codable {
    /// The whole name.
    package let rawValue: String

    /// A stream by its whole name.
    package init(_ rawValue: String) { self.rawValue = rawValue }

    /// The stream of one thing of a kind, for instance kind `complaint`, id `2026-000123`.
    package init(kind: String, id: String) { rawValue = kind + "/" + id }

    /// What stands before the first slash.
    package var kind: String { String(decoding: rawValue.utf8.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self) }

    /// What stands after the first slash.
    package var id: String {
        String(decoding: rawValue.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst(), as: UTF8.self)
    }

    package var description: String { rawValue }

    package init(from decoder: any Decoder) throws { rawValue = try decoder.singleValueContainer().decode(String.self) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// Who made an event happen: `user:7`, `cli:name`, `timer`, `body:KGD`, `agency`.
package struct Actor: Hashable, Sendable, CustomStringConvertible, Codable {
    /// The whole name; it holds no personal data.
    package let rawValue: String

    /// An actor by name.
    package init(_ rawValue: String) { self.rawValue = rawValue }

    /// A signed-in person, by the number of the account.
    package static func user(_ id: Int64) -> Actor { Actor("user:\(id)") }

    /// Somebody at the command line, by the name of the operating system's account.
    package static func commandLine(_ name: String) -> Actor { Actor("cli:\(name)") }

    /// The program's own timers.
    package static let timer = Actor("timer")

    package var description: String { rawValue }

    package init(from decoder: any Decoder) throws { rawValue = try decoder.singleValueContainer().decode(String.self) }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// An event that is about to be appended.
package struct NewEvent: Sendable {
    /// What happened, in the past tense; never renamed.
    package let name: String
    /// When it happened, which may be long before it is recorded.
    package let occurredAt: Moment
    /// Canonical JSON.
    package let payload: [UInt8]
    /// The typed value that `payload` spells, so that projections need not read the bytes again.
    package let content: (any Sendable)?

    /// An event from its parts.
    package init(name: String, occurredAt: Moment, payload: [UInt8], content: (any Sendable)? = nil) {
        self.name = name
        self.occurredAt = occurredAt
        self.payload = payload
        self.content = content
    }
}

/// An event as the journal keeps it.
package struct RecordedEvent: Sendable {
    /// Its place in the journal, from 1, without gaps.
    package let position: Int64
    /// The stream to which it belongs.
    package let stream: StreamID
    /// Its place in the stream, from 1, without gaps.
    package let version: Int
    /// What happened.
    package let name: String
    /// When it happened.
    package let occurredAt: Moment
    /// When the journal took it.
    package let recordedAt: Moment
    /// Who recorded it.
    package let actor: Actor
    /// Canonical JSON.
    package let payload: [UInt8]
    /// The typed value of `payload` where the writer had it at hand.
    package let content: (any Sendable)?

    /// An event from its parts.
    package init(
        position: Int64, stream: StreamID, version: Int, name: String, occurredAt: Moment, recordedAt: Moment,
        actor: Actor, payload: [UInt8], content: (any Sendable)? = nil
    ) {
        self.position = position
        self.stream = stream
        self.version = version
        self.name = name
        self.occurredAt = occurredAt
        self.recordedAt = recordedAt
        self.actor = actor
        self.payload = payload
        self.content = content
    }

    /// The same event with the typed value of its payload, so that it is read once for all projections.
    func read(as content: (any Sendable)?) -> RecordedEvent {
        RecordedEvent(
            position: position, stream: stream, version: version, name: name, occurredAt: occurredAt,
            recordedAt: recordedAt, actor: actor, payload: payload, content: content)
    }
}

/// The end of the journal.
package struct JournalHead: Hashable, Sendable {
    /// The position of the last event, 0 where there is none.
    package let position: Int64
    /// The 32 bytes of its hash; zeros where there is none.
    package let hash: [UInt8]

    /// A head from its parts.
    package init(position: Int64, hash: [UInt8]) {
        self.position = position
        self.hash = hash
    }

    /// The head of a journal without events.
    package static let empty = JournalHead(position: 0, hash: [UInt8](repeating: 0, count: 32))
}
