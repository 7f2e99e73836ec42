import WorkingDays
import Yams

/// Reading one clock of a rulebook.
extension RulebookReader {
    /// The term of a clock whose text was not found.
    private static let unknown = "unknown"

    private static let clockKeys = [
        "title", "explanation", "cite", "owner", "kind", "zone", "term", "terms", "planned", "where", "from", "until",
        "suspend", "resume", "restart", "cancel", "extend", "repeats",
    ]

    mutating func rule(_ id: String, _ node: Node, from: CivilDate?, to: CivilDate?) -> ClockRule? {
        let before = list.problems.count
        let fields = YAMLFields(node, name: "the clock \(id)", line: node.line, keys: Self.clockKeys, &list)
        guard fields.mapping != nil else { return nil }
        let title = fields.localized("title", &list)
        let explanation = fields.localized("explanation", &list)
        let cite = fields.cite(&list)
        let owner: ClockOwner? = fields.choice("owner", &list)
        let force: ClockForce? = fields.choice("kind", &list)
        let zone: ZoneRule? = fields.choice("zone", fallback: .centre, &list)
        let terms = terms(fields, from: from, to: to)
        let starts = triggers(fields, "from")
        let stops = triggers(fields, "until")
        if fields["from"] == nil {
            list.add(fields.line, "\(fields.name) has no \"from\": name the event that starts it.")
        }
        if fields["until"] == nil {
            list.add(fields.line, "\(fields.name) has no \"until\": name the event that stops it.")
        }
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
                    "\(fields.name) mixes the kind \(force.rawValue) with the term \"\(term)\": a waiting period, and only it, is \"after N working days\"."
                )
            }
            if planned != nil, term != .onDate {
                list.add(fields.line, "\(fields.name) has \"planned\", so its term must be \"on the planned date\".")
            }
            switch term {
            case .workingDays, .calendarDays: continue
            case .dayOfNextMonth, .atOnce, .waiting, .onDate:
                if isSuspendable {
                    list.add(
                        fields.line, "\(fields.name) cannot be suspended: only terms in working or calendar days can.")
                }
            }
        }
    }

    private mutating func terms(_ fields: YAMLFields, from: CivilDate?, to: CivilDate?) -> [ValidTerm] {
        if let node = fields["term"] {
            // What was not found is not replaced by what is believed.
            if node.scalar?.string == Self.unknown { return [] }
            if fields["terms"] != nil {
                list.add(node.line, "\(fields.name) has both \"term\" and \"terms\": keep one of them.")
            }
            guard let term = term(node, fields.name), let from else { return [] }
            return [ValidTerm(from: from, to: to, term: term)]
        }
        guard let node = fields["terms"], let sequence = node.sequence, !sequence.isEmpty else {
            list.add(
                fields.line,
                "\(fields.name) has no term: write \"term: 2 working days\", or a list \"terms\" with from and to.")
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
                    "The term from \(later.term.from) of \(fields.name) overlaps the one before it: end that one on \(later.term.from.adding(days: -1))."
                )
                continue
            }
            if end.adding(days: 1) != later.term.from {
                list.add(
                    later.line, "No term of \(fields.name) holds between \(end) and \(later.term.from): close the gap.")
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
                "No term of \(fields.name) holds from \(from), when the rulebook starts, to \(first.term.from): close the gap."
            )
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
            "\"\(text)\" is not a term of \(name): write \"2 working days\", \"10 calendar days\", \"5th of next month\", \"at once\", \"after 5 working days\", \"on the planned date\", or \"unknown\" where the text was not found."
        )
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
            "\"\(event)\" in \(name) is an unknown event: write one of those listed in docs/rulebooks.md, in the same spelling."
        )
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
            let keys = ["on", "where", "day", "code", "reason"]
            let entry = YAMLFields(item, name: name, line: node.line, keys: keys, &list)
            guard entry.mapping != nil, let trigger = trigger(item, name, keys: keys)
            else {
                if entry.mapping != nil { return nil }
                list.add(
                    item.line,
                    "\(name) needs an event, a code and a reason: write {on: …, code: …, reason: {kk, ru, en}}.")
                return nil
            }
            return ClockRestart(
                trigger: trigger, code: entry.text("code", "write a short code that is recorded", &list),
                reason: entry.localized("reason", &list), dayFact: entry["day"].flatMap { $0.scalar?.string })
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
            list.add(
                entry["up-to"]?.line ?? entry.line,
                "\"\(limit)\" in \(name) is not a limit: write it as \"10 working days\".")
            return nil
        }
        guard let allowed = entry["by"]?.texts, !allowed.isEmpty else {
            list.add(entry.line, "\(name) does not say who may extend: write \"by: [body, agency]\".")
            return nil
        }
        for role in allowed where ClockOwner(rawValue: role) == nil {
            list.add(
                entry["by"]?.line ?? entry.line,
                "\"\(role)\" in \(name) is an unknown owner: write one of the owners of clocks.")
        }
        return ClockExtension(
            event: event, limit: days, allowed: Set(allowed), notice: entry["notice"].flatMap { $0.scalar?.string })
    }
}
