import Accounts
import Casework
import Complaints
import ContactCentre
import Journal
import Languages
import Markup
import PersonalData
import Registry
import WorkingDays

/// What happened to a complaint, with the words behind it: answers, questions, reasons, from whom to whom.
///
/// Sealed words are opened only for those who may read them; whoever was erased stays erased.
struct ComplaintStory: Sendable {
    /// One entry that has more to say than its name.
    struct Line: Sendable {
        /// What happened.
        let event: ComplaintEvent
        /// The place of the entry in the case.
        let version: Int
        /// When it happened, by what is known today.
        let moment: Moment
        /// The words that were sealed in it; nil where there were none, or they are not for this reader.
        let text: String?
        /// The body that had the complaint before it.
        let from: String?
    }

    /// The entries, oldest first.
    let lines: [Line]
    /// What bodies were called, by code.
    let bodies: [String: Localized]
    /// What the officers are called who had it, by the number of their account.
    let officers: [Int64: String]

    /// Reads the story of a complaint.
    /// - Parameter opensSealed: whether the reader may read what is sealed in answers, questions and notes.
    /// - Throws: `VaultError` where a key is missing that nobody erased.
    init(
        _ parts: CaseParts, _ record: ComplaintRecord, bodies: [String: Localized], opensSealed: Bool,
        _ site: WebRequest
    ) async throws {
        self.bodies = bodies
        let desk = site.environment.centre.complaints
        var body: String?
        var lines: [Line] = []
        var officers: [Int64: String] = [:]
        for entry in parts.events {
            guard let event = entry.content as? ComplaintEvent else { continue }
            var text: String?
            if opensSealed, let sealed = event.sealedWords, let person = record.person {
                text = try await desk.reveal(sealed, of: person)
            }
            lines.append(
                Line(event: event, version: entry.recorded.version, moment: entry.moment, text: text, from: body))
            switch event {
            case .complaintRegistered(let event): body = event.body
            case .complaintTransferred(let event): body = event.body
            case .complaintAssigned(let event):
                guard let number = event.to else { break }
                officers[number] = try await site.environment.accounts.displayName(of: .user(number))
            default: break
            }
        }
        self.lines = lines
        self.officers = officers
    }

    /// The name of a body; its code where the registry does not know it.
    func name(_ code: String, _ view: View) -> String { bodies[code]?[view.language] ?? code }

    /// The line of an entry.
    func line(_ version: Int) -> Line? { lines.first { $0.version == version } }

    /// The last answer.
    var answer: Line? {
        lines.last { line in
            if case .complaintAnswered = line.event { true } else { false }
        }
    }
}

extension UnlawfulStepFound {
    /// Why the law does not allow it; nil for a breach that this edition does not know.
    fileprivate var words: TextKey? {
        switch breach {
        case "extension-not-allowed": "unlawful.extensionNotAllowed"
        case "extension-too-late": "unlawful.extensionTooLate"
        case "extension-beyond-limit": "unlawful.extensionBeyondLimit"
        default: nil
        }
    }
}

extension ComplaintEvent {
    /// The words that are sealed in what happened after the registration.
    var sealedWords: String? {
        switch self {
        case .complaintAnswered(let event): event.answer
        case .complaintNoted(let event): event.text
        case .applicantAsked(let event): event.question
        case .applicantAdded(let event): event.text
        default: nil
        }
    }
}

extension HTML {
    /// What an entry says: bodies, days, outcome, words, reasons, documents.
    /// - Parameter file: where a document leads; nil where the reader may not have it.
    mutating func storyLine(
        _ line: ComplaintStory.Line, of story: ComplaintStory, _ view: View, file: ((String) -> String)?
    ) {
        switch line.event {
        case .complaintTransferred(let event):
            p { html in
                if let from = line.from { html.text(story.name(from, view) + " → ") }
                html.text(story.name(event.body, view))
            }
            quote(event.reason)
        case .complaintExtended(let event):
            p(text: view.t("story.days", count: event.days))
            quote(event.reason)
        case .complaintAnswered(let event):
            p(text: view.name("outcome", event.outcome))
            quote(line.text)
            if let measures = event.measures { p(text: view.t("story.measures", ["text": measures])) }
            document(event.attachment, view, file)
        case .complaintReceived(let event):
            if let reference = event.reference { p(text: view.t("story.reference", ["number": reference])) }
        case .complaintReturnProposed(let event):
            p(text: view.t("story.proposed", ["body": story.name(event.proposed, view)]))
            quote(event.reason)
        case .complaintReturnDeclined(let event): quote(event.reason)
        case .applicantAsked, .complaintNoted: quote(line.text)
        case .applicantAdded(let event):
            quote(line.text)
            document(event.document, view, file)
        case .answerRated(let event): p(text: view.t(event.isHelpful ? "story.helped" : "story.notHelped"))
        case .complaintContinued(let event): complaint(event.number, view)
        case .unlawfulStepFound(let event):
            p(text: story.name(event.body, view) + " · " + view.t("story.days", count: event.days))
            if let words = event.words { p(text: view.t(words)) }
        case .complaintRegistered(let event):
            if let first = event.continues { complaint(first, view) }
        case .complaintWithdrawn(let event): quote(event.reason)
        case .complaintClassified(let event): quote(event.reason)
        case .complaintCorrected(let event): quote(event.reason)
        case .complaintAnnulled(let event): quote(event.reason)
        case .applicantTold(let event): p(text: event.by)
        case .complaintAssigned(let event):
            p(text: event.to.map { story.officers[$0] ?? "№ \($0)" } ?? view.t("assignee.nobody"))
        case .complaintRevealed(let event):
            p(text: event.body.map { story.name($0, view) } ?? view.t("story.purpose", ["text": event.purpose]))
        }
    }

    private mutating func quote(_ text: String?) {
        guard let text, !text.isEmpty else { return }
        div(.class("quote")) { html in
            for line in text.split(separator: "\n") { html.p(text: String(line)) }
        }
    }

    private mutating func document(_ digest: String?, _ view: View, _ file: ((String) -> String)?) {
        guard let digest else { return }
        p { html in
            guard let file else { return html.text(view.t("story.document")) }
            html.a(.href(file(digest)), text: view.t("story.document"))
        }
    }

    private mutating func complaint(_ number: String, _ view: View) {
        guard view.may(.readComplaints) else { return p(text: "№ " + number) }
        p { $0.a(.href(SitePath.complaint(.value(number)).path), text: "№ " + number) }
    }
}
