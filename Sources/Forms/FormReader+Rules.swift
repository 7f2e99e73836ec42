import Languages
import Rulebook
import Yams

extension FormReader {
    private static let keys = [
        "rule", "kind", "founded", "level", "cite", "rows", "row", "of", "columns", "column", "counts", "lines",
        "along",
        "against", "when", "note",
    ]

    /// What must hold between the numbers.
    mutating func rules(_ fields: YAMLFields, rows: [FormRow]) -> [FormRule] {
        let known = Set(rows.filter { !$0.isSection }.map(\.code))
        var names: Set<String> = []
        return (fields["rules"]?.sequence ?? []).compactMap { node in
            let fields = YAMLFields(node, name: "the rule", line: node.line, keys: Self.keys, &list)
            guard fields.mapping != nil else { return nil }
            let name = fields.text("rule", "name it, once in the form", &list)
            if !names.insert(name).inserted { list.add(node.line, "The rule \(name) stands twice: rename one.") }
            let kind: FormRule.Kind? = fields.choice("kind", &list)
            let ground: FormRule.Ground? = fields.choice("founded", &list)
            let level: FormRule.Level? = fields.choice("level", &list)
            guard let kind, let ground, let level else { return nil }
            if ground == .ours, level == .fault, kind != .everyRowOnce {
                list.add(node.line, "The rule \(name) is ours, so it is a doubt and no fault.")
            }
            if let when = fields["when"], when.scalar?.string != "lines-given" {
                list.add(
                    when.line, "The rule \(name) holds at an unknown time: write \"when: lines-given\" or nothing.")
            }
            let of = fields["of"]?.texts ?? []
            let named = (fields["row"] ?? fields["rows"])?.texts ?? []
            if !isAboutColumns(kind), named != ["numbered"] {
                for row in named + of where !known.contains(row) {
                    list.add(node.line, "The rule \(name) names the row \(row), which the form does not have.")
                }
            }
            return FormRule(
                name: name, kind: kind, ground: ground, level: level, cite: fields.cite(&list),
                rows: chosen(named, counts: fields["counts"]), of: of,
                columns: (fields["column"] ?? fields["columns"])?.texts ?? [],
                isAboutLines: fields.flag("lines", &list),
                needsLines: fields["when"] != nil)
        }
    }

    private func isAboutColumns(_ kind: FormRule.Kind) -> Bool { kind == .columnsSum || kind == .columnsAtMost }

    private mutating func chosen(_ named: [String], counts: Node?) -> FormRule.Rows {
        if named == ["numbered"] { return .numbered }
        guard named.isEmpty else { return .these(named) }
        var counting: Set<FormRow.Counting> = []
        for text in counts?.texts ?? [] {
            if let way = FormRow.Counting(rawValue: text) {
                counting.insert(way)
            } else {
                let all = FormRow.Counting.allCases.map(\.rawValue).joined(separator: ", ")
                list.add(counts?.line ?? 0, "\"\(text)\" is no way of counting: write one of \(all).")
            }
        }
        return .all(counting: counting)
    }
}
