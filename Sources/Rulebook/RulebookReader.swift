import Languages
import WorkingDays
import Yams

/// Turns the YAML text of one rulebook into an edition, and collects everything that is wrong with it.
struct RulebookReader {
    let knownEvents: Set<String>
    var list: ProblemList

    init(file: String, knownEvents: Set<String>) {
        self.knownEvents = knownEvents
        list = ProblemList(file: file)
    }

    /// What was found so far.
    var problems: [RulebookProblem] { list.problems }

    /// The edition, or nil when a problem leaves none.
    mutating func read(_ text: String) -> RulebookEdition? {
        guard let root = list.compose(text, "a rulebook") else { return nil }
        let before = list.problems.count
        let fields = YAMLFields(
            root, name: "the rulebook", line: 1,
            keys: [
                "rulebook", "title", "act", "in-force", "runs-by-default", "zone", "registration", "procedures",
            ], &list)
        guard fields.mapping != nil else { return nil }
        let book = fields.text("rulebook", "write its short name, as in \"797\"", &list)
        let title = fields.localized("title", &list)
        let act = fields.localized("act", &list)
        let force = YAMLFields(
            fields["in-force"], name: "\"in-force\"", line: 1, keys: ["from", "to"], &list)
        let from = force.date("from", &list)
        if from == nil, force["from"] == nil {
            list.add(
                force.line,
                "The rulebook has no \"in-force: {from: …}\": write the first day on which the act is in force.")
        }
        let to = force.date("to", &list)
        if let from, let to, to < from {
            list.add(force.line, "The act would end on \(to), before it starts on \(from): correct the dates.")
        }
        let runsByDefault = fields.flag("runs-by-default", &list)
        let zone = zone(fields)
        let registration = registration(fields)
        let procedures = procedures(fields, book: book, from: from, to: to)
        guard list.problems.count == before, let from, let zone else { return nil }
        return RulebookEdition(
            id: "\(book)@\(from)", book: book, title: title, act: act, from: from, to: to,
            runsByDefault: runsByDefault, zone: zone, registration: registration, procedures: procedures)
    }

    private mutating func zone(_ fields: YAMLFields) -> CivilZone? {
        guard let node = fields["zone"] else { return .almaty }
        let name = node.scalar?.string ?? ""
        if let zone = CivilZone.named(name) { return zone }
        let names = CivilZone.kazakhstan.map(\.name).joined(separator: ", ")
        list.add(node.line, "\"\(name)\" is not a zone of Kazakhstan: write one of \(names).")
        return nil
    }

    private mutating func registration(_ fields: YAMLFields) -> RegistrationRule? {
        guard let node = fields["registration"] else { return nil }
        let rule = YAMLFields(
            node, name: "\"registration\"", line: 1, keys: ["cite", "explanation", "office-closes"], &list)
        let cite = rule.cite(&list)
        let explanation = rule.localized("explanation", &list)
        let closes = rule.text("office-closes", "write the time as \"18:30\"", &list)
        guard let first = CivilDate("2000-01-01"), let moment = Moment("\(first)T\(closes):00Z") else {
            list.add(rule["office-closes"]?.line ?? rule.line, "\"\(closes)\" is not a time: write it as \"18:30\".")
            return nil
        }
        let minute = Int(moment.millisecondsSince1970 / 60_000) - first.dayNumber * 1_440
        return RegistrationRule(cite: cite, explanation: explanation, closingMinute: minute)
    }

    private mutating func procedures(
        _ fields: YAMLFields, book: String, from: CivilDate?, to: CivilDate?
    ) -> [Procedure] {
        guard let node = fields["procedures"] else {
            list.add(fields.line, "The rulebook has no \"procedures\": write at least one with its clocks.")
            return []
        }
        let all = YAMLFields(node, name: "\"procedures\"", line: 1, keys: [], &list)
        var lines: [String: Int] = [:]
        return all.pairs.map { id, node in
            let procedure = YAMLFields(
                node, name: "the procedure \(id)", line: all.line,
                keys: ["title", "bodies", "repeated", "silence", "clocks"], &list)
            let title = procedure.localized("title", &list)
            let bodies = bodies(procedure)
            let repetition = repetition(procedure)
            let silence = silence(procedure)
            let clocks = YAMLFields(
                procedure["clocks"], name: "\"clocks\" of the procedure \(id)", line: procedure.line, keys: [], &list)
            if clocks.pairs.isEmpty {
                list.add(procedure.line, "The procedure \(id) has no clocks: write them below \"clocks\".")
            }
            var rules: [ClockRule] = []
            for (clock, node) in clocks.pairs {
                if let first = lines[clock] {
                    list.add(
                        node.line, "The clock \(clock) already exists near line \(first): give this one another name.")
                }
                lines[clock] = node.line
                if let rule = rule(clock, node, from: from, to: to) { rules.append(rule) }
            }
            check(rules, clocks)
            return Procedure(
                id: id, edition: from.map { "\(book)@\($0)" } ?? book, title: title, rules: rules,
                bodies: bodies, repetition: repetition, silence: silence)
        }
    }

    /// The kinds of bodies that the cases of a procedure can be about.
    private mutating func bodies(_ procedure: YAMLFields) -> Set<String>? {
        guard let node = procedure["bodies"] else { return nil }
        if let kinds = node.texts, !kinds.isEmpty { return Set(kinds) }
        list.add(node.line, "\"bodies\" of \(procedure.name) names no kind: write \"[central, local]\".")
        return nil
    }

    /// When a thing counts as repeated: `{times: 2, within: 1 month}`.
    private mutating func repetition(_ procedure: YAMLFields) -> Repetition? {
        guard let node = procedure["repeated"] else { return nil }
        let name = "\"repeated\" of \(procedure.name)"
        let fields = YAMLFields(node, name: name, line: procedure.line, keys: ["times", "within"], &list)
        let times = Int(fields["times"]?.scalar?.string ?? "") ?? 0
        let within = (fields["within"]?.scalar?.string ?? "").split(separator: " ")
        let months = within.count == 2 && ["month", "months"].contains(within[1]) ? Int(within[0]) ?? 0 : 0
        guard times >= 2, months >= 1 else {
            list.add(fields.line, "\(name) is no rule: write it as \"{times: 2, within: 1 month}\".")
            return nil
        }
        return Repetition(times: times, months: months)
    }

    /// What silence means: `{cite, explanation}`.
    private mutating func silence(_ procedure: YAMLFields) -> Silence? {
        guard let node = procedure["silence"] else { return nil }
        let fields = YAMLFields(
            node, name: "\"silence\" of \(procedure.name)", line: procedure.line, keys: ["cite", "explanation"], &list)
        return Silence(cite: fields.cite(&list), explanation: fields.localized("explanation", &list))
    }

    /// What only shows when all clocks of a procedure are known.
    private mutating func check(_ rules: [ClockRule], _ clocks: YAMLFields) {
        for rule in rules {
            guard let notice = rule.extension?.notice, !rules.contains(where: { $0.id == notice }) else { continue }
            list.add(
                clocks[rule.id]?.line ?? clocks.line,
                "The clock \(rule.id) names the notice \"\(notice)\", which is no clock of the procedure: write that clock."
            )
        }
    }
}
