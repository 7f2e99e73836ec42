import Foundation
import Languages
import Rulebook
import WorkingDays
import Yams

/// A mistake in a routing file: where, and what to do.
package struct RoutingFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    package let file: String
    /// The line, from 1; 0 where the whole file is meant.
    package let line: Int
    /// What is wrong and what to do.
    package let message: String

    package var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}

extension RoutingTable {
    private static let conditionWords: [String: Set<String>] = [
        "kind": kinds, "place": places, "named-level": ["region", "district", "rural"], "has": facts, "lacks": facts,
        "named": [], "provider": [], "provided-by": [], "received-at": ["psc", "office"],
    ]
    private static let kinds = Set(ComplaintKind.allCases.map(\.rawValue))
    private static let places: Set<String> = ["portal", "psc", "office"]
    private static let facts: Set<String> = ["named", "service", "region", "place"]

    /// Reads a table of `schedules/routing`.
    /// - Throws: `RoutingFileError`.
    package static func load(path: String, name: String = "schedules/routing/complaints.yaml") throws -> RoutingTable {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RoutingFileError(file: name, line: 0, message: "It cannot be read: restore it, or check its rights.")
        }
        return try RoutingTable(yaml: String(decoding: data, as: UTF8.self), file: name)
    }

    /// Reads a routing table from YAML.
    /// - Throws: `RoutingFileError` with the first mistake.
    package init(yaml: String, file: String) throws(RoutingFileError) {
        if let line = YAMLAliases.firstLine(in: yaml) {
            throw RoutingFileError(
                file: file, line: line, message: "An alias stands here: write out what it stands for.")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            throw RoutingFileError(file: file, line: 0, message: "It is no YAML (\(error)): correct it.")
        }
        let reader = RoutingReader(file: file)
        guard let root, let fields = root.mapping else { throw reader.mistake(nil, "It must be a block of keys.") }
        guard let table = fields["routing"]?.string else {
            throw reader.mistake(root, "Write the key “routing” with a name.")
        }
        let force = fields["in-force"]
        guard let from = force?["from"]?.string.flatMap({ CivilDate($0) }) else {
            throw reader.mistake(force ?? root, "Write “in-force: {from: 2013-04-15}” with the first day.")
        }
        let to = force?["to"]?.string.flatMap { CivilDate($0) }
        if force?["to"] != nil, to.map({ $0 < from }) ?? true {
            throw reader.mistake(force, "“to” of “in-force” is no day after the first: correct it.")
        }
        guard let title = reader.localized(fields["title"]) else {
            throw reader.mistake(fields["title"] ?? root, "Write “title” in kk and ru.")
        }
        let providers = try reader.providers(fields["providers"])
        let units = try reader.units(fields["units"])
        let exits = try reader.exits(fields["exits"])
        guard let list = fields["rules"]?.sequence, !list.isEmpty else {
            throw reader.mistake(fields["rules"] ?? root, "Write “rules” with at least one rule.")
        }
        var rules: [RoutingRule] = []
        for node in list {
            let rule = try reader.rule(node, Self.conditionWords, providers)
            if rules.contains(where: { $0.name == rule.name }) { throw reader.mistake(node, RoutingReader.needsName) }
            rules.append(rule)
        }
        guard let last = rules.last, last.conditions.isEmpty else {
            throw reader.mistake(list.last, "The last rule must always apply: leave its “when” out.")
        }
        self.init(
            edition: "\(table)@\(from)", title: title, from: from, to: to, rules: rules, providers: providers,
            units: units, exits: exits)
    }
}

/// Reads the parts of a routing table, each with the line of its first mistake.
private struct RoutingReader {
    static let needsName = "Each rule needs a name of its own: write “rule: …”."

    let file: String

    func mistake(_ node: Node?, _ message: String) -> RoutingFileError {
        RoutingFileError(file: file, line: node?.mark?.line ?? 0, message: message)
    }

    func localized(_ node: Node?) -> Localized? {
        guard let node, let kk = node["kk"]?.string, let ru = node["ru"]?.string else { return nil }
        return Localized(kk: kk, ru: ru, en: node["en"]?.string)
    }

    func words(_ node: Node?) -> Set<String> { Set(node?.sequence?.compactMap(\.string) ?? []) }

    /// Words in the languages under a key that must be there.
    private func localized(_ key: String, of node: Node, _ what: String) throws(RoutingFileError) -> Localized {
        guard let words = localized(node[key]) else {
            throw mistake(node, "\(what) needs “\(key)” in kk and ru.")
        }
        return words
    }

    func rule(
        _ node: Node, _ known: [String: Set<String>], _ providers: [String: Set<String>]
    ) throws(RoutingFileError) -> RoutingRule {
        guard let name = node["rule"]?.string else { throw mistake(node, Self.needsName) }
        guard let target = node["to"]?.string else { throw mistake(node, "The rule \(name) needs “to”.") }
        guard let why = localized(node["why"]) else {
            throw mistake(node, "The rule \(name) needs its reason: write “why” in kk and ru.")
        }
        let cite = localized(node["cite"])
        if node["cite"] != nil, cite == nil { throw mistake(node, "“cite” of the rule \(name) needs kk and ru.") }
        var conditions: [String: Set<String>] = [:]
        for (key, value) in node["when"]?.mapping ?? [:] {
            guard let condition = key.string, let allowed = known[condition] else {
                throw mistake(
                    key,
                    "The rule \(name) asks for “\(key.string ?? "?")”: use \(known.keys.sorted().joined(separator: ", "))."
                )
            }
            let asked = words(value)
            // An empty set of words: whatever the registry has.
            let isOpen = allowed.isEmpty && condition != "provided-by"
            let right = condition == "provided-by" ? Set(providers.keys) : allowed
            if let wrong = asked.sorted().first(where: { !isOpen && !right.contains($0) }) {
                throw mistake(
                    value,
                    "“\(wrong)” is no word for “\(condition)”: use \(right.sorted().joined(separator: ", ")).")
            }
            guard !asked.isEmpty else { throw mistake(value, "“\(condition)” of the rule \(name) needs a list.") }
            conditions[condition] = asked
        }
        return RoutingRule(
            name: name, conditions: conditions, target: RoutingTarget(target), why: why, cite: cite)
    }

    func providers(_ node: Node?) throws(RoutingFileError) -> [String: Set<String>] {
        var groups: [String: Set<String>] = [:]
        var seen: Set<String> = []
        for (key, value) in node?.mapping ?? [:] {
            let names = words(value)
            guard let group = key.string, !names.isEmpty else {
                throw mistake(key, "A group of providers needs a name and a list.")
            }
            if let twice = names.intersection(seen).min() {
                throw mistake(value, "“\(twice)” stands in two groups of providers: keep one.")
            }
            seen.formUnion(names)
            groups[group] = names
        }
        return groups
    }

    func units(_ node: Node?) throws(RoutingFileError) -> RoutingUnits? {
        guard let node else { return nil }
        let bodies = words(node["of"])
        guard !bodies.isEmpty else { throw mistake(node, "“units” needs “of”, a list of codes.") }
        return RoutingUnits(
            bodies: bodies, kinds: words(node["kinds"]), exceptPlaces: words(node["not-at"]),
            cite: try localized("cite", of: node, "“units”"), why: try localized("why", of: node, "“units”"))
    }

    func exits(_ node: Node?) throws(RoutingFileError) -> [RoutingExit] {
        var exits: [RoutingExit] = []
        for item in node?.sequence.map(Array.init) ?? [] {
            guard let name = item["exit"]?.string, !exits.contains(where: { $0.name == name }) else {
                throw mistake(item, "Each exit needs a name of its own: write “exit: …”.")
            }
            exits.append(
                RoutingExit(
                    name: name, cite: try localized("cite", of: item, "The exit \(name)"),
                    why: try localized("why", of: item, "The exit \(name)")))
        }
        return exits
    }
}
