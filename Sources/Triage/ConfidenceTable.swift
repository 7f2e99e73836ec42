import Foundation
import Yams

/// How sure an answer is, from what it rests on: `schedules/routing/confidence.yaml`.
///
/// For each field a line of weights; what an answer rests on, times its weight, summed with `base`, gives the odds. The
/// weights are fitted so that of answers said to be 90 % sure nine in ten are right; docs/routing.md shows how often they are.
package struct ConfidenceTable: Sendable {
    private let fields: [String: [String: Double]]

    /// Reads the file.
    /// - Throws: `TriageFileError` with the line.
    package init(yaml: String, file: String) throws(TriageFileError) {
        var fields: [String: [String: Double]] = [:]
        for (field, weights) in try TriageFile.root(yaml: yaml, file: file) {
            guard let name = field.string, let weights = weights.mapping else {
                throw TriageFileError(field, file: file, "Each field holds a block of weights.")
            }
            for (feature, value) in weights {
                guard let feature = feature.string, let weight = value.float ?? value.int.map(Double.init) else {
                    throw TriageFileError(feature, file: file, "“\(name)” holds names with numbers.")
                }
                fields[name, default: [:]][feature] = weight
            }
        }
        self.fields = fields
    }

    /// The confidence of an answer of a field that rests on these features.
    func confidence(_ field: String, _ features: [String: Double]) -> Double {
        guard let weights = fields[field] else { return 0.5 }
        let odds = features.reduce(weights["base"] ?? 0) { $0 + $1.value * (weights[$1.key] ?? 0) }
        return 1 / (1 + exp(-odds))
    }

    /// The label of a field that features speak for most, with its share; fields of labels are named “field label”.
    func best(_ field: String, _ features: [String: Double]) -> (label: String, share: Double)? {
        var odds: [(label: String, odds: Double)] = []
        for (name, weights) in fields where name.hasPrefix(field + " ") {
            let sum = features.reduce(weights["base"] ?? 0) { $0 + $1.value * (weights[$1.key] ?? 0) }
            odds.append((String(name.dropFirst(field.count + 1)), sum))
        }
        guard let best = odds.max(by: { ($0.odds, $1.label) < ($1.odds, $0.label) }) else { return nil }
        let total = odds.reduce(0) { $0 + exp($1.odds - best.odds) }
        return (best.label, 1 / total)
    }
}
