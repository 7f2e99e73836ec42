import Journal
import Rulebook
import WorkingDays

/// A person decided on an entry of the ledger: a violation, or excused.
package struct ViolationDecided: Codable, Hashable, Sendable {
    /// The file that shows it, by its SHA-256.
    package var document: String?
    /// The code of the ground, one of `schedules/violations`; nil where a violation is confirmed without one.
    package var ground: String?
    /// The rule of the clock.
    package var rule: String
    /// The last day by which the entry was drafted.
    package var mark: CivilDate
    /// Why, in the words of the person; names nobody.
    package var words: String?

    /// A decision from its parts.
    package init(_ id: Violation.ID, ground: String?, words: String?, document: String?) {
        (rule, mark) = (id.rule, id.mark)
        (self.ground, self.words, self.document) = (ground, words, document)
    }
}

/// What was decided on an entry is taken back, or its closing was confirmed.
package struct ViolationAmended: Codable, Hashable, Sendable {
    /// The last day by which the entry was drafted.
    package var mark: CivilDate
    /// Why, in the words of the person; names nobody.
    package var reason: String
    /// The rule of the clock.
    package var rule: String

    /// A reason from its parts.
    package init(_ id: Violation.ID, reason: String) {
        (rule, mark, self.reason) = (id.rule, id.mark, reason)
    }
}

/// The body was told of an entry and has a term to reply.
package struct ViolationTold: Codable, Hashable, Sendable {
    /// The body.
    package var body: String
    /// The sealed mail; nil where none left.
    package var letter: String?
    /// The identity of the link by which it replies.
    package var link: String
    /// The last day by which the entry was drafted.
    package var mark: CivilDate
    /// Whose key seals the mail; good for this one mail.
    package var person: String?
    /// The last day on which a reply is in time.
    package var replyBy: CivilDate
    /// The rule of the clock.
    package var rule: String
    /// By which way: `mail`, or `paper` where somebody hands the link over.
    package var way: String

    /// What was told, without a mail.
    package init(_ id: Violation.ID, body: String, replyBy: CivilDate, way: String, link: String) {
        (rule, mark) = (id.rule, id.mark)
        (self.body, self.replyBy, self.way, self.link) = (body, replyBy, way, link)
    }
}

/// The body replied.
package struct ViolationReplied: Codable, Hashable, Sendable {
    /// The body.
    package var body: String
    /// The file that came with it, by its SHA-256.
    package var document: String?
    /// Whether it came after its last day.
    package var isLate: Bool
    /// The last day by which the entry was drafted.
    package var mark: CivilDate
    /// The rule of the clock.
    package var rule: String
    /// What it says; names nobody.
    package var text: String

    /// A reply from its parts.
    package init(_ id: Violation.ID, body: String, text: String, document: String?, isLate: Bool) {
        (rule, mark) = (id.rule, id.mark)
        (self.body, self.text, self.document, self.isLate) = (body, text, document, isLate)
    }
}

/// What people did with an entry of the ledger; it stands in the case whose clock was late.
package enum ViolationEvent: EventContent, Equatable {
    /// It is a violation.
    case violationConfirmed(ViolationDecided)
    /// There was a ground.
    case violationExcused(ViolationDecided)
    /// What was decided is taken back.
    case violationDecisionWithdrawn(ViolationAmended)
    /// The ground is gone: nothing is left of it.
    case violationClosed(ViolationAmended)
    /// The body was told.
    case violationTold(ViolationTold)
    /// The body replied.
    case violationReplied(ViolationReplied)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case violationConfirmed, violationExcused, violationDecisionWithdrawn, violationClosed, violationTold
        case violationReplied
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .violationConfirmed(let event): Tagged(.violationConfirmed, event)
        case .violationExcused(let event): Tagged(.violationExcused, event)
        case .violationDecisionWithdrawn(let event): Tagged(.violationDecisionWithdrawn, event)
        case .violationClosed(let event): Tagged(.violationClosed, event)
        case .violationTold(let event): Tagged(.violationTold, event)
        case .violationReplied(let event): Tagged(.violationReplied, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .violationConfirmed: .violationConfirmed(try content())
        case .violationExcused: .violationExcused(try content())
        case .violationDecisionWithdrawn: .violationDecisionWithdrawn(try content())
        case .violationClosed: .violationClosed(try content())
        case .violationTold: .violationTold(try content())
        case .violationReplied: .violationReplied(try content())
        }
    }

    /// Which entry of a case it is about.
    package func id(in stream: StreamID) -> Violation.ID {
        let (rule, mark) =
            switch self {
            case .violationConfirmed(let event), .violationExcused(let event): (event.rule, event.mark)
            case .violationDecisionWithdrawn(let event), .violationClosed(let event): (event.rule, event.mark)
            case .violationTold(let event): (event.rule, event.mark)
            case .violationReplied(let event): (event.rule, event.mark)
            }
        return Violation.ID(stream: stream, rule: rule, mark: mark)
    }
}

extension ViolationEvent: DocumentedEvent {
    /// Those that a person decided by, and the reply.
    package static var documentedNames: [String] {
        [Name.violationConfirmed, .violationExcused, .violationReplied].map(\.rawValue)
    }

    /// What shows the ground, or came with the reply.
    package var documents: [String] {
        switch self {
        case .violationConfirmed(let event), .violationExcused(let event): [event.document].compactMap(\.self)
        case .violationReplied(let event): [event.document].compactMap(\.self)
        case .violationDecisionWithdrawn, .violationClosed, .violationTold: []
        }
    }
}

extension Violation {
    /// Takes in what somebody did with it.
    /// - Parameters:
    ///   - day: the local day on which it happened.
    ///   - version: the place of the event in the case.
    mutating func apply(_ event: ViolationEvent, on day: CivilDate, in version: Int) {
        switch event {
        case .violationConfirmed(let decided):
            decision = Decision(isExcuse: false, ground: decided.ground, decidedOn: day, entry: version)
        case .violationExcused(let decided):
            decision = Decision(isExcuse: true, ground: decided.ground, decidedOn: day, entry: version)
        case .violationDecisionWithdrawn: decision = nil
        case .violationClosed: isClosed = true
        case .violationTold(let told): (toldOn, replyBy) = (day, told.replyBy)
        case .violationReplied(let reply): (repliedOn, isReplyLate) = (day, reply.isLate)
        }
    }
}
