/// What a mail about a complaint is for, and to whom it goes.
package enum ComplaintMailKind: String, CaseIterable, Codable, Hashable, Sendable, MailKind {
    /// To the body: it must answer.
    case bodyComplaint = "body-complaint"
    /// To the body: the applicant has added something.
    case bodyAdded = "body-added"
    /// To the body: its return was declined.
    case bodyDeclined = "body-declined"
    /// To the body: the last day is near.
    case bodyReminder = "body-reminder"
    /// To the body: the term is broken.
    case bodyBreach = "body-breach"
    /// To the body: one of its terms stands in the ledger of violations, and it may reply.
    case bodyViolation = "body-violation"
    /// To the applicant: it is registered.
    case applicantRegistered = "applicant-registered"
    /// To the applicant: another body answers.
    case applicantTransferred = "applicant-transferred"
    /// To the applicant: the term was extended.
    case applicantExtended = "applicant-extended"
    /// To the applicant: the answer.
    case applicantAnswered = "applicant-answered"
    /// To the applicant: a question of the body.
    case applicantAsked = "applicant-asked"

    /// Whether it goes to the body; otherwise to the applicant.
    package var isForBody: Bool {
        switch self {
        case .bodyComplaint, .bodyAdded, .bodyDeclined, .bodyReminder, .bodyBreach, .bodyViolation: true
        case .applicantRegistered, .applicantTransferred, .applicantExtended, .applicantAnswered, .applicantAsked: false
        }
    }

    /// The fields that its words may name.
    package var fields: Set<String> {
        switch self {
        case .bodyComplaint: ["number", "body", "due", "link"]
        case .bodyAdded, .bodyDeclined, .bodyReminder, .bodyBreach: ["number", "due", "link"]
        case .bodyViolation: ["number", "body", "duty", "due", "replyBy", "link"]
        case .applicantRegistered: ["number", "body", "due", "link", "code"]
        case .applicantTransferred: ["number", "body", "due", "link"]
        case .applicantExtended: ["number", "body", "due", "reason", "link"]
        case .applicantAnswered: ["number", "body", "answer", "link"]
        case .applicantAsked: ["number", "body", "due", "question", "link"]
        }
    }
}

/// The words of the mails about complaints: `schedules/letters/complaint-mails.yaml`.
package typealias ComplaintMails = MailWords<ComplaintMailKind>
