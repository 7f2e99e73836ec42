import GRDB
import Journal
import PostgresJournal
import PostgresSupport
import Testing
import WorkingDays

/// What every engine under the journal must do. A new engine adds one line to `engines`.
@Suite("The contract of an event store")
struct EventStoreContract {
    enum Engine: String, CaseIterable, CustomTestStringConvertible {
        case sqlite, memory, postgres
        var testDescription: String { rawValue }

        /// Runs a test on an empty store of this engine.
        func run(_ body: (any EventStore) throws -> Void) throws {
            switch self {
            case .sqlite:
                _ = try TestJournal(projections: []).journal.transactNow(by: TestJournal.actor, at: TestJournal.noon) {
                    try body(SQLiteEventStore(db: $0.db))
                    return true
                }
            case .memory: try body(MemoryEventStore())
            case .postgres:
                let session = try PostgresAuthority(PostgresServer.shared().database()).begin()
                defer { session.end() }
                try body(session)
            }
        }
    }

    private func event(_ position: Int64, _ stream: String, _ version: Int) -> RecordedEvent {
        RecordedEvent(
            position: position, stream: StreamID(stream), version: version, name: "n\(position)",
            occurredAt: TestJournal.noon, recordedAt: TestJournal.noon, actor: TestJournal.actor,
            payload: Array(#"{"қ":\#(position)}"#.utf8))
    }

    private func hash(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }

    @Test("An empty store has the empty head", arguments: Engine.allCases)
    func empty(engine: Engine) throws {
        try engine.run { store in
            let head = try store.head()
            #expect(head == .empty)
            #expect(try store.events(of: StreamID("x/1")).isEmpty)
            #expect(try store.events(after: 0, limit: 10).isEmpty)
            #expect(try store.link(at: 1) == nil)
        }
    }

    @Test("What is appended is read back, by stream and by position", arguments: Engine.allCases)
    func appendAndRead(engine: Engine) throws {
        try engine.run { store in
            try store.append(event(1, "x/1", 1), previous: hash(0), hash: hash(1))
            try store.append(event(2, "y/1", 1), previous: hash(1), hash: hash(2))
            try store.append(event(3, "x/1", 2), previous: hash(2), hash: hash(3))
            #expect(try store.head() == JournalHead(position: 3, hash: hash(3)))
            #expect(try store.events(of: StreamID("x/1")).map(\.position) == [1, 3])
            #expect(try store.events(after: 1, limit: 1).map(\.name) == ["n2"])
            #expect(
                try store.events(after: 0, limit: 10).map(\.payload) == [1, 2, 3].map { Array(#"{"қ":\#($0)}"#.utf8) })
            let link = try #require(try store.link(at: 2))
            #expect(link.previous == hash(1))
            #expect(link.hash == hash(2))
        }
    }

    @Test("A version that exists is a conflict", arguments: Engine.allCases)
    func conflict(engine: Engine) throws {
        try engine.run { store in
            try store.append(event(1, "x/1", 1), previous: hash(0), hash: hash(1))
            #expect(throws: JournalError.conflict(stream: StreamID("x/1"), expected: 0)) {
                try store.append(event(2, "x/1", 1), previous: hash(1), hash: hash(2))
            }
        }
    }
}

/// The smallest engine there can be; it shows that the contract is not SQLite's alone.
final class MemoryEventStore: EventStore {
    private var events: [(event: RecordedEvent, previous: [UInt8], hash: [UInt8])] = []

    func head() throws -> JournalHead {
        events.last.map { JournalHead(position: $0.event.position, hash: $0.hash) } ?? .empty
    }

    func events(of stream: StreamID) throws -> [RecordedEvent] { events.map(\.event).filter { $0.stream == stream } }

    func events(after position: Int64, limit: Int) throws -> [RecordedEvent] {
        Array(events.map(\.event).filter { $0.position > position }.prefix(limit))
    }

    func link(at position: Int64) throws -> (previous: [UInt8], hash: [UInt8])? {
        events.first { $0.event.position == position }.map { ($0.previous, $0.hash) }
    }

    func append(_ event: RecordedEvent, previous: [UInt8], hash: [UInt8]) throws {
        guard !events.contains(where: { $0.event.stream == event.stream && $0.event.version == event.version }) else {
            throw JournalError.conflict(stream: event.stream, expected: event.version - 1)
        }
        events.append((event, previous, hash))
    }
}
