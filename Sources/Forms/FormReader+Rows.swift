import Languages
import Rulebook
import Yams

extension FormReader {
    private static let keys = [
        "row", "section", "number", "of", "label", "cite", "type", "unit", "counts", "columns", "lines", "named",
        "source", "as", "average",
        "printed", "note", "place", "at", "measure", "by", "list", "blames", "repeats", "explain",
    ]

    /// The rows and headings, in the order of the file.
    mutating func rows(_ fields: YAMLFields, columns: [String: [FormColumn]]) -> [FormRow] {
        guard let items = fields["rows"]?.sequence, !items.isEmpty else {
            list.add(fields["rows"]?.line ?? fields.line, "The form has no \"rows\": write one a line.")
            return []
        }
        let defaults = YAMLFields(
            fields["defaults"], name: "\"defaults\"", line: fields.line,
            keys: ["type", "unit", "counts", "columns", "source"], &list)
        var rows: [FormRow] = []
        var lines: [String: Int] = [:]
        for node in items {
            guard let row = row(node, defaults: defaults, columns: columns) else { continue }
            if !row.isSection {
                if let first = lines[row.code] {
                    list.add(
                        node.line, "The row \(row.code) already stands on line \(first): give this one another code.")
                }
                lines[row.code] = node.line
            }
            if let parent = row.parent, lines[parent] == nil {
                list.add(node.line, "The row \(row.code) is a part of \(parent), which does not stand above it.")
            }
            rows.append(row)
        }
        return rows
    }

    private mutating func row(
        _ node: Node, defaults: YAMLFields, columns: [String: [FormColumn]]
    ) -> FormRow? {
        let fields = YAMLFields(node, name: "the row", line: node.line, keys: Self.keys, &list)
        guard fields.mapping != nil else { return nil }
        let isSection = fields["section"] != nil
        let code = fields.text(isSection ? "section" : "row", "write its number as a text", &list)
        let counting: FormRow.Counting? =
            fields["counts"] != nil
            ? fields.choice("counts", &list) : defaults.choice("counts", fallback: FormRow.Counting.flow, &list)
        let source: FormRow.Source? =
            fields["source"] != nil
            ? fields.choice("source", &list) : defaults.choice("source", fallback: FormRow.Source.table, &list)
        let set = (fields["columns"] ?? defaults["columns"])?.scalar?.string
        if let set, columns[set] == nil {
            list.add(node.line, "The row \(code) has the columns \(set), which the form does not have.")
        }
        let number = fields["number"]?.scalar?.string
        return FormRow(
            code: code, isSection: isSection, isTable: isSection && fields["as"]?.scalar?.string == "table",
            number: number == "none" ? nil : number ?? code,
            parent: fields["of"]?.scalar?.string, label: label(fields),
            explanation: fields["explain"] == nil ? nil : fields.localized("explain", &list),
            cite: fields["cite"] == nil ? nil : fields.cite(&list), source: source ?? .table,
            counting: counting ?? .flow,
            unit: (fields["unit"] ?? defaults["unit"])?.scalar?.string, columns: set, lines: lines(fields["lines"]),
            lineLabels: lineLabels(fields["lines"]), printed: fields["printed"]?.scalar?.string,
            repeats: fields.flag("repeats", &list),
            made: isSection ? nil : made(fields, code))
    }

    /// The words of a row; a row whose label is on a lost page has those that are known.
    private mutating func label(_ fields: YAMLFields) -> Localized {
        guard fields["source"]?.scalar?.string == "cut" else { return fields.localized("label", &list) }
        let words = words(fields["label"])
        return Localized(kk: words[.kk] ?? "", ru: words[.ru] ?? "", en: words[.en])
    }

    /// What the lines below a row name, from the outermost in.
    private mutating func lines(_ node: Node?) -> [String] {
        guard let node else { return [] }
        let fields = YAMLFields(
            node, name: "\"lines\"", line: node.line,
            keys: ["each", "label", "lines", "named", "source", "cite", "note"],
            &list)
        guard fields.mapping != nil else { return [] }
        return [fields.text("each", "say what a line names", &list)] + lines(fields["lines"])
    }

    /// The words in the place of the names, from the outermost in.
    private func lineLabels(_ node: Node?) -> [[Language: String]] {
        guard let node else { return [] }
        return [words(node.mapping?["label"])] + lineLabels(node.mapping?["lines"])
    }

    private mutating func made(_ fields: YAMLFields, _ code: String) -> FormNumber? {
        if let node = fields["average"] {
            let parts = YAMLFields(
                node, name: "the average of \(code)", line: node.line, keys: ["sum", "count"], &list)
            return FormNumber(
                measure: "", path: path(fields["at"]), groups: [], list: nil,
                average: FormNumber.Average(
                    sum: parts.text("sum", "name the row that is added up", &list),
                    count: parts.text("count", "name the row that counts", &list)),
                blames: fields.flag("blames", &list))
        }
        guard let node = fields["measure"] else {
            for key in ["at", "by", "list", "blames"] where fields[key] != nil {
                list.add(fields.line, "The row \(code) has \"\(key)\" but no \"measure\": say what it counts.")
            }
            return nil
        }
        let name = node.scalar?.string ?? ""
        guard let shape = measures[name] else {
            list.add(
                node.line,
                "\"\(name)\" is no measure: use one of \(measures.keys.sorted().joined(separator: ", ")).")
            return nil
        }
        var groups: [FormNumber.Group] = []
        for node in fields["by"]?.sequence ?? [] { groups.append(group(node, code, shape)) }
        if let finest = groups.max(by: { $0.keys.count < $1.keys.count }),
            let other = groups.first(where: { !finest.keys.starts(with: $0.keys) })
        {
            list.add(
                fields["by"]?.line ?? fields.line,
                "The group \(other.name) of \(code) is no part of the group \(finest.name): name its keys in that order."
            )
        }
        var things: FormNumber.List?
        if let node = fields["list"] { things = self.things(node, code, shape) }
        return FormNumber(
            measure: name, path: path(fields["at"]), groups: groups,
            list: things, blames: fields.flag("blames", &list))
    }

    private mutating func group(_ node: Node, _ row: String, _ shape: MeasureShape) -> FormNumber.Group {
        let fields = YAMLFields(
            node, name: "the group of \(row)", line: node.line, keys: ["group", "keys", "names", "at", "as"], &list)
        let keys = fields["keys"]?.texts ?? []
        if keys.isEmpty { list.add(node.line, "The group of \(row) has no \"keys\": name the dimensions.") }
        refuse(keys.filter { !shape.dimensions.contains($0) }, of: row, shape.dimensions, "dimension", node.line)
        let names = fields["names"]?.texts ?? keys
        if names.count != keys.count {
            list.add(node.line, "The group of \(row) has other \"names\" than \"keys\": one each.")
        }
        return FormNumber.Group(
            name: fields.text("group", "name it", &list), keys: keys, names: names, path: path(fields["at"]),
            isList: fields["as"]?.scalar?.string == "list")
    }

    private mutating func things(_ node: Node, _ row: String, _ shape: MeasureShape) -> FormNumber.List {
        let fields = YAMLFields(node, name: "the list of \(row)", line: node.line, keys: ["at", "columns"], &list)
        let columns = fields["columns"]?.texts ?? []
        refuse(columns.filter { !shape.columns.contains($0) }, of: row, shape.columns, "column", node.line)
        return FormNumber.List(path: path(fields["at"]), columns: columns.sorted())
    }

    private mutating func refuse(
        _ unknown: [String], of row: String, _ known: Set<String>, _ what: String, _ line: Int
    ) {
        for name in unknown {
            list.add(
                line,
                "\"\(name)\" is no \(what) of the measure of \(row): use \(known.sorted().joined(separator: ", ")).")
        }
    }

    private func path(_ node: Node?) -> [String] {
        (node?.scalar?.string ?? "").split(separator: "/").map(String.init)
    }
}
