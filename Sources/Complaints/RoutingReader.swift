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
        "kind": Set(ComplaintKind.allCases.map(\.rawValue)), "place": ["portal", "psc", "office"],
        "named-level": ["region", "district", "rural"], "has": ["named", "service", "region"], "named": [],
        "provider": [],
    ]

    /// Reads `schedules/routing/complaints.yaml`.
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
        func mistake(_ node: Node?, _ message: String) -> RoutingFileError {
            RoutingFileError(file: file, line: node?.mark?.line ?? 0, message: message)
        }
        guard let root, let fields = root.mapping else { throw mistake(nil, "It must be a block of keys.") }
        guard let table = fields["routing"]?.string else { throw mistake(root, "Write the key “routing” with a name.") }
        guard let from = fields["in-force"]?["from"]?.string.flatMap({ CivilDate($0) }) else {
            throw mistake(fields["in-force"] ?? root, "Write “in-force: {from: 2013-04-15}” with the first day.")
        }
        guard let title = RoutingTable.localized(fields["title"]) else {
            throw mistake(fields["title"] ?? root, "Write “title” in kk and ru.")
        }
        guard let list = fields["rules"]?.sequence, !list.isEmpty else {
            throw mistake(fields["rules"] ?? root, "Write “rules” with at least one rule.")
        }
        var rules: [RoutingRule] = []
        for node in list {
            guard let name = node["rule"]?.string, !rules.contains(where: { $0.name == name }) else {
                throw mistake(node, "Each rule needs a name of its own: write “rule: …”.")
            }
            guard let target = node["to"]?.string else { throw mistake(node, "The rule \(name) needs “to”.") }
            guard let why = RoutingTable.localized(node["why"]) else {
                throw mistake(node, "The rule \(name) needs its reason: write “why” in kk and ru.")
            }
            var conditions: [String: Set<String>] = [:]
            for (key, value) in node["when"]?.mapping ?? [:] {
                guard let condition = key.string, let known = RoutingTable.conditionWords[condition] else {
                    throw mistake(
                        key,
                        "The rule \(name) asks for “\(key.string ?? "?")”: use kind, place, named, named-level, provider or has."
                    )
                }
                let words = Set((value.sequence?.compactMap(\.string)) ?? [])
                if let wrong = words.first(where: { !known.isEmpty && !known.contains($0) }) {
                    throw mistake(
                        value,
                        "“\(wrong)” is no word for “\(condition)”: use \(known.sorted().joined(separator: ", ")).")
                }
                guard !words.isEmpty else { throw mistake(value, "“\(condition)” of the rule \(name) needs a list.") }
                conditions[condition] = words
            }
            rules.append(RoutingRule(name: name, conditions: conditions, target: RoutingTarget(target), why: why))
        }
        guard let last = rules.last, last.conditions.isEmpty else {
            throw mistake(list.last, "The last rule must always apply: leave its “when” out.")
        }
        self.init(edition: "\(table)@\(from)", title: title, rules: rules)
    }

    private static func localized(_ node: Node?) -> Localized? {
        guard let node, let kk = node["kk"]?.string, let ru = node["ru"]?.string else { return nil }
        return Localized(kk: kk, ru: ru, en: node["en"]?.string)
    }
}
