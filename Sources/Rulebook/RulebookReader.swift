import Languages
import WorkingDays
import Yams

/// Turns the YAML text of one rulebook into an edition, and collects everything that is wrong with it.
struct RulebookReader {
    private let knownEvents: Set<String>
    private var list: ProblemList

    init(file: String, knownEvents: Set<String>) {
        self.knownEvents = knownEvents
        list = ProblemList(file: file)
    }

    /// What was found so far.
    var problems: [RulebookProblem] { list.problems }

    /// The edition, or nil when a problem leaves none.
    mutating func read(_ text: String) -> RulebookEdition? {
        guard let root = compose(text) else { return nil }
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
            list.add(force.line, "The rulebook has no \"in-force: {from: …}\": write the first day on which the act is in force.")
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

    /// The root node, or nil after reporting why the text is not YAML.
    private mutating func compose(_ text: String) -> Node? {
        do {
            if let root = try Yams.compose(yaml: text) { return root }
            list.add(1, "The file is empty: write a rulebook, or remove it.")
        } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
            let names = keys.map { "\"\($0)\"" }.joined(separator: ", ")
            list.add(
                context.mark.line,
                "\(names) is given twice in one block (a clock, too, has one name): rename or remove one.")
        } catch YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _)
        {
            list.add(mark.line, "The text is not YAML (\(problem)): correct the line or the indentation near it.")
        } catch {
            list.add(1, "The text is not YAML that can be read (\(error)): save it as UTF-8 and check it.")
        }
        return nil
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
        let cite = rule.text("cite", "name the paragraph", &list)
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
                node, name: "the procedure \(id)", line: all.line, keys: ["title", "clocks"], &list)
            let title = procedure.localized("title", &list)
            let clocks = YAMLFields(
                procedure["clocks"], name: "\"clocks\" of the procedure \(id)", line: procedure.line, keys: [], &list)
            if clocks.pairs.isEmpty {
                list.add(procedure.line, "The procedure \(id) has no clocks: write them below \"clocks\".")
            }
            var rules: [ClockRule] = []
            for (clock, node) in clocks.pairs {
                if let first = lines[clock] {
                    list.add(node.line, "The clock \(clock) already exists near line \(first): give this one another name.")
                }
                lines[clock] = node.line
                if let rule = rule(clock, node, from: from, to: to) { rules.append(rule) }
            }
            check(rules, clocks)
            return Procedure(id: id, edition: from.map { "\(book)@\($0)" } ?? book, title: title, rules: rules)
        }
    }

    /// What only shows when all clocks of a procedure are known.
    private mutating func check(_ rules: [ClockRule], _ clocks: YAMLFields) {
        for rule in rules {
            guard let notice = rule.extension?.notice, !rules.contains(where: { $0.id == notice }) else { continue }
            list.add(
                clocks[rule.id]?.line ?? clocks.line,
                "The clock \(rule.id) names the notice \"\(notice)\", which is no clock of the procedure: write that clock.")
        }
    }

    // MARK: One clock

    private static let clockKeys = [
        "title", "explanation", "cite", "owner", "kind", "zone", "term", "terms", "planned", "where", "from", "until",
        "suspend", "resume", "restart", "cancel", "extend", "repeats",
    ]

    private mutating func rule(_ id: String, _ node: Node, from: CivilDate?, to: CivilDate?) -> ClockRule? {
        let before = list.problems.count
        let fields = YAMLFields(node, name: "the clock \(id)", line: node.line, keys: Self.clockKeys, &list)
        guard fields.mapping != nil else { return nil }
        let title = fields.localized("title", &list)
        let explanation = fields.localized("explanation", &list)
        let cite = fields.text("cite", "name the paragraph", &list)
        let owner: ClockOwner? = fields.choice("owner", &list)
        let force: ClockForce? = fields.choice("kind", &list)
        let zone: ZoneRule? = fields.choice("zone", fallback: .centre, &list)
        let terms = terms(fields, from: from, to: to)
        let starts = triggers(fields, "from")
        let stops = triggers(fields, "until")
        if fields["from"] == nil { list.add(fields.line, "\(fields.name) has no \"from\": name the event that starts it.") }
        if fields["until"] == nil { list.add(fields.line, "\(fields.name) has no \"until\": name the event that stops it.") }
        let planned = fields["planned"].flatMap { $0.scalar?.string }
        let conditions = conditions(fields["where"], fields.name)
        let suspends = triggers(fields, "suspend")
        let resumes = triggers(fields, "resume")
        if suspends.isEmpty != resumes.isEmpty {
            list.add(fields.line, "\(fields.name) has only one of \"suspend\" and \"resume\": write both.")
        }
        let restarts = restarts(fields)
        let cancels = triggers(fields, "cancel")
        let `extension` = `extension`(fields)
        let repeats = fields.flag("repeats", &list)
        checkForce(force, terms, fields, isSuspendable: !suspends.isEmpty, planned: planned)
        guard list.problems.count == before, let owner, let force, let zone else { return nil }
        return ClockRule(
            id: id, title: title, explanation: explanation, cite: cite, owner: owner, force: force, zone: zone,
            terms: terms, plannedFact: planned, conditions: conditions, starts: starts, stops: stops,
            suspends: suspends, resumes: resumes, restarts: restarts, cancels: cancels, extension: `extension`,
            repeats: repeats)
    }

    /// Terms that do not fit what else the clock says.
    private mutating func checkForce(
        _ force: ClockForce?, _ terms: [ValidTerm], _ fields: YAMLFields, isSuspendable: Bool, planned: String?
    ) {
        for term in terms.map(\.term) {
            if let force, term.isWaiting != (force == .waiting) {
                list.add(
                    fields["kind"]?.line ?? fields.line,
                    "\(fields.name) mixes the kind \(force.rawValue) with the term \"\(term)\": a waiting period, and only it, is \"after N working days\".")
            }
            if planned != nil, term != .onDate {
                list.add(fields.line, "\(fields.name) has \"planned\", so its term must be \"on the planned date\".")
            }
            switch term {
            case .workingDays, .calendarDays: continue
            case .dayOfNextMonth, .atOnce, .waiting, .onDate:
                if isSuspendable {
                    list.add(fields.line, "\(fields.name) cannot be suspended: only terms in working or calendar days can.")
                }
            }
        }
    }

    private mutating func terms(_ fields: YAMLFields, from: CivilDate?, to: CivilDate?) -> [ValidTerm] {
        if let node = fields["term"] {
            if fields["terms"] != nil {
                list.add(node.line, "\(fields.name) has both \"term\" and \"terms\": keep one of them.")
            }
            guard let term = term(node, fields.name), let from else { return [] }
            return [ValidTerm(from: from, to: to, term: term)]
        }
        guard let node = fields["terms"], let sequence = node.sequence, !sequence.isEmpty else {
            list.add(fields.line, "\(fields.name) has no term: write \"term: 2 working days\", or a list \"terms\" with from and to.")
            return []
        }
        var terms: [(term: ValidTerm, line: Int)] = []
        for item in sequence {
            let entry = YAMLFields(
                item, name: "a term of \(fields.name)", line: node.line, keys: ["from", "to", "term"], &list)
            guard let start = entry.date("from", &list) else {
                if entry["from"] == nil { list.add(entry.line, "\(entry.name) has no \"from\": write its first day.") }
                continue
            }
            guard let text = entry["term"] else {
                list.add(entry.line, "\(entry.name) has no \"term\": write it as \"5 working days\".")
                continue
            }
            guard let term = term(text, fields.name) else { continue }
            terms.append((ValidTerm(from: start, to: entry.date("to", &list), term: term), item.line))
        }
        checkValidity(terms, fields, from: from, to: to)
        return terms.map(\.term)
    }

    /// Overlaps and gaps between the terms of a clock, and against the validity of the book.
    private mutating func checkValidity(
        _ terms: [(term: ValidTerm, line: Int)], _ fields: YAMLFields, from: CivilDate?, to: CivilDate?
    ) {
        for (earlier, later) in zip(terms, terms.dropFirst()) {
            guard let end = earlier.term.to, end < later.term.from else {
                list.add(
                    later.line,
                    "The term from \(later.term.from) of \(fields.name) overlaps the one before it: end that one on \(later.term.from.adding(days: -1)).")
                continue
            }
            if end.adding(days: 1) != later.term.from {
                list.add(later.line, "No term of \(fields.name) holds between \(end) and \(later.term.from): close the gap.")
            }
        }
        for (term, line) in terms {
            if let end = term.to, end < term.from {
                list.add(line, "A term of \(fields.name) would end before it starts: correct its dates.")
            }
        }
        guard let first = terms.first, let last = terms.last, let from else { return }
        if first.term.from > from {
            list.add(
                first.line,
                "No term of \(fields.name) holds from \(from), when the rulebook starts, to \(first.term.from): close the gap.")
        }
        guard let end = last.term.to else { return }
        if to.map({ end < $0 }) ?? true {
            list.add(last.line, "No term of \(fields.name) holds after \(end), while the rulebook does: close the gap.")
        }
    }

    private mutating func term(_ node: Node, _ name: String) -> Term? {
        let text = node.scalar?.string ?? ""
        if let term = Term(parsing: text) { return term }
        list.add(
            node.line,
            "\"\(text)\" is not a term of \(name): write \"2 working days\", \"10 calendar days\", \"5th of next month\", \"at once\", \"after 5 working days\" or \"on the planned date\".")
        return nil
    }

    /// Triggers written as an event, a list of events, or a list of {on: event, where: …}.
    private mutating func triggers(_ fields: YAMLFields, _ key: String) -> [ClockTrigger] {
        guard let node = fields[key] else { return [] }
        let items = node.sequence.map(Array.init) ?? [node]
        return items.compactMap { trigger($0, "\"\(key)\" of \(fields.name)", keys: ["on", "where"]) }
    }

    private mutating func trigger(_ node: Node, _ name: String, keys: [String]) -> ClockTrigger? {
        if let event = node.scalar?.string {
            check(event, node.line, name)
            return ClockTrigger(event: event, conditions: [:])
        }
        let fields = YAMLFields(node, name: name, line: node.line, keys: keys, &list)
        guard fields.mapping != nil else { return nil }
        let event = fields.text("on", "name the event", &list)
        if !event.isEmpty { check(event, fields["on"]?.line ?? fields.line, name) }
        return ClockTrigger(event: event, conditions: conditions(fields["where"], name))
    }

    private mutating func check(_ event: String, _ line: Int, _ name: String) {
        guard !knownEvents.contains(event) else { return }
        list.add(
            line,
            "\"\(event)\" in \(name) is an unknown event: write one of those listed in docs/rulebooks.md, in the same spelling.")
    }

    private mutating func conditions(_ node: Node?, _ name: String) -> [String: Set<String>] {
        guard let node else { return [:] }
        let fields = YAMLFields(node, name: "\"where\" of \(name)", line: node.line, keys: [], &list)
        var conditions: [String: Set<String>] = [:]
        for (fact, value) in fields.pairs {
            guard let values = value.texts, !values.isEmpty else {
                list.add(value.line, "\(fields.name) gives no values for \"\(fact)\": write one or a list of them.")
                continue
            }
            conditions[fact] = Set(values)
        }
        return conditions
    }

    private mutating func restarts(_ fields: YAMLFields) -> [ClockRestart] {
        guard let node = fields["restart"] else { return [] }
        let items = node.sequence.map(Array.init) ?? [node]
        return items.compactMap { item in
            let name = "\"restart\" of \(fields.name)"
            let entry = YAMLFields(item, name: name, line: node.line, keys: ["on", "where", "code", "reason"], &list)
            guard entry.mapping != nil, let trigger = trigger(item, name, keys: ["on", "where", "code", "reason"]) else {
                if entry.mapping != nil { return nil }
                list.add(item.line, "\(name) needs an event, a code and a reason: write {on: …, code: …, reason: {kk, ru, en}}.")
                return nil
            }
            return ClockRestart(
                trigger: trigger, code: entry.text("code", "write a short code that is recorded", &list),
                reason: entry.localized("reason", &list))
        }
    }

    private mutating func `extension`(_ fields: YAMLFields) -> ClockExtension? {
        guard let node = fields["extend"] else { return nil }
        let name = "\"extend\" of \(fields.name)"
        let entry = YAMLFields(node, name: name, line: fields.line, keys: ["on", "up-to", "by", "notice"], &list)
        guard entry.mapping != nil else { return nil }
        let event = entry.text("on", "name the event that extends", &list)
        if !event.isEmpty { check(event, entry["on"]?.line ?? entry.line, name) }
        let limit = entry.text("up-to", "write the most the law allows, as \"10 working days\"", &list)
        guard case .workingDays(let days)? = Term(parsing: limit) else {
            list.add(entry["up-to"]?.line ?? entry.line, "\"\(limit)\" in \(name) is not a limit: write it as \"10 working days\".")
            return nil
        }
        guard let allowed = entry["by"]?.texts, !allowed.isEmpty else {
            list.add(entry.line, "\(name) does not say who may extend: write \"by: [body, agency]\".")
            return nil
        }
        for role in allowed where ClockOwner(rawValue: role) == nil {
            list.add(entry["by"]?.line ?? entry.line, "\"\(role)\" in \(name) is an unknown owner: write one of the owners of clocks.")
        }
        return ClockExtension(
            event: event, limit: days, allowed: Set(allowed), notice: entry["notice"].flatMap { $0.scalar?.string })
    }
}
