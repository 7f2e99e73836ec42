import Casework
import Journal
import Languages
import WorkingDays

/// A draft of a request for additional information (797 §10), made by an operator who had nothing to answer with.
package struct RequestDrafted: Codable, Hashable, Sendable {
    /// The code of the body that is to be asked.
    package var body: String
    /// The code of the service, where it is known.
    package var service: String?
    /// What is asked, without what looks like a person's data.
    package var text: String
    /// The language in which the caller asked.
    package var language: Language
    /// The gap that an answer would close.
    package var gap: String?

    /// A draft from its parts.
    package init(body: String, service: String? = nil, text: String, language: Language, gap: String? = nil) {
        self.body = body
        self.service = service
        self.text = text
        self.language = language
        self.gap = gap
    }
}

/// The draft was sent, and the body has it.
package struct RequestDraftSent: Codable, Hashable, Sendable {
    /// The number of the additional request that it became.
    package var request: String
}

/// The draft is not sent.
package struct RequestDraftDropped: Codable, Hashable, Sendable {
    /// Why not.
    package var reason: String
}

/// What can happen to a draft, stream `requestDraft/2026-000001`.
package enum RequestDraftEvent: EventContent, Equatable {
    /// It was written.
    case requestDrafted(RequestDrafted)
    /// It became a request.
    case requestDraftSent(RequestDraftSent)
    /// It was given up.
    case requestDraftDropped(RequestDraftDropped)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case requestDrafted, requestDraftSent, requestDraftDropped
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .requestDrafted(let event): Tagged(.requestDrafted, event)
        case .requestDraftSent(let event): Tagged(.requestDraftSent, event)
        case .requestDraftDropped(let event): Tagged(.requestDraftDropped, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .requestDrafted: .requestDrafted(try content())
        case .requestDraftSent: .requestDraftSent(try content())
        case .requestDraftDropped: .requestDraftDropped(try content())
        }
    }
}

/// The kind of case “draft of a request”: written once, then sent or dropped.
package enum RequestDraft: CaseKind {
    /// What is known of a draft.
    package struct State: Sendable, Hashable {
        /// What it says; nil where there is no such draft.
        package internal(set) var drafted: RequestDrafted?
        /// Whether it was sent or dropped.
        package internal(set) var isDone = false
    }

    /// What can be asked of a draft.
    package enum Command: Sendable {
        /// Write it.
        case draft(RequestDrafted)
        /// Record that it was sent.
        case send(request: String)
        /// Give it up.
        case drop(reason: String)
    }

    package static let streamKind = "requestDraft"
    package static let procedure: String? = nil
    package static var initial: State { State() }

    package static func evolve(_ state: inout State, by event: RequestDraftEvent, stamp: EventStamp) {
        if case .requestDrafted(let drafted) = event { state.drafted = drafted } else { state.isDone = true }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<RequestDraftEvent>] {
        if case .draft(let drafted) = command {
            guard state.drafted == nil else { throw ContactRefusal.draftExists("This draft exists already.") }
            guard drafted.text.contains(where: { !$0.isWhitespace }) else {
                throw ContactRefusal.draftEmpty("Write what the body is asked.", field: "text")
            }
            return [Happening(.requestDrafted(drafted), at: context.now)]
        }
        guard state.drafted != nil else {
            throw ContactRefusal.draftUnknown("There is no such draft: check the number.")
        }
        guard !state.isDone else { throw ContactRefusal.draftDone("This draft was sent or dropped already.") }
        switch command {
        case .draft: return []
        case .send(let request):
            return [Happening(.requestDraftSent(RequestDraftSent(request: request)), at: context.now)]
        case .drop(let reason):
            guard reason.contains(where: { !$0.isWhitespace }) else {
                throw ContactRefusal.draftReasonMissing("Say why it is not sent.", field: "reason")
            }
            return [Happening(.requestDraftDropped(RequestDraftDropped(reason: reason)), at: context.now)]
        }
    }
}
