import Foundation
import Languages
import Yams

/// What a letter is for.
package enum LetterKind: String, CaseIterable, Codable, Hashable, Sendable {
    /// The request for information and training (797 §4).
    case request
    /// A reminder of a term.
    case reminder
    /// The notice to the Agency of repeated refusals (797 §12).
    case notice
    /// The protocol of acceptance (797 §8); both sides sign it.
    case protocolOfAcceptance = "protocol"
    /// A complaint to the body that must answer it (LSS art. 25).
    case complaint
    /// The request to confirm the cards of a body, where no mail can go to it.
    case cards
    /// The request for a form on internal control, where no mail can go to its body.
    case filings

    /// The fields that a template of this kind may name.
    package var fields: Set<String> {
        switch self {
        case .request: ["body", "service", "code", "plan", "line", "approval"]
        case .reminder: ["body", "service", "code", "sentOn", "sentNumber", "duty", "due"]
        case .notice: ["body", "from", "through", "refusals", "reference"]
        case .protocolOfAcceptance: ["body", "service", "code", "submittedOn", "trainedOn"]
        case .complaint: ["body", "service", "number", "registeredOn", "due"]
        case .cards: ["body", "number", "count", "due"]
        case .filings: ["body", "form", "title", "period", "due"]
        }
    }
}

/// What a letter says in one language.
package struct LetterText: Codable, Hashable, Sendable {
    /// To whom it goes, as it stands in the letter.
    package var addressee: String
    /// What it is about.
    package var subject: String
    /// The text; an empty line between paragraphs.
    package var text: String

    /// A text from its parts.
    package init(addressee: String, subject: String, text: String) {
        self.addressee = addressee
        self.subject = subject
        self.text = text
    }
}

/// Faults of the files of letters, each with file and line.
package struct LetterTemplateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The faults, one sentence each; never empty.
    package let problems: [String]

    package var description: String { problems.joined(separator: "\n") }
}

/// A template of one kind of letter: `schedules/letters/<kind>.yaml`.
package struct LetterTemplate: Hashable, Sendable {
    /// The kind.
    package let kind: LetterKind
    let texts: [Language: LetterText]
    /// Where each field is named first, for messages.
    let places: [String: String]

    /// The letter with its fields filled in.
    /// - Throws: `LetterTemplateError` with file and line for each field that has no value.
    package func filled(_ values: [String: Localized]) throws -> (kk: LetterText, ru: LetterText) {
        let missing = places.filter { values[$0.key] == nil }.sorted { $0.value < $1.value }
        guard missing.isEmpty else {
            throw LetterTemplateError(
                problems: missing.map { "\($0.value): the field {\($0.key)} has no value for this letter." })
        }
        func text(_ language: Language) -> LetterText {
            let raw = texts[language] ?? LetterText(addressee: "", subject: "", text: "")
            func fill(_ text: String) -> String {
                // In one pass over the template, so that braces within a value stay what they are.
                LetterTemplateReader.pieces(of: text).map { piece in
                    piece.isField ? values[piece.text]?[language] ?? "" : piece.text
                }.joined()
            }
            return LetterText(
                addressee: fill(raw.addressee), subject: fill(raw.subject),
                text: LetterTemplateReader.joined(fill(raw.text)))
        }
        return (text(.kk), text(.ru))
    }
}

/// The templates and the letterhead of a folder.
package struct LetterTemplates: Sendable {
    /// The head and foot of every letter.
    package let letterhead: Letterhead
    let templates: [LetterKind: LetterTemplate]

    /// Reads `schedules/letters`.
    /// - Throws: `LetterTemplateError` with every fault of all files.
    package static func load(folder: String) throws -> LetterTemplates {
        var reader = LetterTemplateReader()
        let head = reader.letterhead(folder + "/letterhead.yaml")
        var templates: [LetterKind: LetterTemplate] = [:]
        for kind in LetterKind.allCases { templates[kind] = reader.template(kind, "\(folder)/\(kind.rawValue).yaml") }
        guard reader.problems.isEmpty else { throw LetterTemplateError(problems: reader.problems) }
        return LetterTemplates(letterhead: head, templates: templates)
    }

    /// A letter of a kind with its fields filled in.
    /// - Throws: `LetterTemplateError`.
    package func letter(_ kind: LetterKind, _ values: [String: Localized]) throws -> (kk: LetterText, ru: LetterText) {
        guard let template = templates[kind] else {
            throw LetterTemplateError(problems: ["There is no template of the kind “\(kind.rawValue)”."])
        }
        return try template.filled(values)
    }
}

/// What stands on every letter besides its text.
package struct Letterhead: Hashable, Sendable {
    static let keys = [
        "organisation", "address", "signatory", "body-signatory", "attachments", "document", "refusal",
        "refusal-line", "refusal-notice", "ground-state-secret", "ground-commercial-secret", "ground-other-secret",
        "ground-none", "none", "mail-before", "mail-breach", "mail-missed", "mail-due",
    ]
    let texts: [String: Localized]

    /// The fields that a text of the letterhead may name.
    static func fields(of key: String) -> Set<String> {
        switch key {
        case "refusal": ["date", "case"]
        case "refusal-line": ["date", "case", "text", "number", "ground", "documents"]
        default: []
        }
    }

    /// A text of the letterhead in a language, such as `organisation`, its fields filled in; empty where there is none.
    package func text(_ key: String, _ language: Language, _ values: [String: String] = [:]) -> String {
        LetterTemplateReader.pieces(of: texts[key]?[language] ?? "").map { piece in
            piece.isField ? values[piece.text] ?? "" : piece.text
        }.joined()
    }
}
