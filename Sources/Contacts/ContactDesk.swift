import Casework
import GRDB
import Journal
import Languages
import WorkingDays

/// The door to contacts: what pages and the API call. Every step is one transaction.
package struct ContactDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework

    /// A desk over casework.
    package init(casework: Casework) { self.casework = casework }

    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [
        ContactEvent.self, StageEvent.self, RequestDraftEvent.self, CardMailEvent.self,
    ]

    /// The tables over the events that a catalogue can read.
    package static func projections(_ catalogue: EventCatalogue) -> [any Projection] {
        [
            ContactProjection(catalogue: catalogue), StageProjection(catalogue: catalogue),
            RequestDraftProjection(catalogue: catalogue),
        ]
    }

    /// Begins a contact; one that the operator had left open is closed first, with the outcome that follows from it.
    ///
    /// The same call, known by the hash in `started.call`, begins only one contact while that one is open.
    /// - Throws: `Refusal`; `JournalError`.
    package func start(_ started: ContactStarted, by actor: Actor, at now: Moment) async throws -> ContactRecord {
        try await casework.transact(by: actor, at: now) { session in
            let db = session.db
            if let open = try ContactRecord.open(of: actor.rawValue, in: db) {
                if let call = started.call, try Self.callHash(of: open.id, in: db) == call { return open }
                try session.perform(.close(nil, .nextCall), on: Contact.self, id: open.id)
            }
            let id = try ContactRecord.nextNumber(in: session.today.year, from: db)
            try session.perform(.start(started), on: Contact.self, id: id, isNew: true)
            return try Self.record(id, in: db)
        }
    }

    /// The open contact of an operator, nil where there is none.
    package func open(of actor: Actor) async throws -> ContactRecord? {
        try await casework.journal.read { try ContactRecord.open(of: actor.rawValue, in: $0) }
    }

    /// Does steps on an operator's contact: all of them, or none.
    /// - Returns: the contact afterwards.
    /// - Throws: `Refusal` that names what is wrong; `JournalError`.
    @discardableResult
    package func perform(
        _ commands: [Contact.Command], on id: String, by actor: Actor, at now: Moment
    ) async throws -> ContactRecord {
        try await casework.transact(by: actor, at: now) { session in
            try session.perform(commands, on: try session.load(Contact.self, id: id))
            return try Self.record(id, in: session.db)
        }
    }

    private static func record(_ id: String, in db: Database) throws -> ContactRecord {
        guard let record = try ContactRecord.fetch(id, in: db) else {
            throw CaseworkError.noSuchCase(StreamID(kind: Contact.streamKind, id: id))
        }
        return record
    }

    private static func callHash(of id: String, in db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT callHash FROM contact WHERE id = ?", arguments: [id])
    }
}
