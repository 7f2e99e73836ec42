import Languages
import Rulebook
import Yams

extension FormReader {
    /// The lines above or below the table.
    mutating func lines(above key: String, _ fields: YAMLFields) -> [FormField] {
        (fields[key]?.sequence ?? []).compactMap { node in
            let fields = YAMLFields(
                node, name: "the line", line: node.line,
                keys: ["field", "label", "must", "printed", "source", "holds", "note"], &list)
            guard fields.mapping != nil else { return nil }
            let name = fields.text("field", "name it", &list)
            let must: FormField.Must? = fields.choice("must", &list)
            return must.map {
                FormField(name: name, label: words(fields["label"]), must: $0, printed: printed(fields["printed"]))
            }
        }
    }

    /// What is printed behind a label: words in the languages in which it is known, or one wording for all.
    private func printed(_ node: Node?) -> [Language: String] {
        guard let text = node?.scalar?.string else { return words(node) }
        return [.kk: text, .ru: text]
    }

    /// What stands over the table.
    mutating func head(_ node: Node?) -> FormHead {
        guard let node else { return FormHead(title: [:], number: [:], name: [:], columnNumbers: []) }
        let fields = YAMLFields(
            node, name: "\"table\"", line: node.line,
            keys: ["title", "number", "name", "over-months", "column-numbers", "source", "note"], &list)
        return FormHead(
            title: words(fields["title"]), number: words(fields["number"]), name: words(fields["name"]),
            overMonths: words(fields["over-months"]), columnNumbers: fields["column-numbers"]?.texts ?? [])
    }

    /// What must hold between filings.
    mutating func bonds(_ fields: YAMLFields) -> [FormBond] {
        (fields["across"]?.sequence ?? []).compactMap { node in
            let fields = YAMLFields(
                node, name: "the rule across filings", line: node.line,
                keys: [
                    "rule", "kind", "each", "rows", "row", "column", "with", "but", "founded", "level", "cite", "note",
                ], &list)
            guard fields.mapping != nil else { return nil }
            let name = fields.text("rule", "name it, once in the form", &list)
            let kind: FormBond.Kind? = fields.choice("kind", &list)
            let ground: FormRule.Ground? = fields.choice("founded", &list)
            let level: FormRule.Level? = fields.choice("level", &list)
            guard let kind, let ground, let level else { return nil }
            if ground == .ours, level == .fault {
                list.add(node.line, "The rule \(name) is ours, so it is a doubt and no fault.")
            }
            return FormBond(name: name, kind: kind, ground: ground, level: level, cite: fields.cite(&list))
        }
    }
}
