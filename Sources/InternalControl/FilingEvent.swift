import Casework
import WorkingDays

/// A form that a body filed, as it was read on that day.
package struct FilingNote: Codable, Hashable, Sendable {
    /// Where a filing came from.
    package enum Channel: String, CaseIterable, Codable, Sendable {
        /// With a letter.
        case letter
        /// By mail.
        case mail
        /// From the Agency, to which it was filed.
        case agency
        /// Uploaded by the body.
        case link
    }

    /// The code of the form.
    package var form: String
    /// The first day of the edition of the form by which it was read.
    package var edition: CivilDate
    /// The period, as `2022-Q1` or `2014-03`.
    package var period: String
    /// The code of the body.
    package var body: String
    /// The SHA-256 of the file, which is kept as it came.
    package var file: String
    /// How it came.
    package var channel: Channel
    /// The outgoing number of the letter; nil where there is none.
    package var reference: String?
    /// How many things are wrong with it; none where it is taken.
    package var faults: Int
    /// How many questions there are to it.
    package var doubts: Int
    /// What stands in its rows, by row and column; empty where it goes back. Lines below rows stand in the file.
    package var numbers: [String: [String: String]]
    /// The cell in which each row's number of the whole period stands, by row.
    package var cells: [String: String]
    /// Why it is filed again; nil for the first.
    package var reason: String?

    /// A filing from its parts.
    package init(
        form: String, edition: CivilDate, period: String, body: String, file: String, channel: Channel,
        reference: String? = nil, faults: Int, doubts: Int, numbers: [String: [String: String]] = [:],
        cells: [String: String] = [:], reason: String? = nil
    ) {
        self.form = form
        self.edition = edition
        self.period = period
        self.body = body
        self.file = file
        self.channel = channel
        self.reference = reference
        self.faults = faults
        self.doubts = doubts
        self.numbers = numbers
        self.cells = cells
        self.reason = reason
    }
}

/// The answer of a body to a question about a number.
package struct FilingAnswer: Codable, Hashable, Sendable {
    /// The rule that asks.
    package var rule: String
    /// The row; nil where it is about the whole.
    package var row: String?
    /// The column; nil where it is about the row.
    package var column: String?
    /// What the body says.
    package var text: String
    /// The SHA-256 of what proves it.
    package var documents: [String]

    /// What tells its question from the others of the filing: rule, row and column.
    package var question: String { [rule, row ?? "", column ?? ""].joined(separator: "|") }

    /// An answer from its parts.
    package init(rule: String, row: String? = nil, column: String? = nil, text: String, documents: [String] = []) {
        self.rule = rule
        self.row = row
        self.column = column
        self.text = text
        self.documents = documents
    }
}

/// What can happen to the filing of a form for a period by a body, stream `filing/78-1mk_2022-Q1_MJ`.
package enum FilingEvent: DocumentedEvent, Equatable {
    /// It has no fault and is taken as a whole; questions may be left.
    case filingTaken(FilingNote)
    /// It goes back with the list of its faults; nothing of it counts.
    case filingReturned(FilingNote)
    /// The body answered a question.
    case filingAnswered(FilingAnswer, body: String)

    /// The names in the journal.
    package enum Name: String, CaseIterable { case filingTaken, filingReturned, filingAnswered }

    private struct Answered: Codable, Hashable { var answer: FilingAnswer, body: String }

    package var tagged: Tagged<Name> {
        switch self {
        case .filingTaken(let note): Tagged(.filingTaken, note)
        case .filingReturned(let note): Tagged(.filingReturned, note)
        case .filingAnswered(let answer, let body): Tagged(.filingAnswered, Answered(answer: answer, body: body))
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .filingTaken: return .filingTaken(try content())
        case .filingReturned: return .filingReturned(try content())
        case .filingAnswered:
            let answered: Answered = try content()
            return .filingAnswered(answered.answer, body: answered.body)
        }
    }

    package var facts: [String: String] {
        switch self {
        case .filingTaken(let note), .filingReturned(let note): ["body": note.body]
        case .filingAnswered(_, let body): ["body": body]
        }
    }

    /// The file as it came, and what came with answers.
    package var documents: [String] {
        switch self {
        case .filingTaken(let note), .filingReturned(let note): [note.file]
        case .filingAnswered(let answer, _): answer.documents
        }
    }
}
