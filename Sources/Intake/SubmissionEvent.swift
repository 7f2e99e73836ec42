import Casework

/// Why a submission was closed without a complaint.
package enum SubmissionGround: String, CaseIterable, Hashable, Sendable, Codable {
    /// It is a question, thanks, a proposal, a test: nothing that a body must answer.
    case noComplaint
    /// It is a matter that state services have nothing to do with.
    case notOurs
    /// It was received before.
    case duplicate
}

/// What can happen to words that came in, stream `submission/IN-2026-000001`.
package enum SubmissionEvent: EventContent, Equatable {
    /// They came in; the event happened when they arrived.
    case submissionReceived(SubmissionReceived)
    /// They were registered as one complaint or several.
    case submissionRegistered(SubmissionRegistered)
    /// They were closed without a complaint.
    case submissionClosed(SubmissionClosed)
    /// Somebody looked at the name, the contacts and the unmasked words.
    case submissionRevealed(SubmissionRevealed)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case submissionReceived, submissionRegistered, submissionClosed, submissionRevealed
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .submissionReceived(let event): Tagged(.submissionReceived, event)
        case .submissionRegistered(let event): Tagged(.submissionRegistered, event)
        case .submissionClosed(let event): Tagged(.submissionClosed, event)
        case .submissionRevealed(let event): Tagged(.submissionRevealed, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .submissionReceived: .submissionReceived(try content())
        case .submissionRegistered: .submissionRegistered(try content())
        case .submissionClosed: .submissionClosed(try content())
        case .submissionRevealed: .submissionRevealed(try content())
        }
    }
}

/// Words of a citizen came in.
package struct SubmissionReceived: Codable, Equatable, Sendable {
    /// By which way: `forum`, `phone`, `office`, `mail`.
    package var channel: String
    /// The number of the call in which they were told.
    package var contact: String?
    /// Name and contacts, sealed.
    package var contacts: String?
    /// The number on the forum.
    package var forumNumber: String?
    /// The language of the person, `kk` or `ru`.
    package var language: String?
    /// The number of the person in the vault.
    package var person: String
    /// What the reading proposed on arrival, as codes.
    package var proposal: IntakeProposal
    /// What is kept to know the words again, sealed: without the person's key it is gone.
    package var signature: String?
    /// The words, sealed; nil where they were registered in the same act, since the complaint has them then.
    package var text: String?

    /// An event from its parts.
    package init(
        channel: String, contact: String? = nil, contacts: String? = nil, forumNumber: String? = nil,
        language: String? = nil, person: String, proposal: IntakeProposal, signature: String? = nil,
        text: String? = nil
    ) {
        self.channel = channel
        self.contact = contact
        self.contacts = contacts
        self.forumNumber = forumNumber
        self.language = language
        self.person = person
        self.proposal = proposal
        self.signature = signature
        self.text = text
    }
}

/// A submission was registered; what was proposed and taken are codes, never words.
package struct SubmissionRegistered: Codable, Equatable, Sendable {
    /// What was made of each proposal.
    package var choices: [FieldChoice]
    /// The numbers of the complaints, the chief matter first.
    package var complaints: [String]
    /// The edition of the routing table.
    package var routing: String

    /// An event from its parts.
    package init(choices: [FieldChoice], complaints: [String], routing: String) {
        self.choices = choices
        self.complaints = complaints
        self.routing = routing
    }
}

/// A submission was closed without a complaint.
package struct SubmissionClosed: Codable, Equatable, Sendable {
    /// What was made of each proposal.
    package var choices: [FieldChoice]
    /// The complaint or submission of which it is a duplicate, by its number.
    package var duplicateOf: String?
    /// Why.
    package var ground: SubmissionGround
    /// What the person is told, sealed; nil where he was erased by then or nothing is to be told.
    package var told: String?

    /// An event from its parts.
    package init(
        choices: [FieldChoice], duplicateOf: String? = nil, ground: SubmissionGround, told: String? = nil
    ) {
        self.choices = choices
        self.duplicateOf = duplicateOf
        self.ground = ground
        self.told = told
    }
}

/// Somebody looked at what tells who wrote; who and when the journal knows.
package struct SubmissionRevealed: Codable, Equatable, Sendable {
    /// What for; holds no names.
    package var purpose: String

    /// An event from its part.
    package init(purpose: String) { self.purpose = purpose }
}
