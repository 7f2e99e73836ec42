import Casework
import TextAnalysis

/// The kind of case “knowledge gap”: something was asked that no card answered.
///
/// No clock runs for it in law; the request that it may lead to has its own (797 §10).
package enum KnowledgeGap: CaseKind {
    /// What is known of a gap.
    package struct State: Sendable, Hashable {
        /// What was asked; nil where there is no such gap.
        package internal(set) var reported: GapReported?
        /// How often it was asked.
        package internal(set) var times = 0
        /// The request by which a body was asked.
        package internal(set) var request: String?
        /// Whether a card answers it or it was dismissed.
        package internal(set) var isEnded = false
    }

    /// What can be asked of a gap.
    package enum Command: Sendable {
        /// It was found.
        case report(GapReported)
        /// It was met again.
        case again(GapRepeated)
        /// A body was asked; a later request takes the place of an earlier one.
        case link(GapRequestLinked)
        /// A card answers it. Whether the card has that edition is the desk's to check.
        case close(GapClosed)
        /// It is none.
        case dismiss(GapDismissed)
    }

    package static let streamKind = "knowledgeGap"
    package static let procedure: String? = nil
    package static var initial: State { State() }

    package static func evolve(_ state: inout State, by event: GapEvent, stamp: EventStamp) {
        switch event {
        case .gapReported(let event):
            state.reported = event
            state.times = 1
        case .gapRepeated: state.times += 1
        case .gapRequestLinked(let event): state.request = event.request
        case .gapClosed, .gapDismissed: state.isEnded = true
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<GapEvent>] {
        func happens(_ event: GapEvent) -> [Happening<GapEvent>] { [Happening(event, at: context.now)] }
        if case .report(let reported) = command {
            guard state.reported == nil else { throw KnowledgeRefusal.gapExists("This gap exists already.") }
            guard !reported.words.isEmpty || reported.service != nil else {
                throw KnowledgeRefusal.gapEmpty("Say what was asked, or name the service.", field: "words")
            }
            return happens(.gapReported(reported))
        }
        guard state.reported != nil else {
            throw KnowledgeRefusal.gapUnknown("There is no such gap: check the number.")
        }
        guard !state.isEnded else {
            throw KnowledgeRefusal.gapEnded("This gap is closed already: when it is met again, a new one is reported.")
        }
        switch command {
        case .report: return []
        case .again(let repeated): return happens(.gapRepeated(repeated))
        case .link(let link):
            guard !link.request.isEmpty else {
                throw KnowledgeRefusal.gapNoRequest("Name the request by which the body was asked.", field: "request")
            }
            return state.request == link.request ? [] : happens(.gapRequestLinked(link))
        case .close(let closed): return happens(.gapClosed(closed))
        case .dismiss(var dismissed):
            dismissed.reason = QueryMask.mask(dismissed.reason)
            guard dismissed.reason.contains(where: { !$0.isWhitespace }) else {
                throw KnowledgeRefusal.gapNoReason("Say why nothing is to be done.", field: "reason")
            }
            return happens(.gapDismissed(dismissed))
        }
    }
}
