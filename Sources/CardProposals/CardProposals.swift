/// What a body submits as the form of a card (797 §5): a draft edition, compared with the one in force, returned with remarks by
/// field or accepted.
///
/// Decides: what has to be filled in, what belongs together in one act (the submission with its form; the acceptance with the new
/// edition, the body's confirmation of it and the entry into the knowledge base). Refuses to know: what a card may say
/// (`KnowledgeBase`), which steps follow each other and which terms run (`Onboarding`).
///
/// - `CardProposalEvent.swift` — what can happen, a stream for each request.
/// - `CardProposalDesk.swift` — the door.
/// - `CardProposalProjection.swift`, `CardProposalRecord.swift` — the table, and reading it.
import Casework
import Journal

/// The events and tables of the module, for whoever opens the journal.
package enum CardProposals {
    /// The events that the catalogue has to know.
    package static let eventTypes: [any EventContent.Type] = [CardProposalEvent.self]

    /// The tables over the events that a catalogue can read.
    package static func projections(_ catalogue: EventCatalogue) -> [any Projection] {
        [CardProposalProjection(catalogue: catalogue)]
    }
}
