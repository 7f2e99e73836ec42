import Casework
import Journal
import Onboarding
import WorkingDays

/// The door to the links of bodies: made and revoked by coordinators, opened by whoever holds one.
package struct BodyLinkDesk: Sendable {
    /// The loop of all cases.
    package let casework: Casework
    private let key: BodyLinkKey

    /// A desk over casework with the key that signs.
    package init(casework: Casework, key: BodyLinkKey) {
        self.casework = casework
        self.key = key
    }

    /// Makes a link to one request of one body.
    /// - Parameters:
    ///   - id: random, 32 hexadecimal digits; from the edge.
    ///   - expiresAt: when it ends.
    /// - Returns: what stands in its address.
    /// - Throws: `Refusal` where there is no such request or the end is in the past.
    package func make(
        id: String, request: String, until expiresAt: Moment, by actor: Actor, at now: Moment,
        once commandKey: CommandKey? = nil
    ) async throws -> String {
        let made = try await casework.transact(by: actor, at: now, once: commandKey) { session in
            guard let subject = try session.load(InformationRequest.self, id: request).state.subject else {
                throw Refusal(
                    "bodyLink.noRequest", "There is no request “\(request)”: check the number.", field: "request")
            }
            try session.perform(
                .make(BodyLinkMade(request: request, body: subject.body, expiresAt: expiresAt)), on: BodyLink.self,
                id: id)
            return id
        }
        return key.token(for: made, until: expiresAt)
    }

    /// What stands in the address of a link.
    package func token(of link: BodyLinkRecord) -> String { key.token(for: link.id, until: link.expiresAt) }

    /// The link of a token where it is signed by us, not over and not revoked; nil otherwise. Records nothing.
    package func find(_ token: String, at now: Moment) async throws -> BodyLinkRecord? {
        guard let id = key.id(of: token, at: now) else { return nil }
        let link = try await casework.journal.read { try BodyLinkRecord.fetch(id: id, in: $0) }
        return link.flatMap { $0.isOpen(at: now) ? $0 : nil }
    }

    /// Records that the body looks at its link, once a day.
    package func opened(_ link: BodyLinkRecord, at now: Moment) async throws {
        if let last = link.lastOpenedAt, casework.today(last) == casework.today(now) { return }
        try await perform(.open, on: link.id, by: Self.actor(of: link.id), at: now)
    }

    /// Revokes a link.
    /// - Throws: `Refusal`.
    package func revoke(_ id: String, reason: String, by actor: Actor, at now: Moment) async throws {
        try await perform(.revoke(reason: reason), on: id, by: actor, at: now)
    }

    /// In whose name acts done by a link are recorded.
    package static func actor(of id: String) -> Actor { Actor("body-link:\(id.prefix(8))") }

    private func perform(_ command: BodyLinkCommand, on id: String, by actor: Actor, at now: Moment) async throws {
        _ = try await casework.transact(by: actor, at: now) { session in
            try session.perform(command, on: BodyLink.self, id: id).version
        }
    }
}
