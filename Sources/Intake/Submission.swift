import Casework
import WorkingDays

/// The kind of case “submission”: words that came in and are no complaint yet.
package enum Submission: CaseKind {
    /// What is known of a submission.
    package struct State: Sendable, Equatable {
        /// How it came in; nil where there is no such submission.
        package internal(set) var received: SubmissionReceived?
        /// When it arrived: the moment of filing of what is made of it.
        package internal(set) var receivedAt = Moment(millisecondsSince1970: 0)
        /// What it was registered as.
        package internal(set) var registered: SubmissionRegistered?
        /// Why it was closed without a complaint.
        package internal(set) var closed: SubmissionClosed?

        /// Whether somebody has decided on it.
        package var isDone: Bool { registered != nil || closed != nil }
    }

    /// What can be asked of a submission.
    package enum Command: Sendable {
        /// Receive it; `at` is when it arrived.
        case receive(SubmissionReceived, at: Moment)
        /// Record the complaints that it has become.
        case register(SubmissionRegistered)
        /// Close it without a complaint.
        case close(SubmissionClosed)
        /// Look at what tells who wrote.
        case reveal(purpose: String)
    }

    package static let streamKind = "submission"
    package static let procedure: String? = nil
    package static var initial: State { State() }

    package static func evolve(_ state: inout State, by event: SubmissionEvent, stamp: EventStamp) {
        switch event {
        case .submissionReceived(let event):
            state.received = event
            state.receivedAt = stamp.occurredAt
        case .submissionRegistered(let event): state.registered = event
        case .submissionClosed(let event): state.closed = event
        case .submissionRevealed: break
        }
    }

    package static func decide(
        _ command: Command, on state: State, in context: DecisionContext
    ) throws -> [Happening<SubmissionEvent>] {
        if case .receive(let event, let moment) = command {
            guard state.received == nil else { throw IntakeRefusal.exists("This was received already.") }
            guard moment <= context.now else {
                throw IntakeRefusal.inFuture("\(moment) lies in the future: correct the time.", field: "at")
            }
            return [Happening(.submissionReceived(event), at: moment)]
        }
        if case .reveal(let purpose) = command {
            guard state.received != nil else {
                throw IntakeRefusal.unknown("There is no such submission: check the number.")
            }
            guard purpose.contains(where: { !$0.isWhitespace }) else {
                throw IntakeRefusal.purpose("A look at personal data needs its purpose: give it.", field: "purpose")
            }
            return [Happening(.submissionRevealed(SubmissionRevealed(purpose: purpose)), at: context.now)]
        }
        try requireOpen(state)
        switch command {
        case .receive, .reveal: return []
        case .register(let event):
            guard !event.complaints.isEmpty else {
                throw IntakeRefusal.nothing("A registration names at least one complaint.")
            }
            return [Happening(.submissionRegistered(event), at: context.now)]
        case .close(let event):
            guard (event.ground == .duplicate) == (event.duplicateOf != nil) else {
                throw IntakeRefusal.duplicateOf(
                    "Name what it is a duplicate of; where it is none, name no number.", field: "duplicateOf")
            }
            return [Happening(.submissionClosed(event), at: context.now)]
        }
    }

    /// Sees that there is such a submission and that nobody has decided on it.
    /// - Throws: `Refusal`.
    static func requireOpen(_ state: State) throws {
        guard state.received != nil else {
            throw IntakeRefusal.unknown("There is no such submission: check the number.")
        }
        guard !state.isDone else {
            throw IntakeRefusal.done("Somebody has decided on this submission already: open the next one.")
        }
    }
}
