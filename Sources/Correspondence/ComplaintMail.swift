import Foundation
import Languages
import Yams

/// What a mail about a complaint is for, and to whom it goes.
package enum ComplaintMailKind: String, CaseIterable, Codable, Hashable, Sendable {
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
package struct ComplaintMails: Sendable {
    private let words: [ComplaintMailKind: [Language: (subject: String, text: String)]]

    /// Reads the file.
    /// - Throws: `LetterTemplateError` with every fault, each with file and line.
    package static func load(_ path: String) throws -> ComplaintMails {
        var problems: [String] = []
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw LetterTemplateError(problems: ["\(path) cannot be read: put the file there."])
        }
        let root: Node.Mapping
        do {
            guard let found = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))?.mapping else {
                throw LetterTemplateError(problems: ["\(path):1: write the mails by their kinds."])
            }
            root = found
        } catch let error as YamlError {
            throw LetterTemplateError(problems: ["\(path): \(error)"])
        }
        let known = ComplaintMailKind.allCases.map(\.rawValue)
        for key in root.keys where !known.contains(key.string ?? "") {
            problems.append(
                "\(path):\(key.mark?.line ?? 1): there is no mail “\(key.string ?? "?")”: use \(known.joined(separator: ", "))."
            )
        }
        var words: [ComplaintMailKind: [Language: (subject: String, text: String)]] = [:]
        for kind in ComplaintMailKind.allCases {
            for language in [Language.kk, .ru] {
                let block = root[Node(kind.rawValue)]?.mapping?[Node(language.rawValue)]?.mapping
                func text(_ key: String) -> String {
                    guard let node = block?[Node(key)], let text = node.string, !text.isEmpty else {
                        problems.append(
                            "\(path): “\(key)” of \(kind.rawValue) in \(language.rawValue) is missing: write it.")
                        return ""
                    }
                    let first = (node.mark?.line ?? 1) + (text.contains("\n") ? 1 : 0)
                    for piece in LetterTemplateReader.pieces(of: text)
                    where piece.isField && !kind.fields.contains(piece.text) {
                        problems.append(
                            "\(path):\(first + piece.line): the field {\(piece.text)} is unknown here: use one of \(kind.fields.sorted().joined(separator: ", "))."
                        )
                    }
                    return text
                }
                words[kind, default: [:]][language] = (text("subject"), text("text"))
            }
        }
        guard problems.isEmpty else { throw LetterTemplateError(problems: problems) }
        return ComplaintMails(words: words)
    }

    private init(words: [ComplaintMailKind: [Language: (subject: String, text: String)]]) { self.words = words }

    /// A mail with its fields filled in; in several languages one text after the other, under the subject of the first.
    ///
    /// A value is filled in once: braces within it stay what they are, and line breaks of a value in a subject are spaces.
    package func mail(
        _ kind: ComplaintMailKind, _ values: [String: Localized], in languages: [Language]
    ) -> (subject: String, text: String) {
        func fill(_ text: String, _ language: Language) -> String {
            LetterTemplateReader.pieces(of: text).map { piece in
                piece.isField ? values[piece.text]?[language] ?? "" : piece.text
            }.joined()
        }
        let parts = languages.compactMap { language in
            words[kind]?[language].map { words in
                (
                    subject: fill(words.subject, language).split(whereSeparator: \.isNewline).joined(separator: " "),
                    text: fill(LetterTemplateReader.joined(words.text), language)
                )
            }
        }
        return (
            parts.map(\.subject).joined(separator: " / "), parts.map(\.text).joined(separator: "\n\n* * *\n\n") + "\n"
        )
    }
}
