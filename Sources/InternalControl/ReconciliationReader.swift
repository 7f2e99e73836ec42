import Forms
import Languages
import Rulebook
import Yams

extension ReconciliationRules {
    /// Reads the rules from `schedules/reconciliation/797.yaml`.
    /// - Parameters:
    ///   - folder: the folder of the law.
    ///   - forms: the forms whose rows may be named.
    ///   - measures: the names of the measures that may be named.
    ///   - kindless: those of them that cannot be narrowed to kinds of complaint.
    /// - Throws: `RulebookLoadError` with every problem found, by file and line; `ScheduleError` where it cannot be read.
    package static func load(
        _ folder: ScheduleFolder, forms: FormSet, measures: Set<String>, kindless: Set<String>
    ) throws -> ReconciliationRules {
        let files = try folder.files(in: "reconciliation")
        guard let file = files.first, files.count == 1 else {
            throw RulebookLoadError(problems: [
                RulebookProblem(
                    file: "reconciliation", line: 0,
                    message: "There must be one file, 797.yaml, and there are \(files.count): keep that one.")
            ])
        }
        var reader = ReconciliationReader(file: file.name, forms: forms, measures: measures, kindless: kindless)
        guard let rules = reader.read(file.text), reader.list.problems.isEmpty else {
            throw RulebookLoadError(problems: reader.list.problems.sorted { $0.line < $1.line })
        }
        return rules
    }
}

/// Turns the YAML text into rules, and collects everything that is wrong with it.
struct ReconciliationReader {
    let forms: FormSet
    let measures: Set<String>
    let kindless: Set<String>
    var list: ProblemList

    init(file: String, forms: FormSet, measures: Set<String>, kindless: Set<String>) {
        self.forms = forms
        self.kindless = kindless
        self.measures = measures
        list = ProblemList(file: file)
    }

    mutating func read(_ text: String) -> ReconciliationRules? {
        guard let root = list.compose(text, "the rules of reconciliation") else { return nil }
        let fields = YAMLFields(
            root, name: "the file", line: 1, keys: ["reconciliation", "cite", "forms", "rows", "apart", "causes"], &list
        )
        guard fields.mapping != nil else { return nil }
        let codes = fields["forms"]?.texts ?? []
        if codes.isEmpty {
            list.add(fields.line, "There are no \"forms\": list the codes of the forms that are reconciled.")
        }
        for code in codes where !forms.forms.contains(where: { $0.code == code }) {
            list.add(
                fields["forms"]?.line ?? fields.line, "\"\(code)\" is no form of schedules/reports: correct the code.")
        }
        let pairs = (fields["rows"]?.sequence ?? []).compactMap { pair($0) }
        let apart = (fields["apart"]?.sequence ?? []).map { self.apart($0) }
        let causes = (fields["causes"]?.sequence ?? []).compactMap { cause($0) }
        for (index, cause) in causes.enumerated() where causes[..<index].contains(where: { $0.code == cause.code }) {
            list.add(fields["causes"]?.line ?? fields.line, "The cause \"\(cause.code)\" stands twice: keep one.")
        }
        return ReconciliationRules(forms: codes, pairs: pairs, apart: apart, causes: causes)
    }

    private mutating func pair(_ node: Node) -> ReconciliationRules.Pair? {
        let fields = YAMLFields(
            node, name: "the row", line: node.line, keys: ["in", "measure", "kinds", "read", "why"], &list)
        guard fields.mapping != nil else { return nil }
        let rows = rows(fields).compactMapValues(\.first)
        let measure = fields.text("measure", "name what we count", &list)
        if !measure.isEmpty, !measures.contains(measure) {
            list.add(
                fields["measure"]?.line ?? node.line,
                "\"\(measure)\" is no measure: name one of docs/forms.md, as in \"complaints.received\".")
        }
        let kinds = fields["kinds"]?.texts ?? []
        if !kinds.isEmpty, kindless.contains(measure) {
            list.add(
                fields["kinds"]?.line ?? node.line,
                "\"\(measure)\" cannot be narrowed to kinds of complaint: leave \"kinds\" out.")
        }
        let reading: ReconciliationRules.Reading? = fields.choice("read", fallback: .flow, &list)
        return ReconciliationRules.Pair(
            rows: rows, measure: measure, kinds: Set(kinds), reading: reading ?? .flow,
            why: fields.localized("why", &list))
    }

    private mutating func apart(_ node: Node) -> ReconciliationRules.Apart {
        let fields = YAMLFields(node, name: "the rows apart", line: node.line, keys: ["in", "why"], &list)
        return ReconciliationRules.Apart(rows: rows(fields), why: fields.localized("why", &list))
    }

    /// The rows by form; each must be a row of its form.
    private mutating func rows(_ fields: YAMLFields) -> [String: [String]] {
        var rows: [String: [String]] = [:]
        let named = YAMLFields(fields["in"], name: "\"in\"", line: fields.line, keys: [], &list)
        if named.pairs.isEmpty {
            list.add(fields.line, "\"in\" names no row: write {78-1mk: '16', 78-2mk: '15'}.")
        }
        for (form, node) in named.pairs {
            let known = forms.forms.filter { $0.code == form }
            if known.isEmpty {
                list.add(node.line, "\"\(form)\" is no form of schedules/reports: correct the code.")
            }
            for row in node.texts ?? [] {
                if !known.isEmpty, known.allSatisfy({ $0.row(row) == nil }) {
                    list.add(node.line, "The form \(form) has no row \"\(row)\": correct the number.")
                }
                rows[form, default: []].append(row)
            }
        }
        return rows
    }

    private mutating func cause(_ node: Node) -> ReconciliationRules.Cause? {
        let fields = YAMLFields(
            node, name: "the cause", line: node.line, keys: ["cause", "side", "words", "settles"], &list)
        guard fields.mapping != nil else { return nil }
        let side: ReconciliationRules.Side? = fields.choice("side", &list)
        guard let side else { return nil }
        return ReconciliationRules.Cause(
            code: fields.text("cause", "name it", &list), side: side, words: fields.localized("words", &list),
            settles: fields.localized("settles", &list))
    }
}
