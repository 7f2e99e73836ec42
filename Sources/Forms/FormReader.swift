import Languages
import Rulebook
import WorkingDays
import Yams

/// Turns the YAML text of one form into a value, and collects everything that is wrong with it.
struct FormReader {
    /// The names of the measures that a form may choose, each with its dimensions and columns.
    let measures: [String: MeasureShape]
    var list: ProblemList

    init(file: String, measures: [String: MeasureShape]) {
        self.measures = measures
        list = ProblemList(file: file)
    }

    private static let keys = [
        "form", "index", "act", "cite", "appendix", "edition", "language", "title", "periodicity", "cumulative",
        "submitted", "tiers", "corrections", "passport", "table", "columns", "defaults", "lines-between", "rows",
        "rules",
        "across", "attachments", "footer", "signatories", "explanation-binding", "making",
    ]

    /// The form, or nil when a problem leaves none.
    mutating func read(_ text: String) -> StatutoryForm? {
        guard let root = list.compose(text, "a form") else { return nil }
        let before = list.problems.count
        let fields = YAMLFields(root, name: "the form", line: 1, keys: Self.keys, &list)
        guard fields.mapping != nil else { return nil }
        let code = fields.text("form", "write our code, as in \"797-18\"", &list)
        if !code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) {
            list.add(fields["form"]?.line ?? 1, "\"\(code)\" is no code: write letters, digits and \"-\" of ASCII.")
        }
        let edition = YAMLFields(
            fields["edition"], name: "\"edition\"", line: fields.line, keys: ["order", "from", "to", "exact"], &list)
        let from = edition.date("from", &list)
        if from == nil, edition["from"] == nil {
            list.add(
                edition.line, "The form has no \"edition: {from: …}\": write the first day on which it is in force.")
        }
        let act = fields.text("act", "write the short form of the act, as in \"797\"", &list)
        let title = title(fields)
        let periodicity: StatutoryForm.Periodicity? = fields.choice("periodicity", &list)
        let columns = columns(fields)
        let rows = rows(fields, columns: columns)
        let rules = rules(fields, rows: rows)
        var making: FormMaking?
        if let node = fields["making"] { making = self.making(node) }
        if making == nil, let row = rows.first(where: { $0.made != nil }) {
            list.add(
                fields.line, "The row \(row.code) names a measure, but the form has no \"making\": say how it is made.")
        }
        let language: Language? = fields.choice("language", fallback: .ru, &list)
        let (passport, footer) = (lines(above: "passport", fields), lines(above: "footer", fields))
        let (head, bonds) = (head(fields["table"]), bonds(fields))
        let submission = making == nil ? submission(fields) : nil
        guard list.problems.count == before, let from, let periodicity, let language else { return nil }
        return StatutoryForm(
            code: code, index: fields["index"]?.scalar?.string, act: act,
            cite: fields["cite"] == nil ? nil : fields.cite(&list), from: from, to: edition.date("to", &list),
            title: title, periodicity: periodicity, isCumulative: fields.flag("cumulative", &list), columns: columns,
            rows: rows, rules: rules, making: making, language: language, passport: passport, footer: footer,
            head: head,
            bonds: bonds, submission: submission, allowsLines: fields["lines-between"]?.scalar?.string == "allowed")
    }

    /// The title; it may say where its wording comes from.
    private mutating func title(_ fields: YAMLFields) -> Localized {
        let words = words(fields["title"])
        guard let kk = words[.kk], let ru = words[.ru], let en = words[.en] else {
            list.add(
                fields["title"]?.line ?? fields.line, "The form has no \"title\" in kk, ru and en: write all three.")
            return Localized(kk: "", ru: "")
        }
        return Localized(kk: kk, ru: ru, en: en)
    }

    private mutating func making(_ node: Node) -> FormMaking? {
        let fields = YAMLFields(
            node, name: "\"making\"", line: node.line, keys: ["schema", "law", "procedure", "clock", "path"], &list)
        guard fields.mapping != nil else { return nil }
        return FormMaking(
            schema: fields.text("schema", "name the form of the document", &list),
            law: fields.text("law", "name the paragraph as the document does", &list),
            procedure: fields.text("procedure", "name the procedure of the rulebook", &list),
            clock: fields.text("clock", "name its clock", &list),
            path: fields.text("path", "name the first segment of the address", &list))
    }

    private mutating func columns(_ fields: YAMLFields) -> [String: [FormColumn]] {
        guard let node = fields["columns"] else { return [:] }
        let sets = YAMLFields(node, name: "\"columns\"", line: node.line, keys: [], &list)
        var columns: [String: [FormColumn]] = [:]
        for (name, node) in sets.pairs {
            // A set is a list, or a mapping with the list and where it comes from.
            let items = node.sequence ?? node.mapping?["list"]?.sequence
            guard let items else {
                list.add(node.line, "The columns \(name) are no list: write one column a line.")
                continue
            }
            for item in items {
                if let column = column(item) { columns[name, default: []].append(column) }
            }
        }
        return columns
    }

    private mutating func column(_ node: Node) -> FormColumn? {
        let fields = YAMLFields(
            node, name: "the column", line: node.line,
            keys: ["column", "period", "month", "of", "label", "under", "source", "printed", "note", "cite"],
            &list)
        let code = fields.text("column", "write its number", &list)
        var part: FormColumn.Part?
        if let period = fields["period"]?.scalar?.string {
            switch period {
            case "total": part = .total
            case "month-1": part = .month(1)
            case "month-2": part = .month(2)
            case "month-3": part = .month(3)
            default:
                list.add(
                    fields["period"]?.line ?? node.line,
                    "\"\(period)\" is no part of a period: write month-1, month-2, month-3 or total.")
            }
        }
        var month: Int?
        if let node = fields["month"] {
            month = node.int
            if !(1...12).contains(month ?? 0) {
                list.add(node.line, "The column \(code) is of no month: write a number from 1 to 12.")
            }
        }
        return FormColumn(
            code: code, part: part, month: month, of: fields["of"]?.scalar?.string, under: words(fields["under"]),
            label: words(fields["label"]))
    }

    /// Words in the languages that a node gives.
    func words(_ node: Node?) -> [Language: String] {
        var words: [Language: String] = [:]
        for (key, value) in node?.mapping ?? [:] {
            guard let language = key.scalar.flatMap({ Language(rawValue: $0.string) }) else { continue }
            words[language] = value.scalar?.string
        }
        return words
    }
}

/// What a form may choose of a measure: the names, not the counting.
package struct MeasureShape: Hashable, Sendable {
    /// By what it can be grouped.
    package let dimensions: Set<String>
    /// What each thing behind it can tell.
    package let columns: Set<String>

    /// The shape of a measure.
    package init(dimensions: Set<String> = [], columns: Set<String> = []) {
        self.dimensions = dimensions
        self.columns = columns
    }
}
