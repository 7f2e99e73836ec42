import Foundation

/// How good and how fast the search was on judged queries.
package struct EvaluationReport: Sendable {
    /// What one query gave.
    package struct Run: Sendable {
        /// The query.
        package let qid: String
        /// Its class.
        package let kind: String
        /// The cards found, best first.
        package let ids: [String]
        let grades: [String: Int]
        /// How long it took.
        package let milliseconds: Double
    }

    /// The figures of a class or of all.
    package struct Figures: Sendable, Codable, Hashable {
        /// The class; `all` for all.
        package let kind: String
        /// How many queries.
        package let count: Int
        /// Discounted gain of the first five against the best order, gain 2^grade - 1.
        package let ndcg5: Double
        /// The mean of one over the place of the first relevant card (grade 2 and up).
        package let mrr: Double
        /// The share of relevant cards among the first five.
        package let recall5: Double
        /// The share of queries whose first card is relevant.
        package let success1: Double
        /// Half of the queries took no longer.
        package let p50: Double
        /// Nineteen of twenty queries took no longer.
        package let p95: Double
    }

    /// The queries.
    package let runs: [Run]

    /// The figures class by class in the order of the file, then over all.
    package var figures: [Figures] {
        var kinds: [String] = []
        for run in runs where !kinds.contains(run.kind) { kinds.append(run.kind) }
        return kinds.map { kind in Self.figures(kind, runs.filter { $0.kind == kind }) } + [Self.figures("all", runs)]
    }

    /// A table for reading.
    package var table: String {
        func pad(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        func number(_ value: Double) -> String { pad(String(format: "%.3f", value), 8) }
        var lines = ["class         n   nDCG@5     MRR recall@5  succ@1  p50 ms  p95 ms"]
        for row in figures {
            let name = row.kind + String(repeating: " ", count: max(1, 10 - row.kind.count))
            lines.append(
                name + pad(String(row.count), 5)
                    + [row.ndcg5, row.mrr, row.recall5, row.success1, row.p50, row.p95].map(number).joined())
        }
        return lines.joined(separator: "\n")
    }

    /// The figures as one JSON object by class.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let byKind = Dictionary(figures.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        // Numbers and class names always encode; an empty object is what is left to say if ever they do not.
        guard let data = try? encoder.encode(byKind) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    /// One JSON line per query, `qid` and ranked `ids`, for others to score.
    package var runLines: String {
        runs.map { run in
            let ids = run.ids.map(Self.quoted).joined(separator: ",")
            return "{\"qid\":\(Self.quoted(run.qid)),\"ids\":[\(ids)]}\n"
        }.joined()
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case _ where scalar.value < 0x20: result += String(format: "\\u%04x", scalar.value)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    // MARK: - Measures

    private static func figures(_ kind: String, _ runs: [Run]) -> Figures {
        let count = Double(max(1, runs.count))
        func mean(_ value: (Run) -> Double) -> Double { runs.reduce(0) { $0 + value($1) } / count }
        let times = runs.map(\.milliseconds).sorted()
        func quantile(_ share: Double) -> Double {
            times.isEmpty ? 0 : times[min(times.count - 1, Int(Double(times.count) * share))]
        }
        return Figures(
            kind: kind, count: runs.count, ndcg5: mean(ndcg5), mrr: mean(reciprocalRank), recall5: mean(recall5),
            success1: mean { run in (run.ids.first.flatMap { run.grades[$0] } ?? 0) >= 2 ? 1 : 0 }, p50: quantile(0.5),
            p95: quantile(0.95))
    }

    static func ndcg5(_ run: Run) -> Double {
        func gain(_ grades: [Int]) -> Double {
            grades.prefix(5).enumerated().reduce(0) {
                $0 + (pow(2, Double($1.element)) - 1) / log2(Double($1.offset + 2))
            }
        }
        let best = gain(run.grades.values.sorted(by: >))
        return best == 0 ? 0 : gain(run.ids.map { run.grades[$0] ?? 0 }) / best
    }

    static func reciprocalRank(_ run: Run) -> Double {
        guard let place = run.ids.firstIndex(where: { (run.grades[$0] ?? 0) >= 2 }) else { return 0 }
        return 1 / Double(place + 1)
    }

    static func recall5(_ run: Run) -> Double {
        let relevant = run.grades.filter { $0.value >= 2 }.keys
        guard !relevant.isEmpty else { return 0 }
        return Double(run.ids.prefix(5).filter(relevant.contains).count) / Double(relevant.count)
    }
}
