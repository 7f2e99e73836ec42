import Foundation
import Yams

/// What is wrong with a file of a card.
package struct CardFileProblem: Error, Codable, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package let file: String
    /// The line, from 1; 0 where it is about the whole file.
    package let line: Int
    /// What is wrong and what to do.
    package let message: String

    package var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}

/// Reads a card from YAML.
package enum CardFile {
    /// The channels that a card may name.
    static let channels: Set<String> = [
        "portal", "psc", "office", "licensing", "mobile", "bank", "mail", "proactive", "consulate",
    ]

    /// The card in a file.
    /// - Throws: `CardFileProblem` with the line of what is wrong.
    package static func read(_ text: String, file: String) throws -> Card {
        func problem(_ line: Int, _ message: String) -> CardFileProblem {
            CardFileProblem(file: file, line: line, message: message)
        }
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch let error as YamlError {
            throw problem(Self.line(of: error), "this is no YAML: \(error). Mend the line.")
        }
        guard let mapping = node?.mapping else { throw problem(1, "a card is a list of fields such as “code: S0001”.") }
        let known = Set(Card.CodingKeys.allCases.map(\.rawValue))
        for (key, value) in mapping {
            let line = key.mark?.line ?? 0
            guard let name = key.string, known.contains(name) else {
                throw problem(
                    line,
                    "“\(key.string ?? "?")” is no field of a card; known are \(known.sorted().joined(separator: ", "))."
                )
            }
            guard name == "channels" else { continue }
            for channel in value.sequence?.compactMap(\.string) ?? [] where !channels.contains(channel) {
                throw problem(
                    value.mark?.line ?? line,
                    "“\(channel)” is no channel; known are \(channels.sorted().joined(separator: ", ")).")
            }
        }
        let card: Card
        do { card = try YAMLDecoder().decode(Card.self, from: text) } catch let error as DecodingError {
            throw problem(Self.line(of: error, in: mapping), "\(Self.words(error)) Mend the field.")
        }
        guard card.title.text(.ru) != nil else {
            throw problem(mapping["title"]?.mark?.line ?? 1, "the title is missing in both languages.")
        }
        return card
    }

    private static func line(of error: YamlError) -> Int {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: 1
        }
    }

    private static func line(of error: DecodingError, in mapping: Node.Mapping) -> Int {
        let path: [any CodingKey] =
            switch error {
            case .keyNotFound(let key, let context): context.codingPath + [key]
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                context.codingPath
            @unknown default: []
            }
        guard let first = path.first else { return 1 }
        return mapping[Node(first.stringValue)]?.mark?.line ?? 1
    }

    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "the field “\(key.stringValue)” is missing."
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            "“\(context.codingPath.map(\.stringValue).joined(separator: "."))” is not what it should be: \(context.debugDescription)."
        @unknown default: "the card cannot be read."
        }
    }
}
