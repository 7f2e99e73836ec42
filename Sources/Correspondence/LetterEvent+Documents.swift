import Casework

extension LetterEvent: DocumentedEvent {
    /// What goes with it, its PDF, its signed scan.
    package var documents: [String] {
        switch self {
        case .letterDrafted(let event): event.attachments
        case .letterFinished(let event): [event.document]
        case .letterSigned(let event): [event.document]
        case .letterEdited, .letterDropped: []
        }
    }
}
