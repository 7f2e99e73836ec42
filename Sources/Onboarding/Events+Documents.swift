import Casework

extension InformationRequestEvent: DocumentedEvent {
    /// The document of the step.
    package var documents: [String] { document.map { [$0] } ?? [] }
}

extension DutyEvent: DocumentedEvent {
    /// All that came with the note.
    package var documents: [String] { note.documents }
}

extension PlanEvent: DocumentedEvent {
    /// The file of the plan, or the act.
    package var documents: [String] {
        switch self {
        case .drafted(let event): event.document.map { [$0] } ?? []
        case .approved(let event): event.document.map { [$0] } ?? []
        }
    }
}
