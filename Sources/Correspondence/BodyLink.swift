import Casework
import WorkingDays

/// What is known of a link.
package struct BodyLinkState: Hashable, Sendable {
    /// What it opens; nil where there is no such link.
    package var made: BodyLinkMade?
    /// When the body looked at it first.
    package var openedAt: Moment?
    /// When a look was recorded last.
    package var lastOpenedAt: Moment?
    /// Whether it was revoked.
    package var isRevoked = false
}

/// What can be asked of a link.
package enum BodyLinkCommand: Sendable {
    /// Makes it.
    case make(BodyLinkMade)
    /// Records that the body looks at it.
    case open
    /// Revokes it.
    case revoke(reason: String)
}

/// The kind of case “link of a body”.
package enum BodyLink: CaseKind {
    package static let streamKind = "bodyLink"
    package static let procedure: String? = nil
    package static var initial: BodyLinkState { BodyLinkState() }

    package static func evolve(_ state: inout BodyLinkState, by event: BodyLinkEvent, stamp: EventStamp) {
        switch event {
        case .bodyLinkMade(let made): state.made = made
        case .bodyLinkOpened:
            state.openedAt = state.openedAt ?? stamp.occurredAt
            state.lastOpenedAt = stamp.occurredAt
        case .bodyLinkRevoked: state.isRevoked = true
        }
    }

    package static func decide(
        _ command: BodyLinkCommand, on state: BodyLinkState, in context: DecisionContext
    ) throws -> [Happening<BodyLinkEvent>] {
        switch command {
        case .make(let made):
            guard state.made == nil else { throw CorrespondenceRefusal.bodyLinkExists("This link exists already.") }
            guard made.expiresAt > context.now else {
                throw CorrespondenceRefusal.bodyLinkPast(
                    "The link would end in the past: give a later day.", field: "until")
            }
            return [Happening(.bodyLinkMade(made), at: context.now)]
        case .open:
            guard let made = state.made, !state.isRevoked, context.now < made.expiresAt else {
                throw CorrespondenceRefusal.bodyLinkClosed("The link has ended: ask the contact centre for another.")
            }
            if let last = state.lastOpenedAt, context.zone.civilDate(of: last) == context.today { return [] }
            return [Happening(.bodyLinkOpened(BodyLinkOpened()), at: context.now)]
        case .revoke(let reason):
            guard state.made != nil else { throw CorrespondenceRefusal.bodyLinkUnknown("There is no such link.") }
            guard !state.isRevoked else { return [] }
            guard reason.contains(where: { !$0.isWhitespace }) else {
                throw CorrespondenceRefusal.bodyLinkReasonMissing("Say why the link is revoked.", field: "reason")
            }
            return [Happening(.bodyLinkRevoked(BodyLinkRevoked(reason: reason)), at: context.now)]
        }
    }
}
