import Casework
import GRDB
import Journal
import Registry
import WorkingDays

/// The door to requests and the short cases beside them; every call is one transaction and safe to repeat by its key.
package struct OnboardingDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework

    /// A desk over casework.
    package init(casework: Casework) { self.casework = casework }

    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [
        InformationRequestEvent.self, DutyEvent.self, PlanEvent.self,
    ]

    /// The case of a line of a plan for a body.
    package static func id(plan: String, line: String, body: String) -> String { "\(plan)-\(line)-\(body)" }

    /// Handles a step of a request.
    /// - Parameter expected: the version that the person saw.
    /// - Returns: the version of the case afterwards.
    /// - Throws: `Refusal`; `ClockError` (consulting before the first allowed day); `JournalError.conflict`.
    @discardableResult
    package func perform(
        _ command: InformationRequestCommand, on id: String, by actor: Actor, at now: Moment,
        expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await casework.transact(by: actor, at: now, once: key) { session in
            try session.perform(command, on: InformationRequest.self, id: id, expecting: expected).version
        }
    }

    /// Appoints the responsible person and enters him in the registry, in one transaction (797 §5).
    /// - Parameter sealed: his details, sealed before.
    /// - Throws: `Refusal`.
    @discardableResult
    package func appoint(
        _ sealed: SealedResponsiblePerson, order: String?, document: String?, to id: String, happenedAt moment: Moment,
        by actor: Actor, at now: Moment, expecting expected: Int? = nil, once key: CommandKey? = nil
    ) async throws -> Int {
        try await casework.transact(by: actor, at: now, once: key) { session in
            let loaded = try session.load(InformationRequest.self, id: id)
            var appointed = ResponsiblePersonAppointed(order: order, document: document)
            if let body = loaded.state.subject?.body, loaded.state.receivedAt != nil {
                appointed.registration = try Registry.registerResponsiblePerson(
                    sealed, of: body, since: session.zone.civilDate(of: moment), in: session)
            }
            return try session.perform(
                .appoint(appointed, at: moment), on: InformationRequest.self, id: id, expecting: expected
            ).version
        }
    }

    /// Begins a short case of a kind.
    /// - Parameter id: the case, without its kind.
    package func begin<Kind: DutyKind>(
        _ kind: Kind.Type, id: String, _ note: DutyNote, happenedAt moment: Moment, by actor: Actor, at now: Moment,
        once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            try session.perform(.begin(note, at: moment), on: Duty<Kind>.self, id: id).version
        }
    }

    /// Ends a short case of a kind by one of its events.
    ///
    /// A refusal of additional information that is the body's second within one month begins the duty to inform the Agency
    /// in the same transaction, with the documents of these refusals (797 §12).
    package func end<Kind: DutyKind>(
        _ kind: Kind.Type, id: String, by event: String, _ note: DutyNote, happenedAt moment: Moment, by actor: Actor,
        at now: Moment, once key: CommandKey? = nil
    ) async throws {
        _ = try await casework.transact(by: actor, at: now, once: key) { session in
            let loaded = try session.perform(.end(event, note, at: moment), on: Duty<Kind>.self, id: id)
            if event == "additionalRefused", let body = loaded.state.begun?.body {
                try Self.watchRefusals(of: body, at: moment, in: session)
            }
            return loaded.version
        }
    }
}
