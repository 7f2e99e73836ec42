import Foundation
import Languages
import Yams

/// What a mail is for; each kind has its words in a file of `schedules/letters`.
package protocol MailKind: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// The fields that its words may name.
    var fields: Set<String> { get }
}

/// The words of the mails of one business, a key for each kind, in Kazakh and in Russian.
package struct MailWords<Kind: MailKind>: Sendable {
    private let words: [Kind: [Language: (subject: String, text: String)]]

    /// Reads the file.
    /// - Throws: `LetterTemplateError` with every fault, each with file and line.
    package static func load(_ path: String) throws -> MailWords {
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
        let known = Kind.allCases.map(\.rawValue)
        for key in root.keys where !known.contains(key.string ?? "") {
            problems.append(
                "\(path):\(key.mark?.line ?? 1): there is no mail “\(key.string ?? "?")”: use \(known.joined(separator: ", "))."
            )
        }
        var words: [Kind: [Language: (subject: String, text: String)]] = [:]
        for kind in Kind.allCases {
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
        return MailWords(words: words)
    }

    private init(words: [Kind: [Language: (subject: String, text: String)]]) { self.words = words }

    /// A mail with its fields filled in; in several languages one text after the other, under the subject of the first.
    ///
    /// A value is filled in once: braces within it stay what they are, and line breaks of a value in a subject are spaces.
    package func mail(
        _ kind: Kind, _ values: [String: Localized], in languages: [Language]
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
