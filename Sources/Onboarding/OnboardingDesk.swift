import Casework
import GRDB
import Journal
import Registry
import WorkingDays

/// The door to requests and the short cases beside them; every call is one transaction and safe to repeat by its key.
package struct OnboardingDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework
    private let card: @Sendable (_ code: String, Database) throws -> CardStanding?

    /// A desk over casework.
    /// - Parameter card: what the knowledge base knows of a card; nil where it has none of that code.
    package init(casework: Casework, card: @escaping @Sendable (_ code: String, Database) throws -> CardStanding?) {
        self.casework = casework
        self.card = card
    }

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
            var command = command
            if case .enter(let entered, _, let at) = command {
                command = .enter(entered, into: try card(entered.card, session.db), at: at)
            }
            return try session.perform(command, on: InformationRequest.self, id: id, expecting: expected).version
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
                // Each request has a responsible person of its own (797 §5): those of the others go on.
                appointed.registration = try Registry.registerResponsiblePerson(
                    sealed, of: body, since: session.zone.civilDate(of: moment), replacing: [], in: session)
            }
            return try session.perform(
                .appoint(appointed, at: moment), on: InformationRequest.self, id: id, expecting: expected
            ).version
        }
    }
}
