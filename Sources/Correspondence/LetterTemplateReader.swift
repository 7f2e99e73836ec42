import Foundation
import Languages
import Rulebook
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
        var list = ProblemList(file: path)
        let root = list.compose(String(decoding: bytes, as: UTF8.self), "keys and their texts")
        if let mapping = root?.mapping { return mapping }
        if let root { list.add(root.line, "This is no list of keys: write keys and their texts.") }
        problems += list.problems.map { "\($0)" }
        return nil
    }

    private mutating func check(_ mapping: Node.Mapping, keys: [String], _ path: String) {
        for key in mapping.keys where !keys.contains(key.string ?? "") {
            problems.append(
                "\(path):\(key.mark?.line ?? 0): the key “\(key.string ?? "?")” is unknown: use one of \(keys.joined(separator: ", "))."
            )
        }
    }

    /// Where a node stands, as far as it is known.
    private func place(_ path: String, _ node: Node?) -> String { node?.mark.map { "\(path):\($0.line)" } ?? path }

    /// Names the fields of a text that nothing fills in.
    /// - Returns: the others with their places, in order.
    @discardableResult
    private mutating func checkFields(
        of node: Node?, _ known: Set<String>, _ path: String
    ) -> [(field: String, place: String)] {
        guard let node, let scalar = node.scalar else { return [] }
        // A block of lines begins on the line after its key.
        let first = node.line + (scalar.style == .literal || scalar.style == .folded ? 1 : 0)
        var fields: [(field: String, place: String)] = []
        for piece in Self.pieces(of: scalar.string) where piece.isField {
            let place = "\(path):\(first + piece.line)"
            if known.contains(piece.text) {
                fields.append((piece.text, place))
            } else {
                let what =
                    known.isEmpty ? "no field is filled in" : "use one of \(known.sorted().joined(separator: ", "))"
                problems.append("\(place): the field {\(piece.text)} is unknown here: \(what).")
            }
        }
        return fields
    }

    mutating func letterhead(_ path: String) -> Letterhead {
        guard let mapping = mapping(path) else { return Letterhead(texts: [:]) }
        check(mapping, keys: Letterhead.keys, path)
        var texts: [String: Localized] = [:]
        for key in Letterhead.keys {
            let node = mapping[Node(key)]
            guard let kk = node?.mapping?["kk"]?.string, let ru = node?.mapping?["ru"]?.string else {
                problems.append("\(place(path, node)): “\(key)” is missing: write it in kk and ru.")
                continue
            }
            for language in ["kk", "ru"] {
                checkFields(of: node?.mapping?[Node(language)], Letterhead.fields(of: key), path)
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
                problems.append("\(path): the language \(language.rawValue) is missing: write it.")
                continue
            }
            check(block, keys: ["addressee", "subject", "text"], path)
            func text(_ key: String) -> String {
                guard let node = block[Node(key)], let text = node.string, !text.isEmpty else {
                    problems.append(
                        "\(place(path, block[Node(key)])): “\(key)” of \(language.rawValue) is missing: write it.")
                    return ""
                }
                for (field, place) in checkFields(of: node, kind.fields, path) where places[field] == nil {
                    places[field] = place
                }
                return text
            }
            texts[language] = LetterText(
                addressee: text("addressee"), subject: text("subject"), text: text("text"))
        }
        return LetterTemplate(kind: kind, texts: texts, places: places)
    }
}
