import Casework
import Journal
import WorkingDays

/// What disagrees: a row of a body's form, its numbers and ours.
package struct DiscrepancyFigures: Codable, Hashable, Sendable {
    /// The filing: `78-1mk_2022-Q1_MJ`.
    package var filing: String
    /// The code of the body.
    package var body: String
    /// The row of the form.
    package var row: String
    /// The name of the measure that counts ours.
    package var measure: String
    /// The SHA-256 of the body's file.
    package var file: String
    /// The cell of the body's number in it; nil where it is not known.
    package var cell: String?
    /// The numbers, by column, that of the whole period last.
    package var figures: [ComparedFigure]
    /// How many units are to be explained, with the sign of theirs less ours.
    package var difference: Int

    /// Figures from their parts.
    package init(
        filing: String, body: String, row: String, measure: String, file: String, cell: String?,
        figures: [ComparedFigure], difference: Int
    ) {
        self.filing = filing
        self.body = body
        self.row = row
        self.measure = measure
        self.file = file
        self.cell = cell
        self.figures = figures
        self.difference = difference
    }
}

/// A cause that a person confirmed, with what it explains.
package struct DiscrepancyCause: Codable, Hashable, Sendable {
    /// Its code in the rules of reconciliation.
    package var cause: String
    /// How many units of the difference it explains.
    package var units: Int
    /// What settles it, in the words of the person; no names of people.
    package var text: String
    /// The numbers of our complaints that it is about.
    package var complaints: [String]
    /// The SHA-256 of what proves it.
    package var documents: [String]
    /// Which number its cases make larger; nil where it is not about cases of the body's list.
    package var side: CaseSide?
    /// The cases of the body's list and of ours that it is about, one by one; nil where it is not about such.
    package var cases: [ExplainedCase]?

    /// A cause from its parts.
    package init(
        cause: String, units: Int, text: String, complaints: [String] = [], documents: [String] = [],
        side: CaseSide? = nil, cases: [ExplainedCase]? = nil
    ) {
        self.cause = cause
        self.units = units
        self.text = text
        self.complaints = complaints
        self.documents = documents
        self.side = side
        self.cases = cases
    }
}

/// What a body makes of a discrepancy of its numbers.
package enum BodyStance: String, CaseIterable, Codable, Hashable, Sendable {
    /// Our number is right.
    case agrees
    /// Its own number is right, and it says why.
    case reason
    /// It will file a corrected form, or have it corrected by the Agency.
    case correction
}

/// A word about a discrepancy: a reason, an answer of the body.
package struct DiscrepancyNote: Codable, Hashable, Sendable {
    /// What is said.
    package var text: String
    /// The entry of the case that it takes back; nil where it takes back none.
    package var entry: Int?
    /// How many units that one explained.
    package var units: Int?
    /// The SHA-256 of what came with it.
    package var documents: [String]
    /// What the body makes of it; nil where nobody asked, as notes made before there were links have it.
    package var stance: BodyStance?
    /// The keys of the cases that it is about (`OpenCase.key`); nil where it is about the whole.
    package var cases: [String]?
    /// Which number the cause made larger that it takes back; nil where that was not about cases.
    package var side: CaseSide?

    /// A note from its parts.
    package init(
        text: String, entry: Int? = nil, units: Int? = nil, documents: [String] = [], stance: BodyStance? = nil,
        cases: [String]? = nil, side: CaseSide? = nil
    ) {
        self.stance = stance
        self.cases = cases
        self.side = side
        self.text = text
        self.entry = entry
        self.units = units
        self.documents = documents
    }
}

/// An explanation that was sealed and put into the outbox.
package struct ExplanationSealed: Codable, Hashable, Sendable {
    /// 1 for the first, then counting up.
    package var revision: Int
    /// The SHA-256 of the document.
    package var digest: String
    /// Its size, in bytes.
    package var bytes: Int
    /// How many units it leaves unexplained.
    package var unexplained: Int
}

/// The Agency's receipt of an explanation.
package struct ExplanationReceipt: Codable, Hashable, Sendable {
    /// The revision that it is for.
    package var revision: Int
    /// Its number.
    package var number: String
    /// When the Agency received it, by its own clock.
    package var receivedAt: Moment
    /// The SHA-256 of what it received.
    package var digest: String
}

/// An explanation whose delivery was given up.
package struct ExplanationUndelivered: Codable, Hashable, Sendable {
    /// The revision.
    package var revision: Int
    /// Why it was given up.
    package var reason: String
}

/// What can happen to a discrepancy (797 §20), stream `discrepancy/78-1mk_2022-Q1_MJ_16`.
package enum DiscrepancyEvent: DocumentedEvent, Equatable {
    /// The numbers disagree: the clock of §20 starts.
    case discrepancyFound(DiscrepancyFigures)
    /// The numbers changed: the body filed again, or ours were corrected.
    case discrepancyRestated(DiscrepancyFigures)
    /// A person confirmed a cause.
    case discrepancyCauseConfirmed(DiscrepancyCause)
    /// A cause was taken back.
    case discrepancyCauseWithdrawn(DiscrepancyNote)
    /// The body told its side.
    case discrepancyBodyAnswered(DiscrepancyNote)
    /// The body's own list of the cases behind its number was taken.
    case discrepancyListed(DiscrepancyList)
    /// An explanation was sealed and put into the outbox.
    case explanationSealed(ExplanationSealed)
    /// The Agency has it: the clock stops.
    case explanationSent(ExplanationReceipt)
    /// Its delivery was given up.
    case explanationUndelivered(ExplanationUndelivered)
    /// All is explained and the Agency was told, or the numbers agree by now.
    case discrepancySettled(DiscrepancyNote)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case discrepancyFound, discrepancyRestated, discrepancyCauseConfirmed, discrepancyCauseWithdrawn,
            discrepancyBodyAnswered, discrepancyListed, explanationSealed, explanationSent, explanationUndelivered,
            discrepancySettled
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .discrepancyFound(let figures): Tagged(.discrepancyFound, figures)
        case .discrepancyRestated(let figures): Tagged(.discrepancyRestated, figures)
        case .discrepancyCauseConfirmed(let cause): Tagged(.discrepancyCauseConfirmed, cause)
        case .discrepancyCauseWithdrawn(let note): Tagged(.discrepancyCauseWithdrawn, note)
        case .discrepancyBodyAnswered(let note): Tagged(.discrepancyBodyAnswered, note)
        case .discrepancyListed(let list): Tagged(.discrepancyListed, list)
        case .explanationSealed(let sealed): Tagged(.explanationSealed, sealed)
        case .explanationSent(let receipt): Tagged(.explanationSent, receipt)
        case .explanationUndelivered(let undelivered): Tagged(.explanationUndelivered, undelivered)
        case .discrepancySettled(let note): Tagged(.discrepancySettled, note)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .discrepancyFound: .discrepancyFound(try content())
        case .discrepancyRestated: .discrepancyRestated(try content())
        case .discrepancyCauseConfirmed: .discrepancyCauseConfirmed(try content())
        case .discrepancyCauseWithdrawn: .discrepancyCauseWithdrawn(try content())
        case .discrepancyBodyAnswered: .discrepancyBodyAnswered(try content())
        case .discrepancyListed: .discrepancyListed(try content())
        case .explanationSealed: .explanationSealed(try content())
        case .explanationSent: .explanationSent(try content())
        case .explanationUndelivered: .explanationUndelivered(try content())
        case .discrepancySettled: .discrepancySettled(try content())
        }
    }

    package var facts: [String: String] {
        switch self {
        case .discrepancyFound(let figures), .discrepancyRestated(let figures): ["body": figures.body]
        default: [:]
        }
    }

    /// The file of the body, what proves a cause, what the body sent.
    package var documents: [String] {
        switch self {
        case .discrepancyFound(let figures), .discrepancyRestated(let figures): [figures.file]
        case .discrepancyCauseConfirmed(let cause): cause.documents
        case .discrepancyCauseWithdrawn(let note), .discrepancyBodyAnswered(let note), .discrepancySettled(let note):
            note.documents
        // Of a list only what was read of it is kept, and never given out as a file.
        case .discrepancyListed, .explanationSealed, .explanationSent, .explanationUndelivered: []
        }
    }
}
