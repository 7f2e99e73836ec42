import Casework
import WorkingDays

/// A letter was begun.
package struct LetterDrafted: Codable, Hashable, Sendable {
    /// What it is for.
    package var kind: LetterKind
    /// The stream of the case that it is about.
    package var about: String
    /// The code of the body that it is about or goes to.
    package var body: String
    /// What it says in Kazakh.
    package var kk: LetterText
    /// What it says in Russian.
    package var ru: LetterText
    /// The SHA-256 of the documents that go with it.
    package var attachments: [String]
    /// What each of them is, in the same order; nil in letters begun before titles were kept.
    package var titles: [LetterEnclosure]?
}

/// What a document that goes with a letter is: the paper, its case and its day. Not the name of its file, which others
/// choose and which may name a person: what stands in the journal cannot be erased.
package struct LetterEnclosure: Codable, Hashable, Sendable {
    /// What it is, in Kazakh.
    package var kk: String
    /// What it is, in Russian.
    package var ru: String
}

/// The text of a draft was changed.
package struct LetterEdited: Codable, Hashable, Sendable {
    /// What it says now in Kazakh.
    package var kk: LetterText
    /// What it says now in Russian.
    package var ru: LetterText
}

/// A letter got its outgoing number and became a PDF; its text stands from now on.
package struct LetterFinished: Codable, Hashable, Sendable {
    /// The year of the number.
    package var year: Int
    /// The number within the year, from 1, without gaps.
    package var number: Int
    /// The day that stands on it.
    package var date: CivilDate
    /// The SHA-256 of the PDF.
    package var document: String

    /// The number as it is written: `17/2026`.
    package var outgoing: String { "\(number)/\(year)" }
}

/// The signed paper came back as a scan.
package struct LetterSigned: Codable, Hashable, Sendable {
    /// The SHA-256 of the scan.
    package var document: String
}

/// A draft was given up.
package struct LetterDropped: Codable, Hashable, Sendable {
    /// Why.
    package var reason: String
}

/// What can happen to a letter, stream `letter/2026-000001`.
package enum LetterEvent: EventContent, Equatable {
    /// It was begun.
    case letterDrafted(LetterDrafted)
    /// Its text was changed.
    case letterEdited(LetterEdited)
    /// It was numbered and printed.
    case letterFinished(LetterFinished)
    /// Its signed scan is here.
    case letterSigned(LetterSigned)
    /// It was given up.
    case letterDropped(LetterDropped)

    /// The names in the journal.
    package enum Name: String, CaseIterable {
        case letterDrafted, letterEdited, letterFinished, letterSigned, letterDropped
    }

    package var tagged: Tagged<Name> {
        switch self {
        case .letterDrafted(let event): Tagged(.letterDrafted, event)
        case .letterEdited(let event): Tagged(.letterEdited, event)
        case .letterFinished(let event): Tagged(.letterFinished, event)
        case .letterSigned(let event): Tagged(.letterSigned, event)
        case .letterDropped(let event): Tagged(.letterDropped, event)
        }
    }

    package static func read(_ name: Name, _ content: EventReader) throws -> Self {
        switch name {
        case .letterDrafted: .letterDrafted(try content())
        case .letterEdited: .letterEdited(try content())
        case .letterFinished: .letterFinished(try content())
        case .letterSigned: .letterSigned(try content())
        case .letterDropped: .letterDropped(try content())
        }
    }
}
