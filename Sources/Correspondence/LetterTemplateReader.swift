import Foundation
import Languages
import Yams

/// Reads the files of letters and collects what is wrong with them.
struct LetterTemplateReader {
    var problems: [String] = []

    /// A piece of a text: words, or the name of a field.
    struct Piece {
        let text: String
        let isField: Bool
        /// How many line breaks stand before it.
        let line: Int
    }

    /// Cuts a text at its fields, `{name}`; a brace that is never closed is text.
    static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        var line = 0
        func add(_ part: Substring, isField: Bool) {
            if !part.isEmpty { pieces.append(Piece(text: String(part), isField: isField, line: line)) }
            line += part.count(where: \.isNewline)
        }
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            add(rest[..<open], isField: false)
            add(rest[rest.index(after: open)..<close], isField: true)
            rest = rest[rest.index(after: close)...]
        }
        add(rest, isField: false)
        return pieces
    }

    /// Lines of a paragraph joined; an empty line ends it, a dash at the beginning of a line starts a new one.
    static func joined(_ text: String) -> String {
        var lines: [String] = []
        var isOpen = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map({
            $0.trimmingCharacters(in: .whitespaces)
        }) {
            if line.isEmpty {
                if isOpen { lines.append("") }
                isOpen = false
            } else if isOpen, !line.hasPrefix("– "), let last = lines.indices.last {
                lines[last] += " " + line
            } else {
                lines.append(line)
                isOpen = true
            }
        }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private mutating func mapping(_ path: String) -> Node.Mapping? {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            problems.append("\(path) cannot be read: put the file there.")
            return nil
        }
        do {
            if let mapping = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self))?.mapping { return mapping }
            problems.append("\(path):1: write keys and their texts.")
        } catch {
            problems.append("\(path): \(error)")
        }
        return nil
    }

    private mutating func check(_ mapping: Node.Mapping, keys: [String], _ path: String) {
        for key in mapping.keys where !keys.contains(key.string ?? "") {
            problems.append(
                "\(path):\(key.mark?.line ?? 0): the key “\(key.string ?? "?")” is unknown: use one of \(keys.joined(separator: ", "))."
            )
        }
    }

    mutating func letterhead(_ path: String) -> Letterhead {
        guard let mapping = mapping(path) else { return Letterhead(texts: [:]) }
        check(mapping, keys: Letterhead.keys, path)
        var texts: [String: Localized] = [:]
        for key in Letterhead.keys {
            let block = mapping[Node(key)]?.mapping
            guard let kk = block?["kk"]?.string, let ru = block?["ru"]?.string else {
                problems.append("\(path): “\(key)” is missing: write it in kk and ru.")
                continue
            }
            texts[key] = Localized(kk: kk, ru: ru)
        }
        return Letterhead(texts: texts)
    }

    mutating func template(_ kind: LetterKind, _ path: String) -> LetterTemplate? {
        guard let mapping = mapping(path) else { return nil }
        check(mapping, keys: ["kind", "cite", "kk", "ru"], path)
        if mapping["kind"]?.string != kind.rawValue {
            problems.append("\(path):\(mapping["kind"]?.mark?.line ?? 1): “kind” must be \(kind.rawValue).")
        }
        var texts: [Language: LetterText] = [:]
        var places: [String: String] = [:]
        for language in [Language.kk, .ru] {
            guard let block = mapping[Node(language.rawValue)]?.mapping else {
                problems.append("\(path): the language \(language.rawValue) is missing.")
                continue
            }
            check(block, keys: ["addressee", "subject", "text"], path)
            func text(_ key: String) -> String {
                guard let node = block[Node(key)], let text = node.string, !text.isEmpty else {
                    problems.append("\(path): “\(key)” of \(language.rawValue) is missing: write it.")
                    return ""
                }
                // A block of lines begins on the line after its key.
                let first = (node.mark?.line ?? 1) + (text.contains("\n") ? 1 : 0)
                for piece in Self.pieces(of: text) where piece.isField {
                    let place = "\(path):\(first + piece.line)"
                    if !kind.fields.contains(piece.text) {
                        problems.append(
                            "\(place): the field {\(piece.text)} is unknown here: use one of \(kind.fields.sorted().joined(separator: ", "))."
                        )
                    } else if places[piece.text] == nil {
                        places[piece.text] = place
                    }
                }
                return text
            }
            texts[language] = LetterText(
                addressee: text("addressee"), subject: text("subject"), text: text("text"))
        }
        return LetterTemplate(kind: kind, texts: texts, places: places)
    }
}
