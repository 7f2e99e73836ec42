import Casework

extension ComplaintEvent: DocumentedEvent {
    /// Of a million complaints only the answers and what applicants added are looked at.
    package static let documentedNames = ["complaintAnswered", "applicantAdded"]

    /// The answer on paper, or what the applicant added.
    package var documents: [String] {
        switch self {
        case .complaintAnswered(let answer): [answer.attachment].compactMap(\.self)
        case .applicantAdded(let added): [added.document].compactMap(\.self)
        default: []
        }
    }
}
