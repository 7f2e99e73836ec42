import Languages
import WorkingDays
import Yams

/// A mapping of a YAML file under the eyes of a reader that collects problems instead of stopping at the first.
package struct YAMLFields {
    /// The mapping, or nil when the node is none.
    package let mapping: Node.Mapping?
    /// The line of the node.
    package let line: Int
    /// What the mapping describes, for messages: "the clock hold-training".
    package let name: String
    private let values: [String: Node]

    /// Looks at a node that must be a mapping with no other keys than `keys`.
    package init(_ node: Node?, name: String, line: Int, keys: [String], _ problems: inout ProblemList) {
        self.name = name
        self.line = node?.line ?? line
        mapping = node?.mapping
        var values: [String: Node] = [:]
        if let node, mapping == nil {
            problems.add(node.line, "\(name) must be a block of keys: write them indented below it.")
        }
        for (key, value) in mapping ?? [:] {
            guard let text = key.scalar?.string, keys.isEmpty || keys.contains(text) else {
                let text = key.scalar?.string ?? "?"
                problems.add(
                    key.line, "\(name) has the unknown key \"\(text)\": use one of \(keys.joined(separator: ", ")).")
                continue
            }
            values[text] = value
        }
        self.values = values
    }

    /// The keys and values in the order of the file.
    package var pairs: [(key: String, node: Node)] {
        (mapping ?? [:]).compactMap { key, value in key.scalar.map { ($0.string, value) } }
    }

    /// The value of a key, or nil when it is absent.
    package subscript(key: String) -> Node? { values[key] }

    /// The text of a key that must be there; empty after a report.
    package func text(_ key: String, _ advice: String, _ problems: inout ProblemList) -> String {
        guard let node = values[key] else {
            problems.add(line, "\(name) has no \"\(key)\": \(advice).")
            return ""
        }
        guard let text = node.scalar?.string, !text.isEmpty else {
            problems.add(node.line, "\"\(key)\" of \(name) must be a text: \(advice).")
            return ""
        }
        return text
    }

    /// The text of a key in three languages; reports each that is missing.
    package func localized(_ key: String, _ problems: inout ProblemList) -> Localized {
        guard let node = values[key] else {
            problems.add(line, "\(name) has no \"\(key)\": write it in kk, ru and en.")
            return Localized(kk: "", ru: "")
        }
        let fields = YAMLFields(node, name: "\"\(key)\" of \(name)", line: line, keys: ["kk", "ru", "en"], &problems)
        guard fields.mapping != nil else { return Localized(kk: "", ru: "") }
        let advice = "write the wording in this language"
        return Localized(
            kk: fields.text("kk", advice, &problems), ru: fields.text("ru", advice, &problems),
            en: fields.text("en", advice, &problems))
    }

    /// The place in the law that a key names: the same in all languages ("§5"), or a mapping of kk, ru and en.
    package func cite(_ problems: inout ProblemList) -> Localized {
        if values["cite"]?.mapping != nil { return localized("cite", &problems) }
        let text = text("cite", "name the paragraph", &problems)
        return Localized(kk: text, ru: text, en: text)
    }

    /// The date of a key; nil when it is absent or, after a report, no date.
    package func date(_ key: String, _ problems: inout ProblemList) -> CivilDate? {
        guard let node = values[key] else { return nil }
        let text = node.scalar?.string ?? ""
        if let date = CivilDate(text) { return date }
        problems.add(node.line, "\"\(text)\" is not a date: write \"\(key)\" of \(name) as 2013-08-06.")
        return nil
    }

    /// Yes or no; no when it is absent.
    package func flag(_ key: String, _ problems: inout ProblemList) -> Bool {
        guard let node = values[key] else { return false }
        switch node.scalar?.string {
        case "yes", "true": return true
        case "no", "false": return false
        default:
            problems.add(node.line, "\"\(key)\" of \(name) is neither yes nor no: write one of them.")
            return false
        }
    }

    /// One value of a closed list; nil after a report, `fallback` when the key is absent and there is one.
    package func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, fallback: Choice? = nil, _ problems: inout ProblemList
    ) -> Choice? where Choice.RawValue == String {
        let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        guard let node = values[key] else {
            if fallback == nil { problems.add(line, "\(name) has no \"\(key)\": write one of \(all).") }
            return fallback
        }
        let text = node.scalar?.string ?? ""
        if let choice = Choice(rawValue: text) { return choice }
        problems.add(node.line, "\"\(text)\" is an unknown \(key) of \(name): write one of \(all).")
        return nil
    }
}

/// The problems of one file, as they are found.
package struct ProblemList {
    /// The name of the file.
    package let file: String
    /// What was found so far.
    package var problems: [RulebookProblem] = []

    /// A list without a problem.
    package init(file: String) { self.file = file }

    /// Notes what is wrong on a line (from 1; 0 for the whole file), and what to do.
    package mutating func add(_ line: Int, _ message: String) {
        problems.append(RulebookProblem(file: file, line: line, message: message))
    }
}

extension Node {
    /// The line on which the node starts, from 1; 0 when it is not known.
    package var line: Int { mark?.line ?? 0 }

    /// The texts of a scalar or of a list of scalars; nil for anything else.
    package var texts: [String]? {
        if let scalar { return [scalar.string] }
        guard let sequence else { return nil }
        let texts = sequence.compactMap { $0.scalar?.string }
        return texts.count == sequence.count ? texts : nil
    }
}
